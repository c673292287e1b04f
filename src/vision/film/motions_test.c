#include "vision/film/motions_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

static void
nothing_is_done_by_a_face_at_rest(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	assert_int_equal(find(events), 0);
}

static void
rest_begins_when_a_face_is_seen(void **state)
{
	struct event events[EVENTS_MAX];
	struct signals at_rest;

	(void)state;
	rest();
	for (int i = 0; i < 14; i++) /* black frames, as cameras begin */
		moments[i].has_face = false;
	for (int i = 40; i < 48; i++)
		moments[i].signals.yaw = 25;
	assert_true(signals_at_rest(moments, COUNT, 0, &at_rest));
	assert_int_equal(find(events), 1);
	for (int i = 0; i < COUNT; i++)
		moments[i].has_face = false;
	assert_false(signals_at_rest(moments, COUNT, 0, &at_rest));
}

/* A clip that begins in the middle of a turn. */
static void
who_is_turned_at_first_and_then_looks_ahead_did_not_turn_back(void **state)
{
	struct event events[EVENTS_MAX];
	struct signals at_rest;

	(void)state;
	rest();
	for (int i = 0; i < 12; i++)
		moments[i].signals.yaw = 27;
	assert_true(signals_at_rest(moments, COUNT, 0, &at_rest));
	assert_true(fabsf(at_rest.yaw) < 1);
	assert_int_equal(find(events), 0);
	for (int i = 40; i < 48; i++)
		moments[i].signals.yaw = -25;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_turn_right);
	assert_int_equal(events[0].from_ms, 4000);
}

/* A camera that stands far aside all the while. */
static void
who_is_seen_from_the_side_all_the_while_rests_so(void **state)
{
	struct event events[EVENTS_MAX];
	struct signals at_rest;

	(void)state;
	rest();
	for (int i = 0; i < COUNT; i++)
		moments[i].signals.yaw = 20;
	assert_true(signals_at_rest(moments, COUNT, 0, &at_rest));
	assert_true(fabsf(at_rest.yaw - 20) < 1);
	assert_int_equal(find(events), 0);
}

static void
a_turn_to_each_side_is_found_with_its_times(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 20; i < 28; i++)
		moments[i].signals.yaw = 25;
	for (int i = 40; i < 48; i++)
		moments[i].signals.yaw = -25;
	assert_int_equal(find(events), 2);
	assert_int_equal(events[0].name, PROMPT_turn_left);
	assert_int_equal(events[0].from_ms, 2000);
	assert_int_equal(events[0].to_ms, 2700);
	assert_float_equal(events[0].times, 25 / 13.0F, 0.01F); /* its line */
	assert_int_equal(events[1].name, PROMPT_turn_right);
}

/* Measured: somebody who listened turned by 17 degrees in a minute. */
static void
who_comes_to_sit_another_way_did_not_turn(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 10; i < COUNT; i++)
		moments[i].signals.yaw = 0.28f * (float)(i - 10);
	assert_int_equal(find(events), 0);
	for (int i = 50; i < 58; i++) /* but turns from there */
		moments[i].signals.yaw = 24;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].from_ms, 5000);
}

static void
a_glimpse_and_a_little_turn_are_none(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	moments[20].signals.yaw = moments[21].signals.yaw = 25;
	for (int i = 40; i < 48; i++)
		moments[i].signals.yaw = 11;
	assert_int_equal(find(events), 0);
}

static void
a_face_lost_in_its_turn_is_still_turned(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 20; i < 34; i++) {
		moments[i].signals.yaw = 30;
		moments[i].has_face = i < 22 || i > 31;
	}
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].to_ms, 3300);
	/* and found again only when it is nearly back */
	for (int i = 22; i < 34; i++)
		moments[i].has_face = false;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_turn_left);
	/* or lost just before, and after, it is turned so far */
	moments[20].signals.yaw = 9;
	moments[21].signals.yaw = moments[34].signals.yaw = 10.8f;
	assert_int_equal(find(events), 1);
}

/* Landmarks of a head that is turned too far for them. */
static void
points_that_lie_anywhere_tell_a_turn_and_nothing_else(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 20; i < 32; i++) {
		moments[i].signals.yaw = i % 3 ? 2 : 25;
		moments[i].signals.up = -0.1f;
		moments[i].signals.mouth = 0.5f;
		moments[i].astray = i > 20;
	}
	moments[20].signals = moments[19].signals;
	moments[20].signals.yaw = 25;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_turn_left);
	assert_int_equal(events[0].from_ms, 2000);
	for (int i = 20; i < 32; i++) /* as if ahead: not even that */
		moments[i].signals.yaw = 2;
	assert_int_equal(find(events), 0);
}

