/*
 * Seals, judged by OpenSSL's CMS: what verifies, and that nothing else does.
 */
#include "pki/seal.h"

#include "base/clock.h"
#include "pki/ceremony.h"
#include "pki/certificate.h"
#include "pki/lint.h"
#include "pki/test_key.h"

#include <openssl/cms.h>
#include <openssl/x509.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CONTENT "<manifest/>"

static struct test_pki pki;
static struct buf certificate, seal;

static int
set_up(void **state)
{
	(void)state;
	test_pki_init(&pki);
	struct ceremony_plan plan = pki.plan;
	plan.root_file = "issuing-l";
	buf_init(&certificate, CERTIFICATE_MAX);
	buf_init(&seal, SEAL_MAX);
	return ceremony_seal(&plan, span_of_buf(&pki.product.issuing),
		   span_of_buf(&pki.person.public_key), &certificate) != OK;
}

static int
tear_down(void **state)
{
	(void)state;
	buf_clear(&certificate);
	buf_clear(&seal);
	test_pki_clear(&pki);
	return 0;
}

static struct seal_facts
facts(const struct span others[2])
{
	return (struct seal_facts){
	    .content = digest_sha256(span_of_text(CONTENT)),
	    .about = "reg_00000000000000000000000000",
	    .at = clock_now(),
	    .certificate = span_of_buf(&certificate),
	    .others = others,
	    .other_count = 2};
}

static void
make_seal(void)
{
	const struct span others[2] = {span_of_buf(&pki.product.issuing),
	    span_of_buf(&pki.product.root)};
	const struct seal_facts f = facts(others);

	buf_clear(&seal);
	buf_init(&seal, SEAL_MAX);
	assert_int_equal(seal_build(&f, &pki.person.signing, &seal), OK);
}

static X509_STORE *
trust(void)
{
	X509_STORE *store = X509_STORE_new();
	const uint8_t *at = pki.product.root.data;
	X509 *root = d2i_X509(NULL, &at, (long)pki.product.root.size);

	assert_non_null(root);
	assert_int_equal(X509_STORE_add_cert(store, root), 1);
	X509_STORE_set_purpose(store, X509_PURPOSE_ANY);
	X509_free(root);
	return store;
}

static int
verifies(struct span message, const char *content)
{
	const uint8_t *at = message.data;
	CMS_ContentInfo *cms =
	    d2i_CMS_ContentInfo(NULL, &at, (long)message.size);
	BIO *bio = BIO_new_mem_buf(content, -1);
	X509_STORE *store = trust();
	int right = cms && CMS_verify(cms, NULL, store, bio, NULL,
			       CMS_BINARY) == 1;

	X509_STORE_free(store);
	BIO_free(bio);
	CMS_ContentInfo_free(cms);
	return right;
}

static void
a_seal_verifies_up_to_the_root(void **state)
{
	(void)state;
	make_seal();
	assert_true(verifies(span_of_buf(&seal), CONTENT));
}

static void
of_another_content_it_does_not(void **state)
{
	(void)state;
	make_seal();
	assert_false(verifies(span_of_buf(&seal), "<manifest />"));
	assert_false(verifies(span_of_buf(&seal), ""));
}

static void
whose_it_is_and_the_signature_cannot_be_changed(void **state)
{
	static const char about[] = "reg_0000";
	uint8_t *at;

	(void)state;
	make_seal();
	at = memmem(seal.data, seal.size, about, sizeof(about) - 1);
	assert_non_null(at);
	at[7] ^= 1;
	assert_false(verifies(span_of_buf(&seal), CONTENT));
	at[7] ^= 1;
	seal.data[seal.size - 1] ^= 1; /* of the signature */
	assert_false(verifies(span_of_buf(&seal), CONTENT));
}

static void
its_certificate_is_for_a_day_and_known_for_what_it_is(void **state)
{
	struct lint_context context = {.base_url = pki.plan.base_url,
	    .own_policy = pki.plan.policy_oid,
	    .issuer = span_of_buf(&pki.product.issuing),
	    .issuer_file = "issuing-l"};
	struct lint_report report;
	struct certificate c;

	(void)state;
	assert_int_equal(certificate_parse(span_of_buf(&certificate), &c), OK);
	assert_ptr_equal(lint_guess(&c), &profile_dossier);
	assert_int_equal(c.not_after - c.not_before, DAY - SECOND);
	lint_certificate(span_of_buf(&certificate), &profile_dossier, &context,
	    &report);
	assert_int_equal(report.count, 0);
	lint_certificate(
	    span_of_buf(&certificate), &profile_ocsp, &context, &report);
	assert_true(report.count > 0);
}

static void
refuses_another_algorithm_and_what_is_no_certificate(void **state)
{
	struct signing_key other = pki.person.signing;
	struct seal_facts f = facts(NULL);
	AUTO(buf_clear) struct buf out;

	(void)state;
	buf_init(&out, SEAL_MAX);
	f.other_count = 0;
	other.algorithm = RSA_SHA256;
	assert_int_equal(seal_build(&f, &other, &out), ERR_INVALID);
	f.certificate = span_of_text("no");
	assert_int_equal(
	    seal_build(&f, &pki.person.signing, &out), ERR_INVALID);
	assert_int_equal(out.size, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_seal_verifies_up_to_the_root),
	    cmocka_unit_test(of_another_content_it_does_not),
	    cmocka_unit_test(whose_it_is_and_the_signature_cannot_be_changed),
	    cmocka_unit_test(
		its_certificate_is_for_a_day_and_known_for_what_it_is),
	    cmocka_unit_test(
		refuses_another_algorithm_and_what_is_no_certificate),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
