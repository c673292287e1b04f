/*
 * Fixed specimens, and a page without anything on it. Middles of faces are
 * those of the pictures that the specimens' truth speaks of.
 */
#include "vision/fraud/spots.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vision/fraud/portrait.h"
#include "vision/look/look.h"

#define SURE 0.5f

/* Of forged_swapped.jpg, millimetres. */
struct face {
	float x, y, wide;
};
static const struct face portrait = {21.4f, 36, 19.8f};
static const struct face ghost = {110.1f, 46, 12};

static struct inspector tools = {.nowhere = -1};
static struct findings found;

static int
load(void **state)
{
	(void)state;
	return inspector_load(getenv("MODELS"), &tools) == OK ? 0 : 1;
}

static int
unload(void **state)
{
	(void)state;
	inspector_clear(&tools);
	return 0;
}

/* The document of a specimen, cut out and in grey, at a third of its size. */
static void
page_of(const char *name, struct raster *out)
{
	AUTO(sight_clear) struct sight s = {.tools = &tools, .out = &found};
	AUTO(buf_clear) struct buf file;
	AUTO(raster_clear) struct raster small = {0};
	const struct raster *card;
	char path[1000];
	snprintf(path, sizeof(path), "%s/%s", getenv("SPECIMENS"), name);
	buf_init(&file, (size_t)1 << 23);
	assert_int_equal(buf_add_file(&file, path), OK);
	s.file = span_of_buf(&file);
	found.count = 0;
	assert_int_equal(look_picture(&s), OK);
	assert_int_equal(look_zone(&s), OK);
	assert_int_equal(look_page(&s), OK);
	assert_int_equal(sight_card(&s, &card), OK);
	assert_int_equal(raster_shrink(card, PORTRAIT_SHRINK, &small), OK);
	assert_int_equal(raster_grey(&small, out), OK);
}

static size_t
spots_of(const struct raster *grey, struct spot_of_head out[HEAD_SPOTS_MAX])
{
	size_t count;
	assert_int_equal(spots_find(tools.nets[MODEL_heads], grey,
	    CARD_PER_MM / PORTRAIT_SHRINK, out, &count), OK);
	return count;
}

/* Whether a face that the network is sure of stands there, so wide. */
static bool
stands(const struct spot_of_head *spots, size_t count, const struct face *f)
{
	for (size_t i = 0; i < count; i++)
		if (spots[i].score >= SURE && hypotf(spots[i].x - f->x,
		    spots[i].y - f->y) < 0.4f * f->wide &&
		    fabsf(spots[i].width / f->wide - 1) < 0.5f)
			return true;
	return false;
}

static void
a_face_stands_where_it_was_printed(void **state)
{
	AUTO(raster_clear) struct raster grey = {0};
	struct spot_of_head spots[HEAD_SPOTS_MAX];
	(void)state;
	page_of("forged_swapped.jpg", &grey);
	size_t count = spots_of(&grey, spots);
	assert_true(stands(spots, count, &portrait));
	assert_true(stands(spots, count, &ghost));
	for (size_t i = 1; i < count; i++)
		assert_true(spots[i].score <= spots[i - 1].score);
}

static void
a_back_shows_no_face(void **state)
{
	AUTO(raster_clear) struct raster grey = {0};
	struct spot_of_head spots[HEAD_SPOTS_MAX];
	(void)state;
	page_of("td1_bel_back.jpg", &grey);
	size_t count = spots_of(&grey, spots);
	for (size_t i = 0; i < count; i++)
		assert_true(spots[i].score < SURE);
}

static void
nothing_stands_on_a_bare_page(void **state)
{
	struct spot_of_head spots[HEAD_SPOTS_MAX];
	(void)state;
	for (int side = 1; side < 300; side += 61) {
		AUTO(raster_clear) struct raster bare = {0};
		assert_int_equal(raster_make(side, side, 1, &bare), OK);
		memset(bare.data, 200, (size_t)(side * side));
		assert_int_equal(spots_of(&bare, spots), 0);
	}
}

static void
a_network_of_another_kind_is_refused(void **state)
{
	AUTO(raster_clear) struct raster bare = {0};
	struct spot_of_head spots[HEAD_SPOTS_MAX];
	size_t count;
	(void)state;
	assert_int_equal(raster_make(96, 96, 1, &bare), OK);
	memset(bare.data, 200, (size_t)96 * 96);
	assert_int_equal(spots_find(tools.nets[MODEL_mrz], &bare, 3, spots,
	    &count), ERR_INTERNAL);
	err_clear();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_face_stands_where_it_was_printed),
	    cmocka_unit_test(a_back_shows_no_face),
	    cmocka_unit_test(nothing_stands_on_a_bare_page),
	    cmocka_unit_test(a_network_of_another_kind_is_refused),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