/* A camera aside: half a turn more is further than a detector knows. */
static void
a_face_lost_as_soon_as_it_begins_to_turn_is_turned(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 0; i < COUNT; i++)
		moments[i].signals.yaw = 24;
	for (int i = 20; i < 34; i++)
		moments[i].face.has_points = i == 20;
	moments[20].signals.yaw = 33;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_turn_left);
	/* who was so for a while is lost by something else */
	moments[18].signals.yaw = moments[19].signals.yaw = 33;
	assert_int_equal(find(events), 0);
	/* and who does not come back to rest turned the other way */
	moments[18].signals.yaw = moments[19].signals.yaw = 24;
	for (int i = 34; i < 39; i++)
		moments[i].signals.yaw = 6;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_turn_right);
}

/* Measured on a drawn woman before a camera aside: half a face, whose points
 * lie anywhere, between two pictures that are past the line. */
static void
half_a_face_does_not_end_a_turn_further_to_its_side(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 0; i < COUNT; i++) {
		moments[i].signals.yaw = -19;
		moments[i].face.sure = 2;
	}
	for (int i = 20; i < 31; i++) {
		moments[i].signals.yaw = i % 2 ? -12 : -22;
		moments[i].face.sure = 0.5f;
	}
	moments[19].signals.yaw = -38;
	moments[31].signals.yaw = -33;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_turn_right);
	assert_int_equal(events[0].to_ms, 3100);
	/* one that is sure came back, and turned twice for a moment */
	for (int i = 20; i < 31; i++)
		moments[i].face.sure = 1.5f;
	assert_int_equal(find(events), 0);
	/* nor is it a turn that nothing was seen of, before or after */
	for (int i = 20; i < 31; i++)
		moments[i].face.sure = 0.5f;
	moments[19].signals.yaw = -19;
	assert_int_equal(find(events), 0);
	/* but what half a face tells of a turn is believed all the same */
	for (int i = 20; i < 31; i++)
		moments[i].signals.yaw = -36;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].from_ms, 2000);
}

static void
a_face_that_is_lost_while_it_looks_ahead_did_not_turn(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 22; i < 34; i++)
		moments[i].has_face = false;
	assert_int_equal(find(events), 0);
	/* nor one that a picture held askew seems to turn */
	moments[21].signals.yaw = moments[34].signals.yaw = 10;
	assert_int_equal(find(events), 0);
	/* nor one that is gone for long, and back elsewhere */
	moments[21].signals.yaw = 25;
	for (int i = 22; i < 50; i++)
		moments[i].has_face = false;
	assert_int_equal(find(events), 0);
	/* nor one that comes back from the other side */
	for (int i = 34; i < 50; i++)
		moments[i].has_face = true;
	moments[34].signals.yaw = -25;
	assert_int_equal(find(events), 0);
}

static void
a_face_that_is_found_late_still_rests_until_something_is_asked(void **state)
{
	struct signals at_rest;

	(void)state;
	rest();
	for (int i = 0; i < 24; i++)
		moments[i].has_face = false;
	assert_false(signals_at_rest(moments, COUNT, 0, &at_rest));
	assert_true(signals_at_rest(moments, COUNT, 3000, &at_rest));
	assert_false(signals_at_rest(moments, COUNT, 2600, &at_rest));
}

static void
a_head_that_comes_back_past_the_middle_did_not_turn_again(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 20; i < 28; i++)
		moments[i].signals.yaw = 28;
	for (int i = 30; i < 34; i++)
		moments[i].signals.yaw = -14;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_turn_left);
	/* one that goes on, goes further, or comes later did */
	for (int i = 30; i < 40; i++)
		moments[i].signals.yaw = -14;
	assert_int_equal(find(events), 2);
	rest();
	for (int i = 20; i < 28; i++)
		moments[i].signals.yaw = 28;
	for (int i = 30; i < 34; i++)
		moments[i].signals.yaw = -20;
	assert_int_equal(find(events), 2);
	rest();
	for (int i = 20; i < 28; i++)
		moments[i].signals.yaw = 28;
	for (int i = 40; i < 44; i++)
		moments[i].signals.yaw = -14;
	assert_int_equal(find(events), 2);
}

static void
coming_closer_is_growing_and_going_back_is_nothing(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 20; i < 40; i++)
		moments[i].signals.jaw = 220;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_come_closer);
}

/* A jaw drawn too wide once, and then points that lie anywhere. */
static void
a_face_that_is_seen_to_be_as_far_did_not_come_closer(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	moments[20].signals.jaw = 195;
	for (int i = 21; i < 27; i++)
		moments[i].astray = true;
	assert_int_equal(find(events), 0);
	/* nobody sees it: it may have come too near */
	for (int i = 21; i < 27; i++)
		moments[i].has_face = moments[i].astray = false;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_come_closer);
}

/* Its points are sought beyond the picture's border then. */
static void
a_face_so_near_that_the_border_cuts_it_came_closer(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 0; i < COUNT; i++)
		moments[i].face.width = 170;
	for (int i = 21; i < 30; i++) {
		moments[i].astray = true;
		moments[i].signals.jaw = 240;
	}
	assert_int_equal(find(events), 0); /* the box is as wide */
	for (int i = 21; i < 30; i++)
		moments[i].face.width = 225;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_come_closer);
	assert_int_equal(events[0].from_ms, 2100);
	assert_int_equal(events[0].to_ms, 2900);
}

