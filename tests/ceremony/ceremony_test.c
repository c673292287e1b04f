/*
 * The whole way in one process: ceremony, orders, certificates; judged by
 * OpenSSL's and GnuTLS' tools.
 */
#include "plain.h"

#include "base/clock.h"
#include "pki/lint.h"
#include "signer/setup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <sys/stat.h>

static void
judges_accept_a_good_certificate_and_its_answer(void **state)
{
	static struct issue_result r;

	(void)state;
	issue_number(1, &r);
	must(publish(NULL, 0, 2));
	write_leaf(&r, SPAN(r.ocsp, r.ocsp_size));
	expect_shell(0, "leaf.pem: OK", VERIFY);
	expect_shell(0, "leaf.pem: good", OCSP);
	expect_said("Response verify OK");
	expect_shell(0, "leaf.pem: good",
	    "openssl ocsp -respin leaf.ocsp -issuer issuing-l.pem -sha256 "
	    "-cert leaf.pem -CAfile root.pem -verify_other issuing-l.pem");
	expect_said("Response verify OK");
	expect_shell(0, "Success", OCSPTOOL);
	expect_shell(0, "Chain verification output: Verified",
	    "certtool --verify --load-ca-certificate root.pem --load-crl "
	    "lists.pem --infile chain.pem");
	expect_shell(0, "OK",
	    "openssl verify -x509_strict -purpose "
	    "ocsphelper -CAfile root.pem -untrusted issuing-l.pem ocsp-l.pem");
}

static void
the_certificate_says_what_the_order_said(void **state)
{
	static struct issue_result r;
	struct certificate c;
	const struct attribute *a;

	(void)state;
	issue_number(2, &r);
	must(certificate_parse(SPAN(r.certificate, r.certificate_size), &c));
	assert_int_equal(c.subject.count, 5);
	a = name_attribute(&c.subject, "2.5.4.4");
	assert_int_equal(a->value.size, strlen("Lefèvre"));
	assert_memory_equal(a->value.data, "Lefèvre", a->value.size);
	assert_true(span_equal(c.serial, SPAN(r.serial, r.serial_size)));
	assert_true(c.not_before == r.not_before);
	assert_true(c.not_after == r.not_after);
	assert_true(r.not_after - r.not_before == 1095 * DAY - SECOND);
	assert_string_equal(r.issuer, "issuing-l");
}

static void
the_wrapped_key_is_the_key_of_the_certificate(void **state)
{
	static struct issue_result r;
	static const uint8_t algorithm[] = {0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86,
	    0x48, 0xce, 0x3d, 0x04, 0x03, 0x02};
	AUTO(buf_clear) struct buf signature;
	struct span message = span_of_text("a contract");
	struct certificate c;

	(void)state;
	issue_number(3, &r);
	must(certificate_parse(SPAN(r.certificate, r.certificate_size), &c));
	buf_init(&signature, SIGNATURE_MAX);
	must(token_person_sign(signer.token, SPAN(r.key_blob, r.key_blob_size),
	    message, &signature));
	must(signature_verify(c.public_key, SPAN(algorithm, 12), message,
	    span_of_buf(&signature)));
	r.key_blob[r.key_blob_size - 1] ^= 1;
	assert_int_equal(
	    token_person_sign(signer.token, SPAN(r.key_blob, r.key_blob_size),
		message, &signature),
	    ERR_INVALID);
}

static void
the_same_order_gets_the_same_certificate(void **state)
{
	static struct issue_result first, again;

	(void)state;
	issue_number(4, &first);
	issue_number(4, &again);
	assert_int_equal(first.certificate_size, again.certificate_size);
	assert_memory_equal(
	    first.certificate, again.certificate, first.certificate_size);
	assert_memory_equal(
	    first.key_blob, again.key_blob, first.key_blob_size);
	reopen();
	issue_number(4, &again);
	assert_memory_equal(
	    first.certificate, again.certificate, first.certificate_size);
	assert_true(again.ocsp_size > 0);
}

