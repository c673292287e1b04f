/*
 * Certificates that came back from the signer, and their revocation. Each is
 * one transaction, and doing it twice changes nothing: orders are sent again
 * when an answer was lost.
 */
#include "flow/decide_act.h"

#include "base/clock.h"
#include "flow/journey_act.h"
#include "flow/notice.h"
#include "flow/review.h"
#include "flow/verdict_seal.h"
#include "ident/person.h"

#include <openssl/crypto.h>

#define SUPERSEDED 4 /* RFC 5280 CRLReason */

static const struct actor the_signer = {ACTOR_signer, "signer", "signer"};

static RESULT
fill_certificate(struct act *t, const struct issued *i,
    struct certificate *out)
{
	const struct registration *r = &t->r;
	char id[ID_SIZE], hex[DIGEST_TEXT_SIZE], folded[PERSON_FOLD_SIZE];
	const char *name = arena_format(t->a, "%s%s%s", r->given_names,
	    *r->given_names && *r->surname ? " " : "", r->surname);
	struct digest d = digest_sha256(i->der);

	id_make("crt", id);
	digest_format(&d, hex);
	TRY(person_name_fold(name, folded));
	*out = (struct certificate){
	    .id = arena_text(t->a, id),
	    .registration = r->id,
	    .workspace = r->workspace,
	    .level = r->level,
	    .rank = level_find(r->level)->rank,
	    .issuer = i->issuer,
	    .serial = i->serial,
	    .fullname = name,
	    .name_folded = arena_text(t->a, folded),
	    .email = r->email,
	    .email_folded = r->email_folded,
	    .phone = r->phone,
	    .person_serial = i->person_serial,
	    .not_before = i->not_before,
	    .not_after = i->not_after,
	    .der = i->der,
	    .key_blob = i->key_blob,
	    .fingerprint = arena_text(t->a, hex),
	    .created_at = t->now,
	};
	return OK;
}

static RESULT
same_again(struct act *t, const struct issued *i, struct certificate *out)
{
	struct certificate c;

	TRY(certificate_of(t->f->store, t->a, t->r.id, &c));
	if (strcmp(c.issuer, i->issuer) != 0 ||
	    strcmp(c.serial, i->serial) != 0)
		return FAIL(ERR_CONFLICT, "it has another certificate");
	*out = c;
	return OK;
}

static RESULT
move_mark(struct store *s, const struct ledger_point *to)
{
	return to->entries ? ledger_seen_move(s, to->entries, to->head) : OK;
}

static RESULT
store_revocation(struct flow *f, struct arena *a, const struct actor *who,
    const struct certificate *c)
{
	struct registration r;

	TRY(registration_load(f->store, a, c->registration, &r));
	TRY(certificate_save(f->store, c));
	TRY(ocsp_remove(f->store, c->issuer, c->serial));
	TRY(audit_write(f, who, "certificate.revoke", c->id,
	    arena_format(a, "reason %lld", (long long)c->reason),
	    c->fingerprint));
	TRY(job_add(f->store, "revoke", c->id, JOB_FIRST));
	return notice_mail(f, &r, MAIL_revoked);
}

/* The one whose PIN is forgotten goes when there is another. */
static RESULT
revoke_replaced(struct act *t)
{
	struct renewal renewal;
	struct certificate c;
	enum err found =
	    renewal_load(t->f->store, t->a, t->r.id, &renewal);

	if (found == ERR_NOT_FOUND)
		err_clear();
	if (found == ERR_NOT_FOUND || (found == OK && !renewal.replaces))
		return OK;
	TRY(found);
	TRY(certificate_load(t->f->store, t->a, renewal.certificate, &c));
	if (c.revoked_at)
		return OK;
	c.revoked_at = t->now;
	c.reason = SUPERSEDED;
	return store_revocation(t->f, t->a, &t->who, &c);
}

static RESULT
store_issued(struct act *t, const struct issued *i,
    const struct certificate *c)
{
	TRY(certificate_save(t->f->store, c));
	TRY(ocsp_save(t->f->store, i->issuer, i->serial, i->ocsp,
	    i->ocsp_next_update));
	TRY(move_mark(t->f->store, &i->seen));
	TRY(act_step(t, STEP_certificate, "done", ""));
	TRY(act_move(t, EVENT_issue, c->id));
	TRY(revoke_replaced(t));
	return audit_write(t->f, &t->who, "certificate.issue", c->id, t->r.id,
	    c->fingerprint);
}

RESULT
decide_issued(struct flow *f, struct arena *a, const char *id,
    const struct issued *i, struct certificate *out)
{
	AUTO(act_end) struct act t = {0};
	struct certificate c;

	TRY(act_begin(f, a, id, &the_signer, &t));
	if (state_of(t.r.state) == STATE_issued)
		return same_again(&t, i, out);
	TRY(act_require(&t, IN(approved)));
	if (!t.r.confirmed_at)
		return FAIL(ERR_WRONG_STATE, "the data are not confirmed");
	TRY(fill_certificate(&t, i, &c));
	TRY(store_issued(&t, i, &c));
	TRY(act_commit(&t, NULL));
	*out = c;
	return OK;
}

/* The participant confirms again, and chooses a PIN again, what they will get
 * in the end. */
static RESULT
back_to_operators(struct act *t, const char *why)
{
	t->r.confirmed_at = 0;
	TRY(act_step(t, STEP_confirm, "todo", ""));
	if (level_find(t->r.level)->pin)
		TRY(act_step(t, STEP_pin, "todo", ""));
	TRY(act_step(t, STEP_certificate, "todo", ""));
	return act_move(t, EVENT_review, why);
}

