/*
 * Orders to the signer, and what its answers do.
 *
 * The signer keeps its own ledger and gives the same certificate for the
 * same registration, so an order whose answer was lost is simply sent again.
 */
#include "clerk/agree.h"
#include "clerk/met.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/log.h"
#include "flow/decide.h"
#include "flow/review.h"
#include "proc/order.h"

#define RENEWED_AT_ONCE 50    /* answers a second, at most */
#define BELIEF_TRIES 12       /* of an order: some five hours */
#define ARENA_MAX ((size_t)16 << 20)

static enum err
ask_signer(struct clerk *c, enum message_type question, struct span body,
    enum message_type answer, struct message *out)
{
	return met_ask(c, question, body, -1, answer, out);
}

static enum err
copy(char *out, size_t size, const char *text, const char *what)
{
	if (strlen(text) >= size)
		return FAIL(ERR_TOO_LARGE, "%s is too long for an order", what);
	memcpy(out, text, strlen(text) + 1);
	return OK;
}

/* What operators signed goes with the order: the signer looks for itself. */
static enum err
fill_approvals(struct clerk *c, struct arena *a, const struct registration *r,
    struct order *o)
{
	struct approval_row *rows;
	size_t count;

	if (!level_find(r->level)->operator_always)
		return OK;
	TRY(review_order_approvals(&c->flow, a, r, &rows, &count));
	if (count == 0)
		return FAIL(ERR_WRONG_STATE, "no approval");
	o->needed = (uint32_t)rows[0].needed;
	o->attempt = (uint32_t)r->attempt;
	o->made_at = rows[0].made_at;
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
	TRY(copy(o->given_names, sizeof(o->given_names), r->given_names,
	    "a name"));
	TRY(copy(o->surname, sizeof(o->surname), r->surname, "a name"));
	TRY(copy(o->common_name, sizeof(o->common_name), common, "a name"));
	TRY(copy(o->country, sizeof(o->country), r->nationality, "a country"));
	TRY(fill_own_key(c, a, r, o));
	return decide_order_digests(&c->flow, a, r, o->person_serial,
	    sizeof(o->person_serial), &o->decision, &o->evidence);
}

static enum err
store_issued(struct clerk *c, struct arena *a, const char *registration,
    const struct order *o, const struct issue_result *r)
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
	    .seen = {(int64_t)r->mark.entries, agree_head(a, &r->mark)},
	};
	TRY(decide_issued(&c->flow, a, registration, &issued, &certificate));
	log_info("certificate.issued registration=%s certificate=%s",
	    registration, certificate.id);
	return OK;
}

/* Once the signer knows it, it refuses what was signed before for ever. */
static enum err
tell_withdrawal(struct clerk *c, struct arena *a, const char *registration)
{
	AUTO(message_clear) struct message answer = {0};
	AUTO(buf_clear) struct buf body;
	struct withdrawal w = {{0}};
	struct withdrawal_row row;
	enum err found = withdrawal_load(c->store, a, registration, &row);

	if (found == ERR_NOT_FOUND || (found == OK && row.told_until >= row.until_at)) {
		err_clear();
		return OK;
	}
	TRY(found);
	TRY(copy(w.registration, sizeof(w.registration), registration, "id"));
	w.until = row.until_at;
	buf_init(&body, WIRE_MAX);
	TRY(withdrawal_put(&body, &w));
	TRY(ask_signer(c, MESSAGE_withdraw, span_of_buf(&body),
	    MESSAGE_withdrawn, &answer));
	return withdrawal_told(c->store, registration, row.until_at);
}

enum err
run_withdraw(struct clerk *c, struct arena *a, const struct job *job)
{
	return tell_withdrawal(c, a, job->subject);
}

/* What was withdrawn or grew too old never counts again. For anything else
 * custodians may still enrol who approved; after a while somebody else has to
 * look, or the case would lie here for ever. */
static bool
is_hopeless(enum err sent, int64_t tries)
{
	return sent == ERR_APPROVAL_VOID ||
	    (sent == ERR_DENIED && tries >= BELIEF_TRIES);
}

static enum err
send_back(struct clerk *c, struct arena *a, const char *registration)
{
	log_warn("order.not_believed registration=%s why=\"%s\"",
	    registration, err_explanation());
	err_clear();
	TRY(decide_not_believed(&c->flow, a, registration));
	return tell_withdrawal(c, a, registration);
}

/* When the signer says that the database forgot something, it may be what a
 * program that was killed left behind: then it is asked once more. */
