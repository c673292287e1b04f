/*
 * Operators: the queue, a case, the own opinion, the decision. The rules are
 * in flow/review.c; here they only become answers.
 */
#include "base/codec.h"
#include "flow/review.h"
#include "proc/order.h"
#include "web/assertion.h"
#include "web/registration_json.h"
#include "web/review_json.h"
#include "web/wake.h"
#include "web/withdraw.h"
#include "web/who.h"

/* Ids of other things do not exist here. */
static RESULT
require_case(const struct request *q)
{
	return id_is("reg", param(q))
	    ? OK
	    : FAIL(ERR_NOT_FOUND, "not the id of a registration");
}

static RESULT
begin(struct request *q, struct flow **out)
{
	TRY(require_case(q));
	return request_flow(q, out);
}

static RESULT
answer_case(struct request *q, struct flow *f, const struct review_case *c)
{
	struct json j = reply_json(q, 200);

	return review_write(q, f, &j, c);
}

RESULT
handle_review_list(struct request *q)
{
	struct prover by = request_prover(q);
	struct registration *rows;
	struct flow *f;
	size_t count;

	TRY(request_flow(q, &f));
	TRY(review_list(f, &q->arena, &by, &rows, &count));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "list");
	json_list(&j, "data");
	for (size_t i = 0; i < count; i++)
		TRY(review_write_line(q, f, &j, &rows[i]));
	json_end(&j);
	json_bool(&j, "has_more", false);
	json_nothing(&j, "next_cursor");
	/* of these rows: another count would tell which are planted */
	json_number(&j, "waiting", (int64_t)count);
	json_time(&j, "oldest_at", count > 0 ? rows[0].state_at : 0);
	json_number(&j, "lock_seconds", REVIEW_LOCK_IDLE / SECOND);
	json_close(&j);
	return json_done(&j);
}

RESULT
handle_review_next(struct request *q)
{
	const char *id = text(q, FIELD_review_next_id);
	struct prover by = request_prover(q);
	struct review_case c;
	struct flow *f;

	if (*id && !id_is("reg", id))
		return FAIL(ERR_NOT_FOUND, "not the id of a registration");
	TRY(request_flow(q, &f));
	enum err code = review_next(f, &q->arena, &by, id, &c);
	if (code == ERR_NOT_FOUND && !*id) {
		err_clear();
		q->reply.status = 204;
		return OK;
	}
	TRY(code);
	return answer_case(q, f, &c);
}

RESULT
handle_review_read(struct request *q)
{
	struct prover by = request_prover(q);
	struct review_case c;
	struct flow *f;

	TRY(begin(q, &f));
	TRY(review_look(f, &q->arena, &by, param(q), "case", &c));
	return answer_case(q, f, &c);
}

RESULT
handle_review_earlier(struct request *q)
{
	struct prover by = request_prover(q);
	struct registration r;
	struct flow *f;

	TRY(begin(q, &f));
	TRY(review_look_earlier(f, &q->arena, &by, param(q), q->params[1],
	    "case", &r));
	struct json j = reply_json(q, 200);
	return review_write_earlier(q, f, &j, &r, param(q));
}

RESULT
handle_review_release(struct request *q)
{
	struct prover by = request_prover(q);
	struct flow *f;

	TRY(begin(q, &f));
	TRY(review_release(f, &q->arena, &by, param(q)));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "review");
	json_text(&j, "id", param(q));
	json_nothing(&j, "locked_until");
	json_close(&j);
	return json_done(&j);
}

RESULT
handle_review_seen(struct request *q)
{
	struct prover by = request_prover(q);
	int64_t locked_until;
	struct flow *f;

	TRY(begin(q, &f));
	TRY(review_seen(f, &q->arena, &by, param(q), &locked_until));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "review");
	json_text(&j, "id", param(q));
	review_write_lock(&j, locked_until);
	json_close(&j);
	return json_done(&j);
}

/* An open case that nobody looks at is covered by its page. Where a passkey
 * uncovers it, whoever sits down there instead cannot ask for it either. */
RESULT
handle_review_cover(struct request *q)
{
	struct flow *f;

	TRY(request_flow(q, &f));
	bool again = cover_takes_passkey(f);
	if (again)
		TRY(session_unprove(q, f));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "session");
	json_bool(&j, "passkey_session", !again && q->caller.passkey_at > 0);
	json_close(&j);
	return json_done(&j);
}

