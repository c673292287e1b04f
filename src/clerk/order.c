/*
 * Orders to the signer, and what its answers do. Several are under way at a
 * time; each certificate is stored as its answer comes.
 *
 * The signer keeps its own ledger and gives the same certificate for the
 * same registration, so an order whose answer was lost is simply sent again.
 */
#include "clerk/agree.h"
#include "clerk/withdraw.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/log.h"
#include "flow/audit.h"
#include "flow/decide.h"
#include "flow/picture_seal.h"
#include "flow/review.h"
#include "flow/verdict_seal.h"
#include "proc/order.h"

#define BELIEF_TRIES 12       /* of an order: some five hours */
#define ARENA_MAX ((size_t)16 << 20)

static enum err
copy(char *out, size_t size, const char *text, const char *what)
{
	if (strlen(text) >= size)
		return FAIL(ERR_TOO_LARGE, "%s is too long for an order", what);
	memcpy(out, text, strlen(text) + 1);
	return OK;
}

/* What was read or typed, and may be longer than any order has room for. */
static enum err
copy_person(char *out, size_t size, const char *text, const char *what)
{
	if (copy(out, size, text, what) == OK)
		return OK;
	return FAIL(ERR_NOT_CERTIFIABLE, "%s is too long to be certified",
	    what);
}

static enum err
fill_mark(struct clerk *c, struct arena *a, const struct registration *r,
    struct order *o)
{
	AUTO(buf_clear) struct buf mark;
	struct withdrawal_row row;
	enum err found = withdrawal_load(c->store, a, r->id, &row);

	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	buf_init(&mark, sizeof(o->withdrawal));
	TRY(hex_decode(row.mark, &mark));
	o->withdrawal_size = mark.size;
	if (mark.size > 0)
		memcpy(o->withdrawal, mark.data, mark.size);
	return OK;
}

/* Whose it is, as operators signed it. */
static enum err
fill_whose(struct clerk *c, struct arena *a, const struct registration *r,
    struct order *o)
{
	TRY(copy(o->workspace, sizeof(o->workspace), r->workspace, "an id"));
	TRY(copy(o->requested_by, sizeof(o->requested_by), r->requested_by,
	    "an id"));
	o->address = approval_address(r->email_folded);
	return fill_mark(c, a, r, o);
}

/* What was judged, whatever the rows of the verdicts say by now. */
static enum err
fill_judged(struct clerk *c, struct arena *a, const struct registration *r,
    struct order *o, bool *broken)
{
	struct sealed sealed;

	TRY(picture_seal_check_all(&c->flow, a, r));
	TRY(verdict_seal_read(&c->flow, a, r, &sealed));
	o->doubted = sealed.doubted;
	o->faces_differ = sealed.faces_differ;
	*broken = sealed.broken;
	if (sealed.broken)
		log_warn("order.verdicts_changed registration=%s", r->id);
	return OK;
}

/* For whoever reads the journal: somebody wrote to the verdicts or to what was
 * found, or they are from before these were sealed. */
static enum err
note_changed(struct clerk *c, const char *registration, const char *detail)
{
	store_rollback(c->store);
	TRY(store_begin(c->store));
	TRY(audit_write(&c->flow, &clerk_actor,
	    "registration.verdicts_changed", registration, detail, ""));
	return store_commit(c->store);
}

/* Of an order that two operators signed, and that goes on: once, however often
 * it is sent. */
static enum err
note_ordered(struct clerk *c, struct arena *a, const struct registration *r)
{
	const char *detail =
	    arena_format(a, "order attempt %lld", (long long)r->attempt);
	struct audit_entry *rows;
	size_t count;

	TRY(audit_of(c->store, a, r->id, &rows, &count));
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].act, "registration.verdicts_changed") == 0 &&
		    strcmp(rows[i].detail, detail) == 0)
			return OK;
	return note_changed(c, r->id, detail);
}

/* What operators signed goes with the order: the signer looks for itself. */
static enum err
fill_approvals(struct clerk *c, struct arena *a, const struct registration *r,
    struct order *o)
{
	struct approval_row *rows;
	size_t count;
	bool broken;

