/*
 * What lies beside the back of a card: its front, or a table that has marks of
 * a letter's size. Composed of a fixed specimen's two sides.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vision/look/look.h"

#define WIDE 1040 /* of a side; they are scans */
#define HIGH 656
#define KEY 60

static struct inspector tools = {.nowhere = -1};
static struct findings found;

static int
load(void **state)
{
	(void)state;
	assert_int_equal(inspector_load(getenv("MODELS"), &tools), OK);
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	inspector_clear(&tools);
	return 0;
}

static void
fill(struct raster *r, int x, int y, int w, int h, uint8_t level)
{
	for (int k = y; k < y + h; k++)
		memset(raster_row(r, k) + x * 3, level, (size_t)w * 3);
}

static void
lay(struct raster *on, int y, const char *name)
{
	AUTO(sight_clear) struct sight s = {.tools = &tools, .out = &found};
	AUTO(buf_clear) struct buf file;
	AUTO(raster_clear) struct raster side = {0};
	char path[1000];
	snprintf(path, sizeof(path), "%s/%s", getenv("SPECIMENS"), name);
	buf_init(&file, (size_t)1 << 23);
	assert_int_equal(buf_add_file(&file, path), OK);
	s.file = span_of_buf(&file);
	found.count = 0;
	assert_int_equal(look_picture(&s), OK);
	assert_int_equal(opencv_resize(&s.still.colour, WIDE, HIGH, &side),
	    OK);
	for (int k = 0; k < HIGH; k++)
		memcpy(raster_row(on, y + k), raster_row(&side, k),
		    (size_t)WIDE * 3);
}

/* Where the sides touch and end where the picture does, no contour is seen. */
static void
look_at(struct sight *s, const char *front)
{
	struct raster *r = &s->still.colour;
	assert_int_equal(raster_make(WIDE, 2 * HIGH, 3, r), OK);
	fill(r, 0, 0, r->width, r->height, 245);
	if (front)
		lay(r, 0, front);
	else
		for (int y = 0; y < HIGH - KEY; y += KEY)
			for (int x = 0; x < WIDE - KEY; x += KEY) {
				fill(r, x, y, KEY - 8,
				    KEY - 8, 210);
				fill(r, x + 16, y + 16, 14,
				    20, 40);
			}
	lay(r, HIGH, "scan_td1_cze_back.jpg");
	assert_int_equal(raster_grey(r, &s->still.grey), OK);
	s->still.reduction = 1;
	found.count = 0;
	assert_int_equal(look_zone(s), OK);
	assert_true(s->has_zone);
	assert_int_equal(look_page(s), OK);
	assert_true(s->has_page);
}

static void
a_front_is_read_with_its_back(void **state)
{
	AUTO(sight_clear) struct sight s = {.tools = &tools, .out = &found};
	(void)state;
	look_at(&s, "scan_td1_cze_front.jpg");
	assert_true(s.page.zone_apart && s.page.other_beside);
	assert_true(s.page.corners[1] < HIGH / 2.0f);
	assert_null(findings_find(&found, FINDING_card_back));
}

static void
keys_beside_a_back_are_no_front(void **state)
{
	AUTO(sight_clear) struct sight s = {.tools = &tools, .out = &found};
	(void)state;
	look_at(&s, NULL);
	assert_false(s.page.has_other || s.page.zone_apart);
	assert_true(s.page.corners[1] > HIGH / 2.0f);
	assert_non_null(findings_find(&found, FINDING_card_back));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_front_is_read_with_its_back),
	    cmocka_unit_test(keys_beside_a_back_are_no_front)};
	return cmocka_run_group_tests(tests, load, unload);
}
