#include "vision/film/seams.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#define COUNT 300 /* ten seconds at thirty */

static struct tick ticks[COUNT];

/* A light that wanders over a wall and never comes back the same way. */
static void
draw(int i, double phase)
{
	double x = 16 + 12 * sin(phase * 0.031 + phase * phase * 0.00007);
	double y = 12 + 9 * sin(phase * 0.047);
	for (int k = 0; k < GLANCE_SIZE; k++) {
		double dx = k % GLANCE_WIDTH - x, dy = k / GLANCE_WIDTH - y;
		ticks[i].glance[k] = (uint8_t)(40 + 180 *
		    exp(-(dx * dx + dy * dy) / 30));
	}
}

static void
shoot(void)
{
	for (int i = 0; i < COUNT; i++) {
		ticks[i].time_us = (int64_t)i * 33333 + i % 3 * 2000;
		ticks[i].step = 2 + (float)(i % 5) * 0.2f;
		ticks[i].sitter = (struct box){0};
		draw(i, i);
	}
}

#define SLOW 0.1 /* of how it wanders else */

/* Hardly anything moves. */
static void
shoot_slowly(void)
{
	shoot();
	for (int i = 0; i < COUNT; i++)
		draw(i, 60 + i * SLOW);
}

/* From there on the light goes so much faster, frame by frame, and then as
 * before. */
static void
hurry(int from, const double *times, int count)
{
	double phase = 60 + (from - 1) * SLOW;
	for (int i = from; i < COUNT; i++) {
		phase += SLOW * (i < from + count ? times[i - from] : 1);
		draw(i, phase);
	}
}

static void
one_piece_has_no_seam(void **state)
{
	struct seams s;

	(void)state;
	shoot();
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value < 3);
	assert_true(s.loop.value > 0.3);
	assert_true(s.freeze.value < 0.1);
	assert_true(s.gap.value < 0.1);
	assert_true(s.unevenness > 1);
}

static void
a_cut_is_found_where_it_is(void **state)
{
	static const double cut[] = {300};
	struct seams s;

	(void)state;
	shoot_slowly();
	hurry(150, cut, 1);
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value > 12);
	assert_int_equal(s.cut.to_ms, ticks[150].time_us / 1000);
}

/* The same room, and who sits in it a hand's breadth further on: a camera's
 * noise is as much in single pixels, and nothing at a glance. */
static void
a_cut_that_moves_a_little_is_found(void **state)
{
	struct seams s;

	(void)state;
	shoot_slowly();
	for (int i = 0; i < COUNT; i++)
		draw(i, i >= 150 ? 12 : 0);
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value > 12);
	assert_int_equal(s.cut.to_ms, ticks[150].time_us / 1000);
}

static void
a_television_behind_has_cuts_of_its_own(void **state)
{
	struct seams s;

	(void)state;
	shoot_slowly();
	for (int i = 0; i < COUNT; i++) {
		ticks[i].sitter = (struct box){12, 8, 12, 16};
		for (int k = 0; k < 36; k++)
			ticks[i].glance[k / 6 * GLANCE_WIDTH + k % 6] =
			    i < 150 ? 20 : 220;
	}
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value < 4);
	/* before anybody is seen it is one */
	for (int i = 0; i < COUNT; i++)
		ticks[i].sitter = (struct box){0};
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value > 12);
}

static void
a_cut_of_all_is_one_of_who_sits_there(void **state)
{
	static const double cut[] = {300};
	struct seams s;

	(void)state;
	shoot_slowly();
	for (int i = 0; i < COUNT; i++)
		ticks[i].sitter = (struct box){6, 4, 20, 20};
	hurry(150, cut, 1);
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value > 12);
}

