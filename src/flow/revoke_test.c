/*
 * The holder revokes: with the code that was shown, with one that was sent,
 * and with nothing else.
 */
#include "flow/fixture.h"

#include "flow/code.h"
#include "flow/revoke.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a
#define BY_MAIL ((struct revoke_whose){BENCH_EMAIL, ""})
#define NOBODY ((struct revoke_whose){"nobody@example.org", ""})

static struct registration
issued(struct bench *b)
{
	struct registration r = bench_approved(b);
	const struct issued i = bench_issued();
	struct certificate c;

	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(decide_issued(F, r.id, &i, &c), OK);
	return r;
}

static void
sent_digits(struct bench *b, const char *id, char out[CODE_DIGITS + 1])
{
	struct code c;

	assert_int_equal(code_load(b->f.store, &b->a, id, CODE_REVOCATION,
			     &c),
	    OK);
	code_digits(&b->keys, &c, out);
}

static void
the_code_that_was_shown_revokes_once(void **state)
{
	struct bench *b = *state;
	struct registration r = issued(b);
	struct certificate c;
	const char *code;

	assert_int_equal(registration_revocation_code(F, &r, &code), OK);
	const char *spaced = arena_format(&b->a, " %.4s-%.4s %s ", code,
	    code + 4, code + 8);
	assert_int_equal(revoke_by_code(F, &NOBODY, spaced, 0,
			     &c),
	    ERR_INVALID);
	assert_int_equal(revoke_by_code(F, &BY_MAIL, spaced, 1, &c), OK);
	assert_string_equal(c.registration, r.id);
	assert_int_equal(c.reason, 1);
	assert_int_equal(bench_mails(b, r.id, "revoked"), 1);
	assert_int_equal(revoke_by_code(F, &BY_MAIL, spaced, 1, &c),
	    ERR_INVALID);
}

static void
a_code_that_was_sent_revokes(void **state)
{
	struct bench *b = *state;
	struct registration r = issued(b);
	struct certificate c;
	char digits[CODE_DIGITS + 1];

	assert_int_equal(revoke_send_codes(F, &NOBODY), OK);
	assert_int_equal(bench_mails(b, r.id, "revocation_code"), 0);
	assert_int_equal(revoke_send_codes(F, &BY_MAIL), OK);
	assert_int_equal(revoke_send_codes(F, &BY_MAIL), OK);
	assert_int_equal(bench_mails(b, r.id, "revocation_code"), 1);
	sent_digits(b, r.id, digits);
	assert_int_equal(revoke_by_code(F, &BY_MAIL, digits, 0, &c), OK);
	assert_string_equal(c.registration, r.id);
}

/* The mailbox is lost: the phone that was proven does. */
static void
a_code_that_was_sent_to_the_phone_revokes(void **state)
{
	static const struct revoke_whose other = {"", "+33699999999"};
	static const struct revoke_whose nobody = {"", ""};
	struct bench *b = *state;
	struct registration r = issued(b);
	const struct revoke_whose phone = {"", "+33612345678"};
	char digits[CODE_DIGITS + 1];
	struct certificate c;
	struct code code;

	assert_int_equal(revoke_send_codes(F, &other), OK);
	assert_int_equal(revoke_send_codes(F, &nobody), OK);
	assert_int_equal(code_load(b->f.store, &b->a, r.id,
			     CODE_REVOCATION_PHONE, &code),
	    ERR_NOT_FOUND);
	assert_int_equal(revoke_send_codes(F, &phone), OK);
	assert_int_equal(bench_mails(b, r.id, "revocation_code"), 1);
	assert_int_equal(code_load(b->f.store, &b->a, r.id,
			     CODE_REVOCATION_PHONE, &code),
	    OK);
	code_digits(&b->keys, &code, digits);
	/* good for the way by which it came, and for that person's */
	assert_int_equal(revoke_by_code(F, &BY_MAIL, digits, 0, &c),
	    ERR_INVALID);
	assert_int_equal(revoke_by_code(F, &other, digits, 0, &c), ERR_INVALID);
	assert_int_equal(revoke_by_code(F, &phone, digits, 0, &c), OK);
	assert_string_equal(c.registration, r.id);
}

static void
five_wrong_codes_end_the_right_one(void **state)
{
	struct bench *b = *state;
	struct registration r = issued(b);
	struct certificate c;
	char digits[CODE_DIGITS + 1], wrong[CODE_DIGITS + 1];

	assert_int_equal(revoke_by_code(F, &BY_MAIL, "000000", 0, &c),
	    ERR_INVALID);
	assert_int_equal(revoke_send_codes(F, &BY_MAIL), OK);
	sent_digits(b, r.id, digits);
	memcpy(wrong, digits, sizeof(wrong));
	wrong[0] = wrong[0] == '1' ? '2' : '1';
	for (int i = 0; i < CODE_TRIES; i++)
		assert_int_equal(revoke_by_code(F, &BY_MAIL, wrong, 0,
				     &c),
		    ERR_INVALID);
	assert_int_equal(revoke_by_code(F, &BY_MAIL, digits, 0, &c),
	    ERR_INVALID);
}

static void
a_code_is_good_for_five_minutes(void **state)
{
	struct bench *b = *state;
	struct registration r = issued(b);
	struct certificate c;
	char digits[CODE_DIGITS + 1];

	assert_int_equal(revoke_send_codes(F, &BY_MAIL), OK);
	sent_digits(b, r.id, digits);
	clock_set(BENCH_NOW + CODE_LIFE);
	assert_int_equal(revoke_by_code(F, &BY_MAIL, digits, 0, &c),
	    ERR_INVALID);
}

static void
what_is_no_code_revokes_nothing(void **state)
{
	static const char *const codes[] = {"", " ", "abc", "aaaaaaaaaaaa",
	    "2345", "ééé", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
	struct bench *b = *state;
	struct certificate c;

	issued(b);
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		assert_int_equal(revoke_by_code(F, &BY_MAIL, codes[i], 0,
				     &c),
		    ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(the_code_that_was_shown_revokes_once),
	    BENCH(a_code_that_was_sent_revokes),
	    BENCH(a_code_that_was_sent_to_the_phone_revokes),
	    BENCH(five_wrong_codes_end_the_right_one),
	    BENCH(a_code_is_good_for_five_minutes),
	    BENCH(what_is_no_code_revokes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
