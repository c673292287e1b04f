/*
 * What the ceremony made, and lists and answers of it, read by OpenSSL.
 */
#include "pki/ceremony.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "pki/crl.h"
#include "pki/ocsp.h"
#include "pki/test_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <openssl/ocsp.h>
#include <openssl/x509_vfy.h>

DEFINE_AUTO(X509_free, X509 *)
DEFINE_AUTO(X509_CRL_free, X509_CRL *)
DEFINE_AUTO(X509_STORE_free, X509_STORE *)
DEFINE_AUTO(X509_STORE_CTX_free, X509_STORE_CTX *)
DEFINE_AUTO(OCSP_RESPONSE_free, OCSP_RESPONSE *)
DEFINE_AUTO(OCSP_BASICRESP_free, OCSP_BASICRESP *)
DEFINE_AUTO(OCSP_CERTID_free, OCSP_CERTID *)

static struct test_pki pki;
static struct buf person;
static struct ocsp_responder responder;

static X509 *
x509(const struct buf *der)
{
	const uint8_t *at = der->data;
	X509 *c = d2i_X509(NULL, &at, (long)der->size);

	assert_non_null(c);
	return c;
}

static X509_CRL *
x509_crl(const struct buf *der)
{
	const uint8_t *at = der->data;
	X509_CRL *c = d2i_X509_CRL(NULL, &at, (long)der->size);

	assert_non_null(c);
	return c;
}

static int
set_up(void **state)
{
	AUTO(buf_clear) struct buf tbs;

	(void)state;
	test_pki_init(&pki);
	struct tbs_facts f = test_pki_facts(&pki);
	buf_init(&tbs, CERTIFICATE_MAX);
	buf_init(&person, CERTIFICATE_MAX);
	assert_int_equal(tbs_build(&f, &tbs), OK);
	assert_int_equal(
	    signed_object(span_of_buf(&tbs), &pki.issuing.signing, &person),
	    OK);
	assert_int_equal(
	    ocsp_responder_init(span_of_buf(&pki.product.issuing),
		span_of_buf(&pki.product.responder), &responder),
	    OK);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	ocsp_responder_clear(&responder);
	buf_clear(&person);
	test_pki_clear(&pki);
	return 0;
}

/* The lists of both authorities and the root as trust; strict. */
static X509_STORE *
store_with(const struct buf *list)
{
	X509_STORE *store = X509_STORE_new();
	AUTO(X509_free) X509 *root = x509(&pki.product.root);
	AUTO(X509_CRL_free) X509_CRL *roots = x509_crl(&pki.product.root_crl);
	AUTO(X509_CRL_free) X509_CRL *ours = x509_crl(list);

	X509_STORE_add_cert(store, root);
	X509_STORE_add_crl(store, roots);
	X509_STORE_add_crl(store, ours);
	X509_STORE_set_flags(
	    store, X509_V_FLAG_X509_STRICT | X509_V_FLAG_CRL_CHECK |
		       X509_V_FLAG_CRL_CHECK_ALL | X509_V_FLAG_POLICY_CHECK);
	return store;
}

static int
verify(const struct buf *list, X509 *leaf)
{
	AUTO(X509_STORE_free) X509_STORE *store = store_with(list);
	AUTO(X509_STORE_CTX_free) X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	AUTO(X509_free) X509 *issuing = x509(&pki.product.issuing);
	STACK_OF(X509) *chain = sk_X509_new_null();

	sk_X509_push(chain, issuing);
	X509_STORE_CTX_init(ctx, store, leaf, chain);
	/* time() may still say the second before the one that a list begins in */
	X509_STORE_CTX_set_time(ctx, 0, clock_now() / SECOND);
	int good = X509_verify_cert(ctx);
	int error = X509_STORE_CTX_get_error(ctx);
	sk_X509_free(chain);
	return good == 1 ? X509_V_OK : error;
}

static void
list_of(const struct crl_item *items, size_t count, struct buf *out)
{
	AUTO(crl_entries_clear) struct crl_entries entries = {.count = 0};
	int64_t now = clock_now() / SECOND * SECOND;
	struct crl_facts f = {
	    .issuer_certificate = span_of_buf(&pki.product.issuing),
	    .number = 2,
	    .this_update = now,
	    .next_update = now + 48 * HOUR,
	    .entries = &entries,
	    .keeps_expired = true,
	};

	/* in two halves, as they come */
	assert_int_equal(crl_entries_add(&entries, items, count / 2), OK);
	assert_int_equal(crl_entries_add(&entries, items + count / 2,
			     count - count / 2),
	    OK);
	assert_int_equal(entries.count, count);
	assert_int_equal(crl_build(&f, &pki.issuing.signing, out), OK);
}

