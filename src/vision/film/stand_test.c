#include "vision/film/stand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#define COUNT 40 /* four seconds */
#define WIDE 320
#define TALL 240

static struct moment moments[COUNT];

/* A face of blots, so far from where it was first, under a camera's noise;
 * with its mouth so far open. */
static void
draw(struct moment *m, double x, double y, double mouth, int noise)
{
	for (int row = 0; row < TALL; row++)
		for (int i = 0; i < WIDE; i++) {
			double u = i - 160 - x, v = row - 120 - y;
			double grey = 120 + 50 * sin(u / 7) * cos(v / 9) +
			    25 * sin(u / 3.1 + v / 4.3);
			grey -= mouth * exp(-(u * u + (v - 30) * (v - 30)) /
			    200);
			raster_row(&m->grey, row)[i] = (uint8_t)(grey +
			    (noise ? rand() % (2 * noise + 1) - noise : 0));
		}
}

static int
begin(void **state)
{
	(void)state;
	srand(7);
	for (int i = 0; i < COUNT; i++) {
		struct moment *m = &moments[i];
		*m = (struct moment){.time_ms = (uint32_t)i * 100,
		    .has_face = true};
		m->face = (struct face){.x = 220, .y = 140, .width = 200,
		    .height = 200};
		assert_int_equal(raster_make(WIDE, TALL, 1, &m->grey), OK);
		/* breath and sway: half a millimetre */
		draw(m, 0.6 * sin(i * 0.35), 0.4 * sin(i * 0.22), 0, 3);
	}
	return 0;
}

static int
end(void **state)
{
	(void)state;
	for (int i = 0; i < COUNT; i++)
		raster_clear(&moments[i].grey);
	return 0;
}

static double
stands(struct seam *out)
{
	stand_find(moments, COUNT, 2 * WIDE, out);
	return out->value;
}

static void
a_face_that_lives_never_stands(void **state)
{
	struct seam s;

	(void)state;
	assert_true(stands(&s) < 0.5);
}

/* The frames differ all the while, as an encoder makes them. */
static void
a_picture_that_stands_is_found_though_it_is_refined(void **state)
{
	struct seam s;

	(void)state;
	for (int i = 12; i < 26; i++)
		draw(&moments[i], 0.5, 0.1, 0, 3 - (i - 12) / 6);
	assert_true(stands(&s) > 1.2 && s.value < 1.5);
	assert_int_equal(s.from_ms, 1200);
	assert_int_equal(s.to_ms, 2500);
}

static void
a_mouth_alone_that_moves_is_a_motion(void **state)
{
	struct seam s;

	(void)state;
	for (int i = 0; i < COUNT; i++)
		draw(&moments[i], 0, 0, 40 + 30 * sin(i * 0.9), 2);
	assert_true(stands(&s) < 0.5);
}

/* 0.02 pixels from picture to picture are 0.2 in a second. */
static void
a_slow_motion_adds_up(void **state)
{
	struct seam s;

	(void)state;
	for (int i = 0; i < COUNT; i++)
		draw(&moments[i], 0.02 * i, 0, 0, 1);
	assert_true(stands(&s) < 0.7);
}

static void
light_that_sways_over_a_picture_is_no_motion(void **state)
{
	struct seam s;

	(void)state;
	for (int i = 10; i < 30; i++) {
		draw(&moments[i], 0, 0, 0, 1);
		for (int k = 0; k < WIDE * TALL; k++)
			moments[i].grey.data[k] = (uint8_t)(
			    moments[i].grey.data[k] + i % 5);
	}
	assert_true(stands(&s) > 1.7);
}

static void
nothing_is_said_of_what_has_no_face_or_nothing_in_it(void **state)
{
	struct seam s;

	(void)state;
	for (int i = 0; i < COUNT; i++)
		moments[i].has_face = false;
	assert_true(stands(&s) < 0.01);
	for (int i = 0; i < COUNT; i++) {
		moments[i].has_face = true;
		for (int k = 0; k < WIDE * TALL; k++)
			moments[i].grey.data[k] = 128;
	}
	assert_true(stands(&s) < 0.01);
}

/* A detector's box may reach outside. */
static void
a_face_at_the_edge_is_looked_at_as_far_as_it_is_there(void **state)
{
	struct seam s;

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		moments[i].face.x = -80;
		moments[i].face.y = 330;
	}
	assert_true(stands(&s) < 0.5);
	moments[3].face.x = 9000;
	moments[4].face.y = -9000;
	assert_true(stands(&s) < 0.5);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(a_face_that_lives_never_stands),
	    CASE(a_picture_that_stands_is_found_though_it_is_refined),
	    CASE(a_mouth_alone_that_moves_is_a_motion),
	    CASE(a_slow_motion_adds_up),
	    CASE(light_that_sways_over_a_picture_is_no_motion),
	    CASE(nothing_is_said_of_what_has_no_face_or_nothing_in_it),
	    CASE(a_face_at_the_edge_is_looked_at_as_far_as_it_is_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
