/*
 * Keys that participants brought: one person's key is not another's (A.10),
 * and one that was revoked as compromised is nobody's any more. They are few
 * beside those made here, which no request can be about.
 */
#include "signer/records_parts.h"

#include "pki/certificate.h"
#include "pki/key.h"

RESULT
records_note_brought(
    struct records *r, struct span certificate, uint32_t record)
{
	struct certificate c;

	/* what older ledgers hold need not be a certificate of ours */
	if (certificate_parse(certificate, &c) != OK) {
		err_clear();
		return OK;
	}
	if (r->brought_count == r->brought_room) {
		r->brought_room = r->brought_room ? r->brought_room * 2 : 64;
		r->brought = realloc(
		    r->brought, r->brought_room * sizeof(*r->brought));
		if (!r->brought)
			abort();
	}
	r->brought[r->brought_count++] =
	    (struct brought){public_key_digest(c.public_key),
		digest_sha256(c.subject.der), record};
	return OK;
}

const struct brought *
records_brought(const struct records *r, const struct digest *key,
    const struct brought *before)
{
	size_t at = before ? (size_t)(before - r->brought) + 1 : 0;

	for (; at < r->brought_count; at++)
		if (memcmp(r->brought[at].key.bytes, key->bytes, DIGEST_SIZE) ==
		    0)
			return &r->brought[at];
	return NULL;
}

const struct record *
records_of_brought(const struct records *r, const struct brought *b)
{
	return &r->all[b->record];
}