static enum err
ask_issue(struct clerk *c, struct arena *a, struct order *o, bool repeated,
    struct message *answer)
{
	for (bool again = repeated;; again = true) {
		AUTO(buf_clear) struct buf body;

		buf_init(&body, WIRE_MAX);
		TRY(agree_known(c, a, &o->known));
		TRY(order_put(&body, o));
		enum err asked = ask_signer(c, MESSAGE_issue,
		    span_of_buf(&body), MESSAGE_issued, answer);
		if (asked != ERR_OUT_OF_STEP || again)
			return asked;
		message_clear(answer);
		message_init(answer);
		TRY(agree_compare(c, a));
	}
}

static enum err
send_order(struct clerk *c, struct arena *a, const struct registration *r,
    bool repeated, struct order *o)
{
	AUTO(message_clear) struct message answer = {0};
	struct issue_result *result = arena_get(a, sizeof(*result));

	TRY(fill_order(c, a, r, o));
	TRY(fill_approvals(c, a, r, o));
	TRY(ask_issue(c, a, o, repeated, &answer));
	TRY(issue_result_get(span_of_buf(&answer.body), result));
	if (strcmp(result->registration, r->id) != 0)
		return FAIL(ERR_INTERNAL, "an answer to another order");
	return store_issued(c, a, r->id, o, result);
}

enum err
order_issue(struct clerk *c, struct arena *a, const char *registration,
    bool repeated)
{
	struct order *o = arena_get(a, sizeof(*o));
	struct registration r;

	TRY(registration_current(&c->flow, a, registration, &r));
	return send_order(c, a, &r, repeated, o);
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
	return tell_withdrawal(c, a, registration);
}

enum err
run_issue(struct clerk *c, struct arena *a, const struct job *job)
{
	struct order *o = arena_get(a, sizeof(*o));
	struct registration r;

	TRY(registration_current(&c->flow, a, job->subject, &r));
	if (state_of(r.state) != STATE_approved)
		return OK;
	TRY(agree_require_memory(c, a));
	TRY(tell_withdrawal(c, a, r.id)); /* before anything is ordered */
	enum err sent = send_order(c, a, &r, false, o);
	if (o->approval_count > 0 && is_hopeless(sent, job->tries))
		return send_back(c, a, r.id);
	if (o->csr_size > 0 && why_no_key(sent))
		return give_key_back(c, a, r.id, why_no_key(sent));
	if (sent == ERR_SECOND_NEEDED) {
		err_clear();
		return decide_second_needed(&c->flow, a, r.id);
	}
	return sent;
}

/* The order that it would be, with the one approval that there is: what is
 * not stored yet comes from web, and is nothing without the signature. */
static enum err
fill_weighed(struct clerk *c, struct arena *a, const struct weighing *w,
    struct order *o)
{
	struct registration r;
	struct review v;

	TRY(registration_load(c->store, a, w->registration, &r));
	TRY(review_load(c->store, a, w->registration, &v));
	TRY(fill_order(c, a, &r, o));
	o->needed = 1; /* where it takes two anyway, nobody asks */
	o->attempt = (uint32_t)r.attempt;
	o->made_at = v.offered_at;
	o->approvals[0] = w->approval;
	o->approval_count = 1;
	return OK;
}

static enum err
weigh(struct clerk *c, const struct message *question, struct message *answer)
{
	AUTO(arena_clear) struct arena a;
	AUTO(buf_clear) struct buf body;

	arena_init(&a, ARENA_MAX);
	buf_init(&body, WIRE_MAX);
	struct weighing *w = arena_get(&a, sizeof(*w));
	struct order *o = arena_get(&a, sizeof(*o));
	TRY(weighing_get(span_of_buf(&question->body), w));
	TRY(fill_weighed(c, &a, w, o));
	TRY(order_put(&body, o));
	return ask_signer(c, MESSAGE_weigh, span_of_buf(&body),
	    MESSAGE_weighed, answer);
}

void
weigh_answer(struct clerk *c, const struct message *question)
{
	AUTO(message_clear) struct message answer = {.fds = {-1, -1}};

	enum err result = weigh(c, question, &answer);
	store_rollback(c->store);
	pass_back(c, question, result, &answer);
}

static enum err
fill_status(const struct certificate *crt, struct status_order *out)
{
	AUTO(buf_clear) struct buf serial;

	buf_init(&serial, ORDER_SERIAL_MAX);
	TRY(copy(out->issuer, sizeof(out->issuer), crt->issuer, "an issuer"));
	TRY(hex_decode(crt->serial, &serial));
	memcpy(out->serial, serial.data, serial.size);
	out->serial_size = serial.size;
	out->revoked_at = crt->revoked_at;
	out->reason = (uint8_t)crt->reason;
	return OK;
}

