/*
 * Operators: the queue, a case, its pictures, the decision. Every look at a
 * case is an entry in the journal.
 */
#include "flow/audit.h"
#include "flow/decide.h"
#include "ident/person.h"
#include "proc/inspection.h"
#include "proc/memfile.h"
#include "web/review_json.h"
#include "web/wake.h"
#include "web/who.h"

#define STILL_MAX ((size_t)4 << 20)
#define STILL_WAIT_MS 3000

/* Nobody reviews their own request or one of a workspace they belong to. */
static bool
is_own(const struct request *q, const struct registration *r)
{
	char folded[PERSON_EMAIL_SIZE];

	if (*q->caller.workspace &&
	    strcmp(q->caller.workspace, r->workspace) == 0)
		return true;
	if (person_email_fold(q->caller.email, folded) != OK) {
		err_clear();
		return false;
	}
	return strcmp(folded, r->email_folded) == 0;
}

RESULT
handle_review_list(struct request *q)
{
	struct registration *rows;
	struct flow *f;
	size_t count;

	TRY(request_flow(q, &f));
	TRY(review_queue(f->store, &q->arena, &rows, &count));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "list");
	json_list(&j, "data");
	for (size_t i = 0; i < count; i++)
		if (!is_own(q, &rows[i]))
			TRY(review_write_line(q, f, &j, &rows[i]));
	json_end(&j);
	json_bool(&j, "has_more", false);
	json_nothing(&j, "next_cursor");
	json_close(&j);
	return json_done(&j);
}

/* A case is a registration in review; others an operator cannot see. */
static RESULT
load_case(struct request *q, struct flow *f, struct registration *out)
{
	if (!id_is("reg", param(q)))
		return FAIL(ERR_NOT_FOUND, "not the id of a registration");
	TRY(registration_current(f, &q->arena, param(q), out));
	if (state_of(out->state) != STATE_in_review)
		return FAIL(ERR_NOT_FOUND, "not in review");
	return is_own(q, out) ? FAIL(ERR_DENIED, "one's own case") : OK;
}

static RESULT
note_look(struct request *q, struct flow *f, const char *act, const char *id,
    const char *detail)
{
	struct actor who = request_actor(q);

	TRY(store_begin(f->store));
	TRY(audit_write(f, &who, act, id, detail, ""));
	return store_commit(f->store);
}

RESULT
handle_review_read(struct request *q)
{
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(load_case(q, f, &r));
	TRY(note_look(q, f, "review.looked", r.id, ""));
	struct json j = reply_json(q, 200);
	return review_write(q, f, &j, &r);
}

static enum operator_decision
decision_of(const char *word)
{
	if (strcmp(word, "approve") == 0)
		return OPERATOR_APPROVE;
	return strcmp(word, "redo") == 0 ? OPERATOR_REDO : OPERATOR_REFUSE;
}

/* Reasons are codes of the table: participants read their texts. */
static RESULT
check_reasons(const char *reasons, bool needed)
{
	static const char known[] = ""
#define REASON(code, told, english) " " #code
#include "checks/reasons.def"
#undef REASON
	    ;

	if (needed && !*reasons)
		return err_set_field(ERR_INVALID, "reasons", "is required");
	while (*reasons) {
		size_t size = strcspn(reasons, " ");
		if (size > 0 && !word_in(known + 1, reasons, size))
			return err_set_field(ERR_INVALID, "reasons",
			    "has a code that is not known");
		reasons += size;
		reasons += strspn(reasons, " ");
	}
	return OK;
}

RESULT
handle_review_decide(struct request *q)
{
	enum operator_decision decision =
	    decision_of(text(q, FIELD_decision_decision));
	const char *reasons = text(q, FIELD_decision_reasons);
	struct actor who = request_actor(q);
	struct registration r;
	struct flow *f;

	TRY(check_reasons(reasons, decision != OPERATOR_APPROVE));
	TRY(request_flow(q, &f));
	TRY(load_case(q, f, &r));
	TRY(decide_review(f, &q->arena, &who, r.id, decision, reasons,
	    text(q, FIELD_decision_note), &r));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "review");
	json_text(&j, "id", r.id);
	json_text(&j, "state", r.state);
	json_close(&j);
	wake_clerk(q->web);
	return json_done(&j);
}

/* The clerk opens the vault; what comes is a sealed memory file. */
static RESULT
ask_for_still(struct request *q, const char *id, bool back)
{
	AUTO(message_clear) struct message m = {.fds = {-1, -1}};
	AUTO(memfile_clear) struct memfile still = {0};
	AUTO(buf_clear) struct buf body;
	struct still_request wish = {0};

	buf_init(&body, WIRE_MAX);
	snprintf(wish.registration, sizeof(wish.registration), "%s", id);
	snprintf(wish.kind, sizeof(wish.kind), "still_%s",
	    back ? "back" : "front");
	TRY(still_request_put(&body, &wish));
	enum err code = program_ask(q->web->program, ROLE_clerk,
	    MESSAGE_still, span_of_buf(&body), STILL_WAIT_MS, &m);
	if (code != OK)
		return FAIL(ERR_UNAVAILABLE, "the clerk does not answer");
	if (m.type != MESSAGE_still_reply || m.fd_count != 1)
		return FAIL(ERR_NOT_FOUND, "no such picture");
	TRY(memfile_map(m.fds[0], STILL_MAX, &still));
	return reply_bytes(q, "image/jpeg", still.bytes);
}

RESULT
handle_review_still(struct request *q)
{
	bool back = strcmp(q->params[1], "back.jpg") == 0;
	struct registration r;
	struct flow *f;

	if (!back && strcmp(q->params[1], "front.jpg") != 0)
		return FAIL(ERR_NOT_FOUND, "no such picture");
	TRY(request_flow(q, &f));
	TRY(load_case(q, f, &r));
	TRY(note_look(q, f, "review.looked", r.id, q->params[1]));
	request_release(q);
	return ask_for_still(q, r.id, back);
}
