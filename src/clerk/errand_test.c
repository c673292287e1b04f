/*
 * Questions to the signer that are under way together: whose answer is whose,
 * and what is known of the ledger when some are still missing.
 */
#include "clerk/agree.h"

#include "base/clock.h"
#include "clerk/met.h"
#include "flow/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct clerk clerk;
static struct channel signer;
static enum err ended[8];
static size_t ends;

static void
end(struct clerk *c, struct errand *e, enum err result)
{
	(void)c;
	ended[*(const int *)e->data] = result;
	ends++;
}

static enum err
step(struct clerk *c, struct errand *e, enum err outcome,
    const struct message *answer)
{
	(void)c;
	(void)e;
	if (outcome == OK)
		assert_int_equal(answer->type, MESSAGE_issued);
	return outcome;
}

static void
begin(struct bench *b)
{
	int pair[2];

	clerk = (struct clerk){.program = {.conf = b->conf},
	    .store = b->f.store, .keys = b->keys, .flow = b->f,
	    .orders_window = 8};
	for (size_t i = 0; i < 8; i++)
		ended[i] = ERR_COUNT;
	ends = 0;
	assert_int_equal(channel_pair(pair), OK);
	clerk.program.peers[ROLE_signer] = (struct channel){
	    pair[0], ROLE_clerk, ROLE_signer, true};
	signer = (struct channel){pair[1], ROLE_signer, ROLE_clerk, true};
}

static void
finish(void)
{
	channel_close(&signer);
	if (clerk.program.peers[ROLE_signer].fd >= 0)
		(void)errands_hear(&clerk);
	channel_close(&clerk.program.peers[ROLE_signer]);
	for (size_t i = 0; i < ERRANDS_MAX; i++)
		assert_null(clerk.errands[i]);
}

/* An order, as far as the channel is concerned. */
static struct errand *
ask(int number)
{
	struct errand *e = errand_new(&clerk, end);

	assert_non_null(e);
	e->data = arena_get(&e->arena, sizeof(int));
	*(int *)e->data = number;
	errand_go(&clerk, e, errand_ask(e, MESSAGE_issue, span_of_text("o"),
	    false, MESSAGE_issued, step));
	return e;
}

static uint32_t
hear_question(void)
{
	AUTO(message_clear) struct message m;

	assert_int_equal(channel_receive(&signer, 1000, &m), OK);
	assert_int_equal(m.type, MESSAGE_issue);
	return m.request;
}

static void
answer(uint32_t request)
{
	assert_int_equal(channel_send(&signer, MESSAGE_issued, request,
			     span_of_text("a"), NULL, 0),
	    OK);
	assert_true(errands_hear(&clerk));
}

static void
answers_find_their_questions_in_any_order(void **state)
{
	uint32_t requests[3];

	begin(*state);
	for (int i = 0; i < 3; i++)
		(void)ask(i);
	assert_false(errands_send(&clerk));
	for (int i = 0; i < 3; i++)
		requests[i] = hear_question();
	answer(requests[2]);
	assert_int_equal(ended[2], OK);
	assert_int_equal(ends, 1);
	answer(12345); /* nobody's */
	assert_int_equal(ends, 1);
	answer(requests[0]);
	answer(requests[1]);
	answer(requests[1]); /* again */
	assert_int_equal(ends, 3);
	finish();
}

static void
a_signer_that_dies_answers_nobody_and_leaves_doubt(void **state)
{
	struct bench *b = *state;
	struct job job;

	begin(b);
	(void)ask(0);
	(void)ask(1);
	assert_false(errands_send(&clerk));
	uint32_t first = hear_question();
	answer(first);
	assert_false(clerk.unsure);
	channel_close(&signer);
	(void)errands_hear(&clerk);
	assert_int_equal(ended[0], OK);
	assert_int_equal(ended[1], ERR_UNAVAILABLE);
	assert_true(clerk.unsure);
	/* both are compared, and first */
	assert_int_equal(job_take(b->f.store, &b->a, clock_now(), 1000, &job),
	    OK);
	assert_string_equal(job.name, "agree");
	finish();
}

/* An answer of another kind than was asked for is none. */
static void
another_kind_of_answer_is_not_taken(void **state)
{
	begin(*state);
	(void)ask(0);
	assert_false(errands_send(&clerk));
	assert_int_equal(channel_send(&signer, MESSAGE_revoked,
			     hear_question(), span_of_text("a"), NULL, 0),
	    OK);
	assert_true(errands_hear(&clerk));
	assert_int_equal(ended[0], ERR_UNAVAILABLE);
	finish();
}

static void
the_mark_is_taken_over_with_the_last_answer_and_not_in_doubt(void **state)
{
	const struct ledger_mark mark = {.entries = 7};
	struct bench *b = *state;

	begin(b);
	(void)ask(0);
	(void)ask(1);
	assert_int_equal(agree_point(&clerk, &b->a, &mark).entries, 0);
	assert_false(errands_send(&clerk));
	answer(hear_question());
	assert_int_equal(agree_point(&clerk, &b->a, &mark).entries, 7);
	clerk.unsure = true;
	assert_int_equal(agree_point(&clerk, &b->a, &mark).entries, 0);
	answer(hear_question());
	finish();
}

