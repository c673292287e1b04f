/*
 * Words that ran into one another, that no label has, or that stand before a
 * value without being of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/enum.h"
#include "vision/print/sheet_fixture.h"

static const char *
value_of(enum field field)
{
	static struct value v;
	sheet_find_labels(&sheet);
	sheet_value(&sheet, field, sheet.country, "card", &v);
	return v.print ? v.text : "";
}

static void
a_title_may_have_lost_its_spaces(void **state)
{
	static const struct {
		const char *print, *kind, *country;
	} rows[] = {{"POVOLEN\u00cd KPOBYTU", "residence_permit", "CZE"},
	    {"POVOLEN\u00cdK POBYTU", "residence_permit", "CZE"},
	    {"REPUBLICOF KENYA", "", "KEN"},
	    {"IDENTITYCARD", "identity_card", ""},
	    {"REPUBLICOF XENYR", "", ""}, {"POVOLEN\u00cd BYT", "", ""},
	    {"CRNAGORA", "", ""} /* too few letters: a name, perhaps */};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		begin();
		print_at(10, 5, 2, rows[i].print);
		value_of(FIELD_surname);
		assert_string_equal(sheet.kind, rows[i].kind);
		assert_string_equal(sheet.country, rows[i].country);
	}
}

static const char *
number_below(const char *label, const char *print)
{
	begin();
	print_at(30, 10, 1.3f, label);
	print_at(30, 13.5f, 2.2f, print);
	return value_of(FIELD_number);
}

static void
years_from_one_to_another_are_no_number(void **state)
{
	(void)state;
	assert_string_equal(number_below("Document No.", "2021 - 2031"), "");
	assert_string_equal(number_below("Document No.", "1999-2009"), "");
	assert_string_equal(number_below("Document No.", "2021 - 4031"),
	    "2021 - 4031");
	assert_string_equal(number_below("Document No.", "20210 2031"),
	    "20210 2031");
	assert_string_equal(number_below("Document No.", "20A1 - 2031"),
	    "20A1 - 2031");
}

static void
a_number_may_have_sixteen_digits(void **state)
{
	(void)state;
	assert_string_equal(number_below("NIK", "3174096112900001"),
	    "3174096112900001");
	assert_string_equal(number_below("NIK", "31740961129000017"), "");
}

static void
a_word_before_number_names_another_one(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.3f, "Passport Number");
	print_at(60, 10, 1.3f, "X.Y.Z. Number");
	print_at(60, 13.5f, 2.2f, "259799363");
	assert_string_equal(value_of(FIELD_number), "");
	/* the same in another language */
	begin();
	print_at(30, 10, 1.3f, "Passport Number");
	print_at(60, 10, 1.3f, "Xyzxyz / Number");
	print_at(60, 13.5f, 2.2f, "259799363");
	assert_string_equal(value_of(FIELD_number), "259799363");
	/* no other label names the document's: this one may */
	assert_string_equal(number_below("X.Y.Z. Number", "259799363"),
	    "259799363");
}

static const char *
name_below_label(const char *print)
{
	begin();
	print_at(30, 10, 1.3f, "Surname");
	print_at(30, 13.5f, 2.2f, print);
	return value_of(FIELD_surname);
}

static void
a_name_begins_behind_the_number_of_its_field(void **state)
{
	(void)state;
	assert_string_equal(name_below_label("2 VOLHA"), "VOLHA");
	assert_string_equal(name_below_label("12. VOLHA"), "VOLHA");
	assert_string_equal(name_below_label("3) DE LA CRUZ"), "DE LA CRUZ");
	assert_string_equal(name_below_label("0 VOLHA"), "O VOLHA");
	assert_string_equal(name_below_label("123 VOLHA"), "");
	assert_string_equal(name_below_label("2VOLHA"), "");
}

/* In front of a label's words, and nowhere else. */
static void
the_number_of_a_field_stands_in_front_of_its_label(void **state)
{
	static const struct {
		const char *print;
		enum field field;
	} rows[] = {{"A NE", FIELD_birth_place}, {"1 A NE", FIELD_birth_place},
	    {"4a A NE", FIELD_birth_place}, {"A 1 NE", FIELD_COUNT}};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		begin();
		print_at(10, 10, 1.3f, rows[i].print);
		sheet_find_labels(&sheet);
		assert_int_equal(sheet.label_count > 0 ?
			sheet.labels[0].field : FIELD_COUNT, rows[i].field);
	}
}

static void
reads_an_indonesian_front(void **state)
{
	(void)state;
	begin();
	print_at(4, 17, 1.6f, "Tempat/Tgl Lahir");
	print_at(26, 17, 2, "PADANG, 20-10-1978");
	print_at(4, 21, 1.6f, "Jenis Kelamin");
	print_at(26, 21, 2, "PEREMPUAN");
	assert_string_equal(value_of(FIELD_birth_date), "1978-10-20");
	assert_string_equal(value_of(FIELD_birth_place), "PADANG");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_title_may_have_lost_its_spaces),
	    cmocka_unit_test(years_from_one_to_another_are_no_number),
	    cmocka_unit_test(a_number_may_have_sixteen_digits),
	    cmocka_unit_test(a_word_before_number_names_another_one),
	    cmocka_unit_test(a_name_begins_behind_the_number_of_its_field),
	    cmocka_unit_test(
		the_number_of_a_field_stands_in_front_of_its_label),
	    cmocka_unit_test(reads_an_indonesian_front),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
