/*
 * Many ask at once, and a clerk that answers when it likes.
 */
#include "web/questions.h"

#include "base/clock.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define ASKERS 40

static struct program web;
static struct channel clerk;
static size_t messages, longest;

static void
set_up(void)
{
	int fds[2];

	assert_int_equal(channel_pair(fds), OK);
	web = (struct program){.role = ROLE_web, .listen_fd = -1};
	web.peers[ROLE_clerk] = (struct channel){.fd = fds[0],
	    .self = ROLE_web, .peer = ROLE_clerk, .started = true};
	clerk = (struct channel){.fd = fds[1], .self = ROLE_clerk,
	    .peer = ROLE_web, .started = true};
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		pthread_condattr_t monotonic;

		pthread_condattr_init(&monotonic);
		pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
		pthread_mutex_init(&web.locks[i], NULL);
		pthread_cond_init(&web.answered[i], &monotonic);
		pthread_condattr_destroy(&monotonic);
	}
	messages = longest = 0;
}

static void
tear_down(void)
{
	channel_close(&web.peers[ROLE_clerk]);
	channel_close(&clerk);
}

/* Each answer is the serial number that was asked about, once more; serials
 * that begin with 0xff are nobody's. */
static void
answer_all(const struct message *m)
{
	static struct ocsp_ask ask;
	AUTO(buf_clear) struct buf body;
	struct ocsp_told told;

	buf_init(&body, WIRE_MAX);
	assert_int_equal(ocsp_ask_get(span_of_buf(&m->body), &ask), OK);
	told = (struct ocsp_told){.count = ask.count};
	for (size_t i = 0; i < ask.count; i++) {
		const struct ocsp_asked *one = &ask.questions[i].asked[0];
		bool known = one->serial[0] != 0xff;

		told.answers[i] = (struct ocsp_answer){
		    .outcome = known ? OK : ERR_NOT_FOUND,
		    .der = SPAN(one->serial, known ? one->serial_size : 0),
		    .never_issued = ask.questions[i].count};
	}
	longest = ask.count > longest ? ask.count : longest;
	messages++;
	assert_int_equal(ocsp_told_put(&body, &told), OK);
	assert_int_equal(channel_send(&clerk, MESSAGE_ocsp_told, m->request,
			     span_of_buf(&body), NULL, 0),
	    OK);
}

struct asker {
	pthread_t thread;
	struct ocsp_question question;
	enum err outcome;
	bool right;
};

static atomic_size_t ended;

static void *
run(void *data)
{
	struct asker *a = data;
	AUTO(question_told_clear) struct question_told told;

	a->outcome = questions_ask(&web, &a->question, &told);
	a->right = a->outcome == OK &&
		   span_equal(span_of_buf(&told.answer),
		       SPAN(a->question.asked[0].serial, 2)) &&
		   told.never_issued == a->question.count;
	err_clear();
	atomic_fetch_add(&ended, 1);
	return NULL;
}

static void
begin(struct asker *askers, size_t count, size_t certificates)
{
	atomic_store(&ended, 0);
	for (size_t i = 0; i < count; i++) {
		askers[i] = (struct asker){.question = {.issuer = "issuing-l",
		    .count = certificates}};
		for (size_t n = 0; n < certificates; n++)
			askers[i].question.asked[n] = (struct ocsp_asked){
			    .serial = {(uint8_t)(i + 1), 7}, .serial_size = 2};
	}
	askers[0].question.asked[0].serial[0] = 0xff;
	for (size_t i = 0; i < count; i++)
		assert_int_equal(pthread_create(&askers[i].thread, NULL, run,
				     &askers[i]),
		    0);
}

static void
serve_until_all_ended(size_t count)
{
	while (atomic_load(&ended) < count) {
		AUTO(message_clear) struct message m = {.fds = {-1, -1}};

		if (channel_receive(&clerk, 20, &m) == OK)
			answer_all(&m);
		err_clear();
	}
}

static void
each_gets_the_answer_to_their_own_question(void **state)
{
	static struct asker askers[ASKERS];

	(void)state;
	set_up();
	begin(askers, ASKERS, 1);
	poll(NULL, 0, 100); /* all wait: two asked, and the others in line */
	serve_until_all_ended(ASKERS);
	for (size_t i = 0; i < ASKERS; i++) {
		pthread_join(askers[i].thread, NULL);
		assert_int_equal(
		    askers[i].outcome, i == 0 ? ERR_NOT_FOUND : OK);
		assert_true(i == 0 || askers[i].right);
	}
	assert_true(longest > 1 && longest <= OCSP_ASK_MAX);
	assert_true(messages < ASKERS);
	tear_down();
}

/* Sixteen certificates each: two questions fill a message. */
static void
a_message_is_about_no_more_certificates_than_it_may(void **state)
{
	static struct asker askers[9];

	(void)state;
	set_up();
	begin(askers, 9, OCSP_ASKED_MAX);
	poll(NULL, 0, 100);
	serve_until_all_ended(9);
	for (size_t i = 0; i < 9; i++) {
		pthread_join(askers[i].thread, NULL);
		assert_int_equal(
		    askers[i].outcome, i == 0 ? ERR_NOT_FOUND : OK);
	}
	assert_true(longest <= 2);
	tear_down();
}

