/*
 * Passwords and tokens.
 */
#include "flow/credentials.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void
accepts_the_password_that_was_hashed(void **state)
{
	char hash[PASSWORD_HASH_SIZE];

	(void)state;
	assert_int_equal(password_hash("correct horse battery", hash), OK);
	assert_int_equal(strncmp(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31),
	    0);
	assert_int_equal(password_check("correct horse battery", hash), OK);
}

static void
refuses_another_password(void **state)
{
	char hash[PASSWORD_HASH_SIZE];

	(void)state;
	assert_int_equal(password_hash("correct horse battery", hash), OK);
	assert_int_equal(password_check("correct horse batterx", hash),
	    ERR_UNAUTHORISED);
	assert_int_equal(password_check("", hash), ERR_UNAUTHORISED);
}

static void
refuses_everything_for_nobody(void **state)
{
	(void)state;
	assert_int_equal(password_check("", ""), ERR_UNAUTHORISED);
	assert_int_equal(password_check("correct horse battery", ""),
	    ERR_UNAUTHORISED);
}

static void
refuses_to_hash_what_is_short_long_or_not_text(void **state)
{
	char hash[PASSWORD_HASH_SIZE], longer[PASSWORD_MAX + 2];

	(void)state;
	memset(longer, 'a', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(password_hash("short", hash), ERR_INVALID);
	assert_int_equal(password_hash(longer, hash), ERR_INVALID);
	assert_int_equal(password_hash("correct\nhorse battery", hash),
	    ERR_INVALID);
	assert_string_equal(err_field(), "password");
}

static void
makes_tokens_that_differ_and_digests_that_do_not(void **state)
{
	char one[TOKEN_SIZE], two[TOKEN_SIZE];
	char a[DIGEST_TEXT_SIZE], b[DIGEST_TEXT_SIZE];

	(void)state;
	assert_int_equal(token_make(API_KEY_PREFIX, one), OK);
	assert_int_equal(token_make(API_KEY_PREFIX, two), OK);
	assert_int_equal(strncmp(one, "apikey_", 7), 0);
	assert_int_equal(strlen(one), 7 + 43);
	assert_string_not_equal(one, two);
	token_digest(one, a);
	token_digest(one, b);
	assert_string_equal(a, b);
	token_digest(two, b);
	assert_string_not_equal(a, b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepts_the_password_that_was_hashed),
		cmocka_unit_test(refuses_another_password),
		cmocka_unit_test(refuses_everything_for_nobody),
		cmocka_unit_test(refuses_to_hash_what_is_short_long_or_not_text),
		cmocka_unit_test(
		    makes_tokens_that_differ_and_digests_that_do_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
