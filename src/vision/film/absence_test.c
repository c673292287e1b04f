#include "vision/film/absence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define COUNT 100 /* ten seconds */

static struct moment moments[COUNT];
static const struct signals at_rest = {.jaw = 100, .up = -0.3f};
static const struct challenge asked = {.count = 4, .prompts = {
    {.name = PROMPT_look_ahead, .shown_ms = 100},
    {.name = PROMPT_turn_left, .shown_ms = 2500},
    {.name = PROMPT_open_mouth, .shown_ms = 5000},
    {.name = PROMPT_come_closer, .shown_ms = 7500}}};
static const struct challenge nothing;

static void
begin(void)
{
	memset(moments, 0, sizeof(moments));
	for (int i = 0; i < COUNT; i++) {
		moments[i].time_ms = (uint32_t)i * 100;
		moments[i].has_face = moments[i].face.has_points = true;
		moments[i].signals = at_rest;
	}
}

static void
lose(int from, int end)
{
	for (int i = from; i < end; i++)
		moments[i].has_face = false;
}

static double
seen(const struct challenge *c)
{
	struct absence a;
	absence_measure(moments, COUNT, &at_rest, c, &a);
	return a.seen;
}

static void
a_face_that_is_always_there_is_seen_always(void **state)
{
	struct absence a;

	(void)state;
	begin();
	absence_measure(moments, COUNT, &at_rest, &asked, &a);
	assert_float_equal(a.seen, 1, 1e-6);
	assert_int_equal(a.to_ms, 0);
	absence_measure(moments, 0, NULL, &asked, &a);
	assert_float_equal(a.seen, 0, 1e-6);
}

static void
a_face_lost_in_a_turn_that_was_asked_for_is_forgiven(void **state)
{
	(void)state;
	begin();
	lose(32, 48);
	assert_float_equal(seen(&asked), 1, 1e-6);
	begin();
	lose(80, 95); /* come so near that it fills the picture */
	assert_float_equal(seen(&asked), 1, 1e-6);
	begin();
	lose(10, 24); /* before it was asked */
	assert_float_equal(seen(&asked), 0.86, 1e-6);
	begin();
	lose(67, 74); /* nobody turns away to open the mouth */
	assert_float_equal(seen(&asked), 0.93, 1e-6);
}

static void
a_face_that_was_leaving_is_forgiven_whatever_was_asked(void **state)
{
	(void)state;
	begin();
	lose(32, 48);
	assert_float_equal(seen(&nothing), 0.84, 1e-6);
	moments[31].signals.yaw = 14;
	assert_float_equal(seen(&nothing), 1, 1e-6);
	moments[31].signals.yaw = 0;
	moments[48].signals.up = -0.2f;
	assert_float_equal(seen(&nothing), 1, 1e-6);
	moments[48].signals.up = -0.3f;
	moments[48].signals.jaw = 140;
	assert_float_equal(seen(&nothing), 1, 1e-6);
}

static void
who_goes_away_is_not_forgiven_and_the_time_is_told(void **state)
{
	struct absence a;

	(void)state;
	begin();
	moments[26].signals.yaw = 20;
	lose(27, 60);
	absence_measure(moments, COUNT, &at_rest, &asked, &a);
	assert_float_equal(a.seen, 0.67, 1e-6);
	assert_int_equal(a.from_ms, 2700);
	assert_int_equal(a.to_ms, 6000);
	begin();
	lose(85, COUNT); /* and never comes back */
	assert_float_equal(seen(&asked), 0.85, 1e-6);
	begin();
	lose(0, 20); /* nor was there */
	assert_float_equal(seen(&asked), 0.8, 1e-6);
}

static void
a_recording_that_shows_the_face_hardly_ever_is_not_forgiven(void **state)
{
	(void)state;
	begin();
	for (int i = 0; i < COUNT; i++) {
		moments[i].has_face = i % 10 < 3;
		moments[i].signals.yaw = 20;
	}
	moments[COUNT - 1].has_face = true;
	assert_true(seen(&asked) < 0.4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_face_that_is_always_there_is_seen_always),
	    cmocka_unit_test(
		a_face_lost_in_a_turn_that_was_asked_for_is_forgiven),
	    cmocka_unit_test(
		a_face_that_was_leaving_is_forgiven_whatever_was_asked),
	    cmocka_unit_test(
		who_goes_away_is_not_forgiven_and_the_time_is_told),
	    cmocka_unit_test(
		a_recording_that_shows_the_face_hardly_ever_is_not_forgiven),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
