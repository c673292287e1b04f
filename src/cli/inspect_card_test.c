/*
 * What was read well and contradicts itself is doubtful.
 */
#include "cli/inspect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct card card;

static void
say(enum finding_name name, const char *text)
{
	assert_int_equal(findings_add_text(&card.sides[0].findings, name, text,
			     0.97, (struct box){0, 0, 10, 10}), OK);
}

/* The page of ICAO's specimen, which no inspector looked at. */
static void
page(const char *surname, const char *given)
{
	memset(&card, 0, sizeof(card));
	card.files[0] = "page.jpg";
	card.sides[0].verdict = INSPECT_READ;
	say(FINDING_mrz_line_1, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<");
	say(FINDING_mrz_line_2, "L898902C36UTO7408122F1204159ZE184226B<<<<<10");
	say(FINDING_printed_surname, surname);
	say(FINDING_printed_given_names, given);
	say(FINDING_printed_number, "L898902C3");
	say(FINDING_printed_birth_date, "1974-08-12");
	say(FINDING_printed_expiry, "2012-04-15");
	card_judge(&card);
}

static void
a_name_in_print_that_is_not_the_zones_is_a_doubt(void **state)
{
	(void)state;
	page("ERIKSSON", "ANNA MARIA");
	assert_int_equal(card.sides[0].verdict, INSPECT_READ);
	page("ÉRIKSSON", "Anna Maria");
	assert_int_equal(card.sides[0].verdict, INSPECT_READ);
	page("ERIKSSEN", "ANNA MARIA");
	assert_int_equal(card.sides[0].verdict, INSPECT_DOUBTFUL);
	page("ERIKSSON", "ANNE MARIA");
	assert_int_equal(card.sides[0].verdict, INSPECT_DOUBTFUL);
}

static void
another_number_in_print_is_a_doubt_as_before(void **state)
{
	(void)state;
	page("ERIKSSON", "ANNA MARIA");
	struct findings *f = &card.sides[0].findings;
	for (size_t i = 0; i < f->count; i++)
		if (f->items[i].name == FINDING_printed_number)
			f->items[i].text[3] = '7';
	card_judge(&card);
	assert_int_equal(card.sides[0].verdict, INSPECT_DOUBTFUL);
}

static void
measure(enum finding_name name, double value)
{
	assert_int_equal(findings_add_number(&card.sides[0].findings, name,
			     value, (struct box){0, 0, 10, 10}), OK);
}

/* The check asks less of a small picture that was read surely. */
static void
nothing_is_to_be_mended_where_the_check_of_quality_passes(void **state)
{
	struct card_rule rule;
	(void)state;
	page("ERIKSSON", "ANNA MARIA");
	measure(FINDING_document_found, 1);
	measure(FINDING_quality_blur, 0.1);
	measure(FINDING_quality_scale, 3.5);
	assert_true(card_rule_of(FINDING_quality_scale, 0, &rule));
	card_judge(&card);
	assert_false(card_rule_broken(&card, &rule, 3.5));
	for (size_t i = 0; i < card.sides[0].findings.count; i++)
		if (card.sides[0].findings.items[i].name ==
		    FINDING_quality_scale)
			card.sides[0].findings.items[i].value = 2;
	card_judge(&card);
	assert_true(card_rule_broken(&card, &rule, 2));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_name_in_print_that_is_not_the_zones_is_a_doubt),
	    cmocka_unit_test(
		nothing_is_to_be_mended_where_the_check_of_quality_passes),
	    cmocka_unit_test(another_number_in_print_is_a_doubt_as_before),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