/* Measured on a webcam: from 143 to 155 grey levels within one frame. */
static void
an_exposure_that_is_set_anew_is_no_cut(void **state)
{
	struct seams s;

	(void)state;
	shoot_slowly();
	for (int i = 150; i < COUNT; i++)
		for (int k = 0; k < GLANCE_SIZE; k++)
			ticks[i].glance[k] = (uint8_t)(8 +
			    0.7 * ticks[i].glance[k]);
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value < 6);
	/* another scene that is darker is one all the same */
	for (int i = 150; i < COUNT; i++)
		for (int k = 0; k < GLANCE_SIZE; k++)
			ticks[i].glance[k] = (uint8_t)(20 + (k * 37 + k / 32 *
			    11) % 90);
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value > 12);
}

static void
a_quick_motion_is_no_cut(void **state)
{
	static const double motion[] = {40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40};
	struct seams s;

	(void)state;
	shoot_slowly();
	hurry(145, motion, 12);
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value < 12);
}

static void
a_motion_of_a_third_of_a_second_is_no_cut_and_one_frame_is(void **state)
{
	static const double motion[] = {20, 50, 80, 110, 120, 120, 110, 80, 50, 20};
	static const double cut[] = {120};
	struct seams s;

	(void)state;
	shoot_slowly();
	hurry(145, motion, 10);
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value < 4);
	hurry(162, cut, 1); /* after it */
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value > 12);
	assert_int_equal(s.cut.to_ms, ticks[162].time_us / 1000);
}

static void
who_leans_back_before_a_slow_camera_is_no_cut(void **state)
{
	static const double motion[] = {97, 197, 194, 124, 65};
	static const double cut[] = {300, 20, 9}; /* a codec leaves some of it */
	struct seams s;

	(void)state;
	shoot_slowly();
	for (int i = 0; i < COUNT; i++)
		ticks[i].time_us *= 2; /* 15 frames a second */
	hurry(150, motion, 5);
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value < 4);
	hurry(80, cut, 3);
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value > 12);
	assert_int_equal(s.cut.to_ms, ticks[80].time_us / 1000);
}

/* In two pictures of ten a second, both as large; so is a picture that is
 * blended of both sides of a cut. */
static void
two_changes_alike_beside_each_other_are_a_doubt(void **state)
{
	static const double motion[] = {9, 150, 140, 9};
	static const double cut[] = {9, 300, 60, 9};
	struct seams s;

	(void)state;
	shoot_slowly();
	for (int i = 0; i < COUNT; i++)
		ticks[i].time_us *= 3;
	hurry(150, motion, 4);
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value > 8 && s.cut.value < 12);
	hurry(80, cut, 4);
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value > 12);
}

/* A camera of thirty by so many sends each of its pictures so often; some of a
 * twin is what a codec mends. */
static void
double_frames(int each)
{
	for (int i = 0; i < COUNT; i++) {
		int first = i - i % each;
		memcpy(ticks[i].glance, ticks[first].glance, GLANCE_SIZE);
		ticks[i].step = i == first ? 2.4f : 0.05f +
		    (float)(i % 4) * 0.06f;
	}
}

/* The same motion as before a slow camera, from that frame on. */
static void
lean_back(int from, int each)
{
	static const double motion[] = {97, 197, 194, 124, 65};
	double times[5 * 3];
	for (int i = 0; i < 5 * each; i++)
		times[i] = motion[i / each] / each;
	hurry(from, times, 5 * each);
}

static void
who_leans_back_before_a_camera_that_sends_twins_is_no_cut(void **state)
{
	struct seams s;

	(void)state;
	for (int each = 2; each <= 3; each++) {
		shoot_slowly();
		lean_back(150, each);
		double_frames(each);
		seams_find(ticks, COUNT, &s);
		assert_true(s.cut.value < 4);
		assert_true(s.twins > 0.2); /* these are told all the same */
	}
	/* twelve a second: twice, three times, twice */
	shoot_slowly();
	lean_back(150, 3);
	for (int i = 0; i < COUNT; i++) {
		int first = i / 5 * 5 + (i % 5 < 2 ? 0 : 2);
		memcpy(ticks[i].glance, ticks[first].glance, GLANCE_SIZE);
		ticks[i].step = i == first ? 2.4f : 0.1f;
	}
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value < 4);
}

