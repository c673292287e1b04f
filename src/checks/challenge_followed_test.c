#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_challenge_followed

static void
passes_what_was_asked(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

/* A film that lay ready fits one in 640. */
static void
is_unsure_after_many_that_were_told(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	f.dossier.told = 6;
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	f.dossier.told = 7;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	/* what was done wrongly is no better for it */
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_left, 3900, 5000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
}

static void
asks_again_for_two_actions_that_are_missing(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_left, 3900, 5000);
	fixture_event(&f, PROMPT_turn_right, 9900, 11000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
}

static void
tells_who_is_asked_again_that_the_camera_stood_beside_them(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_left, 3900, 5000);
	fixture_number(&f.face, FINDING_face_rest_turn, -15.9);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
	fixture_number(&f.face, FINDING_face_rest_turn, -16);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "camera_beside");
	/* nobody is refused for it */
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_rest_turn, 30);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
asks_again_for_one_too_many(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_left, 3900, 5000);
	fixture_event(&f, PROMPT_look_up, 5500, 5900);
	fixture_event(&f, PROMPT_open_mouth, 6900, 8000);
	fixture_event(&f, PROMPT_turn_right, 9900, 11000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
}

static void
passes_who_does_one_twice_or_leans_back_at_the_end(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_event(&f, PROMPT_look_up, 15000, 16000);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_left, 3900, 4500);
	fixture_event(&f, PROMPT_turn_left, 5300, 5900);
	fixture_event(&f, PROMPT_open_mouth, 6900, 8000);
	fixture_event(&f, PROMPT_turn_right, 9900, 11000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
passes_who_begins_too_early_and_does_it_again(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_left, 3900, 5000);
	fixture_event(&f, PROMPT_open_mouth, 5300, 5700); /* a guess */
	fixture_event(&f, PROMPT_open_mouth, 6900, 8000);
	fixture_event(&f, PROMPT_turn_right, 9900, 11000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	/* but not who repeats it as early, or does another between */
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_left, 3900, 4500);
	fixture_event(&f, PROMPT_open_mouth, 4700, 5000);
	fixture_event(&f, PROMPT_open_mouth, 5300, 5600);
	fixture_event(&f, PROMPT_turn_right, 9900, 11000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_open_mouth, 3300, 3700);
	fixture_event(&f, PROMPT_turn_left, 3900, 5000);
	fixture_event(&f, PROMPT_open_mouth, 6900, 8000);
	fixture_event(&f, PROMPT_turn_right, 9900, 11000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
}

static void
suspects_one_action_repeated_in_place_of_the_others(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_no_events(&f);
	for (uint32_t i = 0; i < 4; i++)
		fixture_event(&f, PROMPT_turn_left, 3900 + 3000 * i,
		    5000 + 3000 * i);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
}

static void
suspects_another_order_of_the_same_number(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_open_mouth, 3900, 5000);
	fixture_event(&f, PROMPT_turn_left, 6900, 8000);
	fixture_event(&f, PROMPT_turn_right, 9900, 11000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
}

static void
mirror_events(struct fixture *f, uint32_t mouth_ms)
{
	fixture_no_events(f);
	fixture_event(f, PROMPT_turn_right, 3900, 5000);
	fixture_event(f, PROMPT_open_mouth, mouth_ms, 8000);
	fixture_event(f, PROMPT_turn_left, 9900, 11000);
	fixture_event(f, PROMPT_come_closer, 12900, 14000);
}

static void
is_unsure_where_a_camera_may_mirror(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	mirror_events(&f, 6900);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "instructions_not_followed");
	/* leaning back at the end is nobody's business here either */
	fixture_event(&f, PROMPT_look_up, 15000, 16000);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "instructions_not_followed");
}

static void
asks_again_who_took_left_for_right(void **state)
{
	struct fixture f;

	(void)state;
	/* turns to one side alone were asked for */
	fixture_proof(&f);
	fixture_no_events(&f);
	f.challenge.prompts[3].name = PROMPT_look_up;
	fixture_event(&f, PROMPT_turn_right, 3900, 5000);
	fixture_event(&f, PROMPT_open_mouth, 6900, 8000);
	fixture_event(&f, PROMPT_look_up, 9900, 11000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
	/* one thing was done before it was asked for */
	fixture_proof(&f);
	mirror_events(&f, 5200);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
	/* nobody knows when it was asked for */
	mirror_events(&f, 6900);
	f.challenge.prompts[2].shown_ms = 0;
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
	/* one more, or one turn that is right, is none of it */
	fixture_proof(&f);
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_right, 3900, 5000);
	fixture_event(&f, PROMPT_look_up, 5200, 5700);
	fixture_event(&f, PROMPT_open_mouth, 6900, 8000);
	fixture_event(&f, PROMPT_turn_left, 9900, 11000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_left, 3900, 5000);
	fixture_event(&f, PROMPT_open_mouth, 6900, 8000);
	fixture_event(&f, PROMPT_turn_left, 9900, 11000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
}

static void
suspects_what_was_done_before_it_was_shown(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_left, 3900, 5000);
	fixture_event(&f, PROMPT_open_mouth, 5200, 5800);
	fixture_event(&f, PROMPT_turn_right, 9900, 11000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
	assert_int_equal(fixture_run(&f, CHECK).from_ms, 5200);
}

static void
asks_again_for_what_came_two_actions_late(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_left, 9500, 9600);
	fixture_event(&f, PROMPT_open_mouth, 9700, 9800);
	fixture_event(&f, PROMPT_turn_right, 9900, 11000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
}

static void
passes_a_slow_participant(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_left, 6500, 7000);
	fixture_event(&f, PROMPT_open_mouth, 9300, 9600);
	fixture_event(&f, PROMPT_turn_right, 12500, 13000);
	fixture_event(&f, PROMPT_come_closer, 14000, 16000);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
is_unsure_when_nobody_knows_when_it_was_shown(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	f.challenge.prompts[2].shown_ms = 0;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "instructions_not_followed");
}

static void
is_unsure_without_landmarks(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_points, 0);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
is_unsure_without_a_recording_or_a_challenge(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	f.dossier.face = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	fixture_proof(&f);
	f.dossier.challenge = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
wants_a_face_at_rest_first(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_rested, 0);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_what_was_asked),
	    cmocka_unit_test(is_unsure_after_many_that_were_told),
	    cmocka_unit_test(asks_again_for_two_actions_that_are_missing),
	    cmocka_unit_test(
		tells_who_is_asked_again_that_the_camera_stood_beside_them),
	    cmocka_unit_test(asks_again_for_one_too_many),
	    cmocka_unit_test(
		passes_who_does_one_twice_or_leans_back_at_the_end),
	    cmocka_unit_test(passes_who_begins_too_early_and_does_it_again),
	    cmocka_unit_test(
		suspects_one_action_repeated_in_place_of_the_others),
	    cmocka_unit_test(suspects_another_order_of_the_same_number),
	    cmocka_unit_test(is_unsure_where_a_camera_may_mirror),
	    cmocka_unit_test(asks_again_who_took_left_for_right),
	    cmocka_unit_test(suspects_what_was_done_before_it_was_shown),
	    cmocka_unit_test(asks_again_for_what_came_two_actions_late),
	    cmocka_unit_test(passes_a_slow_participant),
	    cmocka_unit_test(is_unsure_when_nobody_knows_when_it_was_shown),
	    cmocka_unit_test(is_unsure_without_landmarks),
	    cmocka_unit_test(is_unsure_without_a_recording_or_a_challenge),
	    cmocka_unit_test(wants_a_face_at_rest_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
