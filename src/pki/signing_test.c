/*
 * Every algorithm signs, verifies, and verifies nothing else.
 */
#include "pki/signing.h"

#include "pki/test_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
expect_round_trip(enum key_kind kind, enum signature_algorithm algorithm)
{
	AUTO(buf_clear) struct buf signature;
	struct span message = span_of_text("message");
	struct test_key key;

	test_key_init(kind, &key);
	key.signing.algorithm = algorithm;
	struct span public_key = span_of_buf(&key.public_key);
	struct span name = signature_algorithm_der(algorithm);
	buf_init(&signature, SIGNATURE_MAX);
	assert_int_equal(
	    key.signing.sign(key.signing.data, message, &signature), OK);
	assert_int_equal(signature_verify(public_key, name, message,
			     span_of_buf(&signature)),
	    OK);
	assert_int_equal(signature_verify(public_key, name,
			     span_of_text("massage"), span_of_buf(&signature)),
	    ERR_DENIED);
	signature.data[signature.size - 1] ^= 1;
	assert_int_equal(signature_verify(public_key, name, message,
			     span_of_buf(&signature)),
	    ERR_DENIED);
	test_key_clear(&key);
}

static void
each_algorithm_verifies_what_it_signed(void **state)
{
	(void)state;
	expect_round_trip(KEY_p256, ECDSA_SHA256);
	expect_round_trip(KEY_p384, ECDSA_SHA384);
	expect_round_trip(KEY_rsa3072, RSA_SHA256);
	expect_round_trip(KEY_rsa3072, RSA_PSS_SHA256);
}

static void
an_algorithm_is_found_by_its_bytes_alone(void **state)
{
	uint8_t changed[128];

	(void)state;
	for (unsigned i = 0; i < SIGNATURE_ALGORITHM_COUNT; i++) {
		struct span der =
		    signature_algorithm_der((enum signature_algorithm)i);

		assert_int_equal(signature_algorithm_find(der), i);
		memcpy(changed, der.data, der.size);
		changed[der.size - 1] ^= 0x40; /* PSS: another salt */
		assert_int_equal(
		    signature_algorithm_find(SPAN(changed, der.size)),
		    SIGNATURE_ALGORITHM_COUNT);
	}
}

static void
an_algorithm_does_not_verify_by_another_kind_of_key(void **state)
{
	struct test_key key;

	(void)state;
	test_key_init(KEY_p256, &key);
	for (unsigned i = RSA_SHA256; i < SIGNATURE_ALGORITHM_COUNT; i++)
		assert_int_equal(
		    signature_verify(span_of_buf(&key.public_key),
			signature_algorithm_der((enum signature_algorithm)i),
			span_of_text("m"), span_of_text("s")),
		    ERR_INVALID);
	test_key_clear(&key);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_algorithm_verifies_what_it_signed),
	    cmocka_unit_test(an_algorithm_is_found_by_its_bytes_alone),
	    cmocka_unit_test(
		an_algorithm_does_not_verify_by_another_kind_of_key),
	};

	return cmocka_run_group_tests_name("signing", tests, NULL, NULL);
}