static void
a_cut_right_after_a_twin_is_found(void **state)
{
	static const double cut[] = {300};
	struct seams s;

	(void)state;
	for (int each = 2; each <= 3; each++) {
		shoot_slowly();
		hurry(150, cut, 1);
		double_frames(each);
		ticks[150].step = 20; /* and what is mended is more */
		ticks[151].step = 0.28f;
		seams_find(ticks, COUNT, &s);
		assert_true(s.cut.value > 12);
		assert_int_equal(s.cut.to_ms, ticks[150].time_us / 1000);
	}
}

/* Pictures that are put one after another and stand meanwhile. */
static void
a_picture_that_stands_hides_no_cut(void **state)
{
	struct seams s;

	(void)state;
	shoot_slowly();
	for (int i = 0; i < COUNT; i++) {
		draw(i, 60 + i / 10 * 10);
		ticks[i].step = i % 10 == 0 ? 2.4f : 0.05f;
	}
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value > 12);
}

/* What tells a twin is a few pixels, which somebody may leave alone. */
static void
a_cut_that_seems_a_twin_is_found(void **state)
{
	static const double cut[] = {300};
	struct seams s;

	(void)state;
	shoot_slowly();
	hurry(151, cut, 1);
	for (int i = 0; i < COUNT; i++)
		ticks[i].step = i % 2 ? 0.05f : 2.4f;
	seams_find(ticks, COUNT, &s);
	assert_true(s.cut.value > 12);
	assert_int_equal(s.cut.to_ms, ticks[151].time_us / 1000);
}

static void
twins_are_not_left_out_of_what_stands_or_comes_again(void **state)
{
	struct seams s;

	(void)state;
	shoot();
	for (int i = 180; i < COUNT; i++)
		draw(i, i - 120);
	double_frames(3);
	for (int i = 100; i < 131; i++)
		ticks[i].step = 0;
	seams_find(ticks, COUNT, &s);
	assert_true(s.loop.value < 0.1);
	assert_true(s.freeze.value > 0.9 && s.freeze.value < 1.3);
}

static void
a_stretch_shown_again_is_a_loop(void **state)
{
	struct seams s;

	(void)state;
	shoot();
	for (int i = 180; i < COUNT; i++)
		draw(i, i - 120);
	seams_find(ticks, COUNT, &s);
	assert_true(s.loop.value < 0.1);
	assert_true(s.loop.to_ms > 6000);
}

static void
an_action_done_again_alike_is_no_loop(void **state)
{
	struct seams s;

	(void)state;
	shoot();
	for (int i = 0; i < 50; i++) /* what is around it differs */
		draw(220 + i, 70 + i);
	seams_find(ticks, COUNT, &s);
	assert_true(s.loop.value > 0.3);
}

/* A small far face that comes closer and goes back, in a second and a half. */
static void
come_closer(int from, double aside)
{
	for (int i = from; i < from + 95; i++) {
		double t = (i - from - 47) / 12.0, near = exp(-t * t);
		double sway = 0.02 * sin(i * 0.3);
		for (int k = 0; k < GLANCE_SIZE; k++) {
			double dx = k % GLANCE_WIDTH - 16 - aside - sway;
			double dy = k / GLANCE_WIDTH - 12 - aside;
			double wide = 6 + 400 * near;
			ticks[i].glance[k] = (uint8_t)(40 + 150 *
			    exp(-(dx * dx + dy * dy) / wide));
		}
	}
}

static void
coming_closer_twice_from_far_away_is_no_loop_and_a_copy_is(void **state)
{
	struct seams s;

	(void)state;
	shoot();
	come_closer(20, 0);
	come_closer(200, 0.5);
	seams_find(ticks, COUNT, &s);
	assert_true(s.loop.value > 0.3);
	/* the same again, and what another coding makes of it */
	for (int i = 200; i < 295; i++)
		for (int k = 0; k < GLANCE_SIZE; k++)
			ticks[i].glance[k] = (uint8_t)(ticks[i - 180].
			    glance[k] + (i + k) % 2);
	seams_find(ticks, COUNT, &s);
	assert_true(s.loop.value < 0.3);
}

