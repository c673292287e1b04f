/*
 * Where a page lies by its zone, in flat scans that show no contour.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "vision/page/page.h"

#define WIDE 500
#define PER_MM (WIDE / 125.0f)
#define PAGE_HIGH 352 /* of 88 mm */

/* Lines of a passport's zone where the standard has them, bottom: of the
 * page, in pixels. */
static void
zone_at(float bottom, struct mrz_found *out)
{
	*out = (struct mrz_found){.columns = 44};
	out->reading.mrz.format = MRZ_TD3;
	out->reading.line_count = 2;
	for (int i = 0; i < 2; i++) {
		struct line *l = &out->lines[i];
		l->letters = 44;
		l->x = 7.5f * PER_MM;
		l->y = bottom - (9.45f + 6.35f * (float)(1 - i)) * PER_MM;
		l->sx = 2.54f * PER_MM;
		line_square(l, 1);
	}
}

/* The page found in a picture of one grey. */
static struct page
found_in(int height, float bottom)
{
	struct raster colour = {0}, grey = {0};
	struct mrz_found zone;
	struct page page;
	assert_int_equal(raster_make(WIDE, height, 3, &colour), OK);
	memset(colour.data, 220, (size_t)WIDE * (size_t)height * 3);
	assert_int_equal(raster_grey(&colour, &grey), OK);
	zone_at(bottom, &zone);
	assert_int_equal(page_find(&colour, &grey, &zone, &page), OK);
	raster_clear(&colour);
	raster_clear(&grey);
	return page;
}

static void
a_scan_of_the_page_alone_is_the_page(void **state)
{
	(void)state;
	struct page p = found_in(PAGE_HIGH, PAGE_HIGH);
	assert_float_equal(p.corners[1], 0, 1);
	assert_float_equal(p.corners[5], PAGE_HIGH, 1);
}

static void
a_scan_of_an_open_booklet_is_no_page(void **state)
{
	(void)state;
	struct page p = found_in(2 * PAGE_HIGH, 2 * PAGE_HIGH);
	assert_float_equal(p.corners[1], PAGE_HIGH, 12);
	assert_float_equal(p.corners[5], 2 * PAGE_HIGH, 12);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_scan_of_the_page_alone_is_the_page),
	    cmocka_unit_test(a_scan_of_an_open_booklet_is_no_page),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
