/* By the check that asks: a proof with one action that nobody saw. */
#include "checks/fixture.h"
#include "checks/missed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
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

/* A doubt, and what the recording says that may hide it; NULL: nothing. */
static void
expect_why(struct fixture *f, const char *why)
{
	struct result r = fixture_run(f, CHECK);
	char end[96];
	assert_int_equal(r.verdict, VERDICT_UNSURE);
	snprintf(end, sizeof(end), why ? "look yourself (%s)" : "look yourself",
	    why);
	const char *at = strstr(r.explanation, "look yourself");
	assert_non_null(at);
	assert_string_equal(at, end);
}

static void
one_missed_action_is_looked_at(void **state)
{
	struct fixture f;

	(void)state;
	proof_without(&f, PROMPT_turn_right);
	fixture_expect(&f, CHECK, VERDICT_UNSURE,
	    "instructions_not_followed");
	expect_why(&f, NULL);
	proof_without(&f, PROMPT_turn_left); /* the first */
	expect_why(&f, NULL);
	proof_without(&f, PROMPT_come_closer); /* the last */
	expect_why(&f, NULL);
}

/* Of three actions two are little: there it takes a reason. */
static void
one_of_three_actions_is_not_forgiven(void **state)
{
	struct fixture f;

	(void)state;
	proof_without(&f, PROMPT_open_mouth);
	f.challenge.prompts[4].name = PROMPT_light_blue;
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_left, 3900, 5000);
	fixture_event(&f, PROMPT_turn_right, 9900, 11000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
	fixture_number(&f.face, FINDING_face_lips, 0.2);
	expect_why(&f, "lips seem apart at rest");
}

static void
add_little(struct fixture *f, const char *text)
{
	assert_int_equal(findings_add_text(&f->face, FINDING_event, text, 1,
	    (struct box){0}), OK);
}

/* All that was asked, and one more amid it. */
static void
all_and(struct fixture *f, const char *more)
{
	fixture_no_events(f);
	fixture_event(f, PROMPT_turn_left, 3900, 5000);
	fixture_event(f, PROMPT_open_mouth, 6900, 8000);
	add_little(f, more);
	fixture_event(f, PROMPT_turn_right, 9900, 11000);
	fixture_event(f, PROMPT_come_closer, 12900, 14000);
}

static void
a_little_of_what_nobody_asked_for_is_looked_at(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	all_and(&f, "look_up 8500 8900 0.13 1.59");
	expect_why(&f, "little of it");
	assert_int_equal(fixture_run(&f, CHECK).from_ms, 8500);
	/* once all is done nothing counts */
	add_little(&f, "look_up 15500 15900 0.3 3");
	expect_why(&f, "little of it");
	/* two are too many */
	fixture_no_events(&f);
	add_little(&f, "look_up 3300 3700 0.1 1.2");
	fixture_event(&f, PROMPT_turn_left, 3900, 5000);
	fixture_event(&f, PROMPT_open_mouth, 6900, 8000);
	add_little(&f, "look_up 8500 8900 0.1 1.2");
	fixture_event(&f, PROMPT_turn_right, 9900, 11000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
}

static void
plainly_done_it_is_a_failure(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	all_and(&f, "look_up 8500 8900 0.14 1.6");
	fixture_expect(&f, CHECK, VERDICT_FAIL, "instructions_not_followed");
	/* in the place of another */
	fixture_no_events(&f);
	fixture_event(&f, PROMPT_turn_left, 3900, 5000);
	add_little(&f, "look_up 6900 8000 0.1 1.2");
	fixture_event(&f, PROMPT_turn_right, 9900, 11000);
	fixture_event(&f, PROMPT_come_closer, 12900, 14000);
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
	/* how far it went is not known */
	all_and(&f, "look_up 8500 8900 0.1");
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
}

static void
a_camera_aside_hides_one_action(void **state)
{
	struct fixture f;

	(void)state;
	proof_without(&f, PROMPT_open_mouth);
	fixture_number(&f.face, FINDING_face_rest_turn, -15.9);
	expect_why(&f, NULL);
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
	fixture_event(&f, PROMPT_turn_left, 14500, 15000); /* after all */
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
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
	expect_why(&f, NULL);
	fixture_number(&f.face, FINDING_recording_rate, 10.9);
	expect_why(&f, "few pictures a second");
}

static void
a_face_that_was_lost_hides_what_was_asked_then(void **state)
{
	struct fixture f;

	(void)state;
	proof_without(&f, PROMPT_come_closer);
	fixture_text(&f.face, FINDING_face_hidden, "12200 499", 1);
	expect_why(&f, NULL);
	fixture_text(&f.face, FINDING_face_hidden, "9200 700 12200 500", 1);
	expect_why(&f, "the face was lost for a time");
	/* and nothing else */
	fixture_text(&f.face, FINDING_face_hidden, "9200 900", 1);
	expect_why(&f, NULL);
	fixture_text(&f.face, FINDING_face_hidden, "12200", 1);
	expect_why(&f, NULL);
	fixture_text(&f.face, FINDING_face_hidden, "come_closer", 1);
	expect_why(&f, NULL);
}

static void
lips_that_are_not_found_hide_a_mouth_and_nothing_else(void **state)
{
	struct fixture f;

	(void)state;
	proof_without(&f, PROMPT_open_mouth);
	fixture_number(&f.face, FINDING_face_lips, 0.09);
	fixture_number(&f.face, FINDING_cover_chin, 0.2);
	expect_why(&f, NULL);
	fixture_number(&f.face, FINDING_face_lips, 0.11);
	expect_why(&f, "lips seem apart at rest");
	fixture_number(&f.face, FINDING_face_lips, 0.02);
	fixture_number(&f.face, FINDING_cover_chin, 1);
	expect_why(&f, "a beard or a shade around the mouth");
	proof_without(&f, PROMPT_turn_left);
	fixture_number(&f.face, FINDING_face_lips, 0.11);
	fixture_number(&f.face, FINDING_cover_chin, 1);
	expect_why(&f, NULL);
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
	/* nor where nothing says why */
	fixture_number(&f.face, FINDING_face_lips, 0.02);
	fixture_number(&f.face, FINDING_face_rest_turn, 30);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "camera_beside");
	expect_why(&f, NULL);
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
	expect_why(&f, "the face was lost for a time");
	/* two actions that are not the same */
	f.challenge.prompts[5].name = PROMPT_look_up;
	fixture_text(&f.face, FINDING_face_hidden, "3200 900 15200 900", 1);
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
	    cmocka_unit_test(one_missed_action_is_looked_at),
	    cmocka_unit_test(one_of_three_actions_is_not_forgiven),
	    cmocka_unit_test(a_little_of_what_nobody_asked_for_is_looked_at),
	    cmocka_unit_test(plainly_done_it_is_a_failure),
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
