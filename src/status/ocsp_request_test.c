/*
 * The requests are written by OpenSSL, so that the reader is held against an
 * encoder that is not ours.
 */
#include "status/ocsp_request.h"

#include "base/codec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <openssl/ocsp.h>

DEFINE_AUTO(OCSP_REQUEST_free, OCSP_REQUEST *)

static const uint8_t name_hash[32] = {1, 2, 3};
static const uint8_t key_hash[32] = {4, 5, 6};

/* A CertID without a certificate at hand; serial is one octet. */
static OCSP_CERTID *
cert_id(const EVP_MD *md, long serial)
{
	AUTO(der_clear) struct der d;
	size_t size = (size_t)EVP_MD_size(md);

	der_init(&d, 256);
	der_open(&d, DER_SEQUENCE);
	der_open(&d, DER_SEQUENCE);
	der_put_oid(&d, size == 20   ? "1.3.14.3.2.26"
			: size == 32 ? "2.16.840.1.101.3.4.2.1"
				     : "2.16.840.1.101.3.4.2.3");
	der_put_null(&d);
	der_close(&d);
	der_put(&d, DER_OCTETS, SPAN(name_hash, size > 32 ? 32 : size));
	der_put(&d, DER_OCTETS, SPAN(key_hash, size > 32 ? 32 : size));
	der_put_number(&d, DER_INTEGER, (uint64_t)serial);
	der_close(&d);
	assert_int_equal(der_done(&d), OK);
	const uint8_t *at = d.bytes.data;
	OCSP_CERTID *id = d2i_OCSP_CERTID(NULL, &at, (long)d.bytes.size);
	assert_non_null(id);
	return id;
}

static void
encode(OCSP_REQUEST *request, struct buf *out)
{
	uint8_t *der = NULL;
	int size = i2d_OCSP_REQUEST(request, &der);

	assert_true(size > 0);
	assert_int_equal(buf_add(out, der, (size_t)size), OK);
	OPENSSL_free(der);
}

/* count queries with serials 1.., and a nonce of that many octets if any. */
static void
request_of(const EVP_MD *md, long count, int nonce, struct buf *out)
{
	AUTO(OCSP_REQUEST_free) OCSP_REQUEST *request = OCSP_REQUEST_new();

	for (long i = 0; i < count; i++)
		OCSP_request_add0_id(request, cert_id(md, i + 1));
	if (nonce)
		OCSP_request_add1_nonce(request, NULL, nonce);
	encode(request, out);
}

static void
reads_a_request_with_sha1(void **state)
{
	AUTO(buf_clear) struct buf der;
	struct ocsp_request r;

	(void)state;
	buf_init(&der, 65536);
	request_of(EVP_sha1(), 1, 0, &der);
	assert_int_equal(ocsp_request_parse(span_of_buf(&der), &r), OK);
	assert_int_equal(r.count, 1);
	assert_int_equal(r.queries[0].hash, OCSP_SHA1);
	assert_memory_equal(r.queries[0].issuer_key_hash.data, key_hash, 20);
	assert_int_equal(r.queries[0].serial.size, 1);
	assert_int_equal(r.queries[0].serial.data[0], 1);
	assert_int_equal(r.nonce.size, 0);
}

static void
reads_several_requests_with_sha256_and_a_nonce(void **state)
{
	AUTO(buf_clear) struct buf der;
	struct ocsp_request r;

	(void)state;
	buf_init(&der, 65536);
	request_of(EVP_sha256(), 3, 32, &der);
	assert_int_equal(ocsp_request_parse(span_of_buf(&der), &r), OK);
	assert_int_equal(r.count, 3);
	assert_int_equal(r.queries[2].hash, OCSP_SHA256);
	assert_int_equal(r.queries[2].serial.data[0], 3);
	assert_int_equal(r.nonce.size, 32);
}

static void
an_unknown_hash_is_read_and_matches_nobody(void **state)
{
	AUTO(buf_clear) struct buf der;
	struct ocsp_request r;

	(void)state;
	buf_init(&der, 65536);
	request_of(EVP_sha512(), 1, 0, &der);
	assert_int_equal(ocsp_request_parse(span_of_buf(&der), &r), OK);
	assert_int_equal(r.queries[0].hash, OCSP_OTHER_HASH);
}

static void
takes_nonces_of_1_to_128_octets_only(void **state)
{
	static const struct {
		int size;
		enum err expected;
	} cases[] = {
	    {1, OK}, {16, OK}, {32, OK}, {128, OK}, {129, ERR_INVALID}};
	struct ocsp_request r;

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		AUTO(buf_clear) struct buf der;

		buf_init(&der, 65536);
		request_of(EVP_sha1(), 1, cases[i].size, &der);
		assert_int_equal(ocsp_request_parse(span_of_buf(&der), &r),
		    cases[i].expected);
	}
}