static void
another_order_for_the_same_registration_is_refused(void **state)
{
	static struct issue_result r;
	struct order o;

	(void)state;
	issue_number(5, &r);
	instance_order(5, &o);
	o.surname[0] = 'M';
	assert_int_equal(issue(&o, &r), ERR_CONFLICT);
	instance_order(5, &o);
	o.country[1] = 'I';
	assert_int_equal(issue(&o, &r), ERR_CONFLICT);
}

static void
orders_that_may_not_be_are_refused(void **state)
{
	static struct issue_result r;
	static const char *const profiles[] = {
	    "root", "issuing_l", "ocsp", "dossier", "qcp", ""};
	struct order o;

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		instance_order(6, &o);
		memset(o.profile, 0, sizeof(o.profile));
		memcpy(o.profile, profiles[i], strlen(profiles[i]));
		assert_int_equal(issue(&o, &r), ERR_INVALID);
	}
	instance_order(6, &o);
	memcpy(o.country, "UK", 3); /* N17 */
	assert_int_equal(issue(&o, &r), ERR_NOT_CERTIFIABLE);
	instance_order(6, &o);
	o.person_serial[0] = '_';
	assert_int_equal(issue(&o, &r), ERR_NOT_CERTIFIABLE);
	instance_order(6, &o);
	memcpy(o.registration, "crt", 3);
	assert_int_equal(issue(&o, &r), ERR_INVALID);
	instance_order(6, &o);
	o.surname[0] = '\n';
	assert_int_equal(issue(&o, &r), ERR_NOT_CERTIFIABLE);
	/* none of it left a trace */
	issue_number(6, &r);
}

static void
qualified_orders_without_approval_are_refused(void **state)
{
	static struct issue_result r;
	static const char *const profiles[] = {"qcp_n", "qcp_n_qscd"};
	static const char *const levels[] = {"qcp", "qcpnqscd"};
	struct order o;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		instance_order(60, &o);
		memset(o.profile, 0, sizeof(o.profile));
		memcpy(o.profile, profiles[i], strlen(profiles[i]));
		assert_int_equal(issue(&o, &r), ERR_INVALID); /* LCP's level */
		snprintf(o.level, sizeof(o.level), "%s", levels[i]);
		assert_int_equal(issue(&o, &r), ERR_DENIED);
		o.needed = 1;
		assert_int_equal(issue(&o, &r), ERR_DENIED);
	}
	issue_number(60, &r); /* it left no trace */
}

static void
combining_letters_are_composed(void **state) /* N16 */
{
	static struct issue_result r;
	struct order o;
	struct certificate c;

	(void)state;
	instance_order(7, &o);
	snprintf(o.surname, sizeof(o.surname), "Lefe\xcc\x80vre");
	must(issue(&o, &r));
	must(certificate_parse(SPAN(r.certificate, r.certificate_size), &c));
	const struct attribute *a = name_attribute(&c.subject, "2.5.4.4");
	assert_int_equal(a->value.size, strlen("Lefèvre"));
	assert_memory_equal(a->value.data, "Lefèvre", a->value.size);
}

static void
make_request(EVP_PKEY *key, EVP_PKEY *signed_by, struct order *o)
{
	X509_REQ *request = X509_REQ_new();
	uint8_t *der = NULL;

	X509_REQ_set_pubkey(request, key);
	X509_REQ_sign(request, signed_by, EVP_sha256());
	int size = i2d_X509_REQ(request, &der);
	assert_true(size > 0 && size <= ORDER_CSR_MAX);
	memcpy(o->csr, der, (size_t)size);
	o->csr_size = (size_t)size;
	OPENSSL_free(der);
	X509_REQ_free(request);
}

static void
a_key_of_the_participant_is_certified_when_proven(void **state)
{
	static struct issue_result r;
	EVP_PKEY *mine = EVP_EC_gen("P-384"), *other = EVP_EC_gen("P-384");
	struct order o;

	(void)state;
	instance_order(8, &o);
	make_request(mine, other, &o);
	assert_int_equal(issue(&o, &r), ERR_KEY_SIGNATURE);
	make_request(mine, mine, &o);
	must(issue(&o, &r));
	assert_int_equal(r.key_blob_size, 0);
	EVP_PKEY_free(mine);
	EVP_PKEY_free(other);
}

