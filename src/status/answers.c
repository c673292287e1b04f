/*
 * The unsigned answers: a SEQUENCE of one ENUMERATED. Signed ones are read
 * no further than their time (RFC 6960 4.2.1).
 */
#include "status/answers.h"

static const uint8_t malformed[] = {0x30, 0x03, 0x0a, 0x01, 0x01};
static const uint8_t try_later[] = {0x30, 0x03, 0x0a, 0x01, 0x03};
static const uint8_t unauthorised[] = {0x30, 0x03, 0x0a, 0x01, 0x06};

struct span
ocsp_error_answer(enum ocsp_error error)
{
	switch (error) {
	case OCSP_MALFORMED:
		return SPAN(malformed, sizeof(malformed));
	case OCSP_UNAUTHORISED:
		return SPAN(unauthorised, sizeof(unauthorised));
	case OCSP_TRY_LATER:
		break;
	}
	return SPAN(try_later, sizeof(try_later));
}

static RESULT
take_response_data(struct span answer, struct span *out)
{
	struct span whole, status, wrapped, bytes, oid, basic, signed_part;

	TRY(der_take(&answer, DER_SEQUENCE, &whole));
	TRY(der_take(&whole, DER_ENUMERATED, &status));
	TRY(der_take(&whole, DER_CONTEXT_OF(0), &wrapped));
	TRY(der_take(&wrapped, DER_SEQUENCE, &bytes));
	TRY(der_take(&bytes, DER_OID, &oid));
	TRY(der_take(&bytes, DER_OCTETS, &basic));
	TRY(der_take(&basic, DER_SEQUENCE, &signed_part));
	return der_take(&signed_part, DER_SEQUENCE, out);
}

RESULT
ocsp_answer_time(struct span answer, int64_t *out)
{
	struct span data, id, time;

	TRY(take_response_data(answer, &data));
	TRY(der_take(&data, DER_CONTEXT_OF(2), &id)); /* byKey */
	TRY(der_take(&data, DER_GENERALIZED_TIME, &time));
	return der_get_time(DER_GENERALIZED_TIME, time, out);
}
