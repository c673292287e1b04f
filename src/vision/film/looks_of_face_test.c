#include "vision/film/looks_of_face.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SIDE 200
#define COUNT 18

static struct raster grey;
static struct face face;
static struct face_look looks[COUNT];
static uint32_t ms[COUNT];

/* Somebody: waves of their own, seen a little higher or lower, under noise.
 * The eyes lie 80 pixels apart, and so much aslant. */
static void
draw(int who, double high, double light, double roll)
{
	double s = sin(roll), c = cos(roll);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++) {
			double u = c * (x - 100) + s * (y - 80);
			double v = c * (y - 80) - s * (x - 100) - high;
			double grown = 110 + 40 * sin(u / (5 + who) +
			    who * 2) + 40 * sin(v / (7 - who) + u * u / 900);
			raster_row(&grey, y)[x] = (uint8_t)(light * grown +
			    rand() % 7);
		}
	for (int i = 0; i < 12; i++) {
		double x = i < 6 ? -40 : 40;
		face.points[36 + i][0] = (float)(100 + c * x);
		face.points[36 + i][1] = (float)(80 + s * x);
	}
	face.has_points = true;
}

static int
begin(void **state)
{
	(void)state;
	srand(11);
	return raster_make(SIDE, SIDE, 1, &grey) == OK ? 0 : -1;
}

static int
end(void **state)
{
	(void)state;
	raster_clear(&grey);
	return 0;
}

static struct face_look
look(int who, double high, double light, double roll)
{
	struct face_look l;
	draw(who, high, light, roll);
	assert_int_equal(face_look_of(&grey, &face, &l), OK);
	return l;
}

/* Three calm stretches of two seconds; another person from one look on. */
static void
watch(int other_from)
{
	for (int i = 0; i < COUNT; i++) {
		ms[i] = (uint32_t)(i * 350 + i / 6 * 1500);
		looks[i] = look(i >= other_from ? 2 : 1, (rand() % 5 - 2) * 0.2,
		    1, 0);
	}
}

static void
one_face_is_nearer_to_itself_than_to_another(void **state)
{
	(void)state;
	struct face_look a = look(1, 0, 1, 0), b = look(1, 0.3, 1, 0);
	struct face_look c = look(2, 0, 1, 0);
	assert_true(face_look_apart(&a, &a) < 1e-6);
	assert_true(face_look_apart(&a, &b) < 0.7 * face_look_apart(&a, &c));
}

static void
light_and_a_head_held_aslant_change_little(void **state)
{
	(void)state;
	struct face_look a = look(1, 0, 1, 0), dim = look(1, 0, 0.7, 0);
	struct face_look aslant = look(1, 0, 1, 0.25), c = look(2, 0, 1, 0);
	assert_true(face_look_apart(&a, &dim) < 0.8 * face_look_apart(&a, &c));
	assert_true(face_look_apart(&a, &aslant) < face_look_apart(&a, &c));
}

static void
a_face_without_size_is_not_looked_at(void **state)
{
	struct face_look l;

	(void)state;
	draw(1, 0, 1, 0);
	for (int i = 0; i < 12; i++)
		face.points[36 + i][0] = 100;
	assert_int_equal(face_look_of(&grey, &face, &l), ERR_NOT_FOUND);
}

static void
a_face_that_stays_shows_no_change(void **state)
{
	size_t at;

	(void)state;
	watch(COUNT);
	assert_true(face_look_split(looks, COUNT, &at) < 1.2);
	assert_true(face_look_change(looks, ms, COUNT, &at) < 1.2);
}

static void
another_face_is_found_where_it_begins(void **state)
{
	size_t at;

	(void)state;
	watch(12);
	assert_true(face_look_split(looks, COUNT, &at) > 1.5);
	assert_int_equal(at, 12);
	assert_true(face_look_change(looks, ms, COUNT, &at) > 1.6);
	assert_int_equal(at, 12);
}

/* Nobody is seen changing: between two calm stretches there is a motion, and
 * at its edge a look that is neither. */
static void
a_change_within_a_motion_is_found(void **state)
{
	size_t at;

	(void)state;
	watch(6);
	looks[6] = look(3, 6, 0.8, 0.1);
	assert_true(face_look_change(looks, ms, COUNT, &at) > 1.6);
	assert_int_equal(at, 6);
}

static void
faces_of_very_unlike_size_are_not_compared(void **state)
{
	size_t at;

	(void)state;
	watch(12);
	for (int i = 0; i < COUNT; i++)
		looks[i].size = i < 12 ? 40 : 48;
	assert_true(face_look_split(looks, COUNT, &at) > 1.5);
	for (int i = 12; i < COUNT; i++)
		looks[i].size = 60; /* come closer */
	assert_true(face_look_split(looks, COUNT, &at) < 1.2);
	assert_true(face_look_change(looks, ms, COUNT, &at) < 1.2);
}

static void
nothing_is_said_of_too_few_looks(void **state)
{
	size_t at;

	(void)state;
	watch(4);
	assert_true(face_look_change(looks, ms, 7, &at) < 0.01);
	assert_int_equal(at, 0);
	assert_true(face_look_change(looks, ms, 0, &at) < 0.01);
	assert_true(face_look_split(looks, 2, &at) < 1.01);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(one_face_is_nearer_to_itself_than_to_another),
	    CASE(light_and_a_head_held_aslant_change_little),
	    CASE(a_face_without_size_is_not_looked_at),
	    CASE(a_face_that_stays_shows_no_change),
	    CASE(another_face_is_found_where_it_begins),
	    CASE(a_change_within_a_motion_is_found),
	    CASE(faces_of_very_unlike_size_are_not_compared),
	    CASE(nothing_is_said_of_too_few_looks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