static void
a_batch_gives_each_order_its_own_outcome(void **state)
{
	static struct issue_result results[4];
	struct order orders[4];
	struct issue_work works[4] = {{0}};

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		instance_order(20 + i, &orders[i]);
		orders[i].known = *records_mark(signer.records);
		works[i] = (struct issue_work){
		    .order = &orders[i], .result = &results[i]};
	}
	memcpy(orders[1].country, "XX", 3);
	orders[3] = orders[2]; /* twice at the same moment */
	signer_issue(&signer, works, 4);
	assert_int_equal(works[0].outcome, OK);
	assert_int_equal(works[1].outcome, ERR_NOT_CERTIFIABLE);
	assert_int_equal(works[2].outcome, OK);
	assert_int_equal(works[3].outcome, ERR_CONFLICT);
	assert_true(works[1].explanation[0] != '\0');
	assert_memory_not_equal(results[0].serial, results[2].serial, 16);
}

static void
a_second_signer_finds_the_ledger_taken(void **state)
{
	struct signer second;
	size_t repaired;

	(void)state;
	assert_int_equal(
	    signer_open(here.conf, &second, &repaired), ERR_LEDGER);
}

static void
a_clock_set_back_stops_issuing(void **state)
{
	static struct issue_result r;
	struct order o;
	int64_t now = clock_now();

	(void)state;
	instance_order(30, &o);
	clock_set(now - HOUR);
	assert_int_equal(issue(&o, &r), ERR_UNAVAILABLE);
	clock_set(0);
	must(issue(&o, &r));
}

/* Runs last: it uses up the hour. */
static void
the_rate_of_an_hour_holds(void **state)
{
	static struct issue_result r;
	struct order o;
	enum err outcome = OK;
	unsigned number = 1000;

	(void)state;
	clock_set(clock_now() + 30 * DAY);
	for (; number < 1300 && outcome == OK; number++) {
		instance_order(number, &o);
		outcome = issue(&o, &r);
	}
	assert_int_equal(outcome, ERR_TOO_MANY);
	assert_int_equal(number, 1000 + 200 + 1);
	clock_set(clock_now() + HOUR);
	assert_int_equal(issue(&o, &r), OK);
	clock_set(0);
}

static void
the_ceremony_is_done_once(void **state)
{
	AUTO(buf_clear) struct buf record;
	struct stat before, after;
	char path[128];
	bool done = true;

	(void)state;
	snprintf(path, sizeof(path), "%s/ca/root.cer", here.dir);
	assert_int_equal(stat(path, &before), 0);
	buf_init(&record, 65536);
	must(setup_run(here.conf, &done, &record));
	assert_false(done);
	assert_int_equal(record.size, 0);
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

static void
pins_are_readable_by_their_owner_only(void **state)
{
	static const char *const names[] = {"signer/pin", "signer/pin.so",
	    "ceremony/root-pin", "ceremony/root-pin.so", "signer/ledger"};
	struct stat st;
	char path[128];

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		snprintf(path, sizeof(path), "%s/%s", here.dir, names[i]);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 077, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(judges_accept_a_good_certificate_and_its_answer),
	    cmocka_unit_test(the_certificate_says_what_the_order_said),
	    cmocka_unit_test(the_wrapped_key_is_the_key_of_the_certificate),
	    cmocka_unit_test(the_same_order_gets_the_same_certificate),
	    cmocka_unit_test(
		another_order_for_the_same_registration_is_refused),
	    cmocka_unit_test(orders_that_may_not_be_are_refused),
	    cmocka_unit_test(qualified_orders_without_approval_are_refused),
	    cmocka_unit_test(combining_letters_are_composed),
	    cmocka_unit_test(a_key_of_the_participant_is_certified_when_proven),
	    cmocka_unit_test(a_batch_gives_each_order_its_own_outcome),
	    cmocka_unit_test(a_second_signer_finds_the_ledger_taken),
	    cmocka_unit_test(a_clock_set_back_stops_issuing),
	    cmocka_unit_test(the_rate_of_an_hour_holds),
	    cmocka_unit_test(the_ceremony_is_done_once),
	    cmocka_unit_test(pins_are_readable_by_their_owner_only),
	};

	return cmocka_run_group_tests_name(
	    "ceremony", tests, plain_set_up, plain_tear_down);
}
