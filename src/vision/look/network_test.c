/*
 * The shipped network, asked about pages that are drawn here by arithmetic
 * and by nothing that it was trained with.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "vision/look/look.h"

#define WIDTH 800
#define HEIGHT 600

enum drawn { PAPER, DOTS, STRIPES };

static struct inspector tools;
static struct findings found;

static void
load(void)
{
	AUTO(buf_clear) struct buf bytes;
	uint8_t part[65536];
	char path[1000];
	size_t size;
	snprintf(path, sizeof(path), "%s/screen.onnx", getenv("MODELS"));
	AUTO(fclose) FILE *file = fopen(path, "rb");
	assert_non_null(file);
	buf_init(&bytes, (size_t)1 << 20);
	while ((size = fread(part, 1, sizeof(part), file)) > 0)
		assert_int_equal(buf_add(&bytes, part, size), OK);
	opencv_start();
	assert_int_equal(net_load(span_of_buf(&bytes),
	    &tools.nets[MODEL_screen]), OK);
}

static double
light(enum drawn what, int x, int y, int channel)
{
	double k = 2 * M_PI / 5.2;
	double u = x * 0.966 + y * 0.259, v = y * 0.966 - x * 0.259;
	switch (what) {
	case PAPER:
		return 0;
	case DOTS:
		return cos(k * u) + cos(k * v) > 0.4 ? -60 : 30;
	case STRIPES:
		return 50 * cos(k * (x + 0.03 * y) + channel * 2 * M_PI / 3) +
		    20 * cos(k * (y - 0.03 * x));
	}
	return 0;
}

/* What the network takes it for: display, print. */
static void
asked(enum drawn what, double *screen, double *print)
{
	AUTO(sight_clear) struct sight s = {.tools = &tools, .out = &found,
	    .still = {.width = WIDTH, .height = HEIGHT, .reduction = 1}};
	found.count = 0;
	assert_int_equal(raster_make(WIDTH, HEIGHT, 3, &s.still.colour), OK);
	srand(3);
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		double grain = rand() % 3 - 1; /* JPEG leaves little */
		for (int c = 0; c < 3; c++)
			s.still.colour.data[3 * i + c] = (uint8_t)(140 +
			    grain + light(what, i % WIDTH, i / WIDTH, c));
	}
	assert_int_equal(look_network(&s), OK);
	*screen = findings_number(&found, FINDING_network_screen, -1);
	*print = findings_number(&found, FINDING_network_print, -1);
	assert_true(*screen >= 0 && *print >= 0 && *screen + *print <= 1.001);
}

static void
takes_plain_paper_for_neither(void **state)
{
	double screen, print;
	(void)state;
	asked(PAPER, &screen, &print);
	assert_true(screen < 0.5);
	assert_true(print < 0.5);
}

static void
takes_stripes_of_colour_for_a_display(void **state)
{
	double screen, print;
	(void)state;
	asked(STRIPES, &screen, &print);
	assert_true(screen > 0.5);
}

static void
takes_dots_for_a_print(void **state)
{
	double screen, print;
	(void)state;
	asked(DOTS, &screen, &print);
	assert_true(print > 0.5);
}

static void
says_nothing_of_a_picture_smaller_than_a_square(void **state)
{
	AUTO(sight_clear) struct sight s = {.tools = &tools, .out = &found,
	    .still = {.width = 90, .height = 300, .reduction = 1}};
	(void)state;
	found.count = 0;
	assert_int_equal(raster_make(90, 300, 3, &s.still.colour), OK);
	assert_int_equal(look_network(&s), OK);
	assert_int_equal(found.count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_plain_paper_for_neither),
	    cmocka_unit_test(takes_stripes_of_colour_for_a_display),
	    cmocka_unit_test(takes_dots_for_a_print),
	    cmocka_unit_test(says_nothing_of_a_picture_smaller_than_a_square)};
	load();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