RESULT
handle_review_opinion(struct request *q)
{
	const struct opinion o = {
	    .document = text(q, FIELD_opinion_document),
	    .face = text(q, FIELD_opinion_face),
	    .liveness = text(q, FIELD_opinion_liveness),
	};
	struct prover by = request_prover(q);
	struct review_case c;
	struct flow *f;

	TRY(begin(q, &f));
	TRY(review_opinion(f, &q->arena, &by, param(q), &o, &c));
	return answer_case(q, f, &c);
}

static void
write_subject(struct json *j, const struct approval *a)
{
	json_open(j, "subject");
	json_text(j, "given_names", a->given_names);
	json_text(j, "surname", a->surname);
	json_text(j, "common_name", a->common_name);
	json_text(j, "country", a->country);
	json_text(j, "person_serial", a->person_serial);
	json_close(j);
}

static RESULT
write_allowed(struct request *q, struct flow *f, struct json *j)
{
	struct member_passkey *rows;
	struct relying_party rp;
	size_t count;

	TRY(passkeys_party(f, &rp));
	TRY(passkey_list(f->store, &q->arena, q->caller.id, &rows, &count));
	json_text(j, "rp_id", rp.id);
	json_list(j, "allow");
	for (size_t i = 0; i < count; i++)
		json_text(j, NULL, rows[i].id);
	json_end(j);
	return OK;
}

/* The one that is signed for, as it is: the case is held, it cannot change. */
static RESULT
write_signed_key(struct request *q, struct flow *f, struct json *j,
    const struct approval *a)
{
	const struct registration of = {.id = a->registration};

	if (a->own_key)
		return registration_write_own_key(q, f, j, &of);
	json_nothing(j, "own_key");
	return OK;
}

RESULT
handle_review_approval(struct request *q)
{
	struct prover by = request_prover(q);
	char evidence[DIGEST_TEXT_SIZE], address[DIGEST_TEXT_SIZE];
	AUTO(buf_clear) struct buf challenge, withdrawal;
	struct approval a;
	struct digest d;
	struct flow *f;

	buf_init(&challenge, 64);
	TRY(begin(q, &f));
	TRY(review_approval(f, &q->arena, &by, param(q), &a));
	TRY(approval_digest(&a, &d));
	TRY(base64url_encode(SPAN(d.bytes, sizeof(d.bytes)), &challenge));
	buf_init(&withdrawal, 2 * APPROVAL_MARK_SIZE);
	TRY(hex_encode(a.withdrawal, &withdrawal));
	digest_format(&a.evidence, evidence);
	digest_format(&a.address, address);
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "approval");
	json_text(&j, "registration", a.registration);
	json_text(&j, "workspace", a.workspace);
	json_text(&j, "requested_by", a.requested_by);
	json_text(&j, "address", address);
	json_text(&j, "withdrawal", buf_text(&withdrawal));
	json_text(&j, "digest", buf_text(&challenge));
	TRY(write_allowed(q, f, &j));
	write_subject(&j, &a);
	json_text(&j, "level", a.level);
	json_text(&j, "profile", a.profile);
	json_text(&j, "evidence", evidence);
	TRY(write_signed_key(q, f, &j, &a));
	json_text(&j, "decision", a.decision);
	json_number(&j, "needed", a.needed);
	json_number(&j, "attempt", a.attempt);
	json_number(&j, "made_at", a.made_at);
	json_close(&j);
	return json_done(&j);
}

static enum operator_decision
decision_of(const char *word)
{
	if (strcmp(word, "approve") == 0)
		return OPERATOR_APPROVE;
	return strcmp(word, "redo") == 0 ? OPERATOR_REDO : OPERATOR_REFUSE;
}

static RESULT
read_answer(struct request *q, struct review_answer *out)
{
	*out = (struct review_answer){
	    .decision = decision_of(text(q, FIELD_decision_decision)),
	    .reasons = text(q, FIELD_decision_reasons),
	    .steps = text(q, FIELD_decision_steps),
	    .note = text(q, FIELD_decision_note),
	    .keys = field_number(&q->fields, FIELD_decision_keys, 0),
	};
	if (out->decision == OPERATOR_APPROVE)
		return ASSERTION_READ(q, decision, &out->assertion);
	return *out->reasons
	    ? OK
	    : err_set_field(ERR_INVALID, "reasons", "is required");
}