static enum err
ask_status(struct clerk *c, struct arena *a, const struct certificate *crt,
    struct status_result *out)
{
	AUTO(message_clear) struct message answer = {0};
	AUTO(buf_clear) struct buf body;
	struct status_order order = {0};
	bool revoked = crt->revoked_at != 0;

	buf_init(&body, WIRE_MAX);
	TRY(fill_status(crt, &order));
	TRY(agree_known(c, a, &order.known));
	TRY(status_order_put(&body, &order));
	TRY(ask_signer(c, revoked ? MESSAGE_revoke : MESSAGE_ocsp_sign,
	    span_of_buf(&body), revoked ? MESSAGE_revoked : MESSAGE_ocsp_signed,
	    &answer));
	return status_result_get(span_of_buf(&answer.body), out);
}

enum err
run_revoke(struct clerk *c, struct arena *a, const struct job *job)
{
	struct status_result *result = arena_get(a, sizeof(*result));
	struct certificate crt;

	TRY(certificate_load(c->store, a, job->subject, &crt));
	TRY(ask_status(c, a, &crt, result));
	const struct ledger_point seen = {
	    (int64_t)result->mark.entries, agree_head(a, &result->mark)};
	TRY(decide_revoked(&c->flow, a, crt.id,
	    SPAN(result->ocsp, result->ocsp_size), result->ocsp_next_update,
	    &seen));
	log_info("certificate.revoked certificate=%s%s", crt.id,
	    result->ocsp_size > 0 ? "" : " answer=none why=\"its authority "
					"has ended\"");
	return OK;
}

/* Unless it was revoked while the signer signed: then "good" must not come
 * back, and the revocation's own job brings the answer. */
static enum err
keep_one(struct store *s, struct arena *a, const struct certificate *asked,
    const struct status_result *r)
{
	struct certificate now;

	if (r->ocsp_size == 0)
		return OK;
	TRY(certificate_load(s, a, asked->id, &now));
	if (now.revoked_at != asked->revoked_at)
		return OK;
	return ocsp_save(s, asked->issuer, asked->serial,
	    SPAN(r->ocsp, r->ocsp_size), r->ocsp_next_update);
}

static enum err
keep_answers(struct clerk *c, struct arena *a, const struct certificate *asked,
    const struct status_result *results, size_t count)
{
	AUTO(store_rollback) struct store *s = c->store;

	TRY(store_begin(s));
	for (size_t i = 0; i < count; i++)
		TRY(keep_one(s, a, &asked[i], &results[i]));
	return store_commit(s);
}

/* An answer that nobody renewed, because the certificate has ended or there
 * are too many: made when it is asked for. */
enum err
run_status(struct clerk *c, struct arena *a, const struct job *job)
{
	struct status_result *result = arena_get(a, sizeof(*result));
	struct certificate crt;
	int64_t next_update;
	struct span answer;

	TRY(certificate_load(c->store, a, job->subject, &crt));
	enum err found = ocsp_load(c->store, a, crt.issuer, crt.serial,
	    &answer, &next_update);
	if (found == OK && next_update > clock_now())
		return OK;
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	TRY(ask_status(c, a, &crt, result));
	return keep_answers(c, a, &crt, result, 1);
}

/* Of one that has ended an answer is made when it is asked for; of one that
 * the ledger does not know, none: it was put back from an older copy. */
static enum err
renew(struct clerk *c, struct arena *a, const struct certificate *crt,
    struct status_result *out)
{
	if (crt->not_after <= clock_now())
		return ocsp_remove(c->store, crt->issuer, crt->serial);
	enum err asked = ask_status(c, a, crt, out);
	if (asked != ERR_NOT_FOUND)
		return asked;
	log_warn("ocsp.not_in_ledger certificate=%s", crt->id);
	return ocsp_remove(c->store, crt->issuer, crt->serial);
}

/* A few at a time, so that a revocation never waits behind many; soon again
 * while there are more. */
enum err
run_ocsp(struct clerk *c, struct arena *a, const struct job *job)
{
	int64_t half = conf_number(c->program.conf, CONF_pki_ocsp_hours) *
	    HOUR / 2;
	struct status_result *results =
	    arena_get(a, RENEWED_AT_ONCE * sizeof(*results));
	struct certificate *due;
	size_t count;

	TRY(ocsp_due(c->store, a, clock_now() + half, RENEWED_AT_ONCE, &due,
	    &count));
	for (size_t i = 0; i < count; i++)
		TRY(renew(c, a, &due[i], &results[i]));
	if (count > 0) {
		TRY(keep_answers(c, a, due, results, count));
		log_info("ocsp.renewed count=%zu", count);
	}
	return job_again(c->store, job->id, clock_now() +
	    (count == RENEWED_AT_ONCE ? SECOND : 10 * MINUTE));
}
