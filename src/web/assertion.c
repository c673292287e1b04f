/*
 * Assertions from requests.
 */
#include "web/assertion.h"

#include "base/codec.h"

#define BYTES_MAX ((size_t)32 * 1024)

RESULT
assertion_bytes(struct request *q, enum field field, const char *name,
    struct span *out)
{
	AUTO(buf_clear) struct buf bytes;

	buf_init(&bytes, BYTES_MAX);
	if (base64url_decode(text(q, field), &bytes) != OK)
		return err_set_field(ERR_INVALID, name, "is not base64url");
	*out = span_of_text("");
	if (bytes.size == 0)
		return OK;
	uint8_t *copy = arena_get(&q->arena, bytes.size);
	memcpy(copy, bytes.data, bytes.size);
	*out = SPAN(copy, bytes.size);
	return OK;
}

RESULT
assertion_read(struct request *q, const enum field fields[4],
    struct assertion *out)
{
	TRY(assertion_bytes(q, fields[0], "credential", &out->credential_id));
	TRY(assertion_bytes(q, fields[1], "authenticator_data",
	    &out->authenticator_data));
	TRY(assertion_bytes(q, fields[2], "client_data", &out->client_data));
	return assertion_bytes(q, fields[3], "signature", &out->signature);
}
