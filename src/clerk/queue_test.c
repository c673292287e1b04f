/*
 * Who waits for whom in the queue: a signer that is away, one that refuses one
 * job, an inspector that has its hands full.
 */
#include "clerk/errand.h"

#include "base/clock.h"
#include "flow/fixture.h"
#include "flow/put_back.h"
#include "proc/order.h"

#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* A signer that refuses everything for this reason. */
struct fake {
	struct channel channel;
	enum err code;
	size_t asked;
};

static void *
serve(void *data)
{
	struct fake *f = data;

	for (;;) {
		AUTO(message_clear) struct message m;
		AUTO(buf_clear) struct buf body;

		if (channel_receive(&f->channel, -1, &m) != OK)
			return NULL;
		f->asked++;
		buf_init(&body, WIRE_MAX);
		if (refusal_put(&body, f->code, "why") != OK ||
		    channel_send(&f->channel, MESSAGE_refused, m.request,
			span_of_buf(&body), NULL, 0) != OK)
			return NULL;
	}
}

static struct clerk clerk;

static bool
is_at_work(void)
{
	bool any = false;

	for (size_t i = 0; i < ERRANDS_MAX; i++)
		any = any || clerk.errands[i];
	return any;
}

static void
work(void)
{
	while (queue_run(&clerk) == 0 || is_at_work()) {
		struct pollfd fd = {
		    clerk.program.peers[ROLE_signer].fd, POLLIN, 0};

		(void)errands_send(&clerk);
		(void)poll(&fd, 1, 1000);
		(void)errands_hear(&clerk);
	}
}

/* Runs what is due; how often the signer was asked. */
static size_t
run_with(struct bench *b, enum err code, bool full)
{
	struct fake f = {.code = code};
	pthread_t thread;
	int pair[2];

	clerk = (struct clerk){.program = {.conf = b->conf},
	    .store = b->f.store, .keys = b->keys, .flow = b->f};
	for (size_t i = 0; i < INSPECTIONS_MAX; i++)
		clerk.inspections[i].reply.fd = full ? 0 : -1;
	assert_int_equal(channel_pair(pair), OK);
	clerk.program.peers[ROLE_signer] = (struct channel){
	    pair[0], ROLE_clerk, ROLE_signer, true};
	f.channel = (struct channel){pair[1], ROLE_signer, ROLE_clerk, true};
	assert_int_equal(pthread_create(&thread, NULL, serve, &f), 0);
	work();
	channel_close(&clerk.program.peers[ROLE_signer]);
	pthread_join(thread, NULL);
	channel_close(&f.channel);
	return f.asked;
}

static void
due(struct bench *b, const char *name, const char *subject)
{
	assert_int_equal(
	    job_add(b->f.store, name, subject, JOB_FIRST), OK);
}

static void
one_job_that_is_refused_lets_the_others_go_on(void **state)
{
	struct bench *b = *state;

	due(b, "crl", "issuing-l");
	due(b, "crl", "issuing-q");
	assert_int_equal(run_with(b, ERR_UNAVAILABLE, false), 2);
	assert_int_equal(clerk.signer_rests_until, 0);
}

static void
all_rest_while_the_signer_has_no_token(void **state)
{
	struct bench *b = *state;

	due(b, "crl", "issuing-l");
	due(b, "crl", "issuing-q");
	assert_int_equal(run_with(b, ERR_TOKEN, false), 1);
	assert_true(clerk.signer_rests_until > 0);
}

static void
meeting_no_signer_is_no_try(void **state)
{
	struct bench *b = *state;
	struct job job;

	due(b, "crl", "issuing-l");
	for (int i = 0; i < 3; i++) {
		assert_int_equal(run_with(b, ERR_TOKEN, false), 1);
		clock_set(clock_now() + MINUTE);
	}
	assert_int_equal(job_take(b->f.store, &b->a, clock_now(), 1000, &job),
	    OK);
	assert_int_equal(job.tries, 1);
}

