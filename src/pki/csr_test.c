/*
 * Requests as OpenSSL writes them.
 */
#include "pki/csr.h"

#include "base/codec.h"
#include "pki/test_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <openssl/x509.h>
#include <openssl/x509v3.h>

DEFINE_AUTO(EVP_PKEY_free, EVP_PKEY *)
DEFINE_AUTO(X509_REQ_free, X509_REQ *)

static void
add_extension(X509_REQ *request, int nid, const char *value)
{
	STACK_OF(X509_EXTENSION) *list = sk_X509_EXTENSION_new_null();

	sk_X509_EXTENSION_push(
	    list, X509V3_EXT_conf_nid(NULL, NULL, nid, value));
	assert_int_equal(X509_REQ_add_extensions(request, list), 1);
	sk_X509_EXTENSION_pop_free(list, X509_EXTENSION_free);
}

/* nid: 0, or what it asks for. */
static void
request_of(EVP_PKEY *key, const EVP_MD *md, int nid, const char *value,
    struct buf *out)
{
	AUTO(X509_REQ_free) X509_REQ *request = X509_REQ_new();
	X509_NAME *name = X509_REQ_get_subject_name(request);
	uint8_t *der = NULL;

	X509_NAME_add_entry_by_txt(
	    name, "CN", MBSTRING_ASC, (const uint8_t *)"Whoever", -1, -1, 0);
	if (nid)
		add_extension(request, nid, value);
	X509_REQ_set_pubkey(request, key);
	assert_true(X509_REQ_sign(request, key, md) > 0);
	int size = i2d_X509_REQ(request, &der);
	assert_true(size > 0);
	assert_int_equal(buf_add(out, der, (size_t)size), OK);
	OPENSSL_free(der);
}

static void
expect(
    EVP_PKEY *key, const EVP_MD *md, const char *constraints, enum err expected)
{
	int nid = constraints ? NID_basic_constraints : 0;
	AUTO(EVP_PKEY_free) EVP_PKEY *mine = key;
	AUTO(buf_clear) struct buf der;
	struct csr csr;

	buf_init(&der, CSR_MAX);
	request_of(mine, md, nid, constraints, &der);
	assert_int_equal(csr_parse(span_of_buf(&der), &csr), expected);
	if (expected != OK)
		return;
	struct digest key_digest = public_key_digest(csr.public_key);
	assert_memory_equal(csr.key.bytes, key_digest.bytes, DIGEST_SIZE);
}

static void
accepts_the_keys_we_certify(void **state)
{
	(void)state;
	expect(EVP_EC_gen("P-256"), EVP_sha256(), NULL, OK);
	expect(EVP_EC_gen("P-384"), EVP_sha384(), "CA:FALSE", OK);
	expect(EVP_RSA_gen(3072), EVP_sha256(), NULL, OK);
}

