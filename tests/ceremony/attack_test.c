/*
 * What whoever has taken the clerk, the database or the ledger's file may try
 * to have something signed, and what the signer says. The token is the one
 * thing they do not have. Ways around approvals alone are in qualified_test.c
 * and weigh_test.c.
 */
#include "qualified.h"

#include "base/clock.h"
#include "base/enum.h"
#include "pki/tbs.h"
#include "proc/pin.h"
#include "proc/status_ask.h"
#include "signer/anchor.h"
#include "signer/pins.h"
#include "signer/place.h"
#include "signer/respond.h"
#include "signer/weigh.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <unistd.h>

#define RATE 40

static struct test_authenticator second; /* of the operator ONE */

static int
set_up(void **state)
{
	(void)state;
	instance_init(&here, "rate_per_hour = 40\nenrolment_days = 400\n"
			     "[web]\nbase_url = https://ra.example.com\n");
	test_authenticator_init(&one, false);
	test_authenticator_init(&two, true);
	test_authenticator_init(&second, false);
	instance_enrol(&here, ONE, &one);
	instance_enrol(&here, TWO, &two);
	instance_enrol(&here, ONE, &second);
	open_signer();
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	signer_close(&signer);
	test_authenticator_clear(&one);
	test_authenticator_clear(&two);
	test_authenticator_clear(&second);
	instance_clear(&here);
	return 0;
}

static size_t
issued(void)
{
	struct records_summary sum;

	records_summary(signer.records, &sum);
	return sum.issued;
}

/* ---- orders that an operator's approval is bent to ---- */

#define SET(field, text) snprintf(o->field, sizeof(o->field), "%s", text)
#define TRIES(TRY_IT)                                                          \
	TRY_IT(as_lcp_by_profile, ERR_INVALID, SET(profile, "lcp"))            \
	TRY_IT(as_lcp_by_level, ERR_INVALID, SET(level, "lcp"))                \
	TRY_IT(as_qscd_by_profile, ERR_INVALID, SET(profile, "qcp_n_qscd"))    \
	TRY_IT(as_authority, ERR_INVALID, SET(profile, "issuing_q"))           \
	TRY_IT(as_authority_without_level, ERR_INVALID, SET(level, "");        \
	    SET(profile, "issuing_l"))                                         \
	TRY_IT(as_root, ERR_INVALID, SET(level, ""); SET(profile, "root"))     \
	TRY_IT(as_responder, ERR_INVALID, SET(level, "");                      \
	    SET(profile, "ocsp"))                                              \
	TRY_IT(as_nothing, ERR_INVALID, SET(profile, ""))                      \
	TRY_IT(capital_prefix, ERR_INVALID, o->registration[0] = 'R')          \
	TRY_IT(longer_id, ERR_INVALID, o->registration[29] = '\0')             \
	TRY_IT(id_of_a_member, ERR_INVALID,                                    \
	    memcpy(o->registration, "mem", 3))                                 \
	TRY_IT(no_id, ERR_INVALID, o->registration[0] = '\0')                  \
	TRY_IT(another_id, ERR_DENIED, o->registration[29] ^= 1)               \
	TRY_IT(small_country, ERR_INVALID, SET(country, "fr"))                 \
	TRY_IT(no_such_country, ERR_INVALID, SET(country, "ZZ"))               \
	TRY_IT(serial_with_star, ERR_INVALID, SET(person_serial, "P*"))        \
	TRY_IT(serial_of_a_document, ERR_DENIED,                               \
	    SET(person_serial, "PASFR-123456"))                                \
	TRY_IT(line_break, ERR_INVALID, SET(surname, "Le\nfevre"))             \
	TRY_IT(right_to_left, ERR_INVALID, SET(surname, "\u202eervefeL"))      \
	TRY_IT(mark_of_direction, ERR_INVALID, SET(surname, "Lef\u200fevre"))  \
	TRY_IT(unseen_joiner, ERR_INVALID, SET(surname, "Lef\u034f\u00e8vre")) \
	TRY_IT(unseen_name, ERR_INVALID, SET(surname, "\u3164"))               \
	TRY_IT(homoglyph, ERR_INVALID, SET(surname, "Lef\u0435vre"))           \
	TRY_IT(no_names, ERR_INVALID, SET(surname, ""); SET(given_names, "")) \
	TRY_IT(other_spelling, ERR_DENIED, SET(surname, "Lefe\u0300vre"))      \
	TRY_IT(shorter_common_name, ERR_DENIED, SET(common_name, "Z. L."))     \
	TRY_IT(another_attempt, ERR_DENIED, o->attempt = 2)                    \
	TRY_IT(no_attempt, ERR_INVALID, o->attempt = 0)                        \
	TRY_IT(time_of_before, ERR_APPROVAL_VOID, o->made_at = 1)              \
	TRY_IT(least_time, ERR_APPROVAL_VOID, o->made_at = INT64_MIN)          \
	TRY_IT(greatest_time, ERR_DENIED, o->made_at = INT64_MAX)              \
	TRY_IT(nobody_needed, ERR_DENIED, o->needed = 0;                       \
	    o->approval_count = 0)                                             \
	TRY_IT(another_device_of_the_same, ERR_DENIED,                         \
	    approve(o, ONE, &second))                                          \
	TRY_IT(the_same_twice_as_two, ERR_DENIED,                              \
	    o->approvals[1] = o->approvals[0]; o->approval_count = 2;          \
	    SET(approvals[1].operator_id, TWO))                                \
	TRY_IT(operator_in_other_letters, ERR_DENIED,                          \
	    o->approvals[0].operator_id[0] = 'M')                              \
	TRY_IT(no_client_data, ERR_INVALID,                                    \
	    o->approvals[0].client_data_size = 0)                              \
	TRY_IT(no_signature, ERR_DENIED, o->approvals[0].signature_size = 0)   \
	TRY_IT(no_credential, ERR_DENIED,                                      \
	    o->approvals[0].credential_id_size = 0)                            \
	TRY_IT(a_key_that_is_none, ERR_KEY_NOT_ACCEPTED, o->csr_size = 12)

