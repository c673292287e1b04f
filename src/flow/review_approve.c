/*
 * Approving. What is approved is a digest that the operator's passkey signs;
 * the signer computes it again from the order and verifies it again, so that
 * nobody who can write to the store can approve anything.
 *
 * Where machine and operator disagree it takes two operators; under
 * trust.qualified it is not possible at all (product 6).
 */
#include "flow/review_act.h"

#include "base/codec.h"
#include "flow/journey_act.h"

#define PERCENT 100

static bool
is_qualified(const struct act *t)
{
	return level_find(t->r.level)->proof_of_life &&
	    conf_flag(t->f->conf, CONF_trust_qualified);
}

static RESULT
forbid(const char *why)
{
	return err_set_field(ERR_INVALID, "decision",
	    "cannot be to approve: %s", why);
}

RESULT
approve_allowed(const struct judging *j)
{
	const struct opinion *o = &j->opinion;

	if (strcmp(o->document, "no") == 0 || strcmp(o->face, "no") == 0 ||
	    strcmp(o->liveness, "no") == 0)
		return forbid("your own opinion says no");
	if (!is_qualified(j->t))
		return OK;
	if (j->machine.failed > 0)
		return forbid("a strong check failed");
	if (!j->machine.faces_agree)
		return forbid("the faces were not compared");
	return OK;
}

uint32_t
approve_needed(const struct judging *j)
{
	return j->machine.failed > 0 || judging_suspected(j) ? 2 : 1;
}

/* Of the key that is brought; NULL: none. Only where the signer looks at
 * approvals: at LCP a key comes after them. */
static RESULT
load_own_key(struct flow *f, struct arena *a, const struct registration *r,
    const struct digest **out)
{
	AUTO(buf_clear) struct buf bytes;
	struct digest *d = arena_get(a, sizeof(*d));
	struct own_key k;
	enum err found = level_find(r->level)->operator_always
	    ? own_key_load(f->store, a, r->id, &k)
	    : ERR_NOT_FOUND;

	*out = NULL;
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	buf_init(&bytes, DIGEST_SIZE);
	TRY(hex_decode(k.sha256, &bytes));
	if (bytes.size != DIGEST_SIZE)
		return FAIL(ERR_INTERNAL, "a digest of wrong size");
	memcpy(d->bytes, bytes.data, DIGEST_SIZE);
	*out = d;
	return OK;
}

/* Of the last withdrawal; the signer has to have heard of it, or what is
 * signed now would count no more when it does. */
static RESULT
load_mark(struct flow *f, struct arena *a, const char *id, struct span *out)
{
	AUTO(buf_clear) struct buf mark;
	struct withdrawal_row w;
	enum err found = withdrawal_load(f->store, a, id, &w);

	*out = SPAN(NULL, 0);
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	if (w.told_until < w.until_at)
		return FAIL(ERR_UNAVAILABLE,
		    "the signer has not heard of the withdrawal yet");
	buf_init(&mark, APPROVAL_MARK_SIZE);
	TRY(hex_decode(w.mark, &mark));
	uint8_t *kept = arena_get(a, APPROVAL_MARK_SIZE);
	if (mark.size > 0)
		memcpy(kept, mark.data, mark.size);
	*out = SPAN(kept, mark.size);
	return OK;
}

RESULT
review_approval_of(struct flow *f, struct arena *a,
    const struct registration *r, uint32_t needed, int64_t made_at,
    struct approval *out)
{
	const struct level *level = level_find(r->level);
	struct digest decision;
	char serial[200];