static void
refuses_other_keys_and_weak_digests(void **state)
{
	(void)state;
	expect(EVP_RSA_gen(2048), EVP_sha256(), NULL, ERR_INVALID);
	expect(EVP_EC_gen("P-521"), EVP_sha512(), NULL, ERR_INVALID);
	expect(EVP_EC_gen("secp256k1"), EVP_sha256(), NULL, ERR_INVALID);
	expect(EVP_EC_gen("P-256"), EVP_sha1(), NULL, ERR_INVALID);
	expect(
	    EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"), NULL, NULL, ERR_INVALID);
}

static void
refuses_one_that_asks_to_be_an_authority(void **state)
{
	(void)state;
	expect(EVP_EC_gen("P-256"), EVP_sha256(), "CA:TRUE", ERR_INVALID);
	expect(EVP_EC_gen("P-256"), EVP_sha256(), "critical,CA:TRUE,pathlen:3",
	    ERR_INVALID);
}

static enum err
parse_with(int nid, const char *value)
{
	AUTO(EVP_PKEY_free) EVP_PKEY *key = EVP_EC_gen("P-256");
	AUTO(buf_clear) struct buf der;
	struct csr csr;

	buf_init(&der, CSR_MAX);
	request_of(key, EVP_sha256(), nid, value, &der);
	return csr_parse(span_of_buf(&der), &csr);
}

static void
refuses_other_rights_of_an_authority_and_ignores_the_rest(void **state)
{
	static const struct {
		int nid;
		const char *value;
		enum err expected;
	} asked[] = {
	    {NID_key_usage, "critical,keyCertSign", ERR_INVALID},
	    {NID_key_usage, "nonRepudiation,cRLSign", ERR_INVALID},
	    {NID_key_usage, "nonRepudiation,decipherOnly", OK},
	    {NID_ext_key_usage, "emailProtection,OCSPSigning", ERR_INVALID},
	    {NID_ext_key_usage, "critical,timeStamping", ERR_INVALID},
	    {NID_ext_key_usage, "anyExtendedKeyUsage", ERR_INVALID},
	    {NID_ext_key_usage, "clientAuth", OK},
	    {NID_policy_constraints, "requireExplicitPolicy:3", ERR_INVALID},
	    {NID_inhibit_any_policy, "2", ERR_INVALID},
	    {NID_name_constraints, "permitted;email:example.com", ERR_INVALID},
	    {NID_id_pkix_OCSP_noCheck, "ignored", ERR_INVALID},
	    {NID_subject_alt_name, "email:president@example.com", OK},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		if (parse_with(asked[i].nid, asked[i].value) !=
		    asked[i].expected)
			fail_msg("%s: %s", asked[i].value, err_explanation());
}

static void
refuses_a_request_signed_by_another_key(void **state)
{
	AUTO(EVP_PKEY_free) EVP_PKEY *one = EVP_EC_gen("P-256");
	AUTO(EVP_PKEY_free) EVP_PKEY *other = EVP_EC_gen("P-256");
	AUTO(X509_REQ_free) X509_REQ *request = X509_REQ_new();
	uint8_t *der = NULL;
	struct csr csr;

	(void)state;
	X509_REQ_set_pubkey(request, one);
	assert_true(X509_REQ_sign(request, other, EVP_sha256()) > 0);
	int size = i2d_X509_REQ(request, &der);
	assert_int_equal(csr_parse(SPAN(der, (size_t)size), &csr), ERR_DENIED);
	OPENSSL_free(der);
}

static void
refuses_every_truncation_and_flipped_octet(void **state)
{
	AUTO(EVP_PKEY_free) EVP_PKEY *key = EVP_EC_gen("P-256");
	AUTO(buf_clear) struct buf der;
	struct csr csr;

	(void)state;
	buf_init(&der, CSR_MAX);
	request_of(key, EVP_sha256(), NID_basic_constraints, "CA:FALSE", &der);
	for (size_t size = 0; size < der.size; size++)
		assert_int_not_equal(csr_parse(SPAN(der.data, size), &csr), OK);
	for (size_t at = 0; at < der.size; at++) {
		der.data[at] ^= 0x01;
		assert_int_not_equal(csr_parse(span_of_buf(&der), &csr), OK);
		der.data[at] ^= 0x01;
	}
	assert_int_equal(csr_parse(span_of_buf(&der), &csr), OK);
}

static void
expect_bytes(const char *before, const char *label, struct span der,
    size_t cut, enum err expected)
{
	AUTO(buf_clear) struct buf pem, out;

	buf_init(&pem, 4 * CSR_MAX);
	buf_init(&out, CSR_MAX);
	assert_int_equal(buf_add_text(&pem, before), OK);
	assert_int_equal(pem_encode(label, der, &pem), OK);
	assert_int_equal(
	    csr_bytes(SPAN(pem.data, pem.size - cut), &out), expected);
	if (expected == OK)
		assert_true(span_equal(span_of_buf(&out), der));
}

static void
takes_pem_with_text_before_it_and_nothing_half(void **state)
{
	AUTO(EVP_PKEY_free) EVP_PKEY *key = EVP_EC_gen("P-256");
	AUTO(buf_clear) struct buf der, out;

	(void)state;
	buf_init(&der, CSR_MAX);
	buf_init(&out, CSR_MAX);
	request_of(key, EVP_sha256(), 0, NULL, &der);
	struct span d = span_of_buf(&der);
	expect_bytes("", "CERTIFICATE REQUEST", d, 0, OK);
	expect_bytes("text\n", "NEW CERTIFICATE REQUEST", d, 0, OK);
	expect_bytes("", "CERTIFICATE", d, 0, ERR_INVALID);
	expect_bytes("", "CERTIFICATE REQUEST", d, 9, ERR_INVALID);
	expect_bytes("-----BEGIN CERTIFICATE REQUEST-----\n*",
	    "CERTIFICATE REQUEST", d, 0, ERR_INVALID);
	assert_int_equal(csr_bytes(d, &out), OK);
	assert_true(span_equal(span_of_buf(&out), d));
	assert_int_equal(csr_bytes(SPAN(NULL, 0), &out), ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(accepts_the_keys_we_certify),
	    cmocka_unit_test(refuses_other_keys_and_weak_digests),
	    cmocka_unit_test(refuses_one_that_asks_to_be_an_authority),
	    cmocka_unit_test(
		refuses_other_rights_of_an_authority_and_ignores_the_rest),
	    cmocka_unit_test(refuses_a_request_signed_by_another_key),
	    cmocka_unit_test(takes_pem_with_text_before_it_and_nothing_half),
	    cmocka_unit_test(refuses_every_truncation_and_flipped_octet),
	};

	return cmocka_run_group_tests_name("csr", tests, NULL, NULL);
}
