/*
 * A face of six seconds, drawn: brows, a nose, eyes with a dark middle.
 */
#include "vision/eyes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <math.h>

#define COUNT 60
#define STEP_MS 100
#define SEEN_AT 30 /* the moment in which something is done, and the next */
#define LINE 3     /* the check's */

static struct moment moments[COUNT];
static struct eyes_strip strips[COUNT];
static const struct signals rest;

enum eye { OPEN, SHUT };

struct drawn {
	enum eye left, right;
	int right_by, down_by; /* the landmarks err */
	float gain;
	unsigned noise; /* seed */
};

static float
face_at(float x, float y, const struct drawn *d)
{
	float light = 150 + 20 * cosf(x / 9) * sinf(y / 14);
	for (int side = -1; side <= 1; side += 2) {
		float u = x - 40 - (float)side * 24, v = y - 24;
		bool shut = (side < 0 ? d->left : d->right) == SHUT;
		if (u * u / 100 + v * v / 20 < 1)
			light = shut ? 140 : u * u + v * v < 14 ? 40 : 215;
		if (fabsf(u) < 11 && fabsf(v + 15) < 2)
			light = 60;
	}
	return light;
}

static void
draw(int i, const struct drawn *d)
{
	unsigned noise = d->noise + (unsigned)i * 7919u;
	for (int y = 0; y < EYES_HIGH; y++)
		for (int x = 0; x < EYES_WIDE; x++) {
			noise = noise * 1103515245u + 12345u;
			float grain = (float)(noise >> 16 & 7) - 3.5f;
			strips[i].at[y][x] = (uint8_t)(d->gain * face_at(
			    (float)(x + d->right_by),
			    (float)(y + d->down_by), d) + grain);
		}
}

static void
film(void)
{
	for (int i = 0; i < COUNT; i++) {
		moments[i] = (struct moment){
		    .time_ms = (uint32_t)(i * STEP_MS), .has_face = true,
		    .face.has_points = true};
		draw(i, &(struct drawn){.gain = 1, .noise = 5});
	}
}

static void
twice(struct drawn d)
{
	d.noise = 5;
	for (int i = SEEN_AT; i < SEEN_AT + 2; i++)
		draw(i, &d);
}

static struct eyes_moved
measured(void)
{
	struct eyes_moved e;
	eyes_measure(moments, strips, COUNT, &rest, &e);
	return e;
}

static void
sees_both_eyes_shut_and_when(void **state)
{
	(void)state;
	film();
	twice((struct drawn){SHUT, SHUT, 0, 0, 1, 0});
	struct eyes_moved e = measured();
	assert_true(e.most > LINE);
	assert_in_range(e.at_ms, SEEN_AT * STEP_MS, (SEEN_AT + 1) * STEP_MS);
}

static void
sees_nothing_in_eyes_that_stay_open(void **state)
{
	(void)state;
	film();
	assert_true(measured().seen > COUNT / 2);
	assert_true(measured().most < 1);
}

/* As points of landmarks tremble. */
static void
takes_an_error_of_the_landmarks_for_no_motion(void **state)
{
	(void)state;
	film();
	twice((struct drawn){OPEN, OPEN, 2, -1, 1, 0});
	assert_true(measured().most < 2);
}

static void
takes_a_new_exposure_for_no_motion(void **state)
{
	(void)state;
	film();
	twice((struct drawn){OPEN, OPEN, 0, 0, 0.75f, 0});
	assert_true(measured().most < 2);
}

/* A shadow, a finger or a reflection lies over one. */
static void
wants_both_eyes_to_move(void **state)
{
	(void)state;
	film();
	twice((struct drawn){SHUT, OPEN, 0, 0, 1, 0});
	assert_true(measured().most < 1);
}

static void
takes_eyes_that_stay_shut_for_no_motion(void **state)
{
	(void)state;
	film();
	for (int i = 0; i < COUNT; i++)
		draw(i, &(struct drawn){SHUT, SHUT, 0, 0, 1, 5});
	assert_true(measured().most < 1);
}

static void
compares_nothing_in_a_face_that_is_turned(void **state)
{
	(void)state;
	film();
	for (int i = 10; i < COUNT; i++)
		moments[i].signals.yaw = 30;
	twice((struct drawn){SHUT, SHUT, 0, 0, 1, 0});
	assert_int_equal(measured().seen, 0);
}

/* A level face of flat grey but for one dark eye, drawn askew. */
static void
takes_eyes_level_and_of_one_size(void **state)
{
	static uint8_t bytes[200 * 200];
	struct raster grey = {.width = 200, .height = 200, .channels = 1,
	    .data = bytes};
	struct eyes_strip s;
	struct face f = {.has_points = true};

	(void)state;
	memset(bytes, 200, sizeof(bytes));
	for (int i = 36; i < 48; i++) { /* eyes 96 apart, one below the other */
		f.points[i][0] = 100;
		f.points[i][1] = i < 42 ? 60 : 156;
	}
	for (int y = 50; y < 70; y++)
		memset(bytes + 200 * y + 90, 20, 20);
	eyes_take(&grey, &f, &s);
	assert_int_equal(s.at[24][16], 20);
	assert_int_equal(s.at[24][64], 200);
	assert_int_equal(s.at[24][40], 200);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sees_both_eyes_shut_and_when),
	    cmocka_unit_test(sees_nothing_in_eyes_that_stay_open),
	    cmocka_unit_test(takes_an_error_of_the_landmarks_for_no_motion),
	    cmocka_unit_test(takes_a_new_exposure_for_no_motion),
	    cmocka_unit_test(wants_both_eyes_to_move),
	    cmocka_unit_test(takes_eyes_that_stay_shut_for_no_motion),
	    cmocka_unit_test(compares_nothing_in_a_face_that_is_turned),
	    cmocka_unit_test(takes_eyes_level_and_of_one_size),
	};

	return cmocka_run_group_tests_name("eyes", tests, NULL, NULL);
}
