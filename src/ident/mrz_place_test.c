#include "ident/mrz_place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const char *const passport[] = {
    "P<CZEDVORAK<<JIRI<KAREL<<<<<<<<<<<<<<<<<<<<<",
    "65382683<3CZE8907194M32091256824450576<<<<72"};
static const char *const french[] = {
    "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<",
    "8806923102858CORINNE<<<<<<<6512068F6"};

static void
is_at(const char *const lines[], const char *name, int line, int first,
    int last)
{
	struct mrz_range at;

	assert_true(mrz_letters_of(lines, 2, name, &at));
	assert_int_equal(at.line, line);
	assert_int_equal(at.first, first);
	assert_int_equal(at.last, last);
}

static void
a_field_is_its_letters_without_its_fillers(void **state)
{
	(void)state;
	is_at(passport, "number", 2, 1, 8);
	is_at(passport, "birth_date", 2, 14, 19);
	is_at(passport, "sex", 2, 21, 21);
	is_at(french, "surname", 1, 6, 13);
	is_at(french, "given_names", 2, 14, 20);
}

static void
surname_and_given_names_of_one_field_are_told_apart(void **state)
{
	(void)state;
	is_at(passport, "surname", 1, 6, 11);
	is_at(passport, "given_names", 1, 14, 23);
}

static void
a_name_without_given_names_has_no_place_for_them(void **state)
{
	static const char *const one[] = {
	    "P<CZEDVORAK<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
	    "65382683<3CZE8907194M32091256824450576<<<<72"};
	struct mrz_range at;

	(void)state;
	is_at(one, "surname", 1, 6, 11);
	assert_false(mrz_letters_of(one, 2, "given_names", &at));
}

static void
a_name_as_long_as_its_field_is_the_surname_alone(void **state)
{
	static const char *const full[] = {
	    "P<CZEDVORAKDVORAKDVORAKDVORAKDVORAKDVORAKDVO",
	    "65382683<3CZE8907194M32091256824450576<<<<72"};
	struct mrz_range at;

	(void)state;
	is_at(full, "surname", 1, 6, 44);
	assert_false(mrz_letters_of(full, 2, "given_names", &at));
}

static void
no_place_for_what_is_no_field_or_no_zone(void **state)
{
	static const char *const none[] = {"P<CZE", "653"};
	struct mrz_range at;

	(void)state;
	assert_false(mrz_letters_of(passport, 2, "issue_date", &at));
	assert_false(mrz_letters_of(none, 2, "number", &at));
	assert_false(mrz_letters_of(passport, 1, "number", &at));
}

static void
letters_of_a_tilted_line_lie_where_it_has_sunk_to(void **state)
{
	const int corners[8] = {100, 200, 540, 244, 536, 284, 96, 240};
	struct box box =
	    mrz_letters_box(corners, 44, (struct mrz_range){2, 23, 33});

	(void)state;
	assert_int_equal(box.x, 316);
	assert_int_equal(box.y, 222);
	assert_int_equal(box.width, 114);
	assert_int_equal(box.height, 51);
}

static void
corners_are_eight_numbers_and_nothing_else(void **state)
{
	int corners[8];

	(void)state;
	assert_true(corners_parse("1,2 3,4 5,6 7,8", corners));
	assert_int_equal(corners[7], 8);
	assert_false(corners_parse("1,2 3,4 5,6 7,8 ", corners));
	assert_false(corners_parse("1,2 3,4 5,6", corners));
	assert_false(corners_parse("", corners));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_field_is_its_letters_without_its_fillers),
	    cmocka_unit_test(
		surname_and_given_names_of_one_field_are_told_apart),
	    cmocka_unit_test(a_name_without_given_names_has_no_place_for_them),
	    cmocka_unit_test(a_name_as_long_as_its_field_is_the_surname_alone),
	    cmocka_unit_test(no_place_for_what_is_no_field_or_no_zone),
	    cmocka_unit_test(letters_of_a_tilted_line_lie_where_it_has_sunk_to),
	    cmocka_unit_test(corners_are_eight_numbers_and_nothing_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
