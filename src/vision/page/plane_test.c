#include "vision/page/plane.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const struct page tilted = {{100, 120, 900, 60, 980, 640, 60, 700},
    125, 88, true, true};

static void
the_corners_are_the_corners(void **state)
{
	struct plane p;
	float c[8];

	(void)state;
	plane_of(&tilted, &p);
	plane_corners(&p, 0, 0, 125, 88, c);
	for (int i = 0; i < 8; i++)
		assert_float_equal(c[i], tilted.corners[i], 0.01);
}

static void
there_and_back_is_the_same_place(void **state)
{
	struct plane p;
	float x, y, mm_x, mm_y;

	(void)state;
	plane_of(&tilted, &p);
	plane_point(&p, 31, 62, &x, &y);
	plane_back(&p, x, y, &mm_x, &mm_y);
	assert_float_equal(mm_x, 31, 0.01);
	assert_float_equal(mm_y, 62, 0.01);
}

static void
the_middle_lies_where_the_diagonals_cross(void **state)
{
	struct plane p;
	float x, y;

	(void)state;
	plane_of(&tilted, &p);
	plane_point(&p, 62.5f, 44, &x, &y);
	/* between 100,120 and 980,640 */
	assert_float_equal((y - 120) * 880, (x - 100) * 520, 20);
	/* a mean of the corners would be elsewhere */
	assert_true(x > 511 || x < 509);
}

static void
corners_in_one_place_are_survived(void **state)
{
	const struct page point = {{5, 5, 5, 5, 5, 5, 5, 5}, 10, 10, true,
	    true};
	struct plane p;
	float x, y;

	(void)state;
	plane_of(&point, &p);
	plane_point(&p, 3, 3, &x, &y);
	assert_float_equal(x, 5, 0.01);
	plane_back(&p, 5, 5, &x, &y);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_corners_are_the_corners),
	    cmocka_unit_test(there_and_back_is_the_same_place),
	    cmocka_unit_test(the_middle_lies_where_the_diagonals_cross),
	    cmocka_unit_test(corners_in_one_place_are_survived),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