#define WEIGH_WAIT_MS 5000

static RESULT
ask_signer(struct request *q, struct span body, uint32_t *operators)
{
	AUTO(message_clear) struct message m = {.fds = {-1, -1}};

	TRY(program_ask(q->web->program, ROLE_clerk, MESSAGE_weigh, body,
	    WEIGH_WAIT_MS, &m));
	if (m.type == MESSAGE_refused)
		return refusal_get(span_of_buf(&m.body));
	return m.type == MESSAGE_weighed
	    ? weighed_get(span_of_buf(&m.body), operators)
	    : FAIL(ERR_UNAVAILABLE, "the clerk answered something else");
}

static RESULT
put_weighing(const struct request *q, uint32_t needed,
    const struct assertion *x, struct buf *body)
{
	struct weighing w = {.needed = needed};

	snprintf(w.registration, sizeof(w.registration), "%s", param(q));
	TRY(order_approval_make(q->caller.id, x->credential_id,
	    x->authenticator_data, x->client_data, x->signature,
	    &w.approval));
	return weighing_put(body, &w);
}

/* The signer knows of a withdrawal, or of another approval, that is not known
 * here: what is signed after one more withdrawal counts. */
static RESULT
begin_anew(struct request *q)
{
	TRY(withdraw_first(q, param(q)));
	return FAIL(ERR_CONFLICT, "to be signed again");
}

/* Asked with the signature, which the signer looks at first. Without an answer
 * the case goes on: the order asks again. So it does where the signer does not
 * believe who signed, whom custodians may still enrol; but it is told. */
static RESULT
weigh(struct request *q, struct flow **f, const struct prover *by,
    struct review_answer *answer, bool *unbelieved)
{
	AUTO(buf_clear) struct buf body;
	struct first_look look;
	struct registration r;
	uint32_t operators;

	buf_init(&body, WIRE_MAX);
	TRY(registration_load((*f)->store, &q->arena, param(q), &r));
	if (answer->decision != OPERATOR_APPROVE ||
	    !level_find(r.level)->operator_always || !*r.nationality)
		return OK;
	TRY(review_first_look(*f, &q->arena, by, param(q), &look));
	enum err asked =
	    put_weighing(q, look.needed, &answer->assertion, &body);
	request_release(q);
	if (asked == OK)
		asked = ask_signer(q, span_of_buf(&body), &operators);
	if (asked == ERR_OWN_CASE || asked == ERR_CHECK_FAILED)
		return asked;
	if (asked == ERR_APPROVAL_VOID && look.first)
		return begin_anew(q);
	if (asked == OK)
		answer->second = operators > 1 ? SECOND_YES : SECOND_NO;
	*unbelieved = asked == ERR_DENIED;
	err_clear();
	return request_flow(q, f);
}

/* What is void afterwards is void at the signer before. */
static RESULT
make_void(struct request *q, struct flow **f, const struct prover *by,
    const struct review_answer *answer)
{
	bool voids;

	TRY(review_decision_voids(
	    *f, &q->arena, by, param(q), answer, &voids));
	if (!voids)
		return OK;
	TRY(withdraw_first(q, param(q)));
	return request_flow(q, f);
}

RESULT
handle_review_decide(struct request *q)
{
	struct prover by = request_prover(q);
	struct review_answer answer;
	struct registration r;
	bool unbelieved = false;
	const char *outcome;
	struct flow *f;

	TRY(read_answer(q, &answer));
	TRY(begin(q, &f));
	TRY(weigh(q, &f, &by, &answer, &unbelieved));
	TRY(make_void(q, &f, &by, &answer));
	TRY(review_decide(f, &q->arena, &by, param(q), &answer, &r,
	    &outcome));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "review");
	json_text(&j, "id", r.id);
	json_text(&j, "state", r.state);
	json_text(&j, "outcome", outcome);
	json_bool(&j, "unbelieved", unbelieved);
	json_close(&j);
	wake_clerk(q->web);
	return json_done(&j);
}
