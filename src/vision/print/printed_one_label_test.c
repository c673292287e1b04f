/*
 * One label of names, or one line of both: where the lines' number or the
 * state's order parts them, as a doubt.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/enum.h"
#include "vision/print/printed_alone_fixture.h"

static void
surnames_may_stand_below_name_before_given_names(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "NOMBRE");
	print_at(30, 13.5f, 2, "OCHOA");
	print_at(30, 16.6f, 2, "ITZEL");
	assert_string_equal(said(FINDING_printed_surname), "OCHOA");
	assert_string_equal(said(FINDING_printed_given_names), "ITZEL");
	assert_true(sure_of(FINDING_printed_surname) <= 0.5f);
	assert_true(sure_of(FINDING_printed_given_names) <= 0.5f);
	print_at(30, 19.7f, 2, "GUADALUPE");
	assert_string_equal(said(FINDING_printed_surname), "OCHOA ITZEL");
	assert_string_equal(said(FINDING_printed_given_names), "GUADALUPE");
	assert_true(sure_of(FINDING_printed_surname) <= 0.5f);
	assert_true(sure_of(FINDING_printed_given_names) <= 0.5f);
}

static void
name_is_that_of_given_names_below_a_label_of_the_surname(void **state)
{
	(void)state;
	begin();
	print_at(30, 8, 1.2f, "APELLIDOS");
	print_at(30, 11.5f, 2, "OCHOA");
	print_at(30, 18, 1.2f, "NOMBRE");
	print_at(30, 21.5f, 2, "ITZEL");
	print_at(30, 24.6f, 2, "GUADALUPE");
	assert_string_equal(said(FINDING_printed_surname), "OCHOA");
	assert_string_equal(said(FINDING_printed_given_names),
	    "ITZEL GUADALUPE");
	begin(); /* nor are "given names" both */
	print_at(30, 10, 1.2f, "NOMBRES");
	print_at(30, 13.5f, 2, "ITZEL");
	print_at(30, 16.6f, 2, "GUADALUPE");
	assert_string_equal(said(FINDING_printed_given_names),
	    "ITZEL GUADALUPE");
}

static void
a_state_s_order_parts_a_line_of_both_names_in_doubt(void **state)
{
	static const struct {
		const char *sign, *line, *surname, *given;
	} rows[] = {
	    {"UNITED ARAB EMIRATES", "MARIAM SAIF OBAID ALKETBI", "ALKETBI",
		"MARIAM SAIF OBAID"},
	    {"UNITED ARAB EMIRATES", "MARIAM SAIF AL MAZROUEI",
		"AL MAZROUEI", "MARIAM SAIF"},
	    {"UNITED ARAB EMIRATES", "MARIAM ALKETBI", "ALKETBI", "MARIAM"},
	    {"REPUBLIC OF KOREA", "KIM MIN JI", "KIM", "MIN JI"},
	    {"REPUBLIC OF KENYA", "FAITH NYAMBURA WAMBUGU",
		"FAITH NYAMBURA WAMBUGU", ""}};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		begin();
		print_at(6, 5, 2, rows[i].sign);
		print_at(30, 15, 1.2f, "Name");
		print_at(30, 18.5f, 2, rows[i].line);
		assert_string_equal(said(FINDING_printed_surname),
		    rows[i].surname);
		assert_true(sure_of(FINDING_printed_surname) <= 0.5f);
		assert_true(sure_of(FINDING_printed_given_names) <= 0.5f);
		assert_string_equal(said(FINDING_printed_given_names),
		    rows[i].given);
	}
}

/* Of whom a permit is, their own state orders the names. */
static void
a_permit_s_state_orders_no_names(void **state)
{
	(void)state;
	begin();
	print_at(6, 5, 2, "REPUBLIC OF KOREA");
	print_at(30, 9, 2, "RESIDENCE PERMIT");
	print_at(30, 15, 1.2f, "Name");
	print_at(30, 18.5f, 2, "MARIA JOSE SILVA");
	assert_string_equal(said(FINDING_printed_given_names), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(surnames_may_stand_below_name_before_given_names),
	    cmocka_unit_test(
		name_is_that_of_given_names_below_a_label_of_the_surname),
	    cmocka_unit_test(
		a_state_s_order_parts_a_line_of_both_names_in_doubt),
	    cmocka_unit_test(a_permit_s_state_orders_no_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