#define BEND(name, expected, change)                                           \
	static void name(struct order *o) { change; }
TRIES(BEND)
#undef BEND

static const struct {
	const char *name;
	void (*bend)(struct order *o);
	enum err expected;
} tries[] = {
#define ROW(name, expected, change) {#name, name, expected},
    TRIES(ROW)
#undef ROW
};

static void
no_bent_order_gets_anything(void **state)
{
	struct order good, o;
	size_t before = issued();

	(void)state;
	order_of(1, "qcp_n", &good);
	approve(&good, ONE, &one);
	for (size_t i = 0; i < COUNT_OF(tries); i++) {
		o = good;
		tries[i].bend(&o);
		enum err said = issue(&o, &result);
		if (said != tries[i].expected)
			fail_msg("%s: %s, %s", tries[i].name,
			    err_api_name(said), err_explanation());
		assert_int_equal(issued(), before);
		assert_int_equal(records_rate(signer.records, "qcp_n",
				     clock_now()), 0);
	}
	must(issue(&good, &result)); /* none of it left a trace */
}

/* ---- everything at once on the clerk's channel ---- */

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

static void
a_question_about_no_issuer_of_ours_is_not_answered(void **state)
{
	static const char *const issuers[] = {
	    "", "root", "ocsp-l", "issuing-x", "ISSUING-L", "issuing-l2",
	    "../issuing-l"};
	static struct status_result answer;
	AUTO(buf_clear) struct buf told;
	size_t never_issued;
	struct ocsp_question q = {.count = 1, .asked = {{.serial_size = 1}}};
	struct status_order of = {.serial_size = 1};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(issuers); i++) {
		snprintf(q.issuer, sizeof(q.issuer), "%s", issuers[i]);
		snprintf(of.issuer, sizeof(of.issuer), "%s", issuers[i]);
		assert_int_equal(
		    signer_respond(&signer, &q, &told, &never_issued),
		    ERR_NOT_FOUND);
		assert_int_equal(
		    signer_answer(&signer, &of, &answer), ERR_NOT_FOUND);
		of.revoked_at = clock_now();
		assert_int_equal(
		    signer_revoke(&signer, &of, &answer), ERR_NOT_FOUND);
	}
}

/* Revoked stays revoked, and its registration has no second certificate. */
static void
nothing_is_issued_anew_for_who_was_revoked(void **state)
{
	static struct issue_result again;
	static struct status_result told;
	struct status_order of = {.issuer = "issuing-q", .reason = 1,
	    .serial_size = SERIAL_SIZE};
	struct order o;

	(void)state;
	order_of(15, "qcp_n", &o);
	approve(&o, ONE, &one);
	must(issue(&o, &result));
	memcpy(of.serial, result.serial, SERIAL_SIZE);
	of.revoked_at = clock_now();
	must(signer_revoke(&signer, &of, &told));
	must(issue(&o, &again));
	assert_memory_equal(result.serial, again.serial, SERIAL_SIZE);
	snprintf(o.surname, sizeof(o.surname), "Dubois");
	o.approval_count = 0;
	approve(&o, ONE, &one);
	assert_int_equal(issue(&o, &again), ERR_CONFLICT);
	of.revoked_at = 0; /* good again? */
	must(signer_revoke(&signer, &of, &told));
	assert_true(told.revoked_at > 0);
}