static void
a_strict_verifier_accepts_chain_lists_and_policy(void **state)
{
	AUTO(X509_free) X509 *leaf = x509(&person);

	(void)state;
	assert_int_equal(verify(&pki.product.issuing_crl, leaf), X509_V_OK);
}

static void
a_revoked_serial_is_seen_in_the_list(void **state)
{
	AUTO(X509_free) X509 *leaf = x509(&person);
	AUTO(buf_clear) struct buf list;
	struct crl_item item = {
	    SPAN(pki.serial, SERIAL_SIZE), pki.plan.now / SECOND * SECOND, 1};

	(void)state;
	buf_init(&list, crl_size_max(1));
	list_of(&item, 1, &list);
	assert_int_equal(verify(&list, leaf), X509_V_ERR_CERT_REVOKED);
	bool there;
	assert_int_equal(
	    crl_names(span_of_buf(&list), item.serial, &there), OK);
	assert_true(there);
	assert_int_equal(crl_names(span_of_buf(&list),
			     SPAN(pki.serial, SERIAL_SIZE - 1), &there),
	    OK);
	assert_false(there);
}

static void
a_list_is_its_issuers_alone(void **state)
{
	AUTO(buf_clear) struct buf list;
	struct span issuing = span_of_buf(&pki.issuing.public_key);

	(void)state;
	buf_init(&list, crl_size_max(0));
	list_of(NULL, 0, &list);
	assert_int_equal(crl_verify(span_of_buf(&list), issuing), OK);
	assert_int_equal(crl_verify(span_of_buf(&list),
			     span_of_buf(&pki.responder.public_key)),
	    ERR_DENIED);
	for (size_t i = 0; i < list.size; i += 7) {
		list.data[i] ^= 1;
		assert_int_not_equal(
		    crl_verify(span_of_buf(&list), issuing), OK);
		list.data[i] ^= 1;
	}
	assert_int_equal(crl_verify(span_of_buf(&list), issuing), OK);
}

static void
a_list_is_read_back_and_its_size_foretold(void **state)
{
	AUTO(buf_clear) struct buf list;
	static struct crl_item items[1000];
	static uint8_t serials[1000][20];
	struct crl_outline outline;

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		memset(serials[i], 0xff, 20);
		serials[i][0] = 0x7f;
		items[i] =
		    (struct crl_item){SPAN(serials[i], 20), 1600000000000, 9};
	}
	buf_init(&list, crl_size_max(1000));
	list_of(items, 1000, &list);
	assert_int_equal(crl_outline(span_of_buf(&list), &outline), OK);
	assert_int_equal(outline.count, 1000);
	assert_int_equal(outline.number, 2);
	for (size_t size = 0; size < 200; size++)
		assert_int_not_equal(
		    crl_outline(SPAN(list.data, size), &outline), OK);
}

static void
a_revocation_in_the_future_is_refused(void **state)
{
	AUTO(crl_entries_clear) struct crl_entries entries = {.count = 0};
	AUTO(buf_clear) struct buf list;
	int64_t now = clock_now() / SECOND * SECOND;
	struct crl_item item = {SPAN(pki.serial, SERIAL_SIZE), now + HOUR, 1};
	struct crl_facts f = {
	    .issuer_certificate = span_of_buf(&pki.product.issuing),
	    .number = 2,
	    .this_update = now,
	    .next_update = now + HOUR,
	    .entries = &entries,
	};

	(void)state;
	assert_int_equal(crl_entries_add(&entries, &item, 1), OK);
	buf_init(&list, crl_size_max(1));
	assert_int_equal(
	    crl_build(&f, &pki.issuing.signing, &list), ERR_INVALID);
	f.entries = NULL;
	f.next_update = now;
	assert_int_equal(
	    crl_build(&f, &pki.issuing.signing, &list), ERR_INTERNAL);
}

static void
reasons_that_are_not_for_people_are_not_allowed(void **state)
{
	static const bool allowed[12] = {true, true, false, true, true, true,
	    false, false, false, true, false, false};

	(void)state;
	for (uint8_t i = 0; i < 12; i++)
		assert_int_equal(crl_reason_allowed(i), allowed[i]);
}