static void
a_full_inspector_holds_up_pictures_alone(void **state)
{
	struct bench *b = *state;
	struct job job;

	due(b, "inspect", "evd_00000000000000000000000001");
	due(b, "crl", "issuing-l");
	assert_int_equal(run_with(b, ERR_UNAVAILABLE, true), 1);
	assert_int_equal(job_take(b->f.store, &b->a, clock_now(), 1000, &job),
	    OK);
	assert_string_equal(job.name, "inspect");
	assert_int_equal(job.tries, 1);
}

/* Orders that were refused wait a minute; who brings both together does not. */
static void
what_waits_goes_on_when_database_and_ledger_agree(void **state)
{
	static const struct actor by = {ACTOR_platform, "test", "test"};
	static const struct ledger_point agreed = {0, ""};
	struct bench *b = *state;
	bool due_now = false;
	struct job job;

	assert_int_equal(job_add(b->f.store, "issue",
			     "reg_00000000000000000000000001",
			     clock_now() + MINUTE),
	    OK);
	clerk = (struct clerk){.program = {.conf = b->conf},
	    .store = b->f.store, .keys = b->keys, .flow = b->f};
	assert_in_range(queue_run(&clerk), 2001, 5000);
	clerk.apart = true;
	assert_in_range(queue_run(&clerk), 10, 2000);
	assert_int_equal(
	    put_back_done(&b->f, &b->a, &by, &agreed, ""), OK);
	while (job_take(b->f.store, &b->a, clock_now(), 1000, &job) == OK)
		due_now = due_now || strcmp(job.name, "issue") == 0;
	assert_true(due_now);
}

static struct registration
confirmed(struct bench *b)
{
	struct registration r = bench_approved(b);

	assert_int_equal(
	    journey_confirm(&b->f, &b->a, r.id, true, &r), OK);
	return r;
}

static void
assert_with_an_operator(struct bench *b, const char *id)
{
	struct review v;
	struct job job;

	assert_string_equal(bench_state(b, id), "in_review");
	assert_int_equal(review_load(b->f.store, &b->a, id, &v), OK);
	assert_string_equal(v.why, "not_certifiable");
	clock_set(clock_now() + DAY);
	while (job_take(b->f.store, &b->a, clock_now(), 1000, &job) == OK)
		assert_string_not_equal(job.name, "issue");
}

static void
an_order_that_can_never_be_carried_out_is_an_operators(void **state)
{
	struct bench *b = *state;
	struct registration r = confirmed(b);

	assert_true(run_with(b, ERR_NOT_CERTIFIABLE, false) > 0);
	assert_with_an_operator(b, r.id);
}

static void
nor_is_one_sent_that_no_order_has_room_for(void **state)
{
	struct bench *b = *state;
	struct registration r = confirmed(b);
	char name[ORDER_NAME_MAX + 1];

	memset(name, 'a', ORDER_NAME_MAX);
	name[ORDER_NAME_MAX] = '\0';
	r = bench_loaded(b, r.id);
	r.surname = name;
	assert_int_equal(registration_update(b->f.store, &r), OK);
	run_with(b, ERR_UNAVAILABLE, false);
	assert_with_an_operator(b, r.id);
}

/* A signer that is only in another state than we thought may be mended. */
static void
one_that_is_refused_for_long_is_an_operators_at_last(void **state)
{
	struct bench *b = *state;
	struct registration r = confirmed(b);

	run_with(b, ERR_CONFLICT, false);
	assert_string_equal(bench_state(b, r.id), "approved");
	for (int i = 0; i < 20; i++) {
		clock_set(clock_now() + HOUR);
		run_with(b, ERR_CONFLICT, false);
	}
	assert_with_an_operator(b, r.id);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(one_job_that_is_refused_lets_the_others_go_on),
	    BENCH(all_rest_while_the_signer_has_no_token),
	    BENCH(meeting_no_signer_is_no_try),
	    BENCH(a_full_inspector_holds_up_pictures_alone),
	    BENCH(an_order_that_can_never_be_carried_out_is_an_operators),
	    BENCH(nor_is_one_sent_that_no_order_has_room_for),
	    BENCH(one_that_is_refused_for_long_is_an_operators_at_last),
	    BENCH(what_waits_goes_on_when_database_and_ledger_agree),
	};

	return cmocka_run_group_tests_name("queue", tests, NULL, NULL);
}
