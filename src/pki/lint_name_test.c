/*
 * Names that must not be certified: N8, N12, N16, N17 and their like.
 */
#include "pki/lint_fixture.h"

#include "pki/oids.h"
#include "pki/subject.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define EXPECT(rule, ...)                                                      \
	do {                                                                   \
		const struct part parts_[] = {__VA_ARGS__};                    \
		expect_subject(&profile_lcp, parts_,                           \
		    sizeof(parts_) / sizeof(parts_[0]), rule);                 \
	} while (0)

#define C(v)                                                                   \
	{                                                                      \
		OID_COUNTRY, DER_PRINTABLE, v                                  \
	}
#define SN(v)                                                                  \
	{                                                                      \
		OID_SURNAME, DER_UTF8, v                                       \
	}
#define GN(v)                                                                  \
	{                                                                      \
		OID_GIVEN_NAME, DER_UTF8, v                                    \
	}
#define PSEUDONYM(v)                                                           \
	{                                                                      \
		OID_PSEUDONYM, DER_UTF8, v                                     \
	}
#define SERIAL(v)                                                              \
	{                                                                      \
		OID_SERIAL, DER_PRINTABLE, v                                   \
	}
#define CN(v)                                                                  \
	{                                                                      \
		OID_COMMON_NAME, DER_UTF8, v                                   \
	}

static void
n8_refuses_a_pseudonym_beside_a_name(void **state)
{
	(void)state;
	/* with one of the two names alone: linters outside miss it */
	EXPECT(LINT_pseudonym, C("FR"), GN("Anna"), PSEUDONYM("Moon"),
	    SERIAL("A"), CN("Moon"));
	EXPECT(LINT_pseudonym, C("FR"), SN("Roe"), PSEUDONYM("Moon"),
	    SERIAL("A"), CN("Moon"));
	EXPECT(LINT_pseudonym, C("FR"), SN("Roe"), GN("Anna"),
	    PSEUDONYM("Moon"), SERIAL("A"), CN("Moon"));
}

static void
accepts_a_pseudonym_alone(void **state)
{
	AUTO(buf_clear) struct buf name;
	struct subject s = {.country = "FR",
	    .pseudonym = "Moon",
	    .serial = "A",
	    .common_name = "Moon"};
	struct tbs_facts f = test_pki_facts_of(&lint_pki, &profile_qcp_n);

	(void)state;
	buf_init(&name, SUBJECT_MAX);
	assert_int_equal(subject_build_person(&s, &name), OK);
	f.subject = span_of_buf(&name);
	expect_clean(&profile_qcp_n, &f);
	EXPECT(LINT_pseudonym_repeated, C("FR"), PSEUDONYM("Moon"), SERIAL("A"),
	    CN("Anna Roe"));
}

static void
refuses_names_that_lack_or_repeat_parts(void **state)
{
	(void)state;
	EXPECT(LINT_subject_mandatory, SN("Roe"), SERIAL("A"), CN("Roe"));
	EXPECT(LINT_subject_mandatory, C("FR"), SN("Roe"), SERIAL("A"));
	EXPECT(LINT_subject_mandatory, C("FR"), SERIAL("A"), CN("Roe"));
	EXPECT(LINT_subject_once, C("FR"), C("DE"), SN("Roe"), SERIAL("A"),
	    CN("Roe"));
	EXPECT(LINT_subject_once, C("FR"), SN("Roe"), SERIAL("A"), CN("Roe"),
	    CN("Row"));
	EXPECT(LINT_subject_parts, SN("Roe"), C("FR"), SERIAL("A"), CN("Roe"));
	EXPECT(LINT_subject_parts, C("FR"), SN("Roe"), CN("Roe"));
	EXPECT(LINT_email_in_name, C("FR"), SN("Roe"), SERIAL("A"), CN("Roe"),
	    {OID_EMAIL, DER_IA5, "a@example.com"});
}

static bool
taken(void *data, const struct digest *name)
{
	return memcmp(data, name->bytes, DIGEST_SIZE) == 0;
}

static void
n12_refuses_a_name_or_key_of_another_person(void **state)
{
	struct tbs_facts f = test_pki_facts(&lint_pki);
	struct digest name = digest_sha256(f.subject);
	struct digest key = digest_sha256(f.public_key);
	struct lint_registry names = {
	    .another_has_name = taken, .data = name.bytes};
	struct lint_registry keys = {
	    .another_has_key = taken, .data = key.bytes};

	(void)state;
	lint_also.registry = &names;
	expect_facts(&profile_lcp, &f, LINT_subject_of_another);
	lint_also.registry = &keys;
	expect_facts(&profile_lcp, &f, LINT_key_of_another);
	names.data = key.bytes; /* another name is taken */
	lint_also.registry = &names;
	expect_clean(&profile_lcp, &f);
}

static void
n16_refuses_letters_that_are_not_composed(void **state)
{
	(void)state;
	EXPECT(LINT_normal_form, C("FR"), SN("Le\xcc\x80ve"), SERIAL("A"),
	    CN("Leve"));
	EXPECT(LINT_normal_form, C("FR"), SN("Roe"), SERIAL("A"),
	    CN("Le\xcc\x80ve"));
}

