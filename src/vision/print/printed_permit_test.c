/*
 * What is reported of permits and of cards with manners of their own: both
 * names in one line, numbered fields, a number without a label.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vision/print/printed_alone_fixture.h"

/* Its label calls it the person's, and so it is. */
static void
a_state_may_number_its_cards_as_its_people(void **state)
{
	(void)state;
	begin();
	print_at(6, 5, 2, "REP\u00daBLICA DEL PER\u00da");
	print_at(40, 5, 1.4f, "DOCUMENTO NACIONAL DE IDENTIDAD");
	print_at(62, 9.5f, 1.4f, "DNI");
	print_at(62, 12.4f, 1.8f, "84949440");
	assert_string_equal(said(FINDING_printed_number), "84949440");
	assert_string_equal(sheet.country, "PER");
}

static void
finland_has_a_swedish_title_as_well(void **state)
{
	(void)state;
	begin();
	print_at(6, 5, 2, "OLESKELULUPA");
	print_at(40, 5, 1.4f, "UPPEH\u00c5LLSTILLST\u00c5ND");
	said(FINDING_printed_number);
	assert_string_equal(sheet.country, "FIN");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_state_may_number_its_cards_as_its_people),
	    cmocka_unit_test(finland_has_a_swedish_title_as_well)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