/* 100 flashes a second before 30 frames: the same bands each third frame. */
static void
bands_of_a_lamp_over_who_keeps_still_are_no_loop(void **state)
{
	struct seams s;

	(void)state;
	shoot();
	for (int i = 0; i < COUNT; i++) {
		draw(i, 40 + i / 40.0);
		for (int k = 0; k < GLANCE_SIZE; k++)
			ticks[i].glance[k] = (uint8_t)(ticks[i].glance[k] +
			    4 + lround(4 * sin(k / GLANCE_WIDTH * 0.7 +
			    i % 3 * 2.094)));
	}
	seams_find(ticks, COUNT, &s);
	assert_true(s.loop.value > 0.3);
}

static void
a_picture_that_stands_is_told_with_its_time(void **state)
{
	struct seams s;

	(void)state;
	shoot();
	for (int i = 100; i < 131; i++)
		ticks[i].step = 0;
	seams_find(ticks, COUNT, &s);
	assert_true(s.freeze.value > 0.9 && s.freeze.value < 1.2);
	assert_true(s.freeze.from_ms > 3200 && s.freeze.from_ms < 3400);
}

static void
missing_frames_are_a_gap(void **state)
{
	struct seams s;

	(void)state;
	shoot();
	for (int i = 200; i < COUNT; i++)
		ticks[i].time_us += 2000000;
	seams_find(ticks, COUNT, &s);
	assert_true(s.gap.value > 1.9);
}

static void
one_frame_and_none_are_no_trouble(void **state)
{
	struct seams s;

	(void)state;
	shoot();
	seams_find(ticks, 1, &s);
	assert_true(s.loop.value > 1);
	seams_find(ticks, 0, &s);
	assert_true(s.cut.value < 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_piece_has_no_seam),
	    cmocka_unit_test(a_cut_is_found_where_it_is),
	    cmocka_unit_test(a_cut_that_moves_a_little_is_found),
	    cmocka_unit_test(a_television_behind_has_cuts_of_its_own),
	    cmocka_unit_test(a_cut_of_all_is_one_of_who_sits_there),
	    cmocka_unit_test(an_exposure_that_is_set_anew_is_no_cut),
	    cmocka_unit_test(a_quick_motion_is_no_cut),
	    cmocka_unit_test(
		a_motion_of_a_third_of_a_second_is_no_cut_and_one_frame_is),
	    cmocka_unit_test(who_leans_back_before_a_slow_camera_is_no_cut),
	    cmocka_unit_test(two_changes_alike_beside_each_other_are_a_doubt),
	    cmocka_unit_test(
		who_leans_back_before_a_camera_that_sends_twins_is_no_cut),
	    cmocka_unit_test(a_cut_right_after_a_twin_is_found),
	    cmocka_unit_test(a_picture_that_stands_hides_no_cut),
	    cmocka_unit_test(a_cut_that_seems_a_twin_is_found),
	    cmocka_unit_test(
		twins_are_not_left_out_of_what_stands_or_comes_again),
	    cmocka_unit_test(a_stretch_shown_again_is_a_loop),
	    cmocka_unit_test(an_action_done_again_alike_is_no_loop),
	    cmocka_unit_test(
		coming_closer_twice_from_far_away_is_no_loop_and_a_copy_is),
	    cmocka_unit_test(bands_of_a_lamp_over_who_keeps_still_are_no_loop),
	    cmocka_unit_test(a_picture_that_stands_is_told_with_its_time),
	    cmocka_unit_test(missing_frames_are_a_gap),
	    cmocka_unit_test(one_frame_and_none_are_no_trouble),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
