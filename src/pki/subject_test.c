#include "pki/subject.h"

#include "base/codec.h"
#include "pki/certificate.h"
#include "pki/oids.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const struct subject good = {
    .country = "FR",
    .surname = "DUPONT",
    .given_names = "Zoé",
    .serial = "PASFR-12AB34567",
    .common_name = "Zoé DUPONT",
};

static void
writes_the_known_name_byte_for_byte(void **state)
{
	AUTO(buf_clear) struct buf name, hex;

	(void)state;
	buf_init(&name, SUBJECT_MAX);
	buf_init(&hex, SUBJECT_MAX);
	assert_int_equal(subject_build_person(&good, &name), OK);
	assert_int_equal(hex_encode(span_of_buf(&name), &hex), OK);
	assert_string_equal(buf_text(&hex),
	    "305d310b3009060355040613024652310f300d06035504040c064455504f4e54"
	    "310d300b060355042a0c045a6fc3a9311830160603550405130f50415346522d"
	    "3132414233343536373114301206035504030c0b5a6fc3a9204455504f4e54");
}

/* N16 */
static void
brings_names_into_normal_form(void **state)
{
	AUTO(buf_clear) struct buf composed, combining;
	struct subject s = good;

	(void)state;
	buf_init(&composed, SUBJECT_MAX);
	buf_init(&combining, SUBJECT_MAX);
	assert_int_equal(subject_build_person(&s, &composed), OK);
	s.given_names = "Zoe\xcc\x81";
	s.common_name = "Zoe\xcc\x81 DUPONT";
	assert_int_equal(subject_build_person(&s, &combining), OK);
	assert_true(
	    span_equal(span_of_buf(&composed), span_of_buf(&combining)));
}

static void
expect(const struct subject *s, const char *field)
{
	AUTO(buf_clear) struct buf name;

	buf_init(&name, SUBJECT_MAX);
	assert_int_equal(subject_build_person(s, &name), ERR_INVALID);
	assert_string_equal(err_field(), field);
	assert_int_equal(name.size, 0);
}

/* N17 */
static void
refuses_countries_that_do_not_exist(void **state)
{
	static const char *const wrong[] = {
	    "", "fr", "FRA", "UK", "XX", "F", "EU", "ZZ", "RA"};

	(void)state;
	for (size_t i = 0; i < 9; i++) {
		struct subject s = good;

		s.country = wrong[i];
		expect(&s, "country");
	}
	assert_true(country_exists("FR"));
	assert_true(country_exists("GB"));
	assert_false(country_exists(NULL));
}

static void
refuses_names_that_are_empty_padded_or_not_clean(void **state)
{
	static const char *const wrong[] = {" DUPONT", "DUPONT ", "DU\nPONT",
	    "DU\x7fPONT", "\xff", "\xed\xa0\x80"};

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		struct subject s = good;

		s.surname = wrong[i];
		expect(&s, "surname");
	}
	struct subject s = good;
	s.surname = "";
	s.given_names = "";
	expect(&s, "surname");
	s = good;
	s.common_name = "";
	expect(&s, "common_name");
}

static void
refuses_names_that_are_two_or_hide_others(void **state)
{
	static const char *const wrong[] = {"DU  PONT", "DUPONT 2", "1",
	    "\xef\xac\x81""ona", "\xef\xbc\xa1""nna",
	    "Jose\xcc\x81\xcc\x81\xcc\x81"};
	static const char *const right[] = {"O'Connor", "D’Arcy-Saint-Étienne",
	    "Nguyễn", "Col·legi", "Ñandú", "Weiß"};
	AUTO(buf_clear) struct buf name;

	(void)state;
	buf_init(&name, SUBJECT_MAX * 8);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct subject s = good;

		s.surname = wrong[i];
		expect(&s, "surname");
	}
	for (size_t i = 0; i < sizeof(right) / sizeof(*right); i++) {
		struct subject s = good;

		s.surname = right[i];
		assert_int_equal(subject_build_person(&s, &name), OK);
	}
}

