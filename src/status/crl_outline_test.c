/*
 * Lists that OpenSSL made, and the moments at which they are late.
 */
#include "status/crl_outline.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <openssl/x509v3.h>

#define FROM INT64_C(1781481600000) /* 2026-06-15 */

static void
add_entries(X509_CRL *list, int count)
{
	for (int i = 0; i < count; i++) {
		X509_REVOKED *one = X509_REVOKED_new();
		ASN1_INTEGER *serial = ASN1_INTEGER_new();
		ASN1_TIME *at = ASN1_TIME_set(NULL, FROM / 1000);

		ASN1_INTEGER_set(serial, 100 + i);
		X509_REVOKED_set_serialNumber(one, serial);
		X509_REVOKED_set_revocationDate(one, at);
		X509_CRL_add0_revoked(list, one);
		ASN1_INTEGER_free(serial);
		ASN1_TIME_free(at);
	}
}

static int
make(int entries, long number, uint8_t **der)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509_CRL *list = X509_CRL_new();
	X509_NAME *name = X509_NAME_new();
	ASN1_TIME *from = ASN1_TIME_set(NULL, FROM / 1000);
	ASN1_TIME *to = ASN1_TIME_set(NULL, FROM / 1000 + 48 * 3600);
	ASN1_INTEGER *n = ASN1_INTEGER_new();

	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
	    (const uint8_t *)"Ours", -1, -1, 0);
	X509_CRL_set_version(list, 1);
	X509_CRL_set_issuer_name(list, name);
	X509_CRL_set1_lastUpdate(list, from);
	X509_CRL_set1_nextUpdate(list, to);
	add_entries(list, entries);
	ASN1_INTEGER_set(n, number);
	if (number)
		X509_CRL_add1_ext_i2d(list, NID_crl_number, n, 0, 0);
	assert_true(X509_CRL_sign(list, key, EVP_sha256()) > 0);
	int size = i2d_X509_CRL(list, der);
	X509_CRL_free(list);
	X509_NAME_free(name);
	ASN1_TIME_free(from);
	ASN1_TIME_free(to);
	ASN1_INTEGER_free(n);
	EVP_PKEY_free(key);
	return size;
}

static void
a_list_tells_its_number_its_dates_and_its_entries(void **state)
{
	static const int entries[] = {0, 1, 1000};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct crl_outline o;
		uint8_t *der = NULL;
		int size = make(entries[i], 4711, &der);

		assert_int_equal(crl_outline(SPAN(der, (size_t)size), &o), OK);
		assert_int_equal(o.number, 4711);
		assert_int_equal(o.entries, entries[i]);
		assert_true(o.this_update == FROM);
		assert_true(o.next_update == FROM + 48 * HOUR);
		OPENSSL_free(der);
	}
}

static void
what_is_no_list_is_refused(void **state)
{
	struct crl_outline o;
	uint8_t *der = NULL;
	int size = make(2, 7, &der);

	(void)state;
	for (int cut = 0; cut < size; cut += 3)
		assert_int_not_equal(
		    crl_outline(SPAN(der, (size_t)cut), &o), OK);
	assert_int_equal(crl_outline(span_of_text("hello"), &o), ERR_INVALID);
	OPENSSL_free(der);
}

static void
a_list_is_late_after_twenty_five_hours(void **state)
{
	const struct crl_outline o = {.this_update = FROM,
	    .next_update = FROM + 48 * HOUR};
	const struct crl_outline week = {.this_update = FROM,
	    .next_update = FROM + 7 * DAY};
	const struct crl_outline hours = {.this_update = FROM,
	    .next_update = FROM + 4 * HOUR};

	(void)state;
	assert_false(crl_is_late(&o, true, FROM + 25 * HOUR - 1));
	assert_true(crl_is_late(&o, true, FROM + 25 * HOUR));
	assert_true(crl_is_late(&week, true, FROM + 25 * HOUR));
	assert_false(crl_is_late(&hours, true, FROM + 3 * HOUR - 1));
	assert_true(crl_is_late(&hours, true, FROM + 3 * HOUR));
}

static void
an_authoritys_last_list_is_never_late(void **state)
{
	const struct crl_outline o = {
	    .this_update = FROM, .next_update = CLOCK_FOREVER};

	(void)state;
	assert_false(crl_is_late(&o, true, FROM + 9999 * DAY));
	assert_false(crl_is_late(&o, false, FROM + 9999 * DAY));
}

static void
a_roots_list_is_late_in_its_last_week(void **state)
{
	const struct crl_outline o = {.this_update = FROM,
	    .next_update = FROM + 365 * DAY};

	(void)state;
	assert_false(crl_is_late(&o, false, FROM + 358 * DAY - 1));
	assert_true(crl_is_late(&o, false, FROM + 358 * DAY));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_list_tells_its_number_its_dates_and_its_entries),
	    cmocka_unit_test(what_is_no_list_is_refused),
	    cmocka_unit_test(a_list_is_late_after_twenty_five_hours),
	    cmocka_unit_test(an_authoritys_last_list_is_never_late),
	    cmocka_unit_test(a_roots_list_is_late_in_its_last_week),
	};

	return cmocka_run_group_tests_name("crl_outline", tests, NULL, NULL);
}