	if (!*r->nationality || (!*r->given_names && !*r->surname))
		return FAIL(ERR_WRONG_STATE, "the names are not fixed yet");
	*out = (struct approval){
	    .registration = r->id,
	    .workspace = r->workspace,
	    .requested_by = r->requested_by,
	    .address = approval_address(r->email_folded),
	    .level = r->level,
	    .profile = level->profile,
	    .given_names = r->given_names,
	    .surname = r->surname,
	    .common_name = arena_format(a, "%s%s%s", r->given_names,
		*r->given_names && *r->surname ? " " : "", r->surname),
	    .country = r->nationality,
	    .decision = "approve",
	    .needed = needed,
	    .attempt = (uint32_t)r->attempt,
	    .made_at = made_at,
	};
	TRY(decide_order_digests(f, a, r, serial, sizeof(serial), &decision,
	    &out->evidence));
	out->person_serial = arena_text(a, serial);
	TRY(load_mark(f, a, r->id, &out->withdrawal));
	return load_own_key(f, a, r, &out->own_key);
}

static size_t
count_approvals(const struct approval_row *rows, size_t count, int64_t needed)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		n += rows[i].needed == needed;
	return n;
}

static RESULT
list_approvals(struct act *t, struct approval_row **out, size_t *count)
{
	return approval_list(t->f->store, t->a, t->r.id, t->r.attempt, out,
	    count);
}

/* Once somebody signed them they stay. They are the rows' until then: the
 * operator reads them, and the clerk weighs what was signed. */
static RESULT
fix_names(struct act *t)
{
	struct attempt *at = arena_get(t->a, sizeof(*at));
	struct approval_row *rows;
	size_t count;

	TRY(list_approvals(t, &rows, &count));
	if (count > 0)
		return OK;
	TRY(attempt_read(t, at));
	return approve_person(t, at);
}

/* After everything that was withdrawn, in whatever millisecond. */
static RESULT
now_of(struct act *t, int64_t *out)
{
	struct withdrawal_row w;
	enum err found = withdrawal_load(t->f->store, t->a, t->r.id, &w);

	*out = t->now;
	if (found == OK && w.until_at >= t->now)
		*out = w.until_at + 1;
	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	return OK;
}

/* The time of what is signed: all who sign the same have the same. */
static RESULT
fix_time(struct judging *j, uint32_t needed)
{
	struct approval_row *rows;
	struct act *t = j->t;
	int64_t made_at;
	size_t count;

	TRY(list_approvals(t, &rows, &count));
	TRY(now_of(t, &made_at));
	for (size_t i = 0; i < count; i++)
		if (rows[i].needed == needed)
			made_at = rows[i].made_at;
	j->review.offered_at = made_at;
	return review_save(t->f->store, &j->review);
}

RESULT
review_approval(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, struct approval *out)
{
	AUTO(act_end) struct act t = {0};
	struct judging j;

	TRY(review_begin(f, a, by, id, &t, &j.lock));
	TRY(judging_load(&j, &t, by));
	TRY(approve_allowed(&j));
	TRY(fix_names(&t));
	TRY(fix_time(&j, approve_needed(&j)));
	TRY(review_approval_of(f, a, &t.r, approve_needed(&j),
	    j.review.offered_at, out));
	TRY(act_note(&t, "review.approval_asked", "", ""));
	return act_commit(&t, NULL);
}

RESULT
review_first_look(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, struct first_look *out)
{
	AUTO(act_end) struct act t = {0};
	struct approval_row *rows;
	struct judging j;
	size_t count;

	TRY(review_begin(f, a, by, id, &t, &j.lock));
	TRY(judging_load(&j, &t, by));
	TRY(list_approvals(&t, &rows, &count));
	*out = (struct first_look){approve_needed(&j), count == 0};
	return OK;
}

static RESULT
copy_id(struct arena *a, struct span bytes, const char **out)
{
	AUTO(buf_clear) struct buf text;

	buf_init(&text, 2 * CREDENTIAL_ID_MAX);
	TRY(base64url_encode(bytes, &text));
	*out = arena_text(a, buf_text(&text));
	return OK;
}

