/*
 * Revocation lists, with a signer that has used up numbers whose lists never
 * arrived: killed, or its clerk was, between writing down and storing.
 */
#include "clerk/errand.h"

#include "base/clock.h"
#include "flow/fixture.h"
#include "proc/memfile.h"
#include "proc/order.h"

#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* Takes numbers above last, as the real one does. */
struct fake {
	struct channel channel;
	uint64_t last;
	bool disagrees;	  /* whatever the number */
	bool out_of_step; /* its ledger and the order */
	int asked;
	size_t revoked, told; /* as the last order said */
};

static void
answer(struct fake *f, const struct message *m)
{
	AUTO(buf_clear) struct buf body;
	struct crl_order o;
	int fd = -1;

	buf_init(&body, WIRE_MAX);
	f->asked++;
	assert_int_equal(crl_order_get(span_of_buf(&m->body), &o), OK);
	f->revoked = o.revoked;
	f->told = o.count;
	if (f->disagrees || f->out_of_step || o.number <= f->last) {
		enum err why = f->out_of_step ? ERR_OUT_OF_STEP : ERR_CONFLICT;

		assert_int_equal(refusal_put(&body, why, "no"), OK);
		assert_int_equal(channel_send(&f->channel, MESSAGE_refused,
				     m->request, span_of_buf(&body), NULL, 0),
		    OK);
		return;
	}
	f->last = o.number;
	struct crl_result r = {.number = o.number,
	    .this_update = clock_now(), .next_update = clock_now() + 2 * DAY};
	memcpy(r.issuer, o.issuer, sizeof(r.issuer));
	assert_int_equal(crl_result_put(&body, &r), OK);
	assert_int_equal(memfile_make(span_of_text("a list"), &fd), OK);
	assert_int_equal(channel_send(&f->channel, MESSAGE_crl, m->request,
			     span_of_buf(&body), &fd, 1),
	    OK);
	close(fd);
}

static void *
serve(void *data)
{
	struct fake *f = data;

	for (;;) {
		AUTO(message_clear) struct message m;
		if (channel_receive(&f->channel, -1, &m) != OK)
			return NULL;
		answer(f, &m);
	}
}

static enum err ended_with;

static void
end(struct clerk *c, struct errand *e, enum err result)
{
	(void)c;
	(void)e;
	ended_with = result;
}

static void
work(struct clerk *c, const struct job *job)
{
	struct errand *e = errand_new(c, end);

	e->job = *job;
	errand_go(c, e, run_crl(c, e));
	while (errands_of(c, "crl") > 0) {
		struct pollfd fd = {
		    c->program.peers[ROLE_signer].fd, POLLIN, 0};

		(void)errands_send(c);
		(void)poll(&fd, 1, 1000);
		(void)errands_hear(c);
	}
}

/* Runs the job once; what it ended with. */
static enum err
publish(struct bench *b, struct fake *f)
{
	struct clerk c = {.program = {.conf = b->conf}, .store = b->f.store,
	    .keys = b->keys, .flow = b->f};
	const struct job job = {.id = "job_x", .name = "crl",
	    .subject = "issuing-l"};
	pthread_t thread;
	int pair[2];

	assert_int_equal(channel_pair(pair), OK);
	c.program.peers[ROLE_signer] = (struct channel){pair[0], ROLE_clerk,
	    ROLE_signer, true};
	f->channel = (struct channel){pair[1], ROLE_signer, ROLE_clerk, true};
	f->asked = 0;
	assert_int_equal(pthread_create(&thread, NULL, serve, f), 0);
	work(&c, &job);
	channel_close(&c.program.peers[ROLE_signer]);
	pthread_join(thread, NULL);
	channel_close(&f->channel);
	return ended_with;
}

static uint64_t
newest(struct bench *b)
{
	int64_t this_update, next_update;
	uint64_t number;
	struct span der;

	assert_int_equal(crl_load(b->f.store, &b->a, "issuing-l", &der,
			     &number, &this_update, &next_update),
	    OK);
	return number;
}

static void
numbers_grow_by_one_when_nothing_is_lost(void **state)
{
	struct bench *b = *state;
	struct fake f = {0};

	for (uint64_t i = 1; i < 4; i++) {
		assert_int_equal(publish(b, &f), OK);
		assert_int_equal(f.asked, 1);
		assert_int_equal(newest(b), i);
		clock_set(clock_now() + DAY);
	}
}

static void
numbers_of_lists_that_were_lost_are_stepped_over(void **state)
{
	static const uint64_t lost[] = {1, 2, 3, 17, 1000};
	struct bench *b = *state;
	struct fake f = {0};
	uint64_t before = 0;

	for (size_t i = 0; i < sizeof(lost) / sizeof(*lost); i++) {
		f.last += lost[i];
		assert_int_equal(publish(b, &f), OK);
		assert_true(newest(b) > before + lost[i]);
		assert_int_equal(newest(b), f.last);
		before = newest(b);
		clock_set(clock_now() + DAY);
	}
}

