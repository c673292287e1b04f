/*
 * A CA certificate made by OpenSSL, asked about by CertIDs that OpenSSL made.
 */
#include "status/issuer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <openssl/ocsp.h>
#include <openssl/x509.h>
#include <stdio.h>

DEFINE_AUTO(OCSP_REQUEST_free, OCSP_REQUEST *)

static X509 *ca, *other;
static uint8_t *ca_der;
static int ca_size;

static X509 *
make_ca(const char *name)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *c = X509_new();

	X509_set_version(c, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(c), 4711);
	X509_gmtime_adj(X509_getm_notBefore(c), 0);
	X509_gmtime_adj(X509_getm_notAfter(c), 3600);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(c), "CN", MBSTRING_ASC,
	    (const uint8_t *)name, -1, -1, 0);
	X509_set_issuer_name(c, X509_get_subject_name(c));
	X509_set_pubkey(c, key);
	assert_true(X509_sign(c, key, EVP_sha256()) > 0);
	EVP_PKEY_free(key);
	return c;
}

static int
set_up(void **state)
{
	(void)state;
	ca = make_ca("Ours");
	other = make_ca("Theirs");
	ca_size = i2d_X509(ca, &ca_der);
	return ca_size > 0 ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	X509_free(ca);
	X509_free(other);
	OPENSSL_free(ca_der);
	return 0;
}

static void
ask(const EVP_MD *md, X509 *issuer, struct buf *out)
{
	AUTO(OCSP_REQUEST_free) OCSP_REQUEST *q = OCSP_REQUEST_new();
	uint8_t *der = NULL;

	OCSP_request_add0_id(q, OCSP_cert_to_id(md, issuer, issuer));
	int size = i2d_OCSP_REQUEST(q, &der);
	assert_true(size > 0);
	assert_int_equal(buf_add(out, der, (size_t)size), OK);
	OPENSSL_free(der);
}

static void
an_issuer_is_known_by_both_digests_and_a_stranger_is_not(void **state)
{
	static struct issuers all;
	const EVP_MD *digests[] = {EVP_sha1(), EVP_sha256(), EVP_sha384()};
	struct ocsp_request r;

	(void)state;
	memset(&all, 0, sizeof(all));
	assert_int_equal(issuer_init("issuing-l", SPAN(ca_der, (size_t)ca_size),
			     &all.of[AUTHORITY_issuing_l]),
	    OK);
	for (size_t i = 0; i < 4; i++) {
		AUTO(buf_clear) struct buf der;
		bool ours = i < 2;

		buf_init(&der, OCSP_REQUEST_MAX);
		ask(i < 3 ? digests[i] : EVP_sha256(), i < 3 ? ca : other,
		    &der);
		assert_int_equal(ocsp_request_parse(span_of_buf(&der), &r), OK);
		const struct issuer *found = issuers_match(&all, &r.queries[0]);
		assert_true(ours == (found != NULL));
		if (ours)
			assert_string_equal(found->name, "issuing-l");
	}
}

static void
the_outline_gives_serial_and_validity(void **state)
{
	struct certificate_outline c;

	(void)state;
	assert_int_equal(
	    certificate_outline(SPAN(ca_der, (size_t)ca_size), &c), OK);
	assert_int_equal(c.serial.size, 2);
	assert_memory_equal(c.serial.data, "\x12\x67", 2);
	assert_true(c.not_after - c.not_before == 3600 * 1000);
	assert_true(span_equal(c.issuer, c.subject));
	assert_int_equal(c.key_bits.size, 65);
}

static void
what_is_no_certificate_is_refused(void **state)
{
	static struct issuer issuer;
	struct certificate_outline c;

	(void)state;
	for (int size = 0; size < ca_size; size += 5)
		assert_int_not_equal(
		    issuer_init("x", SPAN(ca_der, (size_t)size), &issuer), OK);
	assert_int_equal(issuer_init("a name that is much too long for it",
			     SPAN(ca_der, (size_t)ca_size), &issuer),
	    ERR_TOO_LARGE);
	assert_int_equal(
	    certificate_outline(span_of_text("hello"), &c), ERR_INVALID);
}

static void
a_folder_may_lack_authorities_but_not_hold_rubbish(void **state)
{
	static struct issuers all;
	char dir[] = "/tmp/paraph-issuers-XXXXXX", path[64];

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(issuers_load(dir, &all), OK);
	assert_int_equal(all.of[AUTHORITY_root].certificate_size, 0);
	snprintf(path, sizeof(path), "%s/root.cer", dir);
	for (int good = 1; good >= 0; good--) {
		AUTO(fclose) FILE *f = fopen(path, "wb");

		fwrite(ca_der, 1, (size_t)(good ? ca_size : 20), f);
		fflush(f);
		assert_int_equal(
		    issuers_load(dir, &all), good ? OK : ERR_INVALID);
	}
	unlink(path);
	rmdir(dir);
}

static void
authorities_have_the_names_of_their_addresses(void **state)
{
	(void)state;
	assert_string_equal(authority_name(AUTHORITY_issuing_l), "issuing-l");
	assert_int_equal(authority_find("root"), AUTHORITY_root);
	assert_int_equal(authority_find("../root"), AUTHORITY_COUNT);
	assert_true(authority_issues(AUTHORITY_issuing_l));
	assert_false(authority_issues(AUTHORITY_root));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		an_issuer_is_known_by_both_digests_and_a_stranger_is_not),
	    cmocka_unit_test(the_outline_gives_serial_and_validity),
	    cmocka_unit_test(what_is_no_certificate_is_refused),
	    cmocka_unit_test(
		a_folder_may_lack_authorities_but_not_hold_rubbish),
	    cmocka_unit_test(authorities_have_the_names_of_their_addresses),
	};

	return cmocka_run_group_tests_name("issuer", tests, set_up, tear_down);
}