static void
a_jaw_narrowed_by_looking_up_does_not_come_closer_after(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 20; i < 30; i++) {
		moments[i].signals.up = -0.15f;
		moments[i].signals.jaw = 125;
	}
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_look_up);
}

static void
who_comes_so_near_that_the_face_looks_raised_comes_closer(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 20; i < 30; i++) {
		moments[i].signals.up = -0.23f;
		moments[i].signals.jaw = 250;
	}
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_come_closer);
}

static void
who_comes_closer_beside_the_camera_does_not_turn(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 0; i < COUNT; i++)
		moments[i].signals.yaw = 25;
	for (int i = 30; i < 40; i++) {
		moments[i].signals.jaw = 160 * 1.45f;
		moments[i].signals.yaw = 44;
	}
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_come_closer);
	/* a jaw that is narrower turned, and so does one that goes the other
	 * way */
	for (int i = 30; i < 40; i++)
		moments[i].signals.jaw = 150;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_turn_left);
	for (int i = 30; i < 40; i++) {
		moments[i].signals.jaw = 160 * 1.45f;
		moments[i].signals.yaw = 5;
	}
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_turn_right);
}

static void
nothing_is_found_without_a_face_at_the_beginning(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 0; i < 25; i++)
		moments[i].has_face = false;
	for (int i = 40; i < 50; i++)
		moments[i].signals.yaw = 25;
	assert_int_equal(find(events), 0);
}

/* A face drawn by its points: jaw from ear to ear, eyes, nose, mouth. */
static struct face
drawn(float nose_x)
{
	struct face f = {.has_points = true};
	for (int i = 0; i <= 16; i++) {
		float angle = (float)(3.14159265 * i / 16);
		f.points[i][0] = 100 - 80 * cosf(angle);
		f.points[i][1] = 100 + 100 * sinf(angle);
	}
	for (int i = 36; i < 48; i++) {
		f.points[i][0] = i < 42 ? 70 : 130;
		f.points[i][1] = 100;
	}
	f.points[30][0] = nose_x;
	f.points[30][1] = 140;
	return f;
}

static void
the_nose_goes_to_the_picture_s_right_when_one_turns_left(void **state)
{
	struct signals s;
	struct face f = drawn(100);

	(void)state;
	signals_of(&f, &s);
	assert_true(fabsf(s.yaw) < 1);
	assert_true(s.jaw > 159 && s.jaw < 161);
	f = drawn(125);
	signals_of(&f, &s);
	assert_true(s.yaw > 10);
	f = drawn(75);
	signals_of(&f, &s);
	assert_true(s.yaw < -10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nothing_is_done_by_a_face_at_rest),
	    cmocka_unit_test(rest_begins_when_a_face_is_seen),
	    cmocka_unit_test(
		who_is_turned_at_first_and_then_looks_ahead_did_not_turn_back),
	    cmocka_unit_test(who_is_seen_from_the_side_all_the_while_rests_so),
	    cmocka_unit_test(a_turn_to_each_side_is_found_with_its_times),
	    cmocka_unit_test(who_comes_to_sit_another_way_did_not_turn),
	    cmocka_unit_test(a_glimpse_and_a_little_turn_are_none),
	    cmocka_unit_test(a_face_lost_in_its_turn_is_still_turned),
	    cmocka_unit_test(
		points_that_lie_anywhere_tell_a_turn_and_nothing_else),
	    cmocka_unit_test(
		a_face_lost_as_soon_as_it_begins_to_turn_is_turned),
	    cmocka_unit_test(
		half_a_face_does_not_end_a_turn_further_to_its_side),
	    cmocka_unit_test(
		a_face_that_is_lost_while_it_looks_ahead_did_not_turn),
	    cmocka_unit_test(
		a_face_that_is_found_late_still_rests_until_something_is_asked),
	    cmocka_unit_test(
		a_head_that_comes_back_past_the_middle_did_not_turn_again),
	    cmocka_unit_test(
		coming_closer_is_growing_and_going_back_is_nothing),
	    cmocka_unit_test(
		a_face_that_is_seen_to_be_as_far_did_not_come_closer),
	    cmocka_unit_test(
		a_face_so_near_that_the_border_cuts_it_came_closer),
	    cmocka_unit_test(
		a_jaw_narrowed_by_looking_up_does_not_come_closer_after),
	    cmocka_unit_test(
		who_comes_so_near_that_the_face_looks_raised_comes_closer),
	    cmocka_unit_test(who_comes_closer_beside_the_camera_does_not_turn),
	    cmocka_unit_test(nothing_is_found_without_a_face_at_the_beginning),
	    cmocka_unit_test(
		the_nose_goes_to_the_picture_s_right_when_one_turns_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