/* The status OpenSSL reads under an identifier, after verifying it. */
static int
status_in(const struct buf *answer, const EVP_MD *md)
{
	const uint8_t *at = answer->data;
	AUTO(OCSP_RESPONSE_free)
	OCSP_RESPONSE *r = d2i_OCSP_RESPONSE(NULL, &at, (long)answer->size);
	AUTO(OCSP_BASICRESP_free)
	OCSP_BASICRESP *basic = r ? OCSP_response_get1_basic(r) : NULL;
	AUTO(X509_free) X509 *leaf = x509(&person);
	AUTO(X509_free) X509 *issuing = x509(&pki.product.issuing);
	AUTO(X509_free) X509 *root = x509(&pki.product.root);
	AUTO(OCSP_CERTID_free)
	OCSP_CERTID *id = OCSP_cert_to_id(md, leaf, issuing);
	AUTO(X509_STORE_free) X509_STORE *store = X509_STORE_new();
	ASN1_GENERALIZEDTIME *revoked, *this_update, *next_update;
	STACK_OF(X509) *others = sk_X509_new_null();
	int status = -1, reason;

	assert_non_null(basic);
	X509_STORE_add_cert(store, root);
	sk_X509_push(others, issuing);
	int verified = OCSP_basic_verify(basic, others, store, 0);
	sk_X509_free(others);
	assert_int_equal(verified, 1);
	assert_int_equal(OCSP_resp_find_status(basic, id, &status, &reason,
			     &revoked, &this_update, &next_update),
	    1);
	assert_int_equal(
	    OCSP_check_validity(this_update, next_update, 60, -1), 1);
	return status;
}

static void
answers_are_found_by_both_identifiers(void **state)
{
	int64_t now = clock_now() / SECOND * SECOND;
	struct ocsp_facts f = {
	    .serial = SPAN(pki.serial, SERIAL_SIZE),
	    .this_update = now,
	    .next_update = now + 24 * HOUR,
	};

	(void)state;
	for (int revoked = 0; revoked < 2; revoked++) {
		AUTO(buf_clear) struct buf answer;

		buf_init(&answer, OCSP_ANSWER_MAX);
		f.revoked_at = revoked ? now : 0;
		f.reason = revoked ? 1 : 0;
		assert_int_equal(
		    ocsp_build(
			&f, &responder, &pki.responder.signing, &answer),
		    OK);
		int expected = revoked ? V_OCSP_CERTSTATUS_REVOKED
				       : V_OCSP_CERTSTATUS_GOOD;
		assert_int_equal(status_in(&answer, EVP_sha1()), expected);
		assert_int_equal(status_in(&answer, EVP_sha256()), expected);
	}
}

/* The leaf, good, and one that was never issued, in turn; more than one. */
static void
build_reply(size_t count, struct span nonce, struct buf *out)
{
	int64_t now = clock_now() / SECOND * SECOND;
	struct ocsp_status statuses[16];

	for (size_t i = 0; i < count; i++)
		statuses[i] = (struct ocsp_status){
		    .serial = i % 2 ? span_of_text("never issued at all.")
				    : SPAN(pki.serial, SERIAL_SIZE),
		    .sha256 = i % 4 < 2,
		    .null_parameters = i % 8 < 4,
		    .never_issued = i % 2};
	const struct ocsp_reply r = {
	    .statuses = statuses,
	    .count = count,
	    .nonce = nonce,
	    .this_update = now,
	    .next_update = now + HOUR,
	};
	assert_int_equal(
	    ocsp_build_reply(&r, &responder, &pki.responder.signing, out),
	    OK);
}

static bool
has_extension(OCSP_BASICRESP *basic, const char *oid)
{
	ASN1_OBJECT *object = OBJ_txt2obj(oid, 1);
	int found = OCSP_BASICRESP_get_ext_by_OBJ(basic, object, -1);

	ASN1_OBJECT_free(object);
	return found >= 0;
}

static void
an_answer_on_demand_tells_of_each_and_repeats_the_nonce(void **state)
{
	static const uint8_t nonce[128] = {7};
	static const size_t counts[] = {1, 2, 16};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		AUTO(buf_clear) struct buf answer;
		struct span sent = i == 1 ? SPAN(NULL, 0) : SPAN(nonce, 128);

		buf_init(&answer, OCSP_REPLY_MAX);
		build_reply(counts[i], sent, &answer);
		assert_int_equal(
		    status_in(&answer, EVP_sha256()), V_OCSP_CERTSTATUS_GOOD);
		const uint8_t *at = answer.data;
		AUTO(OCSP_RESPONSE_free)
		OCSP_RESPONSE *r =
		    d2i_OCSP_RESPONSE(NULL, &at, (long)answer.size);
		AUTO(OCSP_BASICRESP_free)
		OCSP_BASICRESP *basic = OCSP_response_get1_basic(r);
		assert_int_equal(OCSP_resp_count(basic), counts[i]);
		assert_true(has_extension(basic, "1.3.6.1.5.5.7.48.1.2") ==
			    (sent.size > 0));
		assert_true(has_extension(basic, "1.3.6.1.5.5.7.48.1.9") ==
			    (counts[i] > 1));
	}
}