/* Why: drawn, or what the clerk judged, whatever its rows say by now. */
static RESULT
why_second(struct act *t, const char **why)
{
	struct sealed sealed;

	TRY(verdict_seal_read(t->f, t->a, &t->r, &sealed));
	*why = sealed.doubted ? "failed_check" : "sample";
	return sealed.broken
	    ? act_note(t, "registration.verdicts_changed", "", "")
	    : OK;
}

RESULT
decide_second_needed(struct flow *f, struct arena *a, const char *id)
{
	AUTO(act_end) struct act t = {0};
	const char *why;
	struct review v;

	TRY(act_begin(f, a, id, &the_signer, &t));
	if (state_of(t.r.state) != STATE_approved)
		return OK;
	TRY(why_second(&t, &why));
	TRY(back_to_operators(&t, "second_needed"));
	TRY(review_load(f->store, a, id, &v));
	v.second = why;
	v.decision = v.reasons = v.note = v.decided_by = "";
	v.decided_at = 0;
	TRY(review_save(f->store, &v));
	TRY(act_step(&t, STEP_review, "doing", ""));
	return act_commit(&t, NULL);
}

RESULT
decide_not_believed(struct flow *f, struct arena *a, const char *id)
{
	AUTO(act_end) struct act t = {0};

	TRY(act_begin(f, a, id, &the_signer, &t));
	if (state_of(t.r.state) != STATE_approved)
		return OK;
	TRY(review_void(&t));
	TRY(back_to_operators(&t, "not_believed"));
	TRY(journey_open_review(&t, "not_believed"));
	return act_commit(&t, NULL);
}

RESULT
decide_check_failed(struct flow *f, struct arena *a, const char *id)
{
	AUTO(act_end) struct act t = {0};
	struct sealed sealed;

	TRY(act_begin(f, a, id, &the_signer, &t));
	if (state_of(t.r.state) != STATE_approved)
		return OK;
	TRY(verdict_seal_read(f, a, &t.r, &sealed));
	TRY(review_void(&t));
	TRY(back_to_operators(&t, "check_failed"));
	TRY(journey_open_review(&t, "check_failed"));
	if (sealed.broken)
		TRY(act_note(&t, "registration.verdicts_changed", "", ""));
	return act_commit(&t, NULL);
}

RESULT
decide_not_certifiable(struct flow *f, struct arena *a, const char *id,
    const char *what)
{
	AUTO(act_end) struct act t = {0};

	TRY(act_begin(f, a, id, &the_signer, &t));
	if (state_of(t.r.state) != STATE_approved)
		return OK;
	TRY(review_void(&t));
	TRY(back_to_operators(&t, "not_certifiable"));
	TRY(journey_open_review(&t, "not_certifiable"));
	TRY(act_note(&t, "registration.not_certifiable", what, ""));
	return act_commit(&t, NULL);
}

/* Operators signed for this key: without it nothing of theirs holds. */
static RESULT
approve_anew(struct act *t)
{
	if (!level_find(t->r.level)->operator_always)
		return OK;
	TRY(review_void(t));
	TRY(back_to_operators(t, "key_refused"));
	return journey_open_review(t, "key_refused");
}

RESULT
decide_key_refused(struct flow *f, struct arena *a, const char *id,
    const char *why)
{
	AUTO(act_end) struct act t = {0};

	TRY(act_begin(f, a, id, &the_signer, &t));
	if (state_of(t.r.state) != STATE_approved)
		return OK;
	t.r.confirmed_at = 0;
	TRY(own_key_remove(f->store, id));
	TRY(approve_anew(&t));
	TRY(act_step(&t, STEP_certificate, "todo", ""));
	TRY(act_step(&t, STEP_confirm,
	    state_of(t.r.state) == STATE_approved ? "doing" : "todo", why));
	TRY(act_note(&t, "registration.key_refused", why, ""));
	TRY(notice_mail(f, &t.r, MAIL_key_refused));
	return act_commit(&t, NULL);
}

/* RFC 5280 CRLReason, without hold and what belongs to lists. */
static bool
reason_is_allowed(int reason)
{
	return reason == 0 || reason == 1 || (reason >= 3 && reason <= 5) ||
	    reason == 9;
}

RESULT
decide_revoke(struct flow *f, struct arena *a, const struct actor *who,
    const char *certificate, int reason, struct certificate *out)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct certificate c;

	if (!reason_is_allowed(reason))
		return err_set_field(ERR_INVALID, "reason", "is no reason");
	TRY(store_begin(s));
	TRY(certificate_load(s, a, certificate, &c));
	if (c.revoked_at)
		return FAIL(ERR_WRONG_STATE, "it is revoked already");
	c.revoked_at = clock_now();
	c.reason = reason;
	TRY(store_revocation(f, a, who, &c));
	TRY(store_commit(s));
	*out = c;
	return OK;
}

RESULT
decide_revoked(struct flow *f, struct arena *a, const char *certificate,
    struct span ocsp, int64_t ocsp_next_update,
    const struct ledger_point *seen)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct certificate c;

	TRY(store_begin(s));
	TRY(certificate_load(s, a, certificate, &c));
	if (!c.revoked_at)
		return FAIL(ERR_WRONG_STATE, "it is not revoked");
	/* of an authority that has ended there are no answers any more */
	if (ocsp.size > 0)
		TRY(ocsp_save(s, c.issuer, c.serial, ocsp, ocsp_next_update));
	else
		TRY(ocsp_remove(s, c.issuer, c.serial));
	TRY(move_mark(s, seen));
	TRY(job_add(s, "crl", c.issuer, clock_now()));
	return store_commit(s);
}