/* The signature is over exactly what would be certified now. */
static RESULT
verify(struct judging *j, uint32_t needed, struct approval_row *out)
{
	const struct assertion *x = &j->answer->assertion;
	struct act *t = j->t;
	struct approval approval;
	struct digest d;

	if (x->credential_id.size == 0)
		return err_set_field(ERR_INVALID, "credential", "is required");
	TRY(review_approval_of(t->f, t->a, &t->r, needed,
	    j->review.offered_at, &approval));
	TRY(approval_digest(&approval, &d));
	TRY(passkeys_check(t->f, t->a, j->by->who.id, x,
	    SPAN(d.bytes, sizeof(d.bytes))));
	*out = (struct approval_row){.registration = t->r.id,
	    .operator = j->by->who.id,
	    .attempt = t->r.attempt,
	    .authenticator_data = x->authenticator_data,
	    .client_data = x->client_data,
	    .signature = x->signature,
	    .needed = needed,
	    .made_at = j->review.offered_at,
	    .at = t->now};
	return copy_id(t->a, x->credential_id, &out->credential);
}

/* Drawn for the first decision on an attempt alone: where two have looked
 * already, two have looked. The signer draws where it will insist; not to
 * know is no reason to stop here, it says so again at the order. */
static bool
is_sampled(const struct judging *j)
{
	if (j->count > 0)
		return false;
	if (j->answer->second != SECOND_UNKNOWN)
		return j->answer->second == SECOND_YES;
	return (int64_t)random_below(PERCENT) <
	    conf_number(j->t->f->conf, CONF_review_second_percent);
}

/* After "ask a person" the machine's word still stands there. */
static RESULT
approve(struct judging *j)
{
	struct act *t = j->t;

	j->outcome = "approved";
	j->review.decision = "approve";
	if (j->planted)
		return OK;
	TRY(act_step(t, STEP_document, "done", ""));
	if (level_find(t->r.level)->proof_of_life)
		TRY(act_step(t, STEP_proof_of_life, "done", ""));
	TRY(act_step(t, STEP_review, "done", ""));
	return act_move(t, EVENT_approve, "");
}

RESULT
approve_carry_out(struct judging *j)
{
	uint32_t needed = approve_needed(j);
	struct approval_row row, *rows;
	struct act *t = j->t;
	size_t count;

	j->reasons = "";
	TRY(approve_allowed(j));
	TRY(verify(j, needed, &row));
	if (!j->planted)
		TRY(approval_save(t->f->store, &row));
	TRY(list_approvals(t, &rows, &count));
	if (needed > 1 && count_approvals(rows, count, needed) < needed)
		return judging_second(j,
		    judging_suspected(j) ? "fraud" : "failed_check");
	if (needed == 1 && is_sampled(j))
		return judging_second(j, "sample");
	return approve(j);
}

/* One that was made before more were needed is over another digest. */
RESULT
review_order_approvals(struct flow *f, struct arena *a,
    const struct registration *r, struct approval_row **out, size_t *count)
{
	struct approval_row *rows;
	int64_t needed = 0;
	size_t all, n = 0;

	TRY(approval_list(f->store, a, r->id, r->attempt, &rows, &all));
	for (size_t i = 0; i < all; i++)
		needed = rows[i].needed > needed ? rows[i].needed : needed;
	for (size_t i = 0; i < all; i++)
		if (rows[i].needed == needed &&
		    (n == 0 || rows[i].made_at == rows[0].made_at))
			rows[n++] = rows[i];
	*out = rows;
	*count = n;
	return OK;
}

RESULT
review_void(struct act *t)
{
	struct approval_row *rows;
	size_t count;

	TRY(list_approvals(t, &rows, &count));
	t->r.given_names = t->r.surname = t->r.nationality = "";
	TRY(registration_withdraw(t->f, &t->r));
	if (count == 0)
		return OK;
	TRY(approval_remove(t->f->store, t->r.id, t->r.attempt));
	return act_note(t, "review.approvals_void", "", "");
}
