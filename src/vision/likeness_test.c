/*
 * Likeness of blots that are drawn here in place of faces.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "vision/likeness.h"

#define WIDE 60
#define HIGH 75

/* Adds blots at a place, so many pixels wide; each seed has others. */
static void
draw(struct raster *r, unsigned seed, float left, float top, float wide,
    double strong)
{
	srand(seed);
	for (int i = 0; i < 9; i++) {
		float x = left + wide * (float)(rand() % 100) / 100;
		float y = top + wide * 1.25f * (float)(rand() % 100) / 100;
		double size = (double)wide * (0.06 + rand() % 100 / 700.0);
		double level = strong * (rand() % 2 ? 70 : -70);
		for (int k = 0; k < r->width * r->height; k++) {
			double far = hypot(k % r->width - (double)x,
			    k / r->width - (double)y) / size;
			double v = r->data[k] + level * exp(-far * far);
			r->data[k] = (uint8_t)fmin(fmax(v, 0), 255);
		}
	}
}

static void
plain(int width, int height, struct raster *out)
{
	assert_int_equal(raster_make(width, height, 1, out), OK);
	srand(1);
	for (int i = 0; i < width * height; i++)
		out->data[i] = (uint8_t)(150 + rand() % 7);
}

/* The best place of the face of seed 11 on a page of 240 x 150. */
static struct likeness_place
best(const struct raster *page)
{
	AUTO(raster_clear) struct raster face = {0};
	const struct likeness_how how = {20, 0.3f, 0.7f, 1.1f,
	    {0, 0, 0, 0}};
	struct likeness_place found[LIKENESS_PLACES];
	size_t count;
	plain(WIDE, HIGH, &face);
	draw(&face, 11, 0, 0, WIDE, 1);
	assert_int_equal(likeness_seek(page, &face, &how, found, &count), OK);
	assert_true(count >= 1 && count <= LIKENESS_PLACES);
	for (size_t i = 1; i < count; i++)
		assert_true(found[i].alike <= found[i - 1].alike);
	return found[0];
}

static void
finds_a_weak_one_of_half_the_size(void **state)
{
	AUTO(raster_clear) struct raster page = {0};
	(void)state;
	plain(240, 150, &page);
	draw(&page, 11, 160, 60, WIDE / 2, 0.4);
	struct likeness_place p = best(&page);
	assert_true(p.alike > 0.85);
	assert_true(fabsf(p.x - 175) < 3 && fabsf(p.y - 78.75f) < 4);
	assert_true(fabsf(p.share - 0.5f) < 0.06f);
}

static void
another_one_is_less_alike(void **state)
{
	(void)state;
	for (unsigned seed = 20; seed < 25; seed++) {
		AUTO(raster_clear) struct raster page = {0};
		plain(240, 150, &page);
		draw(&page, seed, 160, 60, WIDE / 2, 0.4);
		assert_true(best(&page).alike < 0.85);
	}
}

static void
a_place_that_is_not_wanted_is_not_taken(void **state)
{
	AUTO(raster_clear) struct raster page = {0};
	AUTO(raster_clear) struct raster face = {0};
	const struct likeness_how how = {20, 0.3f, 0.7f, 1.1f,
	    {150, 50, 50, 60}};
	struct likeness_place found[LIKENESS_PLACES];
	size_t count;
	(void)state;
	plain(240, 150, &page);
	plain(WIDE, HIGH, &face);
	draw(&face, 11, 0, 0, WIDE, 1);
	draw(&page, 11, 160, 60, WIDE / 2, 0.4);
	assert_int_equal(likeness_seek(&page, &face, &how, found, &count), OK);
	for (size_t i = 0; i < count; i++)
		assert_true(found[i].alike < 0.8);
}

static void
nothing_is_found_on_less_than_a_face(void **state)
{
	AUTO(raster_clear) struct raster page = {0};
	AUTO(raster_clear) struct raster face = {0};
	const struct likeness_how how = {20, 0.9f, 1.1f, 1.1f,
	    {0, 0, 0, 0}};
	struct likeness_place found[LIKENESS_PLACES];
	size_t count = 9;
	(void)state;
	plain(20, 20, &page);
	plain(WIDE, HIGH, &face);
	assert_int_equal(likeness_seek(&page, &face, &how, found, &count), OK);
	assert_int_equal(count, 0);
}

static void
even_light_keeps_a_weak_part_visible(void **state)
{
	AUTO(raster_clear) struct raster page = {0};
	AUTO(raster_clear) struct raster even = {0};
	int least = 255, most = 0;
	(void)state;
	plain(120, 120, &page);
	draw(&page, 11, 30, 30, 60, 0.15);
	assert_int_equal(likeness_even(&page, &even), OK);
	for (int i = 0; i < 120 * 120; i++) {
		least = even.data[i] < least ? even.data[i] : least;
		most = even.data[i] > most ? even.data[i] : most;
	}
	assert_true(most - least > 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_a_weak_one_of_half_the_size),
	    cmocka_unit_test(another_one_is_less_alike),
	    cmocka_unit_test(a_place_that_is_not_wanted_is_not_taken),
	    cmocka_unit_test(nothing_is_found_on_less_than_a_face),
	    cmocka_unit_test(even_light_keeps_a_weak_part_visible)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
