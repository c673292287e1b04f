/*
 * Assertions: of another program's making are believed; with anything else
 * in them they are not.
 */
#include "approval/authenticator_data.h"
#include "approval/test_authenticator.h"
#include "approval/vectors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define VECTOR(name) SPAN(name, sizeof(name))

static struct relying_party rp;
static struct test_authenticator passkey;
static const uint8_t challenge_bytes[DIGEST_SIZE] = {1, 2, 3};
static const struct span challenge = {challenge_bytes, DIGEST_SIZE};

static int
set_up(void **state)
{
	(void)state;
	test_authenticator_init(&passkey, false);
	return relying_party_of("https://ra.example.com", &rp) == OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	test_authenticator_clear(&passkey);
	return 0;
}

static enum err
verify(const struct assertion *x)
{
	uint32_t counter;

	return assertion_verify(
	    x, &rp, challenge, span_of_buf(&passkey.public_key), &counter);
}

static void
believes_signatures_that_another_program_made(void **state)
{
	const struct assertion ec = {VECTOR(vector_ec_id),
	    VECTOR(vector_ec_data), VECTOR(vector_get),
	    VECTOR(vector_ec_signature)};
	const struct assertion rsa = {VECTOR(vector_rsa_id),
	    VECTOR(vector_rsa_data), VECTOR(vector_get),
	    VECTOR(vector_rsa_signature)};
	uint32_t counter = 0;

	(void)state;
	assert_int_equal(assertion_verify(&ec, &rp, VECTOR(vector_challenge),
			     VECTOR(vector_ec_key), &counter),
	    OK);
	assert_int_equal(counter, 8);
	assert_int_equal(assertion_verify(&rsa, &rp, VECTOR(vector_challenge),
			     VECTOR(vector_rsa_key), &counter),
	    OK);
	assert_int_equal(assertion_verify(&rsa, &rp, VECTOR(vector_challenge),
			     VECTOR(vector_ec_key), &counter),
	    ERR_DENIED);
	assert_int_equal(assertion_verify(&ec, &rp, VECTOR(vector_challenge),
			     VECTOR(vector_rsa_key), &counter),
	    ERR_DENIED);
}

static void
refuses_another_challenge_origin_and_relying_party(void **state)
{
	static const uint8_t other[DIGEST_SIZE] = {9};
	struct relying_party elsewhere = rp;
	struct test_answer x;

	(void)state;
	test_authenticator_sign(&passkey, &rp, challenge, &x);
	assert_int_equal(verify(&x.assertion), OK);
	test_answer_clear(&x);

	test_authenticator_sign(&passkey, &rp, SPAN(other, DIGEST_SIZE), &x);
	assert_int_equal(verify(&x.assertion), ERR_DENIED);
	test_answer_clear(&x);

	snprintf(elsewhere.origin, sizeof(elsewhere.origin),
	    "https://ra.example.com.evil.test");
	test_authenticator_sign(&passkey, &elsewhere, challenge, &x);
	assert_int_equal(verify(&x.assertion), ERR_DENIED);
	test_answer_clear(&x);

	elsewhere = rp;
	snprintf(elsewhere.id, sizeof(elsewhere.id), "example.com");
	test_authenticator_sign(&passkey, &elsewhere, challenge, &x);
	assert_int_equal(verify(&x.assertion), ERR_DENIED);
	test_answer_clear(&x);
}

static void
refuses_a_user_who_was_absent_or_not_verified(void **state)
{
	static const uint8_t flags[] = {0x00, 0x01, 0x04};
	struct test_answer x;

	(void)state;
	for (size_t i = 0; i < sizeof(flags); i++) {
		passkey.flags = flags[i];
		test_authenticator_sign(&passkey, &rp, challenge, &x);
		assert_int_equal(verify(&x.assertion), ERR_DENIED);
		test_answer_clear(&x);
	}
	passkey.flags = 0x05;
}

