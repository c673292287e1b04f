#include "base/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
sha256_agrees_with_fips_180(void **state)
{
	char text[DIGEST_TEXT_SIZE];
	struct digest d = digest_sha256(span_of_text("abc"));

	(void)state;
	digest_format(&d, text);
	assert_string_equal(text, "ba7816bf8f01cfea414140de5dae2223b00361a3"
				  "96177a9cb410ff61f20015ad");
}

static void
parts_cannot_be_glued_to_the_same_digest(void **state)
{
	struct span key = span_of_text("key");
	struct span one[] = {span_of_text("ab"), span_of_text("c")};
	struct span two[] = {span_of_text("a"), span_of_text("bc")};
	struct digest a = digest_keyed(key, one, 2);
	struct digest b = digest_keyed(key, two, 2);

	(void)state;
	assert_memory_not_equal(a.bytes, b.bytes, DIGEST_SIZE);
	b = digest_keyed(key, one, 2);
	assert_memory_equal(a.bytes, b.bytes, DIGEST_SIZE);
}

static void
hmac_agrees_with_rfc_4231(void **state)
{
	struct digest d = digest_hmac(span_of_text("Jefe"),
	    span_of_text("what do ya want for nothing?"));
	char text[DIGEST_TEXT_SIZE];

	(void)state;
	digest_format(&d, text);
	assert_string_equal(text,
	    "5bdcc146bf60754e6a042426089575c7"
	    "5a003f089d2739839dec58b964ec3843");
}

static void
another_purpose_gives_another_key(void **state)
{
	uint8_t a[32], b[32];
	struct span key = span_of_text("0123456789abcdef");

	(void)state;
	assert_int_equal(digest_derive(key, span_of_text("s"), "x", a, 32), OK);
	assert_int_equal(digest_derive(key, span_of_text("s"), "y", b, 32), OK);
	assert_memory_not_equal(a, b, 32);
}

static void
random_numbers_stay_below_their_limit(void **state)
{
	unsigned seen = 0;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		uint32_t n = random_below(7);
		assert_true(n < 7);
		seen |= 1u << n;
	}
	assert_int_equal(seen, 127);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sha256_agrees_with_fips_180),
	    cmocka_unit_test(parts_cannot_be_glued_to_the_same_digest),
	    cmocka_unit_test(hmac_agrees_with_rfc_4231),
	    cmocka_unit_test(another_purpose_gives_another_key),
	    cmocka_unit_test(random_numbers_stay_below_their_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
