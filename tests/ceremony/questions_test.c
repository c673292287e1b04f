/*
 * Several people's questions in one message to the signer: each gets their own
 * answer, and none has a part in what ails another's.
 */
#include "plain.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "signer/respond.h"

#include <openssl/ocsp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct ocsp_ask ask;
static struct ocsp_told told;
static struct buf told_bytes;

static struct ocsp_question *
add_question(const struct issue_result *r, uint8_t nonce)
{
	struct ocsp_question *q = &ask.questions[ask.count++];

	*q = (struct ocsp_question){
	    .issuer = "issuing-l", .count = 1, .nonce_size = 16};
	memset(q->nonce, nonce, q->nonce_size);
	memcpy(q->asked[0].serial, r->serial, r->serial_size);
	q->asked[0].serial_size = r->serial_size;
	return q;
}

static void
tell(void)
{
	buf_clear(&told_bytes);
	buf_init(&told_bytes, WIRE_MAX);
	must(signer_tell(&signer, &ask, &told_bytes));
	must(ocsp_told_get(span_of_buf(&told_bytes), &told));
	assert_int_equal(told.count, ask.count);
}

static bool
has_nonce(size_t answer, uint8_t nonce)
{
	struct span der = told.answers[answer].der;
	uint8_t octets[16];

	memset(octets, nonce, sizeof(octets));
	return memmem(der.data, der.size, octets, sizeof(octets)) != NULL;
}

static void
each_answer_is_to_the_question_in_its_place(void **state)
{
	static struct issue_result r;

	(void)state;
	issue_number(50, &r);
	ask.count = 0;
	add_question(&r, 0xa1);
	add_question(&r, 0xa2)->asked[0].serial[3] ^= 1;
	memcpy(add_question(&r, 0xa3)->issuer, "issuing-x", 10);
	add_question(&r, 0xa4)->withheld = true;
	add_question(&r, 0xa5);
	tell();
	for (size_t i = 0; i < 5; i++) {
		bool answered = i != 2 && i != 3;

		assert_int_equal(told.answers[i].never_issued, i == 1);
		for (size_t n = 0; n < 5; n++)
			assert_int_equal(has_nonce(i, (uint8_t)(0xa1 + n)),
			    answered && n == i);
	}
	assert_int_equal(told.answers[2].outcome, ERR_NOT_FOUND);
	assert_int_equal(told.answers[3].outcome, ERR_UNAVAILABLE);
	buf_clear(&told_bytes);
}

/* The clock went back behind a revocation. */
static void
who_asks_about_a_time_to_come_fails_alone(void **state)
{
	static struct status_result revoked;
	static struct issue_result r, other;
	int64_t now = clock_now();

	(void)state;
	issue_number(51, &r);
	issue_number(52, &other);
	struct status_order o = status_of(&r, clock_now(), 1);
	must(signer_revoke(&signer, &o, &revoked));
	ask.count = 0;
	add_question(&other, 0xb1);
	add_question(&r, 0xb2);
	add_question(&other, 0xb3);
	clock_set(now - 10 * SECOND);
	tell();
	assert_int_equal(told.answers[0].outcome, OK);
	assert_int_equal(told.answers[1].outcome, ERR_UNAVAILABLE);
	assert_true(has_nonce(2, 0xb3));
	clock_set(0);
	tell();
	assert_true(has_nonce(1, 0xb2));
	buf_clear(&told_bytes);
}

static void
the_longest_question_leaves_the_others_their_answers(void **state)
{
	static struct issue_result r;

	(void)state;
	issue_number(53, &r);
	ask.count = 0;
	struct ocsp_question *q = add_question(&r, 0xc0);
	q->count = OCSP_ASKED_MAX;
	q->nonce_size = sizeof(q->nonce);
	memset(q->nonce, 0xc0, sizeof(q->nonce));
	for (size_t i = 0; i < q->count; i++) {
		struct ocsp_asked *one = &q->asked[i];

		*one = (struct ocsp_asked){.serial_size = ORDER_SERIAL_MAX,
		    .sha256 = true, .null_parameters = true};
		memset(one->serial, 0x7f - (int)i, sizeof(one->serial));
	}
	while (ask.count < OCSP_ASK_MAX)
		add_question(&r, (uint8_t)(0xc0 + ask.count));
	tell();
	assert_int_equal(told.answers[0].never_issued, OCSP_ASKED_MAX);
	for (size_t i = 0; i < ask.count; i++)
		assert_true(has_nonce(i, (uint8_t)(0xc0 + i)));
	buf_clear(&told_bytes);
}

/* Good or revoked, as other people read it. */
static int
status_in(size_t answer)
{
	const uint8_t *der = told.answers[answer].der.data;
	OCSP_RESPONSE *response = d2i_OCSP_RESPONSE(
	    NULL, &der, (long)told.answers[answer].der.size);
	OCSP_BASICRESP *basic = OCSP_response_get1_basic(response);
	int status = OCSP_single_get0_status(
	    OCSP_resp_get0(basic, 0), NULL, NULL, NULL, NULL);

	OCSP_BASICRESP_free(basic);
	OCSP_RESPONSE_free(response);
	return status;
}