/* Whatever the authenticator signs: what stands there is read to its end. */
static void
refuses_authenticator_data_of_another_act_or_with_more_in_it(void **state)
{
	static const uint8_t flags[] = {0x45, 0x85};
	struct authenticator_data d;
	struct test_answer x;

	(void)state;
	for (size_t i = 0; i < sizeof(flags); i++) {
		passkey.flags = flags[i];
		test_authenticator_sign(&passkey, &rp, challenge, &x);
		assert_int_equal(verify(&x.assertion), ERR_INVALID);
		test_answer_clear(&x);
	}
	passkey.flags = 0x05;
	test_authenticator_sign(&passkey, &rp, challenge, &x);
	assert_int_equal(authenticator_data_read(
			     span_of_buf(&x.authenticator_data), &rp, false,
			     &d),
	    OK);
	assert_int_equal(buf_add_byte(&x.authenticator_data, 0), OK);
	assert_int_equal(authenticator_data_read(
			     span_of_buf(&x.authenticator_data), &rp, false,
			     &d),
	    ERR_INVALID);
	test_answer_clear(&x);
}

static void
refuses_the_signature_of_another_passkey(void **state)
{
	struct test_authenticator other;
	struct test_answer x;

	(void)state;
	test_authenticator_init(&other, false);
	test_authenticator_sign(&other, &rp, challenge, &x);
	assert_int_equal(verify(&x.assertion), ERR_DENIED);
	test_answer_clear(&x);
	test_authenticator_clear(&other);
}

static void
a_passkey_with_an_rsa_key_signs_too(void **state)
{
	struct test_authenticator rsa;
	struct test_answer x;
	uint32_t counter;

	(void)state;
	test_authenticator_init(&rsa, true);
	test_authenticator_sign(&rsa, &rp, challenge, &x);
	assert_int_equal(assertion_verify(&x.assertion, &rp, challenge,
			     span_of_buf(&rsa.public_key), &counter),
	    OK);
	test_answer_clear(&x);
	test_authenticator_clear(&rsa);
}

/* Each octet of what was signed, and each shorter length of it. */
static void
refuses_whatever_was_changed_or_cut(void **state)
{
	struct test_answer x;

	(void)state;
	test_authenticator_sign(&passkey, &rp, challenge, &x);
	struct buf *parts[] = {
	    &x.authenticator_data, &x.client_data, &x.signature};
	struct span *spans[] = {&x.assertion.authenticator_data,
	    &x.assertion.client_data, &x.assertion.signature};
	for (size_t part = 0; part < 3; part++) {
		for (size_t i = 0; i < parts[part]->size; i++) {
			parts[part]->data[i] ^= 0x01;
			assert_int_not_equal(verify(&x.assertion), OK);
			parts[part]->data[i] ^= 0x01;
			spans[part]->size = i;
			assert_int_not_equal(verify(&x.assertion), OK);
			spans[part]->size = parts[part]->size;
		}
	}
	assert_int_equal(verify(&x.assertion), OK);
	test_answer_clear(&x);
}

static enum err
check(const char *json)
{
	static const uint8_t three[] = {1, 2, 3};

	return client_data_check(span_of_text(json), "webauthn.get",
	    SPAN(three, 3), "https://a.example");
}

#define GOOD "\"challenge\":\"AQID\",\"origin\":\"https://a.example\""

static void
reads_client_data_as_browsers_write_it(void **state)
{
	(void)state;
	assert_int_equal(
	    check("{\"type\":\"webauthn.get\"," GOOD ",\"crossOrigin\":false}"),
	    OK);
	/* other order, spaces, other members */
	assert_int_equal(check("{ " GOOD ", \"x\" : {\"a\":[1,-2.5e3,null,"
			       "\"\\u0041\"],\"b\":{}},\n"),
	    ERR_INVALID);
	assert_int_equal(check("{ " GOOD ", \"x\" : {\"a\":[1,-2.5e3,null,"
			       "\"\\u0041\\\"\"],\"b\":{}} ,"
			       "\"type\":\"webauthn.get\" }"),
	    OK);
}