	if (!level_find(r->level)->operator_always)
		return OK;
	TRY(review_order_approvals(&c->flow, a, r, &rows, &count));
	if (count == 0)
		return FAIL(ERR_WRONG_STATE, "no approval");
	o->needed = (uint32_t)rows[0].needed;
	o->attempt = (uint32_t)r->attempt;
	o->made_at = rows[0].made_at;
	TRY(fill_whose(c, a, r, o));
	TRY(fill_judged(c, a, r, o, &broken));
	if (broken && count > 1) /* else who sends it back tells */
		TRY(note_ordered(c, a, r));
	for (size_t i = 0; i < count && i < ORDER_APPROVALS_MAX; i++)
		TRY(order_add_approval(o, rows[i].operator,
		    rows[i].credential, rows[i].authenticator_data,
		    rows[i].client_data, rows[i].signature));
	return OK;
}

/* The request that a participant brought, which the signer reads itself. */
static enum err
fill_own_key(struct clerk *c, struct arena *a, const struct registration *r,
    struct order *o)
{
	struct own_key k;
	enum err found = own_key_load(c->store, a, r->id, &k);

	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	if (k.request.size > sizeof(o->csr))
		return FAIL(ERR_TOO_LARGE, "a request is too long");
	memcpy(o->csr, k.request.data, k.request.size);
	o->csr_size = k.request.size;
	return OK;
}

static enum err
fill_order(struct clerk *c, struct arena *a, const struct registration *r,
    struct order *o)
{
	const struct level *level = level_find(r->level);
	const char *common = arena_format(a, "%s%s%s", r->given_names,
	    r->given_names[0] && r->surname[0] ? " " : "", r->surname);

	if (!level)
		return FAIL(ERR_INTERNAL, "unknown level");
	TRY(copy(o->registration, sizeof(o->registration), r->id, "id"));
	TRY(copy(o->level, sizeof(o->level), r->level, "level"));
	TRY(copy(o->profile, sizeof(o->profile), level->profile, "profile"));
	TRY(copy_person(o->given_names, sizeof(o->given_names),
	    r->given_names, "a name"));
	TRY(copy_person(o->surname, sizeof(o->surname), r->surname, "a name"));
	TRY(copy_person(
	    o->common_name, sizeof(o->common_name), common, "a name"));
	TRY(copy_person(
	    o->country, sizeof(o->country), r->nationality, "a country"));
	TRY(fill_own_key(c, a, r, o));
	return decide_order_digests(&c->flow, a, r, o->person_serial,
	    sizeof(o->person_serial), &o->decision, &o->evidence);
}

static enum err
keep_certificate(struct clerk *c, struct arena *a, const struct order *o,
    const struct issue_result *r, bool moves_mark)
{
	AUTO(buf_clear) struct buf serial;
	struct certificate certificate;

	buf_init(&serial, 2 * ORDER_SERIAL_MAX);
	TRY(hex_encode(SPAN(r->serial, r->serial_size), &serial));
	struct issued issued = {
	    .issuer = r->issuer,
	    .serial = buf_text(&serial),
	    .not_before = r->not_before,
	    .not_after = r->not_after,
	    .der = SPAN(r->certificate, r->certificate_size),
	    .key_blob = SPAN(r->key_blob, r->key_blob_size),
	    .ocsp = SPAN(r->ocsp, r->ocsp_size),
	    .ocsp_next_update = r->ocsp_next_update,
	    .person_serial = o->person_serial,
	};
	if (moves_mark)
		issued.seen = agree_point(c, a, &r->mark);
	TRY(decide_issued(
	    &c->flow, a, o->registration, &issued, &certificate));
	c->unmarked = issued.seen.entries ? 0 : c->unmarked + 1;
	log_info("certificate.issued registration=%s certificate=%s",
	    o->registration, certificate.id);
	return OK;
}

enum err
order_keep(struct clerk *c, const struct order *o,
    const struct message *answer, bool moves_mark)
{
	AUTO(arena_clear) struct arena a;

	arena_init(&a, ARENA_MAX);
	struct issue_result *r = arena_get(&a, sizeof(*r));
	TRY(issue_result_get(span_of_buf(&answer->body), r));
	if (strcmp(r->registration, o->registration) != 0)
		return FAIL(ERR_INTERNAL, "an answer to another order");
	return keep_certificate(c, &a, o, r, moves_mark);
}