static void
n17_refuses_countries_that_do_not_exist(void **state)
{
	static const char *const wrong[] = {"fr", "FRA", "UK", "XX", "F", ""};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		EXPECT(LINT_country, C(wrong[i]), SN("Roe"), SERIAL("A"),
		    CN("Roe"));
}

static void
refuses_strings_in_a_wrong_form(void **state)
{
	char long_name[140];

	(void)state;
	memset(long_name, 'A', sizeof(long_name));
	long_name[129] = '\0';
	EXPECT(LINT_string_types, C("FR"), SN("A\xff"), SERIAL("A"), CN("A"));
	EXPECT(LINT_string_types, C("FR"), SN("Roe"), SERIAL("B_C"), CN("A"));
	EXPECT(LINT_string_types, C("FR"), {OID_SURNAME, 0x14, "Roe"},
	    SERIAL("A"), CN("A"));
	EXPECT(LINT_string_types, C("FR"), SN("Roe"),
	    {OID_SERIAL, DER_UTF8, "A"}, CN("A"));
	EXPECT(LINT_string_utf8, C("FR"), {OID_SURNAME, DER_PRINTABLE, "Roe"},
	    SERIAL("A"), CN("A"));
	EXPECT(LINT_lengths, C("FR"), SN(""), SERIAL("A"), CN("A"));
	EXPECT(
	    LINT_lengths, C("FR"), PSEUDONYM(long_name), SERIAL("A"), CN("A"));
	long_name[65] = '\0';
	EXPECT(LINT_common_name_length, C("FR"), SN("Roe"), SERIAL("A"),
	    CN(long_name));
	EXPECT(LINT_lengths, C("FR"), SN("Roe"), SERIAL(long_name), CN("A"));
}

/* a Cyrillic letter that looks like a Latin one. */
static void
refuses_signs_that_are_in_no_name(void **state)
{
	(void)state;
	EXPECT(LINT_name_signs, C("FR"), SN("Eins"), GN("An\xe2\x80\x8bna"),
	    SERIAL("A"), CN("An\xe2\x80\x8bna Eins"));
	EXPECT(LINT_name_signs, C("FR"), SN("Eins*"), SERIAL("A"), CN("Eins*"));
	EXPECT(LINT_name_signs, C("FR"), SN("Eins"), SERIAL("A"),
	    CN("\xf0\x9f\x98\x80 Eins"));
}

static void
refuses_names_in_several_scripts(void **state)
{
	AUTO(buf_clear) struct buf name;
	struct subject s = {.country = "BG",
	    .surname = "Иванов",
	    .given_names = "Анна",
	    .serial = "A",
	    .common_name = "Анна Иванов’"};
	struct tbs_facts f = test_pki_facts(&lint_pki);

	(void)state;
	EXPECT(LINT_scripts, C("FR"),
	    SN("R\xd0\xbe"
	       "e"),
	    SERIAL("A"), CN("A"));
	EXPECT(LINT_scripts, C("BG"), SN("Иванов"), SERIAL("A"), CN("Ivanov"));
	buf_init(&name, SUBJECT_MAX);
	assert_int_equal(subject_build_person(&s, &name), OK);
	f.subject = span_of_buf(&name);
	expect_clean(&profile_lcp, &f);
}

/* What a TEST root issued says so, and nothing else does. */
static void
test_is_said_by_all_names_or_by_none(void **state)
{
	struct ceremony_plan plan = lint_pki.plan;
	struct test_product product;
	AUTO(buf_clear) struct buf der;
	struct lint_context context = {
	    .issuer = span_of_buf(&lint_pki.product.root)};
	struct lint_report report;

	(void)state;
	buf_init(&der, CERTIFICATE_MAX);
	plan.organisation = "Paraph"; /* under the TEST root */
	assert_int_not_equal(
	    ceremony_issuing(&plan, &profile_issuing_q,
		span_of_buf(&lint_pki.product.root), plan.issuing_public, &der),
	    OK);
	assert_int_equal(test_product_build(&plan, &product), OK);
	lint_certificate(
	    span_of_buf(&product.root), &profile_root, &context, &report);
	assert_int_equal(report.count, 0);
	test_product_clear(&product);
	plan.organisation = "LATEST Paraph"; /* no word of its own */
	assert_int_equal(test_product_build(&plan, &product), OK);
	struct certificate c;
	assert_int_equal(certificate_parse(span_of_buf(&product.root), &c), OK);
	assert_false(name_is_test(&c.subject));
	test_product_clear(&product);
}

#define TEST(name) cmocka_unit_test_setup(name, lint_reset)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(n8_refuses_a_pseudonym_beside_a_name),
	    TEST(accepts_a_pseudonym_alone),
	    TEST(refuses_names_that_lack_or_repeat_parts),
	    TEST(n12_refuses_a_name_or_key_of_another_person),
	    TEST(n16_refuses_letters_that_are_not_composed),
	    TEST(n17_refuses_countries_that_do_not_exist),
	    TEST(refuses_strings_in_a_wrong_form),
	    TEST(refuses_signs_that_are_in_no_name),
	    TEST(refuses_names_in_several_scripts),
	    TEST(test_is_said_by_all_names_or_by_none),
	};

	return cmocka_run_group_tests_name(
	    "lint of names", tests, lint_set_up, lint_tear_down);
}
