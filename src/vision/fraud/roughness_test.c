#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vision/fraud/roughness.h"

#define WIDE 400
#define HIGH 300
#define COLUMNS 60
#define ROWS 20

static unsigned seed;

static int
noise(int most)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)(seed >> 16) % (2 * most + 1) - most;
}

/* Grain everywhere but in one rectangle, which a slope fills. */
static void
grainy(struct still *s, int by)
{
	seed = 1;
	*s = (struct still){.width = WIDE * by, .height = HIGH * by,
	    .reduction = 1, .orientation = 1};
	assert_int_equal(raster_make(s->width, s->height, 1, &s->grey), OK);
	for (int y = 0; y < s->height; y++)
		for (int x = 0; x < s->width; x++) {
			bool filled = x >= 200 * by && x < 320 * by &&
			    y >= 100 * by && y < 160 * by;
			raster_row(&s->grey, y)[x] = (uint8_t)(150 + x / 20 /
			    by + (filled ? 0 : noise(8)));
		}
}

/* A page as large as the picture, ten pixels a millimetre. */
static struct plane
page_of(const struct still *s, int by)
{
	float w = (float)s->width, h = (float)s->height;
	struct page p = {.corners = {0, 0, w, 0, w, h, 0, h},
	    .width = w / 10 / (float)by, .height = h / 10 / (float)by};
	struct plane out;
	plane_of(&p, &out);
	return out;
}

static double
mean(const uint8_t *map, int from, int to)
{
	double sum = 0;
	for (int y = 4; y < ROWS - 4; y++)
		for (int x = from; x < to; x++)
			sum += map[y * COLUMNS + x];
	return sum / (to - from) / (ROWS - 8);
}

static void
tells_a_filled_part_by_its_missing_grain(void **state)
{
	(void)state;
	for (int by = 1; by <= 3; by += 2) { /* 3: it is made smaller */
		AUTO(still_clear) struct still s;
		uint8_t fine[COLUMNS * ROWS], coarse[COLUMNS * ROWS];
		grainy(&s, by);
		struct plane page = page_of(&s, by);
		assert_int_equal(roughness_put(&s, &page,
		    (struct roughness_part){14, 11, 12, 4}, COLUMNS, ROWS,
		    fine, coarse), OK);
		/* the border lies at half of the part */
		assert_true(mean(fine, 2, 26) > 60);
		assert_true(mean(fine, 34, 58) < 12);
		assert_true(mean(coarse, 2, 26) > 40);
		assert_true(mean(coarse, 34, 58) < 12);
	}
}

static void
goes_where_the_page_lies(void **state)
{
	AUTO(still_clear) struct still s;
	uint8_t fine[COLUMNS * ROWS], coarse[COLUMNS * ROWS];

	(void)state;
	grainy(&s, 1);
	/* upside down: what was to the right is to the left */
	struct page p = {.corners = {WIDE, HIGH, 0, HIGH, 0, 0, WIDE, 0},
	    .width = 40, .height = 30};
	struct plane page;
	plane_of(&p, &page);
	assert_int_equal(roughness_put(&s, &page, (struct roughness_part){14,
	    15, 12, 4}, COLUMNS, ROWS, fine, coarse), OK);
	assert_true(mean(fine, 2, 26) < 12 && mean(fine, 34, 58) > 60);
}

static void
refuses_what_lies_outside_of_the_picture(void **state)
{
	static const struct roughness_part parts[] = {{100, 10, 12, 4},
	    {-50, 10, 12, 4}, {10, 3e7f, 12, 4}, {10, 10, 0, 0}};
	AUTO(still_clear) struct still s;
	uint8_t fine[COLUMNS * ROWS], coarse[COLUMNS * ROWS];

	(void)state;
	grainy(&s, 1);
	struct plane page = page_of(&s, 1);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(roughness_put(&s, &page, parts[i], COLUMNS,
		    ROWS, fine, coarse), ERR_NOT_FOUND);
		err_clear();
	}
}

/* A thin part that runs askew through a large picture. */
static void
refuses_what_is_spread_over_the_picture(void **state)
{
	AUTO(still_clear) struct still s;
	uint8_t fine[COLUMNS * ROWS], coarse[COLUMNS * ROWS];
	const struct page p = {.corners = {0, 0, 1800, 1500, 1790, 1510, 0,
	    10}, .width = 125, .height = 88};
	struct plane page;

	(void)state;
	grainy(&s, 5);
	plane_of(&p, &page);
	assert_int_equal(roughness_put(&s, &page, (struct roughness_part){1,
	    1, 120, 80}, COLUMNS, ROWS, fine, coarse), ERR_NOT_FOUND);
	err_clear();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tells_a_filled_part_by_its_missing_grain),
	    cmocka_unit_test(goes_where_the_page_lies),
	    cmocka_unit_test(refuses_what_lies_outside_of_the_picture),
	    cmocka_unit_test(refuses_what_is_spread_over_the_picture),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
