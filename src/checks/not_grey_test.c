#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_not_grey

static void
passes_a_picture_in_colour(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
fails_a_grey_front(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_colour_chroma, 0.035);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "grey");
}

static void
is_unsure_of_a_front_with_little_colour(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_colour_chroma, 0.044);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "grey");
	fixture_number(&f.front, FINDING_colour_chroma, 0.046);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
doubts_a_front_whose_colour_is_a_stamp(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_colour_rest, 0.02);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "grey");
	fixture_number(&f.front, FINDING_colour_rest, 0.07);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
only_doubts_a_pale_back(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_number(&f.back, FINDING_colour_chroma, 0.010);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "grey");
	fixture_number(&f.back, FINDING_colour_chroma, 0.012);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
judges_a_back_given_as_the_front_as_a_back(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_number(&f.front, FINDING_colour_chroma, 0.025);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "grey");
	fixture_number(&f.front, FINDING_card_back, 1);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_number(&f.front, FINDING_colour_chroma, 0.010);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "grey");
}

static void
is_unsure_of_what_was_not_measured(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_remove(&f.back, FINDING_colour_chroma);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	f.dossier.sides[0] = f.dossier.sides[1] = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_a_picture_in_colour),
	    cmocka_unit_test(fails_a_grey_front),
	    cmocka_unit_test(is_unsure_of_a_front_with_little_colour),
	    cmocka_unit_test(doubts_a_front_whose_colour_is_a_stamp),
	    cmocka_unit_test(only_doubts_a_pale_back),
	    cmocka_unit_test(judges_a_back_given_as_the_front_as_a_back),
	    cmocka_unit_test(is_unsure_of_what_was_not_measured),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
