/*
 * OCSP on demand: several certificates in one answer, serials never issued,
 * nonces. What is true of each is read in the ledger; nothing of the answer
 * comes from outside but the numbers asked about and the nonce, which stands
 * where only a nonce can stand.
 */
#include "signer/respond.h"

#include "base/clock.h"
#include "pki/ocsp.h"

#define LIFE (1 * HOUR) /* such an answer serves one who asked just now */

static void
look_up(struct signer *s, enum authority authority,
    const struct ocsp_asked *asked, struct ocsp_status *out)
{
	struct span serial = SPAN(asked->serial, asked->serial_size);
	const struct record *record =
	    records_of_serial(s->records, authority, serial);

	*out = (struct ocsp_status){.serial = serial,
	    .sha256 = asked->sha256,
	    .null_parameters = asked->null_parameters,
	    .never_issued = !record,
	    .revoked_at = record ? record->revoked_at : 0,
	    .reason = record ? record->reason : 0};
}

static RESULT
find_issuing(struct signer *s, const char *name, struct issuing **out)
{
	enum authority authority = authority_find(name);

	if (authority == AUTHORITY_COUNT || !authority_issues(authority))
		return FAIL(ERR_NOT_FOUND, "no such issuer");
	*out = signer_issuing(s, authority);
	return *out ? OK : FAIL(ERR_NOT_FOUND, "the authority is not here");
}

static RESULT
sign(struct issuing *i, const struct ocsp_reply *r, struct ocsp_told *out)
{
	struct signing_key key = token_key_signing(&i->responder_key);
	AUTO(buf_clear) struct buf answer;

	buf_init(&answer, sizeof(out->answer));
	TRY(ocsp_build_reply(r, &i->answers, &key, &answer));
	memcpy(out->answer, answer.data, answer.size);
	out->size = answer.size;
	return OK;
}

RESULT
signer_respond(
    struct signer *s, const struct ocsp_ask *q, struct ocsp_told *out)
{
	struct ocsp_status statuses[OCSP_ASKED_MAX];
	int64_t now = clock_now() / SECOND * SECOND;
	struct issuing *i;

	TRY(find_issuing(s, q->issuer, &i));
	out->never_issued = 0;
	for (size_t n = 0; n < q->count; n++) {
		look_up(s, i->authority, &q->asked[n], &statuses[n]);
		out->never_issued += statuses[n].never_issued;
	}
	TRY(signer_require_responder(s, i, LIFE));
	const struct ocsp_reply r = {
	    .statuses = statuses,
	    .count = q->count,
	    .nonce = SPAN(q->nonce, q->nonce_size),
	    .this_update = now,
	    .next_update = now + LIFE < i->responder_not_after
		? now + LIFE
		: i->responder_not_after,
	};
	return sign(i, &r, out);
}
