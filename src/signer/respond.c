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

/* Of a revocation that lies ahead nothing true can be told: the clock went
 * back. Who asks comes again; the others of the message have no part in it. */
static RESULT
look_up(struct signer *s, enum authority authority, int64_t now,
    const struct ocsp_asked *asked, struct ocsp_status *out)
{
	struct span serial = SPAN(asked->serial, asked->serial_size);
	const struct record *record =
	    records_of_serial(s->records, authority, serial);
	bool own = !record && records_answers(s->records, authority, serial);

	*out = (struct ocsp_status){.serial = serial,
	    .sha256 = asked->sha256,
	    .null_parameters = asked->null_parameters,
	    .never_issued = !record && !own,
	    .revoked_at = record ? record->revoked_at : 0,
	    .reason = record ? record->reason : 0};
	return out->revoked_at <= now
		   ? OK
		   : FAIL(ERR_UNAVAILABLE, "revoked at a time to come");
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

RESULT
signer_respond(struct signer *s, const struct ocsp_question *q,
    struct buf *answer, size_t *never_issued)
{
	struct ocsp_status statuses[OCSP_ASKED_MAX];
	int64_t now = clock_now() / SECOND * SECOND;
	struct issuing *i;

	TRY(find_issuing(s, q->issuer, &i));
	*never_issued = 0;
	for (size_t n = 0; n < q->count; n++) {
		TRY(look_up(
		    s, i->authority, now, &q->asked[n], &statuses[n]));
		*never_issued += statuses[n].never_issued;
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
	struct signing_key key = token_key_signing(&i->responder_key);
	return ocsp_build_reply(&r, &i->answers, &key, answer);
}

static enum err
answer_one(struct signer *s, const struct ocsp_question *q, struct buf *der,
    struct ocsp_answer *out)
{
	if (q->withheld)
		return ERR_UNAVAILABLE;
	TRY(signer_respond(s, q, der, &out->never_issued));
	out->der = span_of_buf(der);
	return OK;
}

/* Whether the next question may still be answered. */
static bool
is_theirs_alone(enum err outcome)
{
	return outcome == OK || outcome == ERR_NOT_FOUND ||
	       outcome == ERR_UNAVAILABLE;
}

RESULT
signer_tell(struct signer *s, const struct ocsp_ask *ask, struct buf *told)
{
	struct ocsp_told all = {.count = ask->count};
	struct buf ders[OCSP_ASK_MAX];
	enum err result = OK;
	size_t i = 0;

	for (; i < ask->count && result == OK; i++) {
		buf_init(&ders[i], OCSP_TOLD_MAX);
		all.answers[i].outcome = answer_one(
		    s, &ask->questions[i], &ders[i], &all.answers[i]);
		if (!is_theirs_alone(all.answers[i].outcome))
			result = all.answers[i].outcome;
	}
	if (result == OK)
		result = ocsp_told_put(told, &all);
	while (i > 0)
		buf_clear(&ders[--i]);
	return result;
}