static void
a_slow_signer_gets_fewer_orders_at_a_time(void **state)
{
	begin(*state);
	struct errand *e = ask(0);
	assert_int_equal(errands_room(&clerk), 7);
	assert_false(errands_send(&clerk));
	e->asked_at -= SECOND;
	answer(hear_question());
	assert_int_equal(errands_room(&clerk), 4);
	(void)ask(1);
	assert_false(errands_send(&clerk));
	answer(hear_question());
	assert_int_equal(errands_room(&clerk), 5);
	finish();
}

static void
a_channel_that_is_full_is_waited_for(void **state)
{
	static uint8_t octets[60000];
	bool waits = false;

	begin(*state);
	for (int i = 0; i < 8 && !waits; i++) {
		struct errand *e = ask(i);

		assert_int_equal(errand_ask(e, MESSAGE_issue,
		    SPAN(octets, sizeof(octets)), false, MESSAGE_issued, step),
		    OK);
		e->number = (uint64_t)i + 1000;
		waits = errands_send(&clerk);
	}
	assert_true(waits);
	assert_int_equal(ends, 0);
	(void)hear_question();
	(void)errands_send(&clerk);
	channel_close(&signer);
	(void)errands_hear(&clerk);
	(void)errands_send(&clerk); /* to nobody: they end as well */
	finish();
}

/* Else a PIN would be set minutes after its holder was told that it was not,
 * and no job would ever find a place again. */
static void
what_a_silent_signer_does_not_take_is_given_up(void **state)
{
	begin(*state);
	struct errand *alive = ask(0), *e = ask(1);

	assert_int_not_equal(e->asked_at, 0);
	(void)errands_tend(&clerk);
	assert_int_equal(ends, 0);
	alive->asked_at = e->asked_at -= MINUTE;
	clerk.heard_at = clock_ticks(); /* slow, but it answers others */
	(void)errands_tend(&clerk);
	assert_int_equal(ends, 0);
	clerk.heard_at -= MINUTE;
	(void)errands_tend(&clerk);
	assert_int_equal(ends, 2);
	assert_int_equal(ended[1], ERR_UNAVAILABLE);
	assert_false(clerk.unsure); /* nothing of it was sent */
	finish();
}

/* A million certificates had the clerk walk through all of them for 80 s: the
 * answer had come long before, and was not looked for. */
static void
a_clerk_that_was_busy_calls_nobody_silent(void **state)
{
	begin(*state);
	struct errand *e = ask(0);

	assert_false(errands_send(&clerk));
	assert_int_equal(channel_send(&signer, MESSAGE_issued,
			     hear_question(), span_of_text("a"), NULL, 0),
	    OK);
	e->asked_at -= 2 * MINUTE;
	assert_int_equal(errands_tend(&clerk), 0);
	assert_int_equal(ends, 1);
	assert_int_equal(ended[0], OK);
	assert_false(met_is_away(&clerk));
	assert_false(clerk.unsure);
	finish();
}

/* It counts its questions from one, as the one before did. */
static void
an_answer_for_a_web_that_ended_is_not_given_to_the_next(void **state)
{
	const enum message_type told = MESSAGE_pin_reply;
	struct message question = {.type = MESSAGE_pin_set, .request = 5};
	int pair[2];

	begin(*state);
	assert_int_equal(channel_pair(pair), OK);
	clerk.program.peers[ROLE_web] =
	    (struct channel){pair[0], ROLE_clerk, ROLE_web, true};
	struct channel web = {pair[1], ROLE_web, ROLE_clerk, true};
	for (size_t i = 0; i < 2; i++) {
		AUTO(message_clear) struct message m, back;

		pass_on(&clerk, &question, span_of_text("p"), told, NULL);
		assert_false(errands_send(&clerk));
		assert_int_equal(channel_receive(&signer, 1000, &m), OK);
		clerk.program.introduced[ROLE_web] += i == 0;
		assert_int_equal(channel_send(&signer, told, m.request,
				     span_of_text("a"), NULL, 0),
		    OK);
		assert_true(errands_hear(&clerk));
		assert_int_equal(channel_receive(&web, 0, &back),
		    i == 0 ? ERR_EXPIRED : OK);
	}
	channel_close(&web);
	channel_close(&clerk.program.peers[ROLE_web]);
	finish();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(answers_find_their_questions_in_any_order),
	    BENCH(a_signer_that_dies_answers_nobody_and_leaves_doubt),
	    BENCH(another_kind_of_answer_is_not_taken),
	    BENCH(the_mark_is_taken_over_with_the_last_answer_and_not_in_doubt),
	    BENCH(a_slow_signer_gets_fewer_orders_at_a_time),
	    BENCH(a_channel_that_is_full_is_waited_for),
	    BENCH(what_a_silent_signer_does_not_take_is_given_up),
	    BENCH(a_clerk_that_was_busy_calls_nobody_silent),
	    BENCH(an_answer_for_a_web_that_ended_is_not_given_to_the_next),
	};

	return cmocka_run_group_tests_name("errands", tests, NULL, NULL);
}
