/*
 * Statements byte for byte, against values that other linters were shown.
 */
#include "pki/qc.h"

#include "base/codec.h"
#include "pki/profile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* semantics, compliance, PDS in en and fr, type */
#define QCP_N                                                                  \
	"308196301506082b06010505070b023009060704008bec490101300806060400"     \
	"8e460101305e060604008e46010530543028162268747470733a2f2f706b692e"     \
	"6578616d706c652e636f6d2f7064732d656e2e7064661302656e302816226874"     \
	"7470733a2f2f706b692e6578616d706c652e636f6d2f7064732d66722e706466"     \
	"130266723013060604008e4601063009060704008e46010601"
/* and the device, and a retention of seven years */
#define QCP_N_QSCD                                                             \
	"3081ad301506082b06010505070b023009060704008bec490101300806060400"     \
	"8e4601013008060604008e460104305e060604008e4601053054302816226874"     \
	"7470733a2f2f706b692e6578616d706c652e636f6d2f7064732d656e2e706466"     \
	"1302656e3028162268747470733a2f2f706b692e6578616d706c652e636f6d2f"     \
	"7064732d66722e706466130266723013060604008e4601063009060704008e46"     \
	"010601300b060604008e460103020107"

static void
expect_bytes(const struct qc_facts *f, const char *expected)
{
	AUTO(der_clear) struct der d;
	AUTO(buf_clear) struct buf hex;

	der_init(&d, 1024);
	buf_init(&hex, 2048);
	assert_int_equal(qc_put(&d, f), OK);
	assert_int_equal(der_done(&d), OK);
	assert_int_equal(hex_encode(span_of_buf(&d.bytes), &hex), OK);
	assert_string_equal(buf_text(&hex), expected);
}

static void
writes_the_known_statements_byte_for_byte(void **state)
{
	struct qc_facts f = {
	    .pds_url = "https://pki.example.com/pds-{language}.pdf",
	    .languages = {"en", "fr"},
	    .retention_years = 7,
	    .ident_method = QC_IDENT_ARC "3",
	};

	(void)state;
	f.statements =
	    QC_BIT(semantics) | QC_BIT(compliance) | QC_BIT(pds) | QC_BIT(type);
	expect_bytes(&f, QCP_N);
	f.statements |= QC_BIT(sscd) | QC_BIT(retention);
	expect_bytes(&f, QCP_N_QSCD);
	f.statements = QC_BIT(ident_method);
	expect_bytes(&f, "30153013060604008e4601083009060704008e46010803");
}

static void
does_not_write_what_is_never_ours(void **state)
{
	static const unsigned never[] = {QC_BIT(limit), QC_BIT(legislation),
	    QC_BIT(device_legislation), QC_BIT(old_syntax)};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		AUTO(der_clear) struct der d;
		struct qc_facts f = {.statements = never[i]};

		der_init(&d, 1024);
		assert_int_equal(qc_put(&d, &f), ERR_INTERNAL);
	}
}

static void
reads_what_it_wrote(void **state)
{
	AUTO(buf_clear) struct buf bytes;
	struct qc qc;

	(void)state;
	buf_init(&bytes, 1024);
	assert_int_equal(hex_decode(QCP_N_QSCD, &bytes), OK);
	assert_int_equal(qc_parse(span_of_buf(&bytes), &qc), OK);
	assert_int_equal(qc.present, QC_BIT(semantics) | QC_BIT(compliance) |
					 QC_BIT(sscd) | QC_BIT(pds) |
					 QC_BIT(type) | QC_BIT(retention));
	assert_int_equal(qc.of[QC_compliance].info.size, 0);
	assert_string_equal(qc.unknown, "");
	for (size_t size = 0; size < bytes.size; size++)
		assert_int_not_equal(qc_parse(SPAN(bytes.data, size), &qc), OK);
}

static void
a_disclosure_address_needs_a_place_for_the_language(void **state)
{
	AUTO(buf_clear) struct buf url;

	(void)state;
	buf_init(&url, QC_URL_MAX);
	assert_int_equal(
	    qc_pds_url("https://a.example/{language}.pdf", "fr", &url), OK);
	assert_string_equal(buf_text(&url), "https://a.example/fr.pdf");
	assert_int_equal(
	    qc_pds_url("https://a.example/pds.pdf", "fr", &url), ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(writes_the_known_statements_byte_for_byte),
	    cmocka_unit_test(does_not_write_what_is_never_ours),
	    cmocka_unit_test(reads_what_it_wrote),
	    cmocka_unit_test(
		a_disclosure_address_needs_a_place_for_the_language),
	};

	return cmocka_run_group_tests_name("qc", tests, NULL, NULL);
}
