/*
 * Registering passkeys: another program's are taken; what is changed, cut or
 * of another kind is refused.
 */
#include "approval/test_authenticator.h"
#include "approval/vectors.h"

#include <openssl/x509.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define VECTOR(name) SPAN(name, sizeof(name))

static struct relying_party rp;
static struct passkey found;

static int
set_up(void **state)
{
	(void)state;
	return relying_party_of("https://ra.example.com", &rp) == OK ? 0 : -1;
}

static enum err
enrol(struct span attestation)
{
	return passkey_register(attestation, VECTOR(vector_create), &rp,
	    VECTOR(vector_challenge), &found);
}

static void
takes_passkeys_that_another_program_made(void **state)
{
	(void)state;
	assert_int_equal(enrol(VECTOR(vector_ec_attestation)), OK);
	assert_memory_equal(
	    found.credential_id, vector_ec_id, sizeof(vector_ec_id));
	assert_int_equal(found.public_key_size, sizeof(vector_ec_key));
	assert_memory_equal(
	    found.public_key, vector_ec_key, sizeof(vector_ec_key));
	assert_int_equal(found.counter, 7);
	assert_int_equal(enrol(VECTOR(vector_rsa_attestation)), OK);
	assert_int_equal(found.public_key_size, sizeof(vector_rsa_key));
	assert_memory_equal(
	    found.public_key, vector_rsa_key, sizeof(vector_rsa_key));
}

static void
what_is_registered_then_signs(void **state)
{
	struct test_answer made, signed_answer;
	struct test_authenticator a;
	uint32_t counter;

	(void)state;
	for (int rsa = 0; rsa < 2; rsa++) {
		test_authenticator_init(&a, rsa);
		test_authenticator_register(
		    &a, &rp, VECTOR(vector_challenge), &made);
		assert_int_equal(
		    passkey_register(span_of_buf(&made.authenticator_data),
			span_of_buf(&made.client_data), &rp,
			VECTOR(vector_challenge), &found),
		    OK);
		test_authenticator_sign(
		    &a, &rp, VECTOR(vector_challenge), &signed_answer);
		assert_int_equal(
		    assertion_verify(&signed_answer.assertion, &rp,
			VECTOR(vector_challenge),
			SPAN(found.public_key, found.public_key_size),
			&counter),
		    OK);
		test_answer_clear(&made);
		test_answer_clear(&signed_answer);
		test_authenticator_clear(&a);
	}
}

static void
refuses_a_registration_without_verification_or_for_another(void **state)
{
	struct relying_party other = rp;
	struct test_authenticator a;
	struct test_answer made;

	(void)state;
	test_authenticator_init(&a, false);
	a.flags = 0x01;
	test_authenticator_register(&a, &rp, VECTOR(vector_challenge), &made);
	assert_int_equal(
	    enrol(span_of_buf(&made.authenticator_data)), ERR_DENIED);
	test_answer_clear(&made);
	a.flags = 0x05;
	snprintf(other.id, sizeof(other.id), "other.example");
	test_authenticator_register(
	    &a, &other, VECTOR(vector_challenge), &made);
	assert_int_equal(
	    enrol(span_of_buf(&made.authenticator_data)), ERR_DENIED);
	test_answer_clear(&made);
	test_authenticator_clear(&a);
}

static void
an_assertion_is_no_registration(void **state)
{
	(void)state;
	assert_int_equal(
	    passkey_register(VECTOR(vector_ec_attestation), VECTOR(vector_get),
		&rp, VECTOR(vector_challenge), &found),
	    ERR_DENIED);
}

static void
refuses_an_attestation_cut_anywhere(void **state)
{
	(void)state;
	for (size_t size = 0; size < sizeof(vector_ec_attestation); size++)
		assert_int_not_equal(
		    enrol(SPAN(vector_ec_attestation, size)), OK);
}

/* Where an octet is changed in the key, the point leaves the curve. */
static void
refuses_a_point_that_is_not_on_the_curve(void **state)
{
	uint8_t changed[sizeof(vector_ec_attestation)];
	size_t last = sizeof(changed) - 1;

	(void)state;
	memcpy(changed, vector_ec_attestation, sizeof(changed));
	changed[last] ^= 1;
	assert_int_equal(enrol(SPAN(changed, sizeof(changed))), ERR_INVALID);
}

static void
refuses_keys_of_other_kinds(void **state)
{
	uint8_t longer[sizeof(vector_ec_key) + 1] = {0};
	EVP_PKEY *p384 = EVP_EC_gen("P-384"), *weak = EVP_RSA_gen(1024);
	EVP_PKEY *keys[] = {p384, weak};

	(void)state;
	assert_int_equal(passkey_key_check(VECTOR(vector_ec_key)), OK);
	memcpy(longer, vector_ec_key, sizeof(vector_ec_key));
	assert_int_equal(
	    passkey_key_check(SPAN(longer, sizeof(longer))), ERR_INVALID);
	assert_int_equal(passkey_key_check(SPAN(longer, 0)), ERR_INVALID);
	for (size_t i = 0; i < 2; i++) {
		uint8_t der[512], *at = der;
		int size = i2d_PUBKEY(keys[i], NULL);

		assert_true(size > 0 && size <= (int)sizeof(der));
		size = i2d_PUBKEY(keys[i], &at);
		assert_int_equal(
		    passkey_key_check(SPAN(der, (size_t)size)), ERR_INVALID);
		EVP_PKEY_free(keys[i]);
	}
}

static void
a_fingerprint_is_short_enough_to_be_read_out(void **state)
{
	char text[PASSKEY_FINGERPRINT_SIZE];

	(void)state;
	passkey_fingerprint(span_of_text("abc"), text);
	assert_string_equal(text, "ba78 16bf 8f01 cfea 4141 40de 5dae 2223");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_passkeys_that_another_program_made),
	    cmocka_unit_test(what_is_registered_then_signs),
	    cmocka_unit_test(
		refuses_a_registration_without_verification_or_for_another),
	    cmocka_unit_test(an_assertion_is_no_registration),
	    cmocka_unit_test(refuses_an_attestation_cut_anywhere),
	    cmocka_unit_test(refuses_a_point_that_is_not_on_the_curve),
	    cmocka_unit_test(refuses_keys_of_other_kinds),
	    cmocka_unit_test(a_fingerprint_is_short_enough_to_be_read_out),
	};
	return cmocka_run_group_tests(tests, set_up, NULL);
}
