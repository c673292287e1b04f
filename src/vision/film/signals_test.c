#include "vision/film/signals.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#define COUNT 20

static struct moment moments[COUNT];

/* Ten pictures a second of a face that does nothing. */
static void
rest(void)
{
	for (int i = 0; i < COUNT; i++) {
		moments[i] = (struct moment){.time_ms = (uint32_t)i * 100,
		    .has_face = true};
		moments[i].face.has_points = true;
		moments[i].signals = (struct signals){.jaw = 160, .up = -0.3f,
		    .mouth = 0.02f, .chin = 0.5f};
	}
}

static void
assert_mouth(int from, int to, float value)
{
	for (int i = from; i <= to; i++)
		assert_true(fabsf(moments[i].signals.mouth - value) < 1e-6f);
}

static void
what_trembles_for_a_picture_or_two_is_nothing(void **state)
{
	(void)state;
	rest();
	moments[10].signals = (struct signals){.jaw = 230, .up = -0.1f,
	    .mouth = 0.4f, .chin = 0.7f};
	moments[11].signals.mouth = 0.4f;
	moments[11].signals.chin = 0.7f;
	signals_steady(moments, COUNT);
	for (int i = 0; i < COUNT; i++) {
		assert_true(moments[i].signals.jaw < 161);
		assert_true(moments[i].signals.up < -0.29f);
		assert_true(moments[i].signals.chin < 0.51f);
	}
	assert_mouth(0, COUNT - 1, 0.02f);
}

static void
what_lasts_for_three_stays_when_and_as_it_is(void **state)
{
	(void)state;
	rest();
	for (int i = 10; i < 13; i++)
		moments[i].signals.mouth = 0.4f;
	signals_steady(moments, COUNT);
	assert_mouth(0, 9, 0.02f);
	assert_mouth(10, 12, 0.4f);
	assert_mouth(13, COUNT - 1, 0.02f);
	rest(); /* one picture between that says otherwise ends it not */
	for (int i = 10; i < 15; i++)
		moments[i].signals.mouth = i == 12 ? 0 : 0.4f;
	signals_steady(moments, COUNT);
	assert_mouth(11, 13, 0.4f);
}

static void
a_turn_is_left_as_it_is(void **state)
{
	(void)state;
	rest();
	moments[10].signals.yaw = 30;
	signals_steady(moments, COUNT);
	assert_true(moments[10].signals.yaw > 29);
}

/* Nor is what stands alone, or was seen long before or after. */
static void
what_is_not_believed_or_far_off_is_not_asked(void **state)
{
	(void)state;
	rest();
	moments[10].signals.mouth = 0.4f;
	for (int i = 0; i < COUNT; i++)
		moments[i].astray = i != 10;
	signals_steady(moments, COUNT);
	assert_mouth(10, 10, 0.4f);
	assert_mouth(11, COUNT - 1, 0.02f);
	rest();
	for (int i = 0; i < COUNT; i++)
		moments[i].time_ms = (uint32_t)i * 300;
	moments[10].signals.mouth = 0.4f;
	signals_steady(moments, COUNT);
	assert_mouth(10, 10, 0.4f);
}

static void
nothing_is_steadied_without_a_picture(void **state)
{
	(void)state;
	rest();
	signals_steady(moments, 0);
	signals_steady(moments, 1);
	assert_mouth(0, 0, 0.02f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_trembles_for_a_picture_or_two_is_nothing),
	    cmocka_unit_test(what_lasts_for_three_stays_when_and_as_it_is),
	    cmocka_unit_test(a_turn_is_left_as_it_is),
	    cmocka_unit_test(what_is_not_believed_or_far_off_is_not_asked),
	    cmocka_unit_test(nothing_is_steadied_without_a_picture),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