/* Japanese is written with three scripts, Korean with two. */
static void
scripts_that_are_written_together_are_one(void **state)
{
	static const struct {
		const char *one, *other;
		bool together;
	} cases[] = {{"田中", "ひろし", true}, {"ひろし", "タナカ", true},
	    {"金", "김", true}, {"김", "ひろし", false},
	    {"田中", "Tanaka", false}, {"ひろし", "Tanaka", false},
	    {"Anna", "Иванов", false}, {"Anna", "Smith", true},
	    {"王", "伟", true}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct span both[] = {span_of_text(cases[i].one),
		    span_of_text(cases[i].other)};

		assert_int_equal(
		    texts_share_script(both, 2), cases[i].together);
	}
}

static void
refuses_serials_outside_the_printable_alphabet(void **state)
{
	static const char *const wrong[] = {"", "A_B", "A*", "É",
	    ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	     "A")};

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		struct subject s = good;

		s.serial = wrong[i];
		expect(&s, "serial");
	}
}

static void
a_single_name_leaves_the_other_out(void **state)
{
	AUTO(buf_clear) struct buf name;
	struct subject s = good;

	(void)state;
	buf_init(&name, SUBJECT_MAX);
	s.given_names = "";
	assert_int_equal(subject_build_person(&s, &name), OK);
	assert_true(name.size < 0x5f);
}

static void
cuts_a_long_common_name_before_a_word(void **state)
{
	AUTO(buf_clear) struct buf name;
	struct subject s = good;
	const char *kept =
	    "Aéééééééé Bbbbbbbbb Ccccccccc Ddddddddd Eeeeeeeee Fffffffff";

	(void)state;
	buf_init(&name, SUBJECT_MAX);
	s.common_name = "Aéééééééé Bbbbbbbbb Ccccccccc Ddddddddd Eeeeeeeee "
			"Fffffffff Ggggggggg";
	assert_int_equal(subject_build_person(&s, &name), OK);
	size_t length = strlen(kept);
	assert_memory_equal(name.data + name.size - length, kept, length);
	assert_int_equal(name.data[name.size - length - 1], length);
}

static void
expect_common_name(const char *given_names, const char *surname,
    const char *whole, const char *kept)
{
	AUTO(buf_clear) struct buf name;
	struct subject s = good;
	size_t length = strlen(kept);

	buf_init(&name, SUBJECT_MAX);
	s.given_names = given_names;
	s.surname = surname;
	s.common_name = whole;
	assert_int_equal(subject_build_person(&s, &name), OK);
	assert_memory_equal(name.data + name.size - length, kept, length);
	assert_int_equal(name.data[name.size - length - 1], length);
}

/* the complete names stand in their own attributes. */
static void
a_long_common_name_keeps_the_surname(void **state)
{
#define MANY "Maximilian-Alexander Johannes Christophorus Theodor"
#define LONG                                                                   \
	"Hohenlohe-Waldenburg-Schillingsfürst-Langenburg-Oehringen-Bartenstein"
	(void)state;
	expect_common_name(MANY, "Wolfeschlegelstein",
	    MANY " Wolfeschlegelstein",
	    "Maximilian-Alexander Johannes Christophorus Wolfeschlegelstein");
	expect_common_name("Jo", LONG, "Jo " LONG,
	    "Jo Hohenlohe-Waldenburg-Schillingsfürst-Langenburg-Oehringen-Bar");
	expect_common_name("Zoé", "DUPONT", "Zoé DUPONT", "Zoé DUPONT");
	expect_common_name("", LONG, LONG,
	    "Hohenlohe-Waldenburg-Schillingsfürst-Langenburg-Oehringen-Barten");
}

