#include "vision/fraud/features.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#define SIDE 96
#define FACE 40.0 /* pixels that a face is wide */

/* Waves so long, and light that becomes brighter to the right. */
static void
waves(double length, double strong, double light, struct raster *out)
{
	assert_int_equal(raster_make(SIDE, SIDE, 1, out), OK);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++)
			out->data[y * SIDE + x] = (uint8_t)lround(120 +
			    light * x / SIDE +
			    strong * sin(2 * M_PI * x / length));
}

/* How far the features of the middle lie from one another, in levels. */
static int
seen(struct feature_band band, double length, double strong, double light)
{
	AUTO(raster_clear) struct raster grey = {0};
	AUTO(raster_clear) struct raster out = {0};
	int least = 255, most = 0;
	waves(length, strong, light, &grey);
	assert_int_equal(features_of(&grey, band, &out), OK);
	for (int y = SIDE / 4; y < SIDE * 3 / 4; y++)
		for (int x = SIDE / 4; x < SIDE * 3 / 4; x++) {
			int v = raster_row(&out, y)[x];
			least = v < least ? v : least;
			most = v > most ? v : most;
		}
	return most - least;
}

static void
parts_of_a_face_are_seen_and_light_is_not(void **state)
{
	(void)state;
	assert_true(seen(features_all(FACE), 16, 20, 0) > 60);
	assert_true(seen(features_large(FACE), 20, 20, 0) > 20);
	assert_true(seen(features_all(FACE), 16, 0, 80) < 12);
	assert_true(seen(features_large(FACE), 16, 0, 80) < 12);
}

static void
only_large_parts_lie_above_a_grounds_lines(void **state)
{
	(void)state;
	assert_true(seen(features_all(FACE), 6, 20, 0) > 30);
	assert_true(seen(features_large(FACE), 6, 20, 0) < 12);
}

static void
a_weak_picture_is_stretched(void **state)
{
	AUTO(raster_clear) struct raster grey = {0};
	(void)state;
	waves(20, 10, 0, &grey);
	features_stretch(&grey);
	int least = 255, most = 0;
	for (int i = 0; i < SIDE * SIDE; i++) {
		least = grey.data[i] < least ? grey.data[i] : least;
		most = grey.data[i] > most ? grey.data[i] : most;
	}
	assert_true(least < 8 && most > 247);
}

/* One level: there is nothing to stretch, and nothing to divide by. */
static void
a_plain_picture_has_nothing_to_stretch(void **state)
{
	AUTO(raster_clear) struct raster grey = {0};
	(void)state;
	waves(20, 0, 0, &grey);
	features_stretch(&grey);
	for (int i = 1; i < SIDE * SIDE; i++)
		assert_int_equal(grey.data[i], grey.data[0]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(parts_of_a_face_are_seen_and_light_is_not),
	    cmocka_unit_test(only_large_parts_lie_above_a_grounds_lines),
	    cmocka_unit_test(a_weak_picture_is_stretched),
	    cmocka_unit_test(a_plain_picture_has_nothing_to_stretch),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
