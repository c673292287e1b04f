/*
 * Mouths that open and heads that look up: landmarks tell the one for the
 * other.
 */
#include "vision/film/motions_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
a_mouth_is_open_only_when_the_chin_goes_down(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 20; i < 30; i++)
		moments[i].signals.mouth = 0.3f;
	assert_int_equal(find(events), 0);
	for (int i = 20; i < 30; i++)
		moments[i].signals.chin = 0.6f;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_open_mouth);
	/* also where the points of one picture are put wrongly */
	moments[22].signals.yaw = 15;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].to_ms, 2900);
	for (int i = 14; i < 19; i++) /* but not on the way back of a turn */
		moments[i].signals.yaw = 25;
	for (int i = 26; i < 30; i++)
		moments[i].signals.chin = 0.52f;
	assert_true(find(events) == 1);
	assert_int_not_equal(events[0].name, PROMPT_open_mouth);
	rest();
	/* a beard hides the chin, but not a mouth that is wide open */
	for (int i = 20; i < 30; i++) {
		moments[i].signals.chin = 0.52f;
		moments[i].signals.mouth = 0.5f;
	}
	assert_int_equal(find(events), 1);
}

/* Measured: a man a quarter further away is seen from another height. */
static void
who_leans_back_does_not_look_up(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 20; i < 50; i++) {
		moments[i].signals.up = -0.25f;
		moments[i].signals.jaw = 120;
	}
	for (int i = 50; i < COUNT; i++) {
		moments[i].signals.jaw = 130; /* less than coming closer */
	}
	assert_int_equal(find(events), 0);
	/* but may do so there */
	for (int i = 32; i < 42; i++)
		moments[i].signals.up = -0.12f;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_look_up);
	assert_int_equal(events[0].from_ms, 3200);
	/* on the way back from the camera nobody is asked to */
	rest();
	for (int i = 20; i < 26; i++) {
		moments[i].signals.up = -0.23f;
		moments[i].signals.jaw = 140;
	}
	assert_int_equal(find(events), 0);
}

static void
who_looks_up_for_half_of_the_time_looks_up(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 20; i < 55; i++)
		moments[i].signals.up = -0.2f;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_look_up);
	assert_int_equal(events[0].to_ms, 5400);
}

/* Measured on a drawn woman who talks and nods. */
static void
a_nod_is_no_look_up_and_a_small_one_that_lasts_is(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 20; i < 24; i++)
		moments[i].signals.up = -0.34f + 0.118f;
	assert_int_equal(find(events), 0);
	for (int i = 20; i < 26; i++)
		moments[i].signals.up = -0.34f + 0.118f;
	assert_int_equal(find(events), 1);
	rest();
	for (int i = 20; i < 24; i++)
		moments[i].signals.up = -0.34f + 0.2f;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_look_up);
}

/* The points of a head that goes up seem to turn it, for a moment. */
static void
a_head_that_seems_to_turn_on_its_way_up_looks_up(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 20; i < 29; i++)
		moments[i].signals.up = -0.18f;
	moments[20].signals.yaw = moments[21].signals.yaw = 14;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_look_up);
	assert_int_equal(events[0].from_ms, 2200);
	/* one that did turn is on its way back */
	moments[20].signals.yaw = moments[21].signals.yaw = 17;
	assert_int_equal(find(events), 0);
}

static void
who_looks_up_and_opens_the_mouth_a_little_looks_up(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 20; i < 30; i++) {
		moments[i].signals.up = -0.15f;
		moments[i].signals.mouth = 0.26f;
		moments[i].signals.chin = 0.6f;
	}
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_look_up);
}

/* Lips that are held apart are measured by less than others, not more. */
static void
lips_that_look_up_holds_apart_are_no_mouth(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 20; i < 30; i++) {
		moments[i].signals.up = -0.34f + 0.115f;
		moments[i].signals.mouth = 0.24f;
		moments[i].signals.chin = 0.58f;
	}
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_look_up);
	for (int i = 20; i < 30; i++)
		moments[i].signals.up = -0.34f;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_open_mouth);
}

/* Measured on a drawn man before a camera that stood aside. */
static void
lips_that_flicker_are_no_mouth_and_one_that_opens_is(void **state)
{
	static const float seen[] = {0.36f, 0.35f, 0.32f, 0.38f, 0.31f, 0.3f};
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 2; i < 60; i += 5) {
		moments[i].signals.mouth = 0.37f;
		moments[i].signals.chin = 0.6f;
	}
	for (int i = 0; i < 6; i++) {
		moments[30 + i].signals.mouth = seen[i];
		moments[30 + i].signals.chin = 0.6f;
	}
	assert_int_equal(find(events), 0);
	for (int i = 30; i < 36; i++)
		moments[i].signals.mouth = 0.5f;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_open_mouth);
	/* so is one that stays open, though no further */
	for (int i = 30; i < 39; i++) {
		moments[i].signals.mouth = 0.34f;
		moments[i].signals.chin = 0.6f;
	}
	assert_int_equal(find(events), 1);
}