static void
refuses_more_requests_than_it_promises_to_answer(void **state)
{
	AUTO(buf_clear) struct buf some, many;
	struct ocsp_request r;

	(void)state;
	buf_init(&some, 65536);
	buf_init(&many, (size_t)4 << 20);
	request_of(EVP_sha1(), OCSP_QUERIES_MAX, 0, &some);
	assert_int_equal(ocsp_request_parse(span_of_buf(&some), &r), OK);
	request_of(EVP_sha1(), OCSP_QUERIES_MAX + 1, 0, &many);
	assert_int_equal(
	    ocsp_request_parse(span_of_buf(&many), &r), ERR_TOO_LARGE);
	buf_clear(&many);
	request_of(EVP_sha1(), 10000, 0, &many);
	assert_int_equal(
	    ocsp_request_parse(span_of_buf(&many), &r), ERR_TOO_LARGE);
}

static void
passes_over_unknown_extensions_that_are_not_critical(void **state)
{
	struct ocsp_request r;

	(void)state;
	for (int critical = 0; critical < 2; critical++) {
		AUTO(OCSP_REQUEST_free) OCSP_REQUEST *q = OCSP_REQUEST_new();
		AUTO(buf_clear) struct buf der;

		buf_init(&der, 65536);
		OCSP_request_add0_id(q, cert_id(EVP_sha1(), 7));
		assert_int_equal(
		    OCSP_REQUEST_add1_ext_i2d(q, NID_id_pkix_OCSP_noCheck,
			ASN1_NULL_new(), critical, 0),
		    1);
		encode(q, &der);
		assert_int_equal(ocsp_request_parse(span_of_buf(&der), &r),
		    critical ? ERR_INVALID : OK);
	}
}

static void
refuses_every_truncation_and_what_follows_the_end(void **state)
{
	AUTO(buf_clear) struct buf der;
	struct ocsp_request r;

	(void)state;
	buf_init(&der, 65536);
	request_of(EVP_sha256(), 2, 16, &der);
	for (size_t size = 0; size < der.size; size++)
		assert_int_not_equal(
		    ocsp_request_parse(SPAN(der.data, size), &r), OK);
	assert_int_equal(buf_add_byte(&der, 0), OK);
	assert_int_not_equal(ocsp_request_parse(span_of_buf(&der), &r), OK);
}

static void
refuses_a_request_about_nothing(void **state)
{
	static const uint8_t nothing[] = {0x30, 4, 0x30, 2, 0x30, 0};
	struct ocsp_request r;

	(void)state;
	assert_int_equal(ocsp_request_parse(SPAN(nothing, 6), &r), ERR_INVALID);
}

static void
reads_the_path_of_a_get_as_clients_write_it(void **state)
{
	/* 0xfb 0xff 0xfe: "+//+" shows all that clients leave unescaped */
	static const char *const paths[] = {"%2B%2F%2f%2B", "+//+", "%2B//+"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		AUTO(buf_clear) struct buf out;

		buf_init(&out, 64);
		assert_int_equal(ocsp_request_from_path(paths[i], &out), OK);
		assert_int_equal(out.size, 3);
		assert_memory_equal(out.data, "\xfb\xff\xfe", 3);
	}
	AUTO(buf_clear) struct buf out;
	buf_init(&out, 64);
	assert_int_equal(ocsp_request_from_path("/MAM%3D", &out), OK);
	assert_int_equal(out.size, 2);
	buf_clear(&out);
	assert_int_equal(ocsp_request_from_path("MAM", &out), OK);
	assert_int_equal(out.size, 2);
}

static void
refuses_paths_that_are_no_base64(void **state)
{
	static const char *const wrong[] = {
	    "%", "%4", "%zz", "MA!M", "M", "MAM%00"};

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		AUTO(buf_clear) struct buf out;

		buf_init(&out, 64);
		assert_int_not_equal(
		    ocsp_request_from_path(wrong[i], &out), OK);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_a_request_with_sha1),
	    cmocka_unit_test(reads_several_requests_with_sha256_and_a_nonce),
	    cmocka_unit_test(an_unknown_hash_is_read_and_matches_nobody),
	    cmocka_unit_test(takes_nonces_of_1_to_128_octets_only),
	    cmocka_unit_test(refuses_more_requests_than_it_promises_to_answer),
	    cmocka_unit_test(
		passes_over_unknown_extensions_that_are_not_critical),
	    cmocka_unit_test(refuses_every_truncation_and_what_follows_the_end),
	    cmocka_unit_test(refuses_a_request_about_nothing),
	    cmocka_unit_test(reads_the_path_of_a_get_as_clients_write_it),
	    cmocka_unit_test(refuses_paths_that_are_no_base64),
	};

	return cmocka_run_group_tests_name("ocsp_request", tests, NULL, NULL);
}
