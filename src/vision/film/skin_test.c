/*
 * A painted face: what is measured of its cheeks and of the wall behind.
 */
#include "vision/film/skin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#define WIDE 320
#define TALL 240

static struct raster picture;
static struct face face;

static void
put(int point, float x, float y)
{
	face.points[point][0] = x;
	face.points[point][1] = y;
}

/* Each half of the face in its own grey, before a wall of another colour. */
static int
paint(void **state)
{
	(void)state;
	assert_int_equal(raster_make(WIDE, TALL, 3, &picture), OK);
	for (int y = 0; y < TALL; y++)
		for (int x = 0; x < WIDE; x++) {
			uint8_t *p = raster_row(&picture, y) + 3 * x;
			bool in = x >= 110 && x < 210;
			uint8_t grey = x < 160 ? 180 : 90;
			p[0] = in ? grey : 200;
			p[1] = in ? grey : 40;
			p[2] = in ? grey : 40;
		}
	face = (struct face){.x = 110, .y = 70, .width = 100, .height = 100,
	    .has_points = true};
	put(36, 125, 100);
	put(39, 147, 100);
	put(31, 150, 130);
	put(2, 115, 130);
	put(42, 173, 100);
	put(45, 195, 100);
	put(35, 170, 130);
	put(14, 205, 130);
	return 0;
}

static int
wipe(void **state)
{
	(void)state;
	raster_clear(&picture);
	return 0;
}

static float
light_of(float level)
{
	return powf(level / 255, 2.2f);
}

static void
tells_the_light_of_each_cheek(void **state)
{
	struct skin s;

	(void)state;
	skin_measure(&picture, &face, &s);
	assert_true(s.seen);
	assert_true(fabsf(s.cheek[CHEEK_LEFT] / light_of(180) - 1) < 0.02f);
	assert_true(fabsf(s.cheek[CHEEK_RIGHT] / light_of(90) - 1) < 0.02f);
	assert_true(fabsf(s.colour[0] - s.colour[2]) < 0.001f);
}

static void
tells_the_colour_of_the_wall_beside_the_head(void **state)
{
	struct skin s;

	(void)state;
	skin_measure(&picture, &face, &s);
	assert_true(fabsf(s.ground[0] - light_of(200)) < 0.001f);
	assert_true(fabsf(s.ground[1] - light_of(40)) < 0.001f);
}

static void
knows_no_ground_where_the_face_fills_the_picture(void **state)
{
	struct skin s;

	(void)state;
	face.width = 300;
	face.x = 10;
	skin_measure(&picture, &face, &s);
	assert_true(s.seen);
	assert_true(s.ground[0] <= 0);
}

static void
sees_nothing_without_points_nor_in_cheeks_of_few_pixels(void **state)
{
	struct skin s;

	(void)state;
	for (int i = 0; i < FACE_POINTS; i++)
		for (int k = 0; k < 2; k++)
			face.points[i][k] *= 0.15f;
	skin_measure(&picture, &face, &s);
	assert_false(s.seen);
	face.has_points = false;
	skin_measure(&picture, &face, &s);
	assert_false(s.seen);
}

/* Landmarks may lie anywhere, and are no numbers in a damaged model. */
static void
stays_within_the_picture(void **state)
{
	struct skin s;

	(void)state;
	put(2, -4000, 90);
	put(14, 9000, 5000);
	skin_measure(&picture, &face, &s);
	put(36, NAN, 100);
	put(45, INFINITY, -INFINITY);
	skin_measure(&picture, &face, &s);
	assert_false(s.seen && !isfinite(s.cheek[CHEEK_LEFT]));
}

#define PAINTED(test) cmocka_unit_test_setup_teardown(test, paint, wipe)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    PAINTED(tells_the_light_of_each_cheek),
	    PAINTED(tells_the_colour_of_the_wall_beside_the_head),
	    PAINTED(knows_no_ground_where_the_face_fills_the_picture),
	    PAINTED(sees_nothing_without_points_nor_in_cheeks_of_few_pixels),
	    PAINTED(stays_within_the_picture),
	};

	return cmocka_run_group_tests_name("skin", tests, NULL, NULL);
}
