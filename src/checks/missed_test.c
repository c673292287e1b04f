/* By the check that asks: a proof with one action that nobody saw. */
#include "checks/fixture.h"
#include "checks/missed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_challenge_followed

/* Turned left, opened the mouth, turned right, came closer: without one. */
static void
proof_without(struct fixture *f, enum prompt_name missing)
{
	fixture_proof(f);
	fixture_no_events(f);
	for (size_t i = 1; i < f->challenge.count; i++) {
		const struct prompt *p = &f->challenge.prompts[i];
		if (p->name != missing && !prompt_is_light(p->name))
			fixture_event(f, p->name, p->shown_ms + 700,
			    p->shown_ms + 1900);
	}
}

static void
a_camera_aside_hides_one_action(void **state)
{
	struct fixture f;

	(void)state;
	proof_without(&f, PROMPT_open_mouth);
	fixture_number(&f.face, FINDING_face_rest_turn, -15.9);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
	fixture_number(&f.face, FINDING_face_rest_turn, -16);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "camera_beside");
	struct result r = fixture_run(&f, CHECK);
	assert_non_null(strstr(r.explanation, "open_mouth was not seen"));
	assert_int_equal(r.from_ms, 6200); /* its prompt, on the time line */
	assert_int_equal(r.to_ms, 9200);
	assert_float_equal(r.value, 3, 0);
	assert_float_equal(r.threshold, 4, 0);
	/* the last one too */
	proof_without(&f, PROMPT_come_closer);
	fixture_number(&f.face, FINDING_face_rest_turn, 20);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "camera_beside");
	assert_int_equal(fixture_run(&f, CHECK).from_ms, 12200);
}

/* All that was asked, and one more of these, then. */
static void
proof_with(struct fixture *f, enum prompt_name more, uint32_t from_ms)
{
	fixture_proof(f);
	fixture_no_events(f);
	for (size_t i = 1; i < f->challenge.count; i++) {
		const struct prompt *p = &f->challenge.prompts[i];
		if (prompt_is_light(p->name))
			continue;
		if (from_ms > 0 && from_ms < p->shown_ms + 700) {
			fixture_event(f, more, from_ms, from_ms + 500);
			from_ms = 0;
		}
		fixture_event(f, p->name, p->shown_ms + 700,
		    p->shown_ms + 1900);
	}
}

static void
a_camera_aside_may_see_one_opening_too_many(void **state)
{
	struct fixture f;

	(void)state;
	proof_with(&f, PROMPT_open_mouth, 11500);
	fixture_number(&f.face, FINDING_face_rest_turn, 15.9);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
	fixture_number(&f.face, FINDING_face_rest_turn, 16);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "camera_beside");
	struct result r = fixture_run(&f, CHECK);
	assert_non_null(strstr(r.explanation, "open_mouth where nobody"));
	assert_int_equal(r.from_ms, 11500);
	assert_int_equal(r.to_ms, 12000);
	proof_with(&f, PROMPT_open_mouth, 3300); /* before all */
	fixture_number(&f.face, FINDING_face_rest_turn, -20);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "camera_beside");
}

static void
a_camera_aside_sees_no_other_action_too_many(void **state)
{
	struct fixture f;

	(void)state;
	proof_with(&f, PROMPT_look_up, 11500);
	fixture_number(&f.face, FINDING_face_rest_turn, 20);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
	proof_with(&f, PROMPT_open_mouth, 11500);
	fixture_number(&f.face, FINDING_face_rest_turn, 20);
	f.challenge.prompts[4].name = PROMPT_look_up; /* and another missing */
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
	proof_with(&f, PROMPT_open_mouth, 11500);
	fixture_number(&f.face, FINDING_face_rest_turn, 20);
	fixture_event(&f, PROMPT_turn_left, 14500, 15000); /* two too many */
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
	proof_with(&f, PROMPT_open_mouth, 11500);
	fixture_number(&f.face, FINDING_face_rest_turn, 20);
	f.challenge.prompts[2].shown_ms = 8000; /* one too early */
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
}

static void
few_pictures_a_second_hide_one_action(void **state)
{
	struct fixture f;

	(void)state;
	proof_without(&f, PROMPT_turn_right);
	fixture_number(&f.face, FINDING_recording_rate, 11);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
	fixture_number(&f.face, FINDING_recording_rate, 10.9);
	fixture_expect(&f, CHECK, VERDICT_UNSURE,
	    "instructions_not_followed");
}

