/* What lies beside a passport's page and is no second document. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "vision/page/page.h"

#define SIDE 400

static uint8_t tones[SIDE * SIDE];
static const struct raster grey = {.width = SIDE, .height = SIDE,
    .channels = 1, .data = tones};
static const float page[8] = {20, 200, 320, 200, 320, 390, 20, 390};

static void
paint(int x, int y, int width, int height, int tone)
{
	for (int k = y; k < y + height; k++)
		memset(tones + k * SIDE + x, tone, (size_t)width);
}

static int
begin(void **state)
{
	(void)state;
	paint(0, 0, SIDE, SIDE, 120);
	paint(20, 200, 300, 190, 220);
	return 0;
}

static void
the_page_beyond_the_fold_is_one_of_its_booklet(void **state)
{
	const float above[8] = {22, 12, 322, 10, 321, 203, 19, 197};
	const float begun_elsewhere[8] = {322, 10, 321, 203, 19, 197, 22, 12};
	(void)state;
	paint(20, 10, 300, 190, 215);
	assert_true(page_is_leaf(&grey, page, above));
	assert_true(page_is_leaf(&grey, page, begun_elsewhere));
}

static void
a_page_that_lies_apart_is_another_document(void **state)
{
	const float apart[8] = {22, 2, 322, 2, 321, 160, 19, 160};
	const float aside[8] = {60, 10, 360, 10, 360, 200, 60, 200};
	(void)state;
	paint(20, 0, 340, 200, 215);
	assert_false(page_is_leaf(&grey, page, apart));
	assert_false(page_is_leaf(&grey, page, aside));
}

static void
a_dark_cover_is_no_document(void **state)
{
	const float cover[8] = {40, 5, 280, 5, 280, 160, 40, 160};
	const float outside[8] = {-300, 5, -40, 5, -40, 160, -300, 160};
	(void)state;
	paint(40, 5, 240, 155, 60);
	assert_true(page_is_leaf(&grey, page, cover));
	paint(40, 5, 240, 155, 160);
	assert_false(page_is_leaf(&grey, page, cover));
	assert_false(page_is_leaf(&grey, page, outside));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(
		the_page_beyond_the_fold_is_one_of_its_booklet, begin),
	    cmocka_unit_test_setup(
		a_page_that_lies_apart_is_another_document, begin),
	    cmocka_unit_test_setup(a_dark_cover_is_no_document, begin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
