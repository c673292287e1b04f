/*
 * Revocation and OCSP answers. The ledger decides what is true; an order that
 * says otherwise is refused, or answered with the truth.
 */
#include "signer/signer.h"

#include "base/clock.h"
#include "pki/crl.h"
#include "pki/ocsp.h"

/* Nobody can sign an answer after the authority's end (reference B-32). */
static RESULT
is_last_word(struct signer *s, const struct issuing *i,
    const struct record *record, int64_t now, bool *out)
{
	*out = false;
	if (now + AUTHORITY_LAST < i->not_after)
		return OK;
	*out = record->revoked_at != 0;
	if (*out)
		return OK;
	AUTO(free) struct issue_result *made = calloc(1, sizeof(*made));
	if (!made)
		abort();
	TRY(records_replay(s->records, record, made));
	*out = made->not_after <= now ||
	       (now + ANSWER_LAST >= i->not_after &&
		   made->not_after <= now + ANSWER_LAST);
	return OK;
}

RESULT
answer_sign(struct signer *s, const struct record *record, struct buf *out,
    int64_t *next_update)
{
	struct issuing *i = signer_issuing(s, record->authority);
	int64_t now = clock_now() / SECOND * SECOND;

	if (!i)
		return FAIL(ERR_UNAVAILABLE, "the authority is not here");
	struct ocsp_facts f = {
	    .serial = SPAN(record->serial, record->serial_size),
	    .revoked_at = record->revoked_at,
	    .reason = record->reason,
	    .this_update = now,
	    .next_update =
		now + conf_number(s->conf, CONF_pki_ocsp_hours) * HOUR,
	};

	bool last;

	TRY(signer_require_responder(s, i, HOUR));
	TRY(is_last_word(s, i, record, now, &last));
	struct signing_key key = token_key_signing(&i->responder_key);
	if (f.next_update > i->responder_not_after)
		f.next_update = i->responder_not_after;
	if (last)
		f.next_update = CLOCK_FOREVER;
	TRY(ocsp_build(&f, &i->answers, &key, out));
	*next_update = f.next_update;
	return OK;
}

static RESULT
require_issued(
    struct signer *s, const struct status_order *o, const struct record **out)
{
	enum authority authority = authority_find(o->issuer);

	if (authority == AUTHORITY_COUNT || !authority_issues(authority))
		return FAIL(ERR_NOT_FOUND, "no such issuer");
	*out = records_of_serial(
	    s->records, authority, SPAN(o->serial, o->serial_size));
	if (!*out)
		return FAIL(ERR_NOT_FOUND, "this serial was never issued");
	return OK;
}

static bool
has_ended(struct signer *s, const struct record *record)
{
	const struct issuing *i = signer_issuing(s, record->authority);

	return i && clock_now() >= i->not_after;
}

static RESULT
sign_answer(
    struct signer *s, const struct record *record, struct status_result *out)
{
	AUTO(buf_clear) struct buf answer;
	int64_t next_update;

	buf_init(&answer, sizeof(out->ocsp));
	TRY(answer_sign(s, record, &answer, &next_update));
	memcpy(out->ocsp, answer.data, answer.size);
	out->ocsp_size = answer.size;
	out->ocsp_next_update = next_update;
	return OK;
}

/* A revocation is one, signed answer or not: with an authority those end who
 * could sign one, and its certificates. It is on the list all the same. */
static RESULT
confirm_revoked(struct signer *s, const struct record *record, bool follows,
    const struct ledger_mark *known, struct status_result *out)
{
	if (!has_ended(s, record))
		TRY(sign_answer(s, record, out));
	out->revoked_at = record->revoked_at;
	out->mark = follows ? *records_mark(s->records) : *known;
	return OK;
}

/* When one that was put back was made, the ledger does not know: after its
 * authority. A time that no list can hold would end all lists. */
static bool
is_before_issue(struct signer *s, const struct record *record, int64_t at)
{
	const struct issuing *i = signer_issuing(s, record->authority);

	if (record_was_put_back(record))
		return at < (i ? i->not_before : SECOND);
	return at < record->intended_at / SECOND * SECOND;
}

RESULT
signer_revoke(
    struct signer *s, const struct status_order *o, struct status_result *out)
{
	const struct record *record;
	bool follows = signer_follows(s, &o->known);
	int64_t now = clock_now(), at = o->revoked_at / SECOND * SECOND;

	TRY(require_issued(s, o, &record));
	if (record->revoked_at) /* irreversible, also its time and reason */
		return confirm_revoked(s, record, follows, &o->known, out);
	if (!crl_reason_allowed(o->reason))
		return FAIL(ERR_INVALID, "not a reason for people");
	if (at > now || is_before_issue(s, record, at))
		return FAIL(ERR_INVALID, "revoked at an impossible time");
	TRY(records_revoke(s->records, record, at, o->reason, now));
	TRY(records_sync(s->records));
	if (signer_issuing(s, record->authority))
		signer_issuing(s, record->authority)->last_end = 0;
	return confirm_revoked(s, record, follows, &o->known, out);
}

RESULT
signer_answer(
    struct signer *s, const struct status_order *o, struct status_result *out)
{
	const struct record *record;

	TRY(require_issued(s, o, &record));
	if (o->revoked_at && !record->revoked_at)
		return FAIL(ERR_CONFLICT, "not revoked here yet");
	TRY(sign_answer(s, record, out));
	out->revoked_at = record->revoked_at;
	out->mark = o->known;
	return OK;
}
