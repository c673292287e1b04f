#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_document_shown

static void
passes_the_same_document(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
refuses_another_document(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_text(&f.shown, FINDING_printed_number, "99ZZ99999", 0.95);
	fixture_text(&f.shown, FINDING_printed_birth_date, "1980-01-01", 0.95);
	fixture_remove(&f.shown, FINDING_mrz_line_2);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
}

/* Nothing of what was read, and no page. */
static void
show_nothing(struct fixture *f)
{
	f->shown.count = 0;
	fixture_number(&f->shown, FINDING_shown_pages, 0);
	f->dossier.compared = NULL;
}

static void
asks_again_for_a_recording_without_a_document(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	show_nothing(&f);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "document_not_seen");
	fixture_number(&f.shown, FINDING_shown_pages, 3);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "document_not_seen");
}

static void
doubts_one_value_read_otherwise(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_text(&f.shown, FINDING_printed_number, "24AB12346", 0.95);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
takes_unsure_print_for_unread(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_text(&f.shown, FINDING_printed_surname, "NORDEM", 0.6);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_text(&f.shown, FINDING_printed_surname, "NORDEM", 0.95);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
takes_an_unsure_zone_for_unread(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.shown, FINDING_mrz_confidence, 0.5);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
doubts_another_portrait_on_the_same_card(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.compared, FINDING_portrait_likeness, 0.1);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "document_not_seen");
}

/* A mirror's letters are not read, and its picture is another. */
static void
tells_of_mirrors_where_nothing_is_read_alike(void **state)
{
	struct fixture f;
	struct result r;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.compared, FINDING_front_likeness, 0.05);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "document_not_seen");
	r = fixture_run(&f, CHECK);
	assert_null(strstr(r.explanation, "mirrors"));
	f.shown.count = 0;
	fixture_number(&f.shown, FINDING_shown_pages, 3);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "document_not_seen");
	r = fixture_run(&f, CHECK);
	assert_non_null(strstr(r.explanation, "a camera that mirrors"));
}

/* Whichever way the telephone was held; not where nothing tells the size. */
static void
doubts_a_recording_that_is_smaller_than_was_asked(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.shown, FINDING_width, 720);
	fixture_number(&f.shown, FINDING_height, 1280);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_number(&f.shown, FINDING_width, 719);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "document_not_seen");
	assert_int_equal(fixture_run(&f, CHECK).value, 719);
	fixture_number(&f.shown, FINDING_width, 960);
	fixture_number(&f.shown, FINDING_height, 960);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "document_not_seen");
	/* what is measured is the side that falls short */
	assert_int_equal(fixture_run(&f, CHECK).value, 960);
	assert_int_equal(fixture_run(&f, CHECK).threshold, 1280);
}

static void
is_unsure_where_too_little_was_read(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	f.shown.count = 0;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "document_not_seen");
}

static void
compares_values_where_nothing_else_was_compared(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	f.dossier.compared = NULL;
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
is_unsure_without_a_recording(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	f.dossier.shown = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_the_same_document),
	    cmocka_unit_test(refuses_another_document),
	    cmocka_unit_test(asks_again_for_a_recording_without_a_document),
	    cmocka_unit_test(doubts_one_value_read_otherwise),
	    cmocka_unit_test(takes_unsure_print_for_unread),
	    cmocka_unit_test(takes_an_unsure_zone_for_unread),
	    cmocka_unit_test(doubts_another_portrait_on_the_same_card),
	    cmocka_unit_test(tells_of_mirrors_where_nothing_is_read_alike),
	    cmocka_unit_test(
	        doubts_a_recording_that_is_smaller_than_was_asked),
	    cmocka_unit_test(is_unsure_where_too_little_was_read),
	    cmocka_unit_test(compares_values_where_nothing_else_was_compared),
	    cmocka_unit_test(is_unsure_without_a_recording),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
