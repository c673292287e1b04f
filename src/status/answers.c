/*
 * The unsigned answers: a SEQUENCE of one ENUMERATED.
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