static void
a_signer_that_disagrees_is_not_asked_for_ever(void **state)
{
	struct bench *b = *state;
	struct fake f = {.disagrees = true};

	assert_int_equal(publish(b, &f), ERR_OUT_OF_STEP);
	assert_true(f.asked <= 32);
	assert_int_equal(f.last, 0);
}

/* A revocation that is on its way is told a moment later. */
static void
a_signer_that_is_out_of_step_is_asked_once(void **state)
{
	struct bench *b = *state;
	struct fake f = {.out_of_step = true};

	assert_int_equal(publish(b, &f), ERR_OUT_OF_STEP);
	assert_int_equal(f.asked, 1);
}

static void
a_list_is_made_again_before_a_day_is_over(void **state)
{
	struct bench *b = *state;
	struct fake f = {0};

	assert_int_equal(publish(b, &f), OK);
	clock_set(BENCH_NOW + 23 * HOUR - 1);
	assert_int_equal(publish(b, &f), OK);
	assert_int_equal(newest(b), 1);
	clock_set(BENCH_NOW + 23 * HOUR);
	assert_int_equal(publish(b, &f), OK);
	assert_int_equal(newest(b), 2);
}

static void
revoked_one(struct bench *b, int number, int64_t at)
{
	const struct registration r = bench_waiting(
	    b, arena_format(&b->a, "p%d@mail.example", number));
	const struct certificate c = {
	    .id = arena_format(&b->a, "crt_%d", number),
	    .registration = r.id, .workspace = r.workspace,
	    .level = r.level, .rank = 1, .issuer = "issuing-l",
	    .serial = arena_format(&b->a, "%02x", number),
	    .fullname = BENCH_NAME, .name_folded = "", .email = r.email,
	    .email_folded = r.email_folded, .phone = "", .person_serial = "",
	    .not_before = BENCH_NOW, .not_after = BENCH_NOW + 365 * DAY,
	    .der = span_of_text("x"), .key_blob = span_of_text(""),
	    .fingerprint = "", .created_at = BENCH_NOW, .revoked_at = at,
	    .reason = 1};

	assert_int_equal(certificate_save(b->f.store, &c), OK);
}

/* A hundred thousand are revoked, and one a minute: all that was told with
 * the list of yesterday is counted, and not told again. */
static void
what_was_told_before_is_counted_and_not_repeated(void **state)
{
	struct bench *b = *state;
	struct fake f = {0};

	revoked_one(b, 1, BENCH_NOW - 10 * DAY);
	revoked_one(b, 2, BENCH_NOW - 9 * DAY);
	assert_int_equal(publish(b, &f), OK);
	assert_int_equal(f.revoked, 2);
	assert_int_equal(f.told, 2);
	clock_set(BENCH_NOW + DAY);
	revoked_one(b, 3, clock_now());
	assert_int_equal(publish(b, &f), OK);
	assert_int_equal(f.revoked, 3);
	assert_int_equal(f.told, 1);
	/* of long ago, but the signer does not know it yet */
	revoked_one(b, 4, BENCH_NOW - 8 * DAY);
	assert_int_equal(
	    job_add(b->f.store, "revoke", "crt_4", clock_now()), OK);
	clock_set(BENCH_NOW + 2 * DAY);
	assert_int_equal(publish(b, &f), OK);
	assert_int_equal(f.revoked, 4);
	assert_int_equal(f.told, 2);
}

/* One revocation after the other makes no list for each of them. */
static void
a_list_that_took_long_lets_others_go_first(void **state)
{
	struct bench *b = *state;
	struct clerk c = {.program = {.conf = b->conf}, .store = b->f.store,
	    .keys = b->keys, .flow = b->f,
	    .lists_rest_until = clock_ticks() + 30 * SECOND};
	struct job job;

	assert_int_equal(
	    job_add(b->f.store, "crl", "issuing-l", JOB_FIRST), OK);
	assert_int_equal(job_take(b->f.store, &b->a, clock_now(), 1000, &job),
	    OK);
	assert_string_equal(job.name, "crl");
	work(&c, &job);
	assert_int_equal(ended_with, OK);
	assert_int_equal(job_take(b->f.store, &b->a,
			     clock_now() + 25 * SECOND, 1000, &job),
	    ERR_NOT_FOUND);
	assert_int_equal(job_take(b->f.store, &b->a,
			     clock_now() + 31 * SECOND, 1000, &job),
	    OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(numbers_grow_by_one_when_nothing_is_lost),
	    BENCH(numbers_of_lists_that_were_lost_are_stepped_over),
	    BENCH(a_signer_that_disagrees_is_not_asked_for_ever),
	    BENCH(a_signer_that_is_out_of_step_is_asked_once),
	    BENCH(a_list_is_made_again_before_a_day_is_over),
	    BENCH(a_list_that_took_long_lets_others_go_first),
	    BENCH(what_was_told_before_is_counted_and_not_repeated),
	};

	return cmocka_run_group_tests_name("publish", tests, NULL, NULL);
}