static void
refuses_client_data_that_can_be_read_in_two_ways(void **state)
{
	static const char *cases[] = {"", "{}", "{}x", "[]", "{", "{\"type\"}",
	    "{\"type\":\"webauthn.get\",\"type\":\"webauthn.get\"," GOOD "}",
	    "{\"type\":\"webauthn.get\"," GOOD "," GOOD "}",
	    "{\"type\":\"webauthn.\\u0067et\"," GOOD "}",
	    "{\"t\\u0079pe\":\"x\",\"type\":\"webauthn.get\"," GOOD "}",
	    "{\"type\":\"webauthn.get\"," GOOD "} {}",
	    "{\"type\":\"webauthn.get\"," GOOD ",}",
	    "{\"type\":\"webauthn.get\"," GOOD ",\"x\":}",
	    "{\"type\":\"webauthn.get\"," GOOD ",\"x\":[[[[[1]]]]]}",
	    "{\"type\":\"webauthn.get\"," GOOD ",\"x\":\"open}",
	    "{\"type\":\"webauthn.get\"," GOOD ",\"x\":\"\\"};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(check(cases[i]), ERR_INVALID);
}

static void
refuses_client_data_of_something_else(void **state)
{
	static const char *cases[] = {"{\"type\":\"webauthn.create\"," GOOD "}",
	    "{\"type\":\"webauthn.get\"," GOOD ",\"crossOrigin\":true}",
	    "{\"type\":\"webauthn.get\",\"challenge\":\"AQIE\","
	    "\"origin\":\"https://a.example\"}",
	    "{\"type\":\"webauthn.get\",\"challenge\":\"AQID\","
	    "\"origin\":\"https://a.example:8443\"}",
	    "{\"type\":\"webauthn.get\",\"challenge\":\"AQID\"}"};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(check(cases[i]), ERR_DENIED);
}

static void
the_relying_party_is_the_host_of_our_address(void **state)
{
	static const struct {
		const char *url, *id, *origin;
	} cases[] = {
	    {"http://localhost:8080", "localhost", "http://localhost:8080"},
	    {"https://RA.Example.com:443/", "ra.example.com",
		"https://ra.example.com"},
	    {"https://ra.example.com:8443/x", "ra.example.com",
		"https://ra.example.com:8443"},
	    {"http://a.example:80", "a.example", "http://a.example"},
	};
	struct relying_party found;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(relying_party_of(cases[i].url, &found), OK);
		assert_string_equal(found.id, cases[i].id);
		assert_string_equal(found.origin, cases[i].origin);
	}
	assert_int_equal(relying_party_of("ftp://x", &found), ERR_INVALID);
	assert_int_equal(relying_party_of("https://", &found), ERR_INVALID);
	assert_int_equal(
	    relying_party_of("https://[::1]", &found), ERR_INVALID);
	assert_int_equal(relying_party_of("", &found), ERR_INVALID);
}

static void
a_counter_that_goes_back_tells_of_a_copy(void **state)
{
	(void)state;
	assert_true(assertion_counter_holds(0, 0));
	assert_true(assertion_counter_holds(0, 5));
	assert_true(assertion_counter_holds(5, 6));
	assert_false(assertion_counter_holds(5, 5));
	assert_false(assertion_counter_holds(UINT32_MAX, 1));
	assert_false(assertion_counter_holds(5, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(believes_signatures_that_another_program_made),
	    cmocka_unit_test(
		refuses_another_challenge_origin_and_relying_party),
	    cmocka_unit_test(refuses_a_user_who_was_absent_or_not_verified),
	    cmocka_unit_test(
		refuses_authenticator_data_of_another_act_or_with_more_in_it),
	    cmocka_unit_test(refuses_the_signature_of_another_passkey),
	    cmocka_unit_test(a_passkey_with_an_rsa_key_signs_too),
	    cmocka_unit_test(refuses_whatever_was_changed_or_cut),
	    cmocka_unit_test(reads_client_data_as_browsers_write_it),
	    cmocka_unit_test(refuses_client_data_that_can_be_read_in_two_ways),
	    cmocka_unit_test(refuses_client_data_of_something_else),
	    cmocka_unit_test(the_relying_party_is_the_host_of_our_address),
	    cmocka_unit_test(a_counter_that_goes_back_tells_of_a_copy),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
