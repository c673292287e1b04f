#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "vision/page/page.h"

/* A picture of that size, and print that reaches so far into it. */
static enum err
look(int width, int height, const float print[8], struct page *out)
{
	struct raster grey = {.width = width, .height = height};
	struct page p = {.width = 85.6f, .height = 40, .upright = true};
	memcpy(p.corners, print, sizeof(p.corners));
	enum err code = page_fills(&grey, &p, out);
	err_clear();
	return code;
}

static const float print[8] = {60, 50, 950, 50, 950, 600, 60, 600};

static void
a_picture_of_a_cards_shape_full_of_print_is_the_card(void **state)
{
	struct page page;

	(void)state;
	assert_int_equal(look(1000, 640, print, &page), OK);
	assert_true(page.corners[0] < 1 && page.corners[1] < 1);
	assert_true(page.corners[4] > 999 && page.corners[5] > 639);
	assert_true(page.height > 53.9f && page.height < 54.1f);
	assert_true(page.upright);
}

static void
a_picture_of_a_passports_shape_is_its_page(void **state)
{
	struct page page;

	(void)state;
	assert_int_equal(look(1000, 690, print, &page), OK);
	assert_true(page.width > 124 && page.height > 87);
}

static void
another_shape_is_no_document(void **state)
{
	struct page page;

	(void)state;
	assert_int_equal(look(1000, 760, print, &page), ERR_NOT_FOUND);
	assert_int_equal(look(1000, 540, print, &page), ERR_NOT_FOUND);
}

static void
a_document_in_a_corner_does_not_fill_the_picture(void **state)
{
	static const float corner[8] = {60, 50, 600, 50, 600, 400, 60, 400};
	struct page page;

	(void)state;
	assert_int_equal(look(1000, 640, corner, &page), ERR_NOT_FOUND);
}

static void
print_that_runs_aslant_is_no_scan(void **state)
{
	static const float aslant[8] = {60, 0, 950, 250, 850, 640, 0, 400};
	struct page page;

	(void)state;
	assert_int_equal(look(1000, 640, aslant, &page), ERR_NOT_FOUND);
}

static void
the_first_corner_is_the_texts_upper_left(void **state)
{
	static const float down[8] = {950, 50, 950, 600, 60, 600, 60, 50};
	static const float over[8] = {950, 600, 60, 600, 60, 50, 950, 50};
	struct page page;

	(void)state;
	assert_int_equal(look(1000, 640, over, &page), OK);
	assert_true(page.corners[0] > 999 && page.corners[1] > 639);
	/* text across the shorter side: no card lies like this */
	assert_int_equal(look(1000, 640, down, &page), ERR_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		a_picture_of_a_cards_shape_full_of_print_is_the_card),
	    cmocka_unit_test(a_picture_of_a_passports_shape_is_its_page),
	    cmocka_unit_test(another_shape_is_no_document),
	    cmocka_unit_test(
		a_document_in_a_corner_does_not_fill_the_picture),
	    cmocka_unit_test(print_that_runs_aslant_is_no_scan),
	    cmocka_unit_test(the_first_corner_is_the_texts_upper_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
