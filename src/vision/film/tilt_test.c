/* Cards as a camera sees them tilted, laid flat again by their corners. */
#include "vision/film/shown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#define WIDE 640
#define TALL 400
#define COUNT 12
#define MM_WIDE 85.6
#define MM_TALL 54.0

static struct shown shown;

/* How a card is printed and what of it changes. */
struct kind {
	bool ink;     /* a spot that turns from green to violet */
	int glare;    /* grey levels of a lamp's white spot that wanders */
	bool finger;  /* over the spot */
};

static double
print_at(double x, double y)
{
	return 190 + 25 * sin(x * 1.9) * cos(y * 1.3 + x / 9) +
	    15 * sin(x * 0.7 + y * 2.1);
}

static void
colour_at(const struct kind *k, double x, double y, double turn, double rgb[3])
{
	double paper = print_at(x, y), lamp = hypot(x - 40 - 30 * turn, y - 25);
	double glare = k->glare * exp(-lamp * lamp / 100);
	bool spot = hypot(x - 70, y - 12) < 4;
	rgb[0] = paper;
	rgb[1] = paper - 8;
	rgb[2] = paper - 20;
	if (k->ink && spot && !k->finger) {
		double t = 1 / (1 + exp(-6 * turn));
		rgb[0] = 40 + 78 * t;
		rgb[1] = 128 - 66 * t;
		rgb[2] = 76 + 64 * t;
	}
	for (int c = 0; c < 3; c++)
		rgb[c] += glare;
}

static uint8_t
level(double v)
{
	v += rand() % 5 - 2;
	return (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
}

/* Tilted sideways: narrower by so much. off: of the corners that were found,
 * pixels. */
static void
shoot(const struct kind *k, int i, double turn, double off)
{
	struct shot *s = &shown.shots[i];
	double wide = 500 * (1 - 0.15 * fabs(turn)), high = 315;
	double left = 60 + 20 * turn, top = 40;
	*s = (struct shot){.time_ms = (uint32_t)i * 300, .sharp = (float)i,
	    .has_page = true, .upright = true};
	assert_int_equal(raster_make(WIDE, TALL, 3, &s->colour), OK);
	for (int y = 0; y < TALL; y++)
		for (int x = 0; x < WIDE; x++) {
			double u = (x - left) / wide * MM_WIDE;
			double v = (y - top) / high * MM_TALL;
			double rgb[3] = {60, 70, 80};
			if (u >= 0 && v >= 0 && u < MM_WIDE && v < MM_TALL)
				colour_at(k, u, v, turn, rgb);
			for (int c = 0; c < 3; c++)
				raster_row(&s->colour, y)[3 * x + c] =
				    level(rgb[c]);
		}
	const float corners[8] = {(float)(left + off), (float)(top - off),
	    (float)(left + wide + off), (float)top, (float)(left + wide),
	    (float)(top + high), (float)left, (float)(top + high + off)};
	s->page = (struct page){.width = (float)MM_WIDE,
	    .height = (float)MM_TALL, .upright = true};
	memcpy(s->page.corners, corners, sizeof(corners));
}

static void
tilt(const struct kind *k)
{
	shown.count = COUNT;
	for (int i = 0; i < COUNT; i++)
		shoot(k, i, sin(i * 0.9), i % 3 * 1.5);
}

static int
begin(void **state)
{
	(void)state;
	srand(5);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	shown_clear(&shown);
	shown = (struct shown){.count = 0};
	return 0;
}

static void
an_ink_that_turns_is_found_where_it_is(void **state)
{
	struct tilt t;

	(void)state;
	tilt(&(struct kind){.ink = true});
	assert_int_equal(tilt_measure(&shown, &t), OK);
	assert_true(t.change > 8);
	assert_true(t.turned > 1.06);
	double x = (double)t.cell.x / CARD_PER_MM;
	double y = (double)t.cell.y / CARD_PER_MM;
	assert_true(x > 62 && x < 75 && y > 4 && y < 17);
}

/* Corners off by a millimetre, and another finger's breadth of light. */
static void
a_flat_print_does_not_change_under_a_lamp(void **state)
{
	struct tilt t;

	(void)state;
	tilt(&(struct kind){.glare = 30});
	assert_int_equal(tilt_measure(&shown, &t), OK);
	assert_true(t.change < 3.5);
}

static void
an_ink_under_a_finger_does_not_change(void **state)
{
	struct tilt t;

	(void)state;
	tilt(&(struct kind){.ink = true, .finger = true});
	assert_int_equal(tilt_measure(&shown, &t), OK);
	assert_true(t.change < 3.5);
}

/* What is no picture of this card is not laid over it. */
static void
a_few_pictures_of_something_else_change_nothing(void **state)
{
	struct tilt t;

	(void)state;
	tilt(&(struct kind){.ink = false});
	for (int i = 0; i < 2; i++)
		for (int k = 0; k < WIDE * TALL * 3; k++)
			shown.shots[i].colour.data[k] = (uint8_t)(rand() % 256);
	assert_int_equal(tilt_measure(&shown, &t), OK);
	assert_int_equal(t.pictures, COUNT - 2);
	assert_true(t.change < 3.5);
}

static void
too_few_pictures_and_none_upright_tell_nothing(void **state)
{
	struct tilt t;

	(void)state;
	tilt(&(struct kind){.ink = true});
	for (int i = 0; i < COUNT; i++)
		shown.shots[i].upright = false;
	assert_int_equal(tilt_measure(&shown, &t), ERR_NOT_FOUND);
	shown.shots[0].upright = true;
	for (int i = 4; i < COUNT; i++)
		shown.shots[i].has_page = false;
	assert_int_equal(tilt_measure(&shown, &t), ERR_NOT_FOUND);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(an_ink_that_turns_is_found_where_it_is),
	    CASE(a_flat_print_does_not_change_under_a_lamp),
	    CASE(an_ink_under_a_finger_does_not_change),
	    CASE(a_few_pictures_of_something_else_change_nothing),
	    CASE(too_few_pictures_and_none_upright_tell_nothing),
	};
	opencv_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