/* B-33: a serial that was only reserved, or whose certificate failed. */
static void
serials_of_what_never_came_to_be_are_never_good(void **state)
{
	static const struct digest none;
	static const struct approved nobody;
	struct record r = {.authority = AUTHORITY_issuing_l,
	    .order = {{1}},
	    .registration = "reg_00000000000000000000000777",
	    .profile = "lcp",
	    .serial = "0123456789abcdef",
	    .serial_size = 16};
	struct issue_result asked = {.serial_size = 16};

	(void)state;
	memcpy(asked.serial, r.serial, 16);
	must(records_intend(
	    signer.records, &r, &none, &none, &nobody, clock_now()));
	ask.count = 0;
	add_question(&asked, 0xe1);
	tell();
	assert_int_equal(told.answers[0].never_issued, 1);
	assert_int_equal(status_in(0), V_OCSP_CERTSTATUS_REVOKED);
	must(records_give_up(signer.records, r.registration, clock_now()));
	tell();
	assert_int_equal(told.answers[0].never_issued, 1);
	/* N14: neither is its serial given to anybody else */
	r.registration[ID_SIZE - 2] = '8';
	assert_int_equal(records_intend(signer.records, &r, &none, &none,
			     &nobody, clock_now()),
	    ERR_CONFLICT);
	buf_clear(&told_bytes);
}

static void
nothing_is_issued_while_the_clock_is_behind_the_ledger(void **state)
{
	static struct issue_result r;
	int64_t now = clock_now();
	struct order o;

	(void)state;
	issue_number(53, &r);
	size_t before = records_count(signer.records);
	instance_order(54, &o);
	clock_set(now - HOUR);
	assert_int_equal(issue(&o, &r), ERR_UNAVAILABLE);
	assert_int_equal(records_count(signer.records), before);
	clock_set(now + SECOND);
	must(issue(&o, &r));
}

/* For ever, and said so: archiveCutoff (B-31). */
static void
what_has_ended_keeps_its_status(void **state)
{
	static const uint8_t cutoff[] = {0x06, 0x09, 0x2b, 0x06, 0x01, 0x05,
	    0x05, 0x07, 0x30, 0x01, 0x06};
	static struct status_result revoked;
	static struct issue_result good, bad;

	(void)state;
	issue_number(55, &good);
	issue_number(56, &bad);
	struct status_order o = status_of(&bad, clock_now(), 1);
	must(signer_revoke(&signer, &o, &revoked));
	clock_set(good.not_after + 100 * DAY);
	ask.count = 0;
	add_question(&good, 0xf1);
	add_question(&bad, 0xf2);
	tell();
	assert_int_equal(status_in(0), V_OCSP_CERTSTATUS_GOOD);
	assert_int_equal(status_in(1), V_OCSP_CERTSTATUS_REVOKED);
	for (size_t i = 0; i < 2; i++) {
		struct span der = told.answers[i].der;

		assert_int_equal(told.answers[i].never_issued, 0);
		assert_non_null(
		    memmem(der.data, der.size, cutoff, sizeof(cutoff)));
	}
	buf_clear(&told_bytes);
}

/* The serial of the responder of now, as a question. */
static void
add_responder(uint8_t nonce)
{
	const struct responder *now =
	    records_last_responder(signer.records, AUTHORITY_issuing_l);
	struct issue_result r = {.serial_size = 0};
	struct certificate c;

	must(certificate_parse(
	    SPAN(now->certificate, now->certificate_size), &c));
	r.serial_size = c.serial.size - (c.serial.data[0] == 0);
	memcpy(r.serial, c.serial.data + (c.serial.data[0] == 0),
	    r.serial_size);
	add_question(&r, nonce);
}

/* Their authority issued them, and nobody revoked them: a client that looks at
 * the whole path must not hear of a stolen key, nor anybody of an alarm. */
static void
responders_are_good_the_one_before_too(void **state)
{
	const struct responder *now =
	    records_last_responder(signer.records, AUTHORITY_issuing_l);
	struct responder before = *now;

	(void)state;
	ask.count = 0;
	add_responder(0xd1);
	for (int i = 0; i < 100 && memcmp(&before, now, sizeof(before)) == 0;
	     i++) {
		clock_set(clock_now() + DAY);
		must(signer_tend(&signer));
	}
	assert_memory_not_equal(&before, now, sizeof(before));
	add_responder(0xd2);
	ask.questions[ask.count] = ask.questions[0];
	ask.questions[ask.count++].asked[0].serial[3] ^= 1;
	ask.questions[ask.count] = ask.questions[0];
	memcpy(ask.questions[ask.count++].issuer, "issuing-q", 10);
	tell();
	assert_int_equal(told.answers[0].never_issued, 0);
	assert_int_equal(told.answers[1].never_issued, 0);
	assert_int_equal(told.answers[2].never_issued, 1);
	assert_int_equal(told.answers[3].never_issued, 1); /* not its own */
	buf_clear(&told_bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_answer_is_to_the_question_in_its_place),
	    cmocka_unit_test(who_asks_about_a_time_to_come_fails_alone),
	    cmocka_unit_test(
		the_longest_question_leaves_the_others_their_answers),
	    cmocka_unit_test(serials_of_what_never_came_to_be_are_never_good),
	    cmocka_unit_test(
		nothing_is_issued_while_the_clock_is_behind_the_ledger),
	    cmocka_unit_test(what_has_ended_keeps_its_status),
	    cmocka_unit_test(responders_are_good_the_one_before_too),
	};

	return cmocka_run_group_tests_name(
	    "questions", tests, plain_set_up, plain_tear_down);
}
