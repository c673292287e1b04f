/*
 * Who has the clerk's channel: everything at once, too much of it, and what
 * would stand for ever.
 */
#include "attack.h"

#include "base/clock.h"
#include "base/enum.h"
#include "pki/tbs.h"
#include "proc/pin.h"
#include "signer/weigh.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct channel clerk, heard;

static void
connect_clerk(void)
{
	int fds[2];

	must(channel_pair(fds));
	clerk = (struct channel){.fd = fds[0], .self = ROLE_clerk,
	    .peer = ROLE_signer, .started = true};
	heard = (struct channel){.fd = fds[1], .self = ROLE_signer,
	    .peer = ROLE_clerk, .started = true};
}

static void
disconnect_clerk(void)
{
	channel_close(&clerk);
	channel_close(&heard);
}

static void
send(enum message_type type, uint32_t request, const struct buf *body)
{
	must(channel_send(
	    &clerk, type, request, span_of_buf(body), NULL, 0));
}

static void
send_order(uint32_t request, const struct order *o)
{
	AUTO(buf_clear) struct buf body;
	static struct order told;

	told = *o;
	told.known = *records_mark(signer.records);
	buf_init(&body, WIRE_MAX);
	must(order_put(&body, &told));
	send(MESSAGE_issue, request, &body);
}

static void
send_withdrawal(uint32_t request, const struct order *o)
{
	AUTO(buf_clear) struct buf body;
	struct withdrawal w = {.until = o->made_at};

	memcpy(w.registration, o->registration, ID_SIZE);
	buf_init(&body, WIRE_MAX);
	must(withdrawal_put(&body, &w));
	send(MESSAGE_withdraw, request, &body);
}

static void
send_pin(uint32_t request, enum message_type type, const struct order *of,
    const char *old, const char *pin)
{
	AUTO(buf_clear) struct buf body;
	struct pin_order o = {.birth_date = "1990-05-17"};

	memcpy(o.registration, of->registration, ID_SIZE);
	snprintf(o.old, sizeof(o.old), "%s", old);
	snprintf(o.pin, sizeof(o.pin), "%s", pin);
	buf_init(&body, WIRE_MAX);
	must(pin_order_put(&body, &o));
	send(type, request, &body);
}

/* What was said to each request: 0 to ANSWERS - 1. */
#define ANSWERS 64
static struct said {
	enum message_type type;
	enum err refused;
	struct pin_result pin;
} said[ANSWERS];

static void
note_answer(const struct message *m)
{
	assert_true(m->request < ANSWERS);
	struct said *a = &said[m->request];

	a->type = m->type;
	if (m->type == MESSAGE_refused)
		a->refused = refusal_get(span_of_buf(&m->body));
	if (m->type == MESSAGE_pin_reply)
		must(pin_result_get(span_of_buf(&m->body), &a->pin));
}

/* Until nothing waits, as the signer does. */
static void
let_it_answer(void)
{
	memset(said, 0, sizeof(said));
	for (;;) {
		AUTO(message_clear) struct message m = {.fds = {-1, -1}};

		if (channel_receive(&heard, 0, &m) != OK)
			break;
		order_handle(&signer, &heard, &m);
	}
	for (;;) {
		AUTO(message_clear) struct message m = {.fds = {-1, -1}};

		if (channel_receive(&clerk, 0, &m) != OK)
			break;
		note_answer(&m);
	}
}

static void
one_registration_ordered_in_many_ways_at_once_gets_one(void **state)
{
	struct order o, other;
	size_t before = issued(), given = 0;

	(void)state;
	connect_clerk();
	order_of(10, "qcp_n", &o);
	approve(&o, ONE, &one);
	instance_order(10, &other); /* lcp, without anybody */
	for (uint32_t i = 0; i < 20; i++)
		send_order(i, i % 3 == 1 ? &other : &o);
	let_it_answer();
	for (uint32_t i = 0; i < 20; i++)
		given += said[i].type == MESSAGE_issued;
	assert_int_equal(issued(), before + 1);
	assert_true(given >= 1);
	for (uint32_t i = 0; i < 20; i++)
		if (i % 3 == 1)
			assert_int_equal(said[i].refused, ERR_CONFLICT);
	disconnect_clerk();
}

static void
what_is_withdrawn_first_is_not_issued_in_the_same_breath(void **state)
{
	struct order void_one, other;

	(void)state;
	connect_clerk();
	order_of(11, "qcp_n", &void_one);
	order_of(12, "qcp_n", &other);
	approve(&void_one, ONE, &one);
	approve(&other, ONE, &one);
	send_order(0, &other);
	send_withdrawal(1, &void_one);
	send_order(2, &void_one);
	send_order(3, &void_one);
	send_withdrawal(4, &other); /* too late: it stays one certificate */
	send_order(5, &other);
	let_it_answer();
	assert_int_equal(said[0].type, MESSAGE_issued);
	assert_int_equal(said[1].type, MESSAGE_withdrawn);
	assert_int_equal(said[2].refused, ERR_APPROVAL_VOID);
	assert_int_equal(said[3].refused, ERR_APPROVAL_VOID);
	assert_int_equal(said[5].type, MESSAGE_issued); /* the same */
	assert_int_equal(issue(&void_one, &result), ERR_APPROVAL_VOID);
	disconnect_clerk();
}

