/*
 * Withdrawals. Once the signer knows, it refuses what was signed before for
 * ever, by its time and because it lacks the mark that the signer drew then.
 * Until that mark is here nobody is offered the next approval to sign.
 */
#include "clerk/withdraw.h"

#include "base/clock.h"
#include "base/codec.h"
#include "flow/withdraw.h"

#define ARENA_MAX ((size_t)1 << 20)

enum err
withdrawal_find(struct clerk *c, struct arena *a, const char *registration,
    struct withdrawal *out)
{
	struct withdrawal_row row;

	*out = (struct withdrawal){{0}};
	enum err found = withdrawal_load(c->store, a, registration, &row);
	if (found == ERR_NOT_FOUND ||
	    (found == OK && row.told_until >= row.until_at)) {
		err_clear();
		return OK;
	}
	TRY(found);
	if (strlen(registration) >= sizeof(out->registration))
		return FAIL(ERR_TOO_LARGE, "not the id of a registration");
	memcpy(out->registration, registration, strlen(registration) + 1);
	out->until = row.until_at;
	return OK;
}

enum err
withdrawal_ask(struct errand *e, const struct withdrawal *w, errand_step *step)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	TRY(withdrawal_put(&body, w));
	return errand_ask(e, MESSAGE_withdraw, span_of_buf(&body), false,
	    MESSAGE_withdrawn, step);
}

enum err
withdrawal_heard(
    struct clerk *c, const struct withdrawal *w, struct span answer)
{
	AUTO(buf_clear) struct buf hex;
	struct withdrawn_mark mark;

	buf_init(&hex, 2 * ORDER_MARK_SIZE);
	TRY(withdrawn_get(answer, &mark));
	TRY(hex_encode(SPAN(mark.bytes, sizeof(mark.bytes)), &hex));
	return withdrawal_told(
	    c->store, w->registration, w->until, buf_text(&hex));
}

static enum err
withdrawn(struct clerk *c, struct errand *e, enum err outcome,
    const struct message *answer)
{
	TRY(outcome);
	return withdrawal_heard(c, e->data, span_of_buf(&answer->body));
}

enum err
run_withdraw(struct clerk *c, struct errand *e)
{
	struct withdrawal *w = e->data = arena_get(&e->arena, sizeof(*w));

	TRY(withdrawal_find(c, &e->arena, e->job.subject, w));
	return w->until ? withdrawal_ask(e, w, withdrawn) : OK;
}

/* What web asks, as the signer is to hear it: only what may be withdrawn. */
static enum err
put_asked(struct clerk *c, struct span question, struct buf *body)
{
	struct withdrawal w = {.until = clock_now()};
	AUTO(arena_clear) struct arena a;
	struct withdrawing asked;

	arena_init(&a, ARENA_MAX);
	TRY(withdrawing_get(question, &asked));
	TRY(withdraw_allowed(&c->flow, &a, asked.registration, asked.session));
	memcpy(w.registration, asked.registration, ID_SIZE);
	return withdrawal_put(body, &w);
}

/* Kept before web does what it asks for: should it fail at that, the case
 * goes on with the mark that counts. */
static enum err
heard_for_web(struct clerk *c, struct span asked, struct span answer)
{
	struct withdrawal w;

	TRY(withdrawal_get(asked, &w));
	return withdrawal_heard(c, &w, answer);
}

void
withdraw_answer(struct clerk *c, const struct message *question)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	enum err put = put_asked(c, span_of_buf(&question->body), &body);
	if (put == OK)
		pass_on(c, question, span_of_buf(&body), MESSAGE_withdrawn,
		    heard_for_web);
	else
		pass_back(c, question->request, put, NULL);
}