/* The answers come two at a time, so that both who asked end at once. */
static void
two_are_under_way_while_others_wait(void **state)
{
	static struct asker askers[ASKERS];
	size_t waiting = ASKERS;

	(void)state;
	set_up();
	begin(askers, ASKERS, 1);
	poll(NULL, 0, 100);
	while (waiting > 0) {
		AUTO(message_clear) struct message one = {.fds = {-1, -1}};
		AUTO(message_clear) struct message two = {.fds = {-1, -1}};
		struct message *m[] = {&one, &two};
		static struct ocsp_ask ask;
		size_t got = 0;

		while (got < 2 && waiting > 0) {
			assert_int_equal(
			    channel_receive(&clerk, 3000, m[got]), OK);
			assert_int_equal(ocsp_ask_get(
			    span_of_buf(&m[got++]->body), &ask), OK);
			waiting -= ask.count;
		}
		for (size_t i = 0; i < got; i++)
			answer_all(m[i]);
	}
	for (size_t i = 0; i < ASKERS; i++)
		pthread_join(askers[i].thread, NULL);
	tear_down();
}

static void
nobody_waits_for_a_clerk_that_went(void **state)
{
	static struct asker askers[ASKERS];

	(void)state;
	set_up();
	begin(askers, ASKERS, 1);
	poll(NULL, 0, 100);
	channel_close(&clerk);
	for (size_t i = 0; i < ASKERS; i++) {
		pthread_join(askers[i].thread, NULL);
		assert_int_equal(askers[i].outcome, ERR_UNAVAILABLE);
	}
	tear_down();
}

static int64_t
join_all(struct asker *askers, size_t count, enum err outcome)
{
	int64_t begun = clock_ticks();

	for (size_t i = 0; i < count; i++) {
		pthread_join(askers[i].thread, NULL);
		if (outcome != OK)
			assert_int_not_equal(askers[i].outcome, OK);
	}
	return clock_ticks() - begun;
}

/* Fifty who each waited for their turn would wait for a quarter of a minute. */
static void
a_silent_signer_holds_nobody_for_long(void **state)
{
	static struct asker askers[ASKERS], late[8], again[2];

	(void)state;
	set_up();
	begin(askers, ASKERS, 1);
	assert_in_range(join_all(askers, ASKERS, ERR_EXPIRED), 500, 5000);
	/* known to be silent: nobody waits at all */
	begin(late, 8, 1);
	assert_in_range(join_all(late, 8, ERR_EXPIRED), 0, 900);
	/* after a moment one goes to see; the answers of before are nobody's */
	poll(NULL, 0, 1100);
	begin(again, 2, 1);
	serve_until_all_ended(2);
	join_all(again, 2, OK);
	assert_true(again[0].outcome == ERR_NOT_FOUND || again[1].right);
	begin(askers, ASKERS, 1);
	serve_until_all_ended(ASKERS);
	for (size_t i = 0; i < ASKERS; i++) {
		pthread_join(askers[i].thread, NULL);
		assert_true(i == 0 || askers[i].right);
	}
	tear_down();
}

/* One message is answered late and the next not in time: who still stands in
 * line then leaves it, and who comes after finds it in order. */
static void
who_stood_in_line_long_enough_leaves_it(void **state)
{
	static struct asker askers[ASKERS];
	size_t served = 0;

	(void)state;
	set_up();
	begin(askers, ASKERS, OCSP_ASKED_MAX); /* two in each message */
	while (atomic_load(&ended) < ASKERS) {
		AUTO(message_clear) struct message m = {.fds = {-1, -1}};

		poll(NULL, 0, 150);
		if (channel_receive(&clerk, 0, &m) == OK) {
			answer_all(&m);
			served++;
		}
		err_clear();
	}
	size_t right = 0;
	for (size_t i = 0; i < ASKERS; i++) {
		pthread_join(askers[i].thread, NULL);
		right += askers[i].right;
		assert_true(i == 0 || askers[i].right ||
			    askers[i].outcome == ERR_UNAVAILABLE);
	}
	assert_in_range(right, 1, ASKERS - 10);
	assert_true(served >= right / 2);
	tear_down();
}

static void
answers_that_are_not_as_many_are_nobodys(void **state)
{
	static struct asker asker[1];
	AUTO(message_clear) struct message m = {.fds = {-1, -1}};
	AUTO(buf_clear) struct buf body;
	const struct ocsp_told none = {.count = 0};

	(void)state;
	set_up();
	begin(asker, 1, 1);
	assert_int_equal(channel_receive(&clerk, 5000, &m), OK);
	buf_init(&body, WIRE_MAX);
	assert_int_equal(ocsp_told_put(&body, &none), OK);
	assert_int_equal(channel_send(&clerk, MESSAGE_ocsp_told, m.request,
			     span_of_buf(&body), NULL, 0),
	    OK);
	pthread_join(asker[0].thread, NULL);
	assert_int_equal(asker[0].outcome, ERR_UNAVAILABLE);
	tear_down();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_gets_the_answer_to_their_own_question),
	    cmocka_unit_test(
		a_message_is_about_no_more_certificates_than_it_may),
	    cmocka_unit_test(two_are_under_way_while_others_wait),
	    cmocka_unit_test(nobody_waits_for_a_clerk_that_went),
	    cmocka_unit_test(a_silent_signer_holds_nobody_for_long),
	    cmocka_unit_test(who_stood_in_line_long_enough_leaves_it),
	    cmocka_unit_test(answers_that_are_not_as_many_are_nobodys),
	};

	return cmocka_run_group_tests_name("questions", tests, NULL, NULL);
}
