#include "vision/film/seek.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static struct face
at(float x, float y, float side)
{
	return (struct face){.x = x, .y = y, .width = side, .height = side};
}

static void
a_head_that_moves_and_grows_a_little_is_the_same(void **state)
{
	struct face a = at(200, 100, 100), near = at(240, 120, 120);
	struct face beside = at(330, 100, 100), small = at(225, 125, 50);

	(void)state;
	assert_true(seek_is_near(&a, &a));
	assert_true(seek_is_near(&a, &near));
	assert_false(seek_is_near(&a, &beside));
	assert_false(seek_is_near(&a, &small));
}

/* Stripes one pixel wide, or eight. */
static struct raster
stripes(int wide)
{
	struct raster r;
	assert_int_equal(raster_make(120, 120, 1, &r), OK);
	for (int y = 0; y < 120; y++)
		for (int x = 0; x < 120; x++)
			raster_row(&r, y)[x] = (uint8_t)(abs(x % (2 * wide) -
			    wide) * 240 / wide);
	return r;
}

static void
what_is_fine_is_sharp_and_what_is_soft_is_blurred(void **state)
{
	AUTO(raster_clear) struct raster fine = stripes(2);
	AUTO(raster_clear) struct raster soft = stripes(30);
	struct face all = at(0, 0, 120);

	(void)state;
	assert_true(face_blur(&fine, &all) < 0.3f);
	assert_true(face_blur(&soft, &all) > 0.7f);
}

static void
a_border_goes_on_beyond_the_picture(void **state)
{
	AUTO(raster_clear) struct raster r = {0}, out = {0};

	(void)state;
	assert_int_equal(raster_make(4, 3, 1, &r), OK);
	for (int y = 0; y < 3; y++)
		for (int x = 0; x < 4; x++)
			raster_row(&r, y)[x] = (uint8_t)(10 * y + x);
	assert_int_equal(seek_cut(&r, (struct box){-2, -1, 8, 6}, &out), OK);
	assert_int_equal(out.width, 8);
	assert_int_equal(out.height, 6);
	assert_int_equal(raster_row(&out, 0)[0], 0);
	assert_int_equal(raster_row(&out, 1)[3], 1);
	assert_int_equal(raster_row(&out, 3)[4], 22);
	assert_int_equal(raster_row(&out, 5)[7], 23);
}

static void
an_empty_picture_has_no_face_and_was_searched(void **state)
{
	AUTO(raster_clear) struct raster colour = {0};
	AUTO(faces_free) struct faces *faces = NULL;
	struct seek s = {0};

	(void)state;
	assert_int_equal(faces_load("", "", &faces), OK);
	assert_int_equal(raster_make(320, 240, 3, &colour), OK);
	for (uint32_t i = 0; i < 5; i++) {
		struct moment m = {.time_ms = 100 * i};
		assert_int_equal(seek_face(&s, faces, &colour, false, &m), OK);
		assert_false(m.has_face);
		assert_true(m.searched);
		assert_true(m.second < 0);
	}
	assert_false(s.seen);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_head_that_moves_and_grows_a_little_is_the_same),
	    cmocka_unit_test(what_is_fine_is_sharp_and_what_is_soft_is_blurred),
	    cmocka_unit_test(a_border_goes_on_beyond_the_picture),
	    cmocka_unit_test(an_empty_picture_has_no_face_and_was_searched),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