static void
refuses_signs_that_are_in_no_name(void **state)
{
	static const char *const wrong[] = {"An\xe2\x80\x8bna", "Anna*", "Anna<",
	    "\xf0\x9f\x98\x80", "Anna\xc2\xa0M", "An\xc2\xadna", "Anna_", "A=B",
	    "\xef\xbc\x9c",
	    /* a joiner and selectors of shapes: nobody sees them, and two
	     * names that look the same are two */
	    "An\xcd\x8fna", "Anna\xef\xb8\x8f", "An\xf3\xa0\x84\x80na",
	    /* letters of mathematics, of no script: bold, script, black */
	    "𝐀nna", "Aℓma", "ℌans"};
	static const char *const right[] = {"Séan", "D'Arcy", "O’Brien", "l·lia",
	    "Jean-Paul", "J. R.", "Ana (Anita)", "M.ª", "IJsbrand", "ĳsbrand"};
	struct subject s = good;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		s.given_names = wrong[i];
		expect(&s, "given_names");
	}
	for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++) {
		AUTO(buf_clear) struct buf name;

		buf_init(&name, SUBJECT_MAX);
		s.given_names = right[i];
		assert_int_equal(subject_build_person(&s, &name), OK);
	}
}

/* */
static void
a_pseudonym_stands_alone_and_is_the_common_name(void **state)
{
	AUTO(buf_clear) struct buf name, hex;
	struct subject s = {.country = "FR",
	    .pseudonym = "Moon",
	    .serial = "A",
	    .common_name = "Moon"};

	(void)state;
	buf_init(&name, SUBJECT_MAX);
	buf_init(&hex, SUBJECT_MAX);
	assert_int_equal(subject_build_person(&s, &name), OK);
	assert_int_equal(hex_encode(span_of_buf(&name), &hex), OK);
	assert_string_equal(buf_text(&hex),
	    "3037310b3009060355040613024652310d300b06035504410c044d6f6f6e310a30"
	    "0806035504051301"
	    "41310d300b06035504030c044d6f6f6e");
	s.given_names = "Anna";
	expect(&s, "pseudonym");
	s.given_names = "";
	s.common_name = "Anna Roe";
	expect(&s, "common_name");
	s.common_name = NULL;
	expect(&s, "common_name");
}

/* the second name has a Cyrillic letter in it. */
static void
refuses_names_of_several_scripts(void **state)
{
	AUTO(buf_clear) struct buf name;
	struct subject s = good;

	(void)state;
	s.surname = "DUP\xd0\x9eNT";
	expect(&s, "common_name");
	s = good;
	s.surname = "Παπαδόπουλος";
	expect(&s, "common_name");
	s.given_names = "Ζωή";
	s.common_name = "Ζωή Παπαδόπουλος";
	buf_init(&name, SUBJECT_MAX);
	assert_int_equal(subject_build_person(&s, &name), OK);
	s = good; /* signs belong to all */
	s.surname = "O’Connor-Müller III";
	assert_int_equal(subject_build_person(&s, &name), OK);
}

static void
an_authority_is_not_identified_by_its_own_name(void **state)
{
	AUTO(buf_clear) struct buf name;
	struct subject s = {.country = "FR",
	    .organisation = "TEST Paraph",
	    .organisation_id = "TEST Paraph",
	    .common_name = "TEST Root"};

	(void)state;
	buf_init(&name, SUBJECT_MAX);
	assert_int_equal(subject_build_authority(&s, &name), ERR_INVALID);
	s.organisation_id = "NTRFR-123456789";
	assert_int_equal(subject_build_authority(&s, &name), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(writes_the_known_name_byte_for_byte),
	    cmocka_unit_test(brings_names_into_normal_form),
	    cmocka_unit_test(refuses_countries_that_do_not_exist),
	    cmocka_unit_test(refuses_names_that_are_empty_padded_or_not_clean),
	    cmocka_unit_test(refuses_names_that_are_two_or_hide_others),
	    cmocka_unit_test(scripts_that_are_written_together_are_one),
	    cmocka_unit_test(refuses_serials_outside_the_printable_alphabet),
	    cmocka_unit_test(a_single_name_leaves_the_other_out),
	    cmocka_unit_test(cuts_a_long_common_name_before_a_word),
	    cmocka_unit_test(a_long_common_name_keeps_the_surname),
	    cmocka_unit_test(refuses_signs_that_are_in_no_name),
	    cmocka_unit_test(a_pseudonym_stands_alone_and_is_the_common_name),
	    cmocka_unit_test(refuses_names_of_several_scripts),
	    cmocka_unit_test(an_authority_is_not_identified_by_its_own_name),
	};

	return cmocka_run_group_tests_name("subject", tests, NULL, NULL);
}