enum err
order_ask(struct clerk *c, struct errand *e, const char *registration,
    struct order *o, errand_step *step)
{
	AUTO(arena_clear) struct arena a;
	AUTO(buf_clear) struct buf body;
	struct registration r;

	arena_init(&a, ARENA_MAX);
	buf_init(&body, WIRE_MAX);
	*o = (struct order){0};
	TRY(registration_current(&c->flow, &a, registration, &r));
	TRY(fill_order(c, &a, &r, o));
	TRY(fill_approvals(c, &a, &r, o));
	TRY(agree_known(c, &a, &o->known));
	TRY(order_put(&body, o));
	return errand_ask(e, MESSAGE_issue, span_of_buf(&body), false,
	    MESSAGE_issued, step);
}

/* What the signer says against an order that will be the same next time: at
 * once where it says so, after a while where a mistake of ours is likelier. */
static bool
is_lost(enum err why, int64_t tries)
{
	return why == ERR_NOT_CERTIFIABLE ||
	    (tries >= BELIEF_TRIES &&
		(why == ERR_INVALID || why == ERR_TOO_LARGE ||
		    why == ERR_CONFLICT || why == ERR_INTERNAL));
}

/* The signer has to hear that these approvals are void. */
static enum err
tell_withdrawal(struct clerk *c, const char *registration)
{
	return job_add(c->store, "withdraw", registration, JOB_FIRST);
}

/* What was withdrawn or grew too old never counts again. For anything else
 * custodians may still enrol who approved; after a while somebody else has to
 * look, or the case would lie here for ever. */
static bool
is_hopeless(enum err sent, int64_t tries)
{
	return sent == ERR_APPROVAL_VOID || sent == ERR_OWN_CASE ||
	    (sent == ERR_DENIED && tries >= BELIEF_TRIES);
}

static enum err
send_back(struct clerk *c, struct arena *a, const char *registration)
{
	log_warn("order.not_believed registration=%s why=\"%s\"",
	    registration, err_explanation());
	err_clear();
	TRY(decide_not_believed(&c->flow, a, registration));
	return tell_withdrawal(c, registration);
}

/* No operator can approve it, and none may find out by waiting. */
static enum err
send_back_failed(struct clerk *c, struct arena *a, const char *registration)
{
	log_warn("order.check_failed registration=%s why=\"%s\"", registration,
	    err_explanation());
	err_clear();
	TRY(decide_check_failed(&c->flow, a, registration));
	return tell_withdrawal(c, registration);
}

/* What the signer says against a key, as the reason that is told; NULL: it
 * said something else. */
static const char *
why_no_key(enum err sent)
{
	if (sent == ERR_KEY_OF_ANOTHER || sent == ERR_KEY_COMPROMISED)
		return err_api_name(sent);
	return sent == ERR_KEY_NOT_ACCEPTED || sent == ERR_KEY_SIGNATURE
	    ? err_api_name(ERR_KEY_NOT_ACCEPTED)
	    : NULL;
}

/* Who brought it brings another, or has one made. */
static enum err
give_key_back(struct clerk *c, struct arena *a, const char *registration,
    const char *why)
{
	log_warn("order.key_refused registration=%s why=\"%s\"", registration,
	    err_explanation());
	err_clear();
	TRY(decide_key_refused(&c->flow, a, registration, why));
	return tell_withdrawal(c, registration);
}

/* Sent again it would be refused again: it is an operator's. */
static enum err
look_again(struct clerk *c, struct arena *a, const char *registration)
{
	char what[128];

	log_warn("order.not_certifiable registration=%s why=\"%s\"",
	    registration, err_explanation());
	snprintf(what, sizeof(what), "%s", err_explanation());
	err_clear();
	TRY(decide_not_certifiable(&c->flow, a, registration, what));
	return tell_withdrawal(c, registration);
}

struct ordering {
	struct order order;
	struct withdrawal withdrawal;
};