static void
what_was_never_issued_is_told_as_on_hold_since_1970(void **state)
{
	AUTO(buf_clear) struct buf answer;
	ASN1_GENERALIZEDTIME *revoked;
	int reason = -1;

	(void)state;
	buf_init(&answer, OCSP_REPLY_MAX);
	build_reply(2, SPAN(NULL, 0), &answer);
	const uint8_t *at = answer.data;
	AUTO(OCSP_RESPONSE_free)
	OCSP_RESPONSE *r = d2i_OCSP_RESPONSE(NULL, &at, (long)answer.size);
	AUTO(OCSP_BASICRESP_free)
	OCSP_BASICRESP *basic = OCSP_response_get1_basic(r);
	assert_int_equal(OCSP_single_get0_status(OCSP_resp_get0(basic, 1),
			     &reason, &revoked, NULL, NULL),
	    V_OCSP_CERTSTATUS_REVOKED);
	assert_int_equal(reason, OCSP_REVOKED_STATUS_CERTIFICATEHOLD);
	assert_string_equal(
	    (const char *)ASN1_STRING_get0_data(revoked), "19700101000000Z");
}

static void
an_answer_without_an_end_is_refused(void **state)
{
	AUTO(buf_clear) struct buf answer;
	int64_t now = clock_now() / SECOND * SECOND;
	struct ocsp_facts f = {
	    .serial = SPAN(pki.serial, SERIAL_SIZE),
	    .this_update = now,
	    .next_update = now,
	};

	(void)state;
	buf_init(&answer, OCSP_ANSWER_MAX);
	assert_int_equal(
	    ocsp_build(&f, &responder, &pki.responder.signing, &answer),
	    ERR_INTERNAL);
}

static void
an_organisation_too_long_for_a_name_is_refused(void **state)
{
	AUTO(test_product_clear) struct test_product none = {0};
	struct ceremony_plan plan = pki.plan;

	(void)state;
	plan.organisation = "TEST An organisation with a name that is very "
			    "much too long for a certificate";
	assert_int_equal(test_product_build(&plan, &none), ERR_INVALID);
	plan = pki.plan;
	plan.country = "XX";
	assert_int_equal(test_product_build(&plan, &none), ERR_INVALID);
}

static void
signatures_are_verified_and_refused(void **state)
{
	struct certificate c;
	AUTO(buf_clear) struct buf changed;

	(void)state;
	buf_init(&changed, CERTIFICATE_MAX);
	assert_int_equal(buf_add_span(&changed, span_of_buf(&person)), OK);
	assert_int_equal(certificate_parse(span_of_buf(&changed), &c), OK);
	struct span key = pki.plan.issuing_public;
	assert_int_equal(
	    signature_verify(key, c.algorithm, c.tbs, c.signature), OK);
	changed.data[changed.size / 2] ^= 1;
	assert_int_equal(
	    signature_verify(key, c.algorithm, c.tbs, c.signature), ERR_DENIED);
	assert_int_equal(
	    signature_verify(key, SPAN("\x30\x00", 2), c.tbs, c.signature),
	    ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_strict_verifier_accepts_chain_lists_and_policy),
	    cmocka_unit_test(a_revoked_serial_is_seen_in_the_list),
	    cmocka_unit_test(a_list_is_its_issuers_alone),
	    cmocka_unit_test(a_list_is_read_back_and_its_size_foretold),
	    cmocka_unit_test(a_revocation_in_the_future_is_refused),
	    cmocka_unit_test(reasons_that_are_not_for_people_are_not_allowed),
	    cmocka_unit_test(answers_are_found_by_both_identifiers),
	    cmocka_unit_test(
		an_answer_on_demand_tells_of_each_and_repeats_the_nonce),
	    cmocka_unit_test(
		what_was_never_issued_is_told_as_on_hold_since_1970),
	    cmocka_unit_test(an_answer_without_an_end_is_refused),
	    cmocka_unit_test(an_organisation_too_long_for_a_name_is_refused),
	    cmocka_unit_test(signatures_are_verified_and_refused),
	};

	return cmocka_run_group_tests_name(
	    "ceremony", tests, set_up, tear_down);
}