static void
a_face_that_was_lost_hides_what_was_asked_then(void **state)
{
	struct fixture f;

	(void)state;
	proof_without(&f, PROMPT_come_closer);
	fixture_text(&f.face, FINDING_face_hidden, "12200 499", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
	fixture_text(&f.face, FINDING_face_hidden, "9200 700 12200 500", 1);
	fixture_expect(&f, CHECK, VERDICT_UNSURE,
	    "instructions_not_followed");
	/* and nothing else */
	fixture_text(&f.face, FINDING_face_hidden, "9200 900", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
	fixture_text(&f.face, FINDING_face_hidden, "12200", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
	fixture_text(&f.face, FINDING_face_hidden, "come_closer", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
}

static void
lips_that_are_not_found_hide_a_mouth_and_nothing_else(void **state)
{
	struct fixture f;

	(void)state;
	proof_without(&f, PROMPT_open_mouth);
	fixture_number(&f.face, FINDING_face_lips, 0.09);
	fixture_number(&f.face, FINDING_cover_chin, 0.2);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
	fixture_number(&f.face, FINDING_face_lips, 0.11);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	fixture_number(&f.face, FINDING_face_lips, 0.02);
	fixture_number(&f.face, FINDING_cover_chin, 1);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	proof_without(&f, PROMPT_turn_left);
	fixture_number(&f.face, FINDING_face_lips, 0.11);
	fixture_number(&f.face, FINDING_cover_chin, 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
}

/* Of five, both openings: three others were seen. Of four, two are not more
 * than what is missing. */
static void
lips_that_are_not_found_hide_each_opening(void **state)
{
	struct fixture f;

	(void)state;
	proof_without(&f, PROMPT_open_mouth);
	fixture_number(&f.face, FINDING_face_lips, 0.2);
	f.challenge.prompts[5].name = PROMPT_open_mouth;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	assert_non_null(strstr(fixture_run(&f, CHECK).explanation,
	    "3 of 5"));
	/* not what a camera aside hides: that is one action */
	fixture_number(&f.face, FINDING_face_lips, 0.02);
	fixture_number(&f.face, FINDING_face_rest_turn, 30);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "camera_beside");
	proof_without(&f, PROMPT_open_mouth);
	fixture_number(&f.face, FINDING_face_lips, 0.2);
	f.challenge.prompts[4].name = PROMPT_open_mouth;
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_left, 3900, 5000);
	fixture_event(&f, PROMPT_turn_right, 9900, 11000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
}

/* Who turns further than a detector knows does so each time. */
static void
a_face_that_was_lost_each_time_hides_one_action(void **state)
{
	struct fixture f;

	(void)state;
	proof_without(&f, PROMPT_turn_left);
	f.challenge.prompts[5].name = PROMPT_turn_left;
	f.challenge.prompts[5].shown_ms = 15200;
	fixture_text(&f.face, FINDING_face_hidden, "3200 900 15200 900", 1);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	assert_non_null(strstr(fixture_run(&f, CHECK).explanation,
	    "3 of 5 in order and time; turn_left was not seen, either time"));
	/* once alone it was lost, the other time not done */
	fixture_text(&f.face, FINDING_face_hidden, "3200 900 15200 400", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
	/* two actions that are not the same */
	f.challenge.prompts[5].name = PROMPT_look_up;
	fixture_text(&f.face, FINDING_face_hidden, "3200 900 15200 900", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
	/* few pictures hide one action alone */
	f.challenge.prompts[5].name = PROMPT_turn_left;
	fixture_text(&f.face, FINDING_face_hidden, "3200 0", 1);
	fixture_number(&f.face, FINDING_recording_rate, 8);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
}

/* What else was seen must be what was asked, in its order and time. */
static void
nothing_hides_what_was_done_otherwise(void **state)
{
	struct fixture f;

	(void)state;
	proof_without(&f, PROMPT_open_mouth);
	fixture_number(&f.face, FINDING_face_rest_turn, 20);
	fixture_event(&f, PROMPT_look_up, 6900, 8000); /* in its place */
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
	proof_without(&f, PROMPT_come_closer);
	fixture_number(&f.face, FINDING_face_rest_turn, 20);
	fixture_event(&f, PROMPT_look_up, 15900, 17000); /* after all */
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
	fixture_no_events(&f); /* another order */
	fixture_event(&f, PROMPT_open_mouth, 3900, 5000);
	fixture_event(&f, PROMPT_turn_left, 6900, 8000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
	fixture_no_events(&f); /* too early */
	fixture_event(&f, PROMPT_turn_left, 3900, 5000);
	fixture_event(&f, PROMPT_turn_right, 8800, 9100);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
	fixture_no_events(&f); /* two missing */
	fixture_event(&f, PROMPT_turn_left, 3900, 5000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "camera_beside");
}

static void
who_does_one_twice_did_one(void **state)
{
	struct fixture f;

	(void)state;
	proof_without(&f, PROMPT_open_mouth);
	fixture_number(&f.face, FINDING_face_rest_turn, 20);
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_left, 3900, 4500);
	fixture_event(&f, PROMPT_turn_left, 5300, 5900);
	fixture_event(&f, PROMPT_turn_right, 9900, 11000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "camera_beside");
}

/* Without the times nobody knows which one is missing. */
static void
nothing_is_hidden_when_nobody_knows_what_was_shown(void **state)
{
	struct fixture f;

	(void)state;
	proof_without(&f, PROMPT_open_mouth);
	fixture_number(&f.face, FINDING_face_rest_turn, 20);
	f.challenge.prompts[3].shown_ms = 0;
	fixture_expect(&f, CHECK, VERDICT_FAIL, "camera_beside");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_camera_aside_hides_one_action),
	    cmocka_unit_test(a_camera_aside_may_see_one_opening_too_many),
	    cmocka_unit_test(a_camera_aside_sees_no_other_action_too_many),
	    cmocka_unit_test(few_pictures_a_second_hide_one_action),
	    cmocka_unit_test(a_face_that_was_lost_hides_what_was_asked_then),
	    cmocka_unit_test(
		lips_that_are_not_found_hide_a_mouth_and_nothing_else),
	    cmocka_unit_test(lips_that_are_not_found_hide_each_opening),
	    cmocka_unit_test(
		a_face_that_was_lost_each_time_hides_one_action),
	    cmocka_unit_test(nothing_hides_what_was_done_otherwise),
	    cmocka_unit_test(who_does_one_twice_did_one),
	    cmocka_unit_test(
		nothing_is_hidden_when_nobody_knows_what_was_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