static void
a_mouth_that_opens_a_little_counts_where_no_lips_flicker(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 30; i < 36; i++) {
		moments[i].signals.mouth = 0.34f;
		moments[i].signals.chin = 0.6f;
	}
	assert_int_equal(find(events), 1);
	/* a word or two, before or after it, are no flicker, nor is a longer one
	 * a mouth that is asked for */
	moments[10].signals.mouth = moments[12].signals.mouth = 0.36f;
	moments[10].signals.chin = moments[12].signals.chin = 0.6f;
	assert_int_equal(find(events), 1);
	for (int i = 10; i < 14; i++) {
		moments[i].signals.mouth = 0.36f;
		moments[i].signals.chin = 0.6f;
	}
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].from_ms, 3000);
}

/* Near, or small: less than talking lips reach for a moment, and held. */
static void
a_mouth_that_opens_a_little_and_stays_so_is_open(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 20; i < 28; i++) {
		moments[i].signals.mouth = 0.2f;
		moments[i].signals.chin = 0.57f;
	}
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_open_mouth);
	assert_int_equal(events[0].from_ms, 2000);
	assert_int_equal(events[0].to_ms, 2700);
	moments[20].signals.mouth = moments[27].signals.mouth = 0.02f;
	assert_int_equal(find(events), 0); /* not for long enough */
	for (int i = 20; i < 40; i++) /* shut between: that is talk */
		moments[i].signals = (struct signals){.jaw = 160,
		    .up = -0.34f, .mouth = i % 4 < 2 ? 0.2f : 0.02f,
		    .chin = 0.57f, .eyes = 0.35f};
	assert_int_equal(find(events), 0);
	for (int i = 20; i < 40; i++) /* a shadow: the chin stays */
		moments[i].signals = (struct signals){.jaw = 160,
		    .up = -0.34f, .mouth = 0.2f, .chin = 0.52f, .eyes = 0.35f};
	assert_int_equal(find(events), 0);
}

/* So they rest as they are in the pictures in which they are shut. */
static void
lips_that_seem_apart_in_the_first_second_hide_no_mouth(void **state)
{
	struct event events[EVENTS_MAX];
	struct signals at_rest;

	(void)state;
	rest();
	for (int i = 0; i < COUNT; i += 1 + i % 2)
		moments[i].signals.mouth = 0.22f;
	assert_true(signals_at_rest(moments, COUNT, 0, &at_rest));
	assert_true(at_rest.mouth < 0.03f);
	for (int i = 30; i < 38; i++) {
		moments[i].signals.mouth = 0.37f;
		moments[i].signals.chin = 0.58f;
	}
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_open_mouth);
}

/* Some lips seem apart half of the time, shut ones too. */
static void
a_chin_far_down_opens_lips_that_seemed_apart_before(void **state)
{
	struct event events[EVENTS_MAX];

	(void)state;
	rest();
	for (int i = 0; i < COUNT; i++)
		moments[i].signals.mouth = 0.12f;
	for (int i = 30; i < 40; i++)
		moments[i].signals.mouth = 0.31f;
	assert_int_equal(find(events), 0);
	for (int i = 30; i < 40; i++)
		moments[i].signals.chin = 0.52f + 0.06f;
	assert_int_equal(find(events), 0);
	for (int i = 30; i < 40; i++)
		moments[i].signals.chin = 0.52f + 0.15f;
	assert_int_equal(find(events), 1);
	assert_int_equal(events[0].name, PROMPT_open_mouth);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_mouth_is_open_only_when_the_chin_goes_down),
	    cmocka_unit_test(who_leans_back_does_not_look_up),
	    cmocka_unit_test(who_looks_up_for_half_of_the_time_looks_up),
	    cmocka_unit_test(a_nod_is_no_look_up_and_a_small_one_that_lasts_is),
	    cmocka_unit_test(
		a_head_that_seems_to_turn_on_its_way_up_looks_up),
	    cmocka_unit_test(
		who_looks_up_and_opens_the_mouth_a_little_looks_up),
	    cmocka_unit_test(lips_that_look_up_holds_apart_are_no_mouth),
	    cmocka_unit_test(
		lips_that_flicker_are_no_mouth_and_one_that_opens_is),
	    cmocka_unit_test(
		a_mouth_that_opens_a_little_counts_where_no_lips_flicker),
	    cmocka_unit_test(
		a_mouth_that_opens_a_little_and_stays_so_is_open),
	    cmocka_unit_test(
		lips_that_seem_apart_in_the_first_second_hide_no_mouth),
	    cmocka_unit_test(
		a_chin_far_down_opens_lips_that_seemed_apart_before),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