static void
a_request_for_the_rights_of_an_authority_is_refused(void **state)
{
	static const char *const wishes[] = {"basicConstraints=CA:TRUE",
	    "keyUsage=keyCertSign", "extendedKeyUsage=OCSPSigning",
	    "noCheck=ignored", "extendedKeyUsage=anyExtendedKeyUsage"};
	char path[128];
	struct order o;

	(void)state;
	for (unsigned i = 0; i < COUNT_OF(wishes); i++) {
		instance_order(20 + i, &o);
		int status = instance_shell(&here,
		    "openssl req -new -newkey ec -pkeyopt "
		    "ec_paramgen_curve:P-256 -nodes -keyout /dev/null -subj "
		    "/CN=x -addext %s -outform der -out x.p10", wishes[i]);
		if (status != 0)
			fail_msg("%s", instance_said(&here));
		snprintf(path, sizeof(path), "%s/x.p10", here.dir);
		AUTO(fclose) FILE *f = fopen(path, "rb");
		o.csr_size = fread(o.csr, 1, sizeof(o.csr), f);
		assert_int_equal(issue(&o, &result), ERR_KEY_NOT_ACCEPTED);
	}
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

/* ---- what would stand for ever ---- */

static enum err
publish(uint64_t number)
{
	AUTO(buf_clear) struct buf list;
	struct crl_order o = {.issuer = "issuing-q", .number = number};
	struct crl_result r;

	buf_init(&list, 0);
	return signer_publish(&signer, &o, &list, &r);
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

/* ---- the ledger's file ---- */

static enum err
try_open(void)
{
	struct signer s = {0};
	size_t repaired;
	enum err outcome = signer_open(here.conf, &s, &repaired);

	if (outcome == OK)
		signer_close(&s);
	return outcome;
}

/* An administrator's word, as of paraph ca reconcile. */
static void
accept_ledger(void)
{
	struct records *records;
	struct token *token;
	size_t repaired;

	must(place_open_signer(here.conf, false, &token));
	must(records_open(conf_text(here.conf, CONF_signer_dir), clock_now(),
	    &records, &repaired));
	must(anchor_set(here.conf, token, records));
	records_close(records);
	token_close(token);
}

static void
a_ledger_that_was_edited_is_not_opened(void **state)
{
	(void)state;
	signer_close(&signer);
	instance_shell(&here, "cp signer/ledger whole");
	assert_int_equal(instance_shell(&here,
	    "printf X | dd of=signer/ledger bs=1 seek=400 conv=notrunc"), 0);
	assert_int_equal(try_open(), ERR_CONFLICT);
	/* an entry in the middle is gone */
	instance_shell(&here, "head -c 300 whole >signer/ledger; tail -c +700 "
			      "whole >>signer/ledger");
	assert_int_equal(try_open(), ERR_CONFLICT);
	/* none at all: the authorities are nobody's */
	instance_shell(&here, ": >signer/ledger");
	assert_int_equal(try_open(), ERR_CONFLICT);
	/* a link to another place */
	instance_shell(&here, "rm signer/ledger; ln -s ../whole signer/ledger");
	assert_int_equal(try_open(), ERR_LEDGER);
	instance_shell(&here, "rm signer/ledger; cp whole signer/ledger");
	open_signer();
}

static void
replace_ledger(const char *command)
{
	struct order o;

	instance_shell(&here, "%s", command);
	instance_order(39, &o);
	assert_int_equal(issue(&o, &result), ERR_LEDGER);
	assert_false(records_are_sound(signer.records));
	signer_close(&signer);
	instance_shell(&here, "cp whole signer/ledger");
	open_signer();
}

/* What was written into a file without a name would be gone. */
static void
a_ledger_that_is_replaced_under_the_signer_stops_it(void **state)
{
	(void)state;
	clock_set(clock_now() + 2 * HOUR);
	replace_ledger("cp signer/ledger whole; cp whole x; mv x "
		       "signer/ledger");
	replace_ledger("truncate -s -100 signer/ledger");
	clock_set(0);
}

/* Cut behind a whole entry it is a good ledger of before: the database knows
 * more, and nothing is issued on its word. */
static void
an_older_ledger_is_out_of_step(void **state)
{
	static struct issue_result r;
	struct issue_work w = {.result = &r};
	struct ledger_mark held;
	struct order o;

	(void)state;
	clock_set(clock_now() + 3 * HOUR);
	instance_shell(&here, "cp signer/ledger older");
	instance_order(40, &o);
	must(issue(&o, &r));
	held = *records_mark(signer.records);
	signer_close(&signer);
	instance_shell(&here, "cp older signer/ledger");
	assert_int_equal(try_open(), ERR_CONFLICT); /* the token knows more */
	assert_non_null(strstr(err_explanation(), "ca reconcile"));
	assert_int_equal(try_open(), ERR_CONFLICT); /* still */
	/* with a token that keeps no data it is the database that knows */
	instance_shell(&here, "cp paraph.conf kept.conf; sed -i "
			      "'s/^rate_per_hour/anchor_seconds = 0\\n&/' "
			      "paraph.conf");
	instance_again(&here);
	open_signer();
	instance_order(41, &o);
	o.known = held;
	w.order = &o;
	signer_issue(&signer, &w, 1);
	assert_int_equal(w.outcome, ERR_OUT_OF_STEP);
	signer_close(&signer);
	/* which is a setting that counts from the next start */
	instance_shell(&here, "cp kept.conf paraph.conf");
	instance_again(&here);
	assert_int_equal(try_open(), ERR_CONFLICT);
	accept_ledger();
	open_signer();
	clock_set(0);
}

/* The chain is of hashes: who can write the file can write it whole. That its
 * responder is a person's key in the token must not make that key sign. */
static void
a_responder_that_the_authority_did_not_make_is_refused(void **state)
{
	static struct issue_result person;
	struct responder forged = {.label = ""};
	struct pin_order pin = {.birth_date = "1990-05-17", .pin = "482913"};
	struct pin_result set;
	struct order o;

	(void)state;
	clock_set(clock_now() + 5 * HOUR);
	order_of(50, "qcp_n_qscd", &o);
	approve(&o, ONE, &one);
	memcpy(pin.registration, o.registration, ID_SIZE);
	must(pins_set(&signer, &pin, &set));
	must(issue(&o, &person));
	snprintf(forged.label, sizeof(forged.label), "%s", person.key_label);
	memcpy(forged.certificate, person.certificate, person.certificate_size);
	forged.certificate_size = person.certificate_size;
	instance_shell(&here, "cp signer/ledger whole");
	must(records_responder(
	    signer.records, AUTHORITY_issuing_q, &forged, clock_now()));
	must(records_sync(signer.records));
	signer_close(&signer);
	assert_int_equal(try_open(), ERR_CONFLICT);
	instance_shell(&here, "cp whole signer/ledger");
	accept_ledger();
	open_signer();
	clock_set(0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(no_bent_order_gets_anything),
	    cmocka_unit_test(
		one_registration_ordered_in_many_ways_at_once_gets_one),
	    cmocka_unit_test(
		what_is_withdrawn_first_is_not_issued_in_the_same_breath),
	    cmocka_unit_test(five_pins_are_looked_at_however_many_come_at_once),
	    cmocka_unit_test(
		a_question_about_no_issuer_of_ours_is_not_answered),
	    cmocka_unit_test(nothing_is_issued_anew_for_who_was_revoked),
	    cmocka_unit_test(
		a_request_for_the_rights_of_an_authority_is_refused),
	    cmocka_unit_test(turn_after_turn_gives_no_more_than_the_rate),
	    cmocka_unit_test(no_list_uses_up_the_numbers_of_all_others),
	    cmocka_unit_test(
		one_that_was_put_back_is_revoked_at_a_possible_time),
	    cmocka_unit_test(notes_that_no_order_pays_for_have_an_end),
	    cmocka_unit_test(a_ledger_that_was_edited_is_not_opened),
	    cmocka_unit_test(
		a_ledger_that_is_replaced_under_the_signer_stops_it),
	    cmocka_unit_test(an_older_ledger_is_out_of_step),
	    cmocka_unit_test(
		a_responder_that_the_authority_did_not_make_is_refused),
	};

	return cmocka_run_group_tests_name(
	    "attacks", tests, set_up, tear_down);
}