static void
five_pins_are_looked_at_however_many_come_at_once(void **state)
{
	struct order o, neighbour;
	unsigned looked = 0;

	(void)state;
	connect_clerk();
	order_of(13, "qcp_n_qscd", &o);
	order_of(14, "qcp_n_qscd", &neighbour);
	approve(&o, ONE, &one);
	approve(&neighbour, ONE, &one);
	send_pin(0, MESSAGE_pin_set, &neighbour, "", "482913");
	send_order(1, &o); /* another's PIN is none for this key */
	send_pin(2, MESSAGE_pin_set, &o, "", "593024");
	send_order(3, &o);
	send_pin(4, MESSAGE_pin_set, &o, "", "482913"); /* over it */
	let_it_answer();
	assert_int_equal(said[1].refused, ERR_DENIED);
	assert_int_equal(said[3].type, MESSAGE_issued);
	assert_int_equal(said[4].refused, ERR_CONFLICT);
	for (uint32_t i = 0; i < 12; i++)
		send_pin(i, MESSAGE_pin_change, &o,
		    i < 10 ? "482913" : "593024", "604135");
	let_it_answer();
	for (uint32_t i = 0; i < 12; i++) {
		assert_false(said[i].pin.right);
		looked += said[i].pin.tries_left > 0;
	}
	assert_int_equal(looked, 4); /* the fifth leaves none */
	disconnect_clerk();
}

/* Twenty at a time, however many times. */
static void
turn_after_turn_gives_no_more_than_the_rate(void **state)
{
	size_t before = issued(), had = records_rate(signer.records, "lcp",
	    clock_now()), refused = 0;
	struct order o;

	(void)state;
	connect_clerk();
	for (unsigned turn = 0; turn < 3; turn++) {
		for (uint32_t i = 0; i < 20; i++) {
			instance_order(200 + 20 * turn + i, &o);
			send_order(i, &o);
		}
		let_it_answer();
		for (uint32_t i = 0; i < 20; i++)
			refused += said[i].refused == ERR_TOO_MANY;
	}
	assert_int_equal(issued() - before, RATE - had);
	assert_int_equal(refused, 60 - (RATE - had));
	instance_order(200, &o); /* the same again costs none */
	must(issue(&o, &result));
	disconnect_clerk();
}

/* After the greatest number there is no next list. */
static void
no_list_uses_up_the_numbers_of_all_others(void **state)
{
	(void)state;
	must(publish(5));
	assert_int_equal(publish(UINT64_MAX), ERR_INVALID);
	assert_int_equal(publish(5 + RECORDS_LEAP_MAX + 1), ERR_INVALID);
	must(publish(5 + RECORDS_LEAP_MAX));
	must(publish(6 + RECORDS_LEAP_MAX));
}

/* As paraph ca reconcile does for one that an older ledger forgot: the order
 * and the time of its making are not known. */
static void
one_that_was_put_back_is_revoked_at_a_possible_time(void **state)
{
	static const int64_t times[] = {0, 1, -1, -SECOND, INT64_MIN,
	    400 * DAY, INT64_MAX};
	static struct issue_result c;
	static struct status_result told;
	struct status_order of = {.issuer = "issuing-q", .reason = 1,
	    .serial_size = SERIAL_SIZE};
	struct order o;

	(void)state;
	order_of(30, "qcp_n", &o);
	approve(&o, ONE, &one);
	must(issue(&o, &c));
	snprintf(c.registration, sizeof(c.registration), "reg_%026u", 31);
	c.serial[3] ^= 1;
	memcpy(of.serial, c.serial, SERIAL_SIZE);
	must(records_put_back(signer.records, "qcp_n", &c, clock_now()));
	must(records_sync(signer.records));
	for (size_t i = 0; i < COUNT_OF(times); i++) {
		of.revoked_at = times[i];
		assert_int_equal(
		    signer_revoke(&signer, &of, &told), ERR_INVALID);
	}
	of.revoked_at = clock_now();
	must(signer_revoke(&signer, &of, &told));
	must(publish(7 + RECORDS_LEAP_MAX));
	/* and an order for it is none of those that it was made by */
	snprintf(o.registration, sizeof(o.registration), "%s", c.registration);
	assert_int_equal(issue(&o, &result), ERR_CONFLICT);
}

static void
notes_that_no_order_pays_for_have_an_end(void **state)
{
	struct withdrawn_mark mark;
	struct withdrawal w;
	enum err said_of = OK;
	unsigned i = 0;

	(void)state;
	for (; i < 20 * RATE + 1 && said_of == OK; i++) {
		snprintf(w.registration, sizeof(w.registration), "reg_%026u",
		    1000 + i);
		w.until = clock_now();
		said_of = weigh_withdraw(&signer, &w, &mark);
	}
	assert_int_equal(said_of, ERR_TOO_MANY);
	assert_true(i > 19 * RATE);
	signer_close(&signer); /* nor does another start lend more */
	open_signer();
	assert_int_equal(weigh_withdraw(&signer, &w, &mark), ERR_TOO_MANY);
	must(publish(100 + RECORDS_LEAP_MAX)); /* each kind for itself */
	clock_set(clock_now() + HOUR);
	must(weigh_withdraw(&signer, &w, &mark));
	clock_set(0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		one_registration_ordered_in_many_ways_at_once_gets_one),
	    cmocka_unit_test(
		what_is_withdrawn_first_is_not_issued_in_the_same_breath),
	    cmocka_unit_test(
		five_pins_are_looked_at_however_many_come_at_once),
	    cmocka_unit_test(turn_after_turn_gives_no_more_than_the_rate),
	    cmocka_unit_test(no_list_uses_up_the_numbers_of_all_others),
	    cmocka_unit_test(
		one_that_was_put_back_is_revoked_at_a_possible_time),
	    cmocka_unit_test(notes_that_no_order_pays_for_have_an_end),
	};

	return cmocka_run_group_tests_name(
	    "the clerk's channel", tests, attack_set_up, attack_tear_down);
}
