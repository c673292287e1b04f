/*
 * A head that turns to its left, once under a lamp and once as a photograph
 * that is bent.
 */
#include "vision/film/shade.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#define COUNT 40
#define STEP_MS 100
#define TURN_AT 20

static struct moment moments[COUNT];
static const struct signals rest;
static const struct event turn = {.name = PROMPT_turn_left,
    .from_ms = TURN_AT * STEP_MS, .to_ms = (COUNT - 1) * STEP_MS};

/* by: what the turn does to the left cheek; noise: to both, in turns. */
static void
film(float yaw, float by, float noise)
{
	for (int i = 0; i < COUNT; i++) {
		bool turned = i >= TURN_AT;
		float off = i % 2 ? noise : -noise;
		moments[i] = (struct moment){
		    .time_ms = (uint32_t)(i * STEP_MS), .has_face = true,
		    .signals.yaw = turned ? yaw : 0,
		    .skin = {.seen = true, .cheek = {
			0.3f * expf((turned ? by : 0) + off), 0.3f}}};
	}
}

static struct shade
measured(void)
{
	struct shade s;
	shade_measure(moments, COUNT, &turn, 1, &rest, &s);
	return s;
}

static void
tells_by_how_much_a_cheek_brightens_and_when(void **state)
{
	(void)state;
	film(22, 0.2f, 0);
	struct shade s = measured();
	assert_int_equal(s.turns, 1);
	assert_true(fabs(s.change - 0.2) < 0.001);
	assert_int_equal(s.from_ms, turn.from_ms);
	assert_int_equal(s.to_ms, turn.to_ms);
	film(22, -0.2f, 0);
	assert_true(fabs(measured().change - 0.2) < 0.001);
}

static void
sees_no_change_in_a_photograph_that_is_bent(void **state)
{
	(void)state;
	film(22, 0, 0);
	assert_int_equal(measured().turns, 1);
	assert_true(measured().change < 0.001);
}

/* Exposure that is set anew makes both brighter. */
static void
leaves_exposure_aside(void **state)
{
	(void)state;
	film(22, 0, 0);
	for (int i = TURN_AT; i < COUNT; i++)
		for (int c = 0; c < CHEEKS; c++)
			moments[i].skin.cheek[c] *= 1.4f;
	assert_true(measured().change < 0.001);
}

static void
measures_nothing_where_cheeks_are_edges_or_not_seen(void **state)
{
	(void)state;
	film(50, 0.3f, 0);
	assert_int_equal(measured().turns, 0);
	film(22, 0.3f, 0);
	for (int i = TURN_AT; i < COUNT; i++)
		moments[i].skin.seen = false;
	assert_int_equal(measured().turns, 0);
}

static void
measures_turns_to_a_side_alone(void **state)
{
	struct event up = turn;
	struct shade s;

	(void)state;
	film(22, 0.3f, 0);
	up.name = PROMPT_look_up;
	shade_measure(moments, COUNT, &up, 1, &rest, &s);
	assert_int_equal(s.turns, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tells_by_how_much_a_cheek_brightens_and_when),
	    cmocka_unit_test(sees_no_change_in_a_photograph_that_is_bent),
	    cmocka_unit_test(leaves_exposure_aside),
	    cmocka_unit_test(
		measures_nothing_where_cheeks_are_edges_or_not_seen),
	    cmocka_unit_test(measures_turns_to_a_side_alone),
	};

	return cmocka_run_group_tests_name("shade", tests, NULL, NULL);
}
