/*
 * Fingers over the edge of a drawn document.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vision/page/fingers.h"

#define LEFT 200
#define TOP 150
#define WIDTH 856  /* ten pixels a millimetre */
#define HEIGHT 540

static const uint8_t desk[3] = {90, 96, 104};
static const uint8_t paper[3] = {214, 222, 226};
static const uint8_t pale[3] = {226, 178, 150}, dark[3] = {104, 70, 52};

static void
fill(struct raster *r, int x0, int y0, int x1, int y1, const uint8_t *ink)
{
	for (int y = y0; y < y1; y++)
		for (int x = x0; x < x1; x++)
			for (int c = 0; c < 3; c++)
				raster_row(r, y)[3 * x + c] = ink[c];
}

static void
setup(struct raster *r, struct page *p)
{
	const float corners[8] = {LEFT, TOP, LEFT + WIDTH, TOP,
	    LEFT + WIDTH, TOP + HEIGHT, LEFT, TOP + HEIGHT};
	assert_int_equal(raster_make(1300, 900, 3, r), OK);
	fill(r, 0, 0, 1300, 900, desk);
	fill(r, LEFT, TOP, LEFT + WIDTH, TOP + HEIGHT, paper);
	*p = (struct page){.width = 85.6f, .height = 54, .by_contour = true};
	for (int i = 0; i < 8; i++)
		p->corners[i] = corners[i];
}

static double
share(const struct raster *r, const struct page *p)
{
	struct fingers f;
	assert_int_equal(fingers_find(r, p, &f), OK);
	return f.share;
}

static void
sees_a_finger_of_any_shade(void **state)
{
	struct raster r = {0};
	struct page p;
	struct fingers f;
	(void)state;
	setup(&r, &p);
	fill(&r, 500, 500, 680, 900, pale);
	assert_int_equal(fingers_find(&r, &p, &f), OK);
	assert_true(f.share > 0.04 && f.share < 0.08);
	assert_true(f.x > 28 && f.x < 32 && f.y > 33 && f.y < 37);
	fill(&r, 500, 500, 680, 900, dark);
	assert_true(share(&r, &p) > 0.04);
	raster_clear(&r);
}

static void
lets_a_document_be_held_by_its_rim(void **state)
{
	struct raster r = {0};
	struct page p;
	(void)state;
	setup(&r, &p);
	fill(&r, 500, TOP + HEIGHT - 35, 680, 900, pale);
	assert_true(share(&r, &p) == 0);
	raster_clear(&r);
}

static void
knows_an_ornament_that_ends_with_the_document(void **state)
{
	struct raster r = {0};
	struct page p;
	(void)state;
	setup(&r, &p);
	assert_true(share(&r, &p) == 0);
	fill(&r, 500, 500, 680, TOP + HEIGHT, pale);
	assert_true(share(&r, &p) == 0);
	raster_clear(&r);
}

static void
does_not_take_a_table_for_a_hand(void **state)
{
	struct raster r = {0};
	struct page p;
	(void)state;
	setup(&r, &p);
	fill(&r, 0, 0, 1300, 900, dark);
	fill(&r, LEFT, TOP, LEFT + WIDTH, TOP + HEIGHT, paper);
	assert_true(share(&r, &p) == 0);
	raster_clear(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sees_a_finger_of_any_shade),
	    cmocka_unit_test(lets_a_document_be_held_by_its_rim),
	    cmocka_unit_test(knows_an_ornament_that_ends_with_the_document),
	    cmocka_unit_test(does_not_take_a_table_for_a_hand)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