static enum err
refused(struct clerk *c, struct errand *e, enum err why)
{
	const struct ordering *o = e->data;
	const char *registration = e->job.subject;

	/* it may be what a program that was killed left behind */
	if (why == ERR_OUT_OF_STEP) {
		agree_soon(c);
		return FAIL(why, "database and ledger have to be compared");
	}
	if (why == ERR_CHECK_FAILED)
		return send_back_failed(c, &e->arena, registration);
	if (o->order.approval_count > 0 && is_hopeless(why, e->job.tries))
		return send_back(c, &e->arena, registration);
	if (o->order.csr_size > 0 && why_no_key(why))
		return give_key_back(
		    c, &e->arena, registration, why_no_key(why));
	if (is_lost(why, e->job.tries))
		return look_again(c, &e->arena, registration);
	if (why == ERR_SECOND_NEEDED) {
		err_clear();
		return decide_second_needed(&c->flow, &e->arena, registration);
	}
	return why;
}

static enum err
ordered(struct clerk *c, struct errand *e, enum err outcome,
    const struct message *answer)
{
	const struct ordering *o = e->data;

	if (outcome != OK)
		return refused(c, e, outcome);
	enum err kept = order_keep(c, &o->order, answer, true);
	if (kept != OK)
		agree_doubt(c);
	return kept;
}

/* What cannot even be written down is not sent. */
static enum err
send(struct clerk *c, struct errand *e, const char *registration)
{
	struct ordering *o = e->data;
	enum err sent = order_ask(c, e, registration, &o->order, ordered);

	if (sent != ERR_NOT_CERTIFIABLE && sent != ERR_CHECK_FAILED)
		return sent;
	store_rollback(c->store);
	return sent == ERR_CHECK_FAILED
	    ? send_back_failed(c, &e->arena, registration)
	    : look_again(c, &e->arena, registration);
}

static enum err
withdrawn_first(struct clerk *c, struct errand *e, enum err outcome,
    const struct message *answer)
{
	struct ordering *o = e->data;

	TRY(outcome);
	TRY(withdrawal_heard(c, &o->withdrawal, span_of_buf(&answer->body)));
	return send(c, e, e->job.subject);
}

enum err
run_issue(struct clerk *c, struct errand *e)
{
	struct ordering *o = e->data = arena_get(&e->arena, sizeof(*o));
	struct registration r;

	TRY(registration_current(&c->flow, &e->arena, e->job.subject, &r));
	if (state_of(r.state) != STATE_approved)
		return OK;
	TRY(agree_require_memory(c, &e->arena));
	/* before anything is ordered */
	TRY(withdrawal_find(c, &e->arena, r.id, &o->withdrawal));
	if (o->withdrawal.until)
		return withdrawal_ask(e, &o->withdrawal, withdrawn_first);
	return send(c, e, r.id);
}

/* The order that it would be, with the one approval that there is: what is
 * not stored yet comes from web, and is nothing without the signature. */
static enum err
fill_weighed(struct clerk *c, struct arena *a, const struct weighing *w,
    struct order *o, bool *broken)
{
	struct registration r;
	struct review v;

	TRY(registration_load(c->store, a, w->registration, &r));
	TRY(review_load(c->store, a, w->registration, &v));
	TRY(fill_order(c, a, &r, o));
	TRY(fill_whose(c, a, &r, o));
	TRY(fill_judged(c, a, &r, o, broken));
	o->needed = w->needed;
	o->attempt = (uint32_t)r.attempt;
	o->made_at = v.offered_at;
	o->approvals[0] = w->approval;
	o->approval_count = 1;
	return OK;
}

static enum err
weigh(struct clerk *c, const struct message *question, struct buf *body)
{
	AUTO(arena_clear) struct arena a;
	bool broken;

	arena_init(&a, ARENA_MAX);
	struct weighing *w = arena_get(&a, sizeof(*w));
	struct order *o = arena_get(&a, sizeof(*o));
	TRY(weighing_get(span_of_buf(&question->body), w));
	enum err filled = fill_weighed(c, &a, w, o, &broken);
	if (filled == ERR_CHECK_FAILED || (filled == OK && broken))
		TRY(note_changed(c, o->registration, ""));
	return filled == OK ? order_put(body, o) : filled;
}

void
weigh_answer(struct clerk *c, const struct message *question)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	enum err result = weigh(c, question, &body);
	store_rollback(c->store);
	if (result == OK)
		pass_on(c, question, span_of_buf(&body), MESSAGE_weighed, NULL);
	else
		pass_back(c, question->request, result, NULL);
}
