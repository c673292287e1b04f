/*
 * The profiles as printed, against files that a person has read.
 */
#include "pki/profile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
read_golden(const char *name, struct buf *out)
{
	char path[512];
	uint8_t *place;

	snprintf(
	    path, sizeof(path), "%s/profile_%s.txt", getenv("GOLDEN"), name);
	AUTO(fclose) FILE *file = fopen(path, "re");
	if (!file)
		fail_msg("%s is missing", path);
	assert_int_equal(buf_extend(out, 4096, &place), OK);
	out->size = fread(place, 1, 4096, file);
	out->data[out->size] = '\0';
}

static void
every_profile_is_as_written_down(void **state)
{
	const struct profile *p;

	(void)state;
	for (size_t i = 0; (p = profile_at(i)) != NULL; i++) {
		AUTO(buf_clear) struct buf printed, golden;

		buf_init(&printed, 4096);
		buf_init(&golden, 8192);
		assert_int_equal(profile_print(p, &printed), OK);
		read_golden(p->name, &golden);
		assert_string_equal(buf_text(&printed), buf_text(&golden));
	}
}

static void
a_profile_is_found_by_its_name_only(void **state)
{
	(void)state;
	assert_ptr_equal(profile_find("lcp"), &profile_lcp);
	assert_ptr_equal(profile_find("qcp_n_qscd"), &profile_qcp_n_qscd);
	assert_null(profile_find("qcp"));
	assert_null(profile_find(""));
	assert_null(profile_at(1000));
}

static void
purposes_are_chosen_by_their_identifiers(void **state)
{
	struct profile_options o = profile_defaults;

	(void)state;
	assert_int_equal(profile_choose_purposes("none", &o), OK);
	assert_null(profile_purpose(&profile_lcp, &o, 0));
	/* a responder's are not an operator's to choose */
	assert_non_null(profile_purpose(&profile_ocsp, &o, 0));
	assert_int_equal(
	    profile_choose_purposes(" 1.3.6.1.5.5.7.3.36  1.2.3.4 ", &o), OK);
	assert_string_equal(
	    profile_purpose(&profile_qcp_n, &o, 0), "1.3.6.1.5.5.7.3.36");
	assert_string_equal(profile_purpose(&profile_qcp_n, &o, 1), "1.2.3.4");
	assert_null(profile_purpose(&profile_qcp_n, &o, 2));
	assert_int_equal(profile_choose_purposes("default", &o), OK);
	assert_string_equal(
	    profile_purpose(&profile_lcp, &o, 0), "1.3.6.1.5.5.7.3.4");
}

static void
refuses_purposes_that_are_no_identifiers(void **state)
{
	static const char *const wrong[] = {"", "  ", "emailProtection",
	    "1.2.3,1.2.4", "1..2", "9.9.9", "1.2.3.", "none 1.2.3",
	    "1.2.3 1.2.4 1.2.5 1.2.6 1.2.7",
	    /* of authorities: OCSPSigning, timeStamping, any */
	    "1.3.6.1.5.5.7.3.9", "1.3.6.1.5.5.7.3.4 1.3.6.1.5.5.7.3.9",
	    "1.3.6.1.5.5.7.3.8", "2.5.29.37.0"};
	struct profile_options o = profile_defaults;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		if (profile_choose_purposes(wrong[i], &o) == OK)
			fail_msg("accepted: \"%s\"", wrong[i]);
		assert_false(o.own_purposes); /* as it was */
	}
}

static void
expect_pds(const char *url, const char *base, const char *expected)
{
	AUTO(buf_clear) struct buf found;
	struct profile_options o = {.pds_url = url};

	buf_init(&found, QC_URL_MAX);
	enum err result = profile_pds_url(&o, base, &found);
	assert_int_equal(result, expected ? OK : ERR_INVALID);
	if (expected)
		assert_string_equal(buf_text(&found), expected);
}

static void
the_disclosure_statement_is_reached_by_https(void **state)
{
	(void)state;
	expect_pds("", "http://pki.example.com",
	    "https://pki.example.com/pki/pds/{language}");
	expect_pds("", "https://pki.example.com",
	    "https://pki.example.com/pki/pds/{language}");
	expect_pds("https://a.example/{language}", "http://b.example",
	    "https://a.example/{language}");
	expect_pds("", "ftp://pki.example.com", NULL);
	expect_pds("", NULL, NULL);
}

static void
nobody_claims_more_than_was_granted(void **state)
{
	struct trust t = {0};

	(void)state;
	assert_int_equal(profile_permit(&profile_lcp, &t), OK);
	assert_int_equal(profile_permit(&profile_root, &t), OK);
	assert_int_equal(profile_permit(&profile_issuing_q, &t), OK);
	assert_int_equal(profile_permit(&profile_qcp_n, &t), ERR_DENIED);
	t.qscd = "Device 1"; /* a device without the status */
	assert_int_equal(profile_permit(&profile_qcp_n_qscd, &t), ERR_DENIED);
	t = (struct trust){.qualified = true};
	assert_int_equal(profile_permit(&profile_qcp_n, &t), OK);
	assert_int_equal(profile_permit(&profile_qcp_n_qscd, &t), ERR_DENIED);
	t.qscd = "Device 1";
	assert_int_equal(profile_permit(&profile_qcp_n_qscd, &t), OK);
	t = (struct trust){.test = true};
	assert_int_equal(profile_permit(&profile_qcp_n_qscd, &t), OK);
}

/* The rule that no certificate may carry two of the qualified policies, and
 * none of another level beside it, holds in the tables already. */
static void
tables_claim_what_their_names_say(void **state)
{
	(void)state;
	assert_false(profile_is_qualified(&profile_lcp));
	assert_true(profile_is_qualified(&profile_qcp_n));
	assert_false(profile_qcp_n.statements & QC_BIT(sscd));
	assert_true(profile_qcp_n_qscd.statements & QC_BIT(sscd));
	assert_int_equal(
	    profile_qcp_n_qscd.statements & ~profile_qcp_n.statements,
	    QC_BIT(sscd));
	assert_null(profile_qcp_n.policies[1]);
	assert_null(profile_qcp_n_qscd.policies[1]);
	assert_null(profile_lcp.policies[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_profile_is_as_written_down),
	    cmocka_unit_test(a_profile_is_found_by_its_name_only),
	    cmocka_unit_test(purposes_are_chosen_by_their_identifiers),
	    cmocka_unit_test(refuses_purposes_that_are_no_identifiers),
	    cmocka_unit_test(the_disclosure_statement_is_reached_by_https),
	    cmocka_unit_test(nobody_claims_more_than_was_granted),
	    cmocka_unit_test(tables_claim_what_their_names_say),
	};

	return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
