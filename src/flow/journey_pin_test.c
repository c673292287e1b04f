/*
 * Who may try to change a PIN, and how a forgotten one is replaced.
 */
#include "flow/fixture.h"

#include "flow/code.h"
#include "flow/renewal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a
#define END (BENCH_NOW + 1000 * DAY)

static struct certificate
issued(struct bench *b)
{
	struct registration r = bench_in_review(b, "qcpnqscd", "", "");
	struct prover by = bench_prover(0);
	struct certificate c;
	const char *outcome;

	bench_opinion(b, &by, r.id);
	assert_int_equal(bench_approve(b, &by, r.id, &outcome), OK);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(journey_pin_is_set(F, r.id, &r), OK);
	const struct issued i = {.issuer = "issuing-q",
	    .serial = "0a",
	    .not_before = clock_now(),
	    .not_after = END,
	    .der = SPAN("der", 3),
	    .key_blob = SPAN("", 0),
	    .ocsp = SPAN("good", 4),
	    .ocsp_next_update = clock_now() + DAY,
	    .person_serial = r.person_serial,
	    .seen = {1, "00"}};
	assert_int_equal(decide_issued(F, r.id, &i, &c), OK);
	return c;
}

static void
mailed_code(struct bench *b, const char *id, char out[CODE_DIGITS + 1])
{
	struct registration r;
	struct code c;

	assert_int_equal(journey_pin_code(F, id, &r), OK);
	assert_int_equal(code_of(F, id, CODE_PIN, &c), OK);
	assert_string_equal(c.target, r.email);
	code_digits(b->f.keys, &c, out);
}

static void
the_mailed_code_opens_the_tries(void **state)
{
	char digits[CODE_DIGITS + 1], proof[PIN_PROOF_SIZE];
	struct bench *b = *state;
	struct certificate c = issued(b);
	const char *id = c.registration;

	mailed_code(b, id, digits);
	assert_int_equal(bench_mails(b, id, "pin_code"), 1);
	assert_int_equal(journey_pin_code_check(F, id, digits, proof), OK);
	assert_int_equal(journey_pin_proven(F, id, proof), OK);
	assert_int_equal(journey_pin_proven(F, id, proof), OK);
	/* once; and for no longer than a quarter of an hour */
	assert_int_equal(
	    journey_pin_code_check(F, id, digits, proof), ERR_INVALID);
	clock_set(clock_now() + PIN_PROOF_LIFE);
	assert_int_equal(journey_pin_proven(F, id, proof), ERR_INVALID);
}

static void
a_link_alone_opens_nothing(void **state)
{
	char digits[CODE_DIGITS + 1], proof[PIN_PROOF_SIZE], *other;
	struct bench *b = *state;
	struct certificate c = issued(b);
	const char *id = c.registration;

	assert_int_equal(journey_pin_proven(F, id, ""), ERR_INVALID);
	assert_int_equal(
	    journey_pin_code_check(F, id, "000000", proof), ERR_WRONG_STATE);
	mailed_code(b, id, digits);
	other = arena_text(&b->a, digits);
	other[0] = other[0] == '1' ? '2' : '1';
	for (int i = 0; i < CODE_TRIES; i++)
		assert_int_equal(
		    journey_pin_code_check(F, id, other, proof), ERR_INVALID);
	assert_int_equal(
	    journey_pin_code_check(F, id, digits, proof), ERR_TOO_MANY);
	assert_int_equal(journey_pin_proven(F, id,
			     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
	    ERR_INVALID);
}

/* Nor does what an older code proved outlive the next one. */
static void
another_code_ends_what_the_last_one_proved(void **state)
{
	char digits[CODE_DIGITS + 1], proof[PIN_PROOF_SIZE];
	struct bench *b = *state;
	struct certificate c = issued(b);
	const char *id = c.registration;

	mailed_code(b, id, digits);
	assert_int_equal(journey_pin_code_check(F, id, digits, proof), OK);
	clock_set(clock_now() + MINUTE);
	mailed_code(b, id, digits);
	assert_int_equal(journey_pin_proven(F, id, proof), ERR_INVALID);
}

static void
without_a_pin_or_certificate_there_is_no_code(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b);
	struct registration r;

	assert_int_equal(
	    decide_revoke(F, &bench_member, c.id, 1, &c), OK);
	assert_int_equal(
	    journey_pin_code(F, c.registration, &r), ERR_WRONG_STATE);
	b->email = "lower@example.org";
	r = bench_in_review(b, "qcp", "", "");
	assert_int_equal(journey_pin_code(F, r.id, &r), ERR_WRONG_STATE);
}

/* Long before its end, and beside the certificate that is there. */
static void
a_forgotten_pin_begins_a_request_that_replaces(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b);
	struct registration r, again;
	struct renewal renewal;

	assert_int_equal(renewal_replace(F, c.registration, &r), OK);
	assert_string_equal(r.level, "qcpnqscd");
	assert_string_equal(r.state, "created");
	assert_int_equal(renewal_load(b->f.store, &b->a, r.id, &renewal), OK);
	assert_string_equal(renewal.certificate, c.id);
	assert_true(renewal.replaces);
	assert_int_equal(renewal_replace(F, c.registration, &again), OK);
	assert_string_equal(again.id, r.id);
	assert_int_equal(decide_revoke(F, &bench_member, c.id, 1, &c), OK);
	assert_int_equal(
	    renewal_replace(F, c.registration, &r), ERR_WRONG_STATE);
}

static struct registration
approved_at(struct bench *b, const char *level)
{
	struct registration r;

	b->email = arena_format(&b->a, "%s@example.org", level);
	r = bench_in_review(b, level, "", "");
	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	return r;
}

static void
a_pin_is_chosen_once_and_after_the_data_are_confirmed(void **state)
{
	struct bench *b = *state;
	struct registration r = approved_at(b, "qcpnqscd"), out;

	assert_int_equal(journey_pin_is_asked(&b->f, &b->a, r.id, &out),
	    ERR_WRONG_STATE);
	assert_int_equal(journey_pin_is_set(&b->f, &b->a, r.id, &out),
	    ERR_WRONG_STATE);
	assert_int_equal(journey_confirm(&b->f, &b->a, r.id, true, &out), OK);
	assert_int_equal(journey_pin_is_asked(&b->f, &b->a, r.id, &out), OK);
	assert_int_equal(journey_pin_is_set(&b->f, &b->a, r.id, &out), OK);
	assert_int_equal(journey_pin_is_asked(&b->f, &b->a, r.id, &out),
	    ERR_WRONG_STATE);
	/* nor at a level whose key is in no device */
	r = approved_at(b, "qcp");
	assert_int_equal(journey_confirm(&b->f, &b->a, r.id, true, &out), OK);
	assert_int_equal(journey_pin_is_asked(&b->f, &b->a, r.id, &out),
	    ERR_WRONG_STATE);
	assert_int_equal(journey_pin_is_set(&b->f, &b->a, r.id, &out),
	    ERR_WRONG_STATE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(the_mailed_code_opens_the_tries),
	    BENCH(a_link_alone_opens_nothing),
	    BENCH(another_code_ends_what_the_last_one_proved),
	    BENCH(without_a_pin_or_certificate_there_is_no_code),
	    BENCH(a_forgotten_pin_begins_a_request_that_replaces),
	    BENCH(a_pin_is_chosen_once_and_after_the_data_are_confirmed),
	};

	return cmocka_run_group_tests_name("journey pin", tests, NULL, NULL);
}
