/*
 * A small picture looked for in a large one.
 */
#include "vision/pixels/opencv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define SIDE 60
#define PART 20

static const int everywhere[4];

static void
draw_noise(struct raster *out)
{
	srand(5);
	assert_int_equal(raster_make(SIDE, SIDE, 1, out), OK);
	for (int i = 0; i < SIDE * SIDE; i++)
		out->data[i] = (uint8_t)(rand() % 256);
}

static void
finds_a_part_where_it_was_cut_out(void **state)
{
	AUTO(raster_clear) struct raster large = {0};
	AUTO(raster_clear) struct raster part = {0};
	int place[2];
	double alike;
	(void)state;
	draw_noise(&large);
	assert_int_equal(raster_cut(&large, 13, 27, PART, PART, &part), OK);
	assert_int_equal(opencv_match(&large, &part, everywhere, place,
	    &alike), OK);
	assert_true(alike > 0.99);
	assert_int_equal(place[0], 13);
	assert_int_equal(place[1], 27);
}

/* A card burnt out to white in a film is not the one that was photographed. */
static void
a_picture_of_one_level_is_like_nothing(void **state)
{
	AUTO(raster_clear) struct raster large = {0};
	AUTO(raster_clear) struct raster part = {0};
	int place[2];
	double alike = 1;
	(void)state;
	draw_noise(&large);
	assert_int_equal(raster_make(PART, PART, 1, &part), OK);
	for (int level = 0; level < 256; level += 85) {
		memset(part.data, level, PART * PART);
		assert_int_equal(opencv_match(&large, &part, everywhere,
		    place, &alike), OK);
		assert_true(alike <= 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_a_part_where_it_was_cut_out),
	    cmocka_unit_test(a_picture_of_one_level_is_like_nothing)};

	return cmocka_run_group_tests_name("match", tests, NULL, NULL);
}
