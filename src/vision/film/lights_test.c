/*
 * A face in a room with a lamp, before a screen that shines in four colours.
 */
#include "vision/film/lights.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT 120
#define STEP_MS 100
#define FIRST_MS 4000
#define STANDS_MS 1000

static struct moment moments[COUNT];
static const float skin[3] = {0.36f, 0.21f, 0.14f}, wall[3] = {0.3f, 0.3f,
    0.28f};

static struct challenge
asked(const enum prompt_name lights[CHALLENGE_LIGHTS])
{
	struct challenge c = {.part = PART_FACE, .count = 2,
	    .prompts = {{PROMPT_look_ahead, 0, 40},
		{PROMPT_turn_left, 2000, 2040}}};
	for (int i = 0; i < CHALLENGE_LIGHTS; i++) {
		uint32_t at = FIRST_MS + (uint32_t)i * STANDS_MS;
		c.prompts[c.count++] = (struct prompt){lights[i], at, at};
	}
	return c;
}

static const enum prompt_name order[] = {PROMPT_light_blue,
    PROMPT_light_amber, PROMPT_light_green, PROMPT_light_violet};
static const enum prompt_name another[] = {PROMPT_light_green,
    PROMPT_light_violet, PROMPT_light_blue, PROMPT_light_amber};

/* share: of the screen's light by the lamp's; white: by which a camera moves
 * its white in each picture, everywhere. */
static void
film(const struct challenge *c, float share, float white)
{
	srand(4);
	for (int i = 0; i < COUNT; i++) {
		struct moment *m = &moments[i];
		uint8_t rgb[3] = {0};
		*m = (struct moment){.time_ms = (uint32_t)(i * STEP_MS),
		    .has_face = true, .skin.seen = true};
		for (size_t k = 0; k < c->count; k++)
			if (m->time_ms >= c->prompts[k].shown_ms + 150)
				prompt_light(c->prompts[k].name, rgb);
		float drift = 1 + white * (float)(i - COUNT / 2) / COUNT;
		for (int k = 0; k < 3; k++) {
			float shines = powf((float)rgb[k] / 255, 2.2f);
			float noise = 1 + 0.004f * (float)(rand() % 200 -
			    100) / 100;
			float all = (k == 0 ? drift : 1) * noise;
			m->skin.colour[k] = skin[k] * all *
			    (1 + share * shines);
			m->skin.ground[k] = wall[k] * all *
			    (1 + 0.1f * share * shines);
		}
	}
}

static struct lights
measured(const struct challenge *c)
{
	struct lights l;
	lights_measure(moments, COUNT, c, &l);
	return l;
}

static void
knows_the_order_in_which_skin_took_on_the_colours(void **state)
{
	struct challenge c = asked(order);

	(void)state;
	film(&c, 0.15f, 0);
	struct lights l = measured(&c);
	assert_int_equal(l.seen, CHALLENGE_LIGHTS);
	assert_true(l.likeness > 0.95);
	assert_true(l.another < l.likeness - 0.1);
	assert_true(l.change > 0.03);
	assert_true(l.trembles < 0.2 * l.change);
	assert_int_equal(l.from_ms, FIRST_MS);
}

/* One in thirty of the room's light, and a camera that moves its white. */
static void
sees_a_weak_screen_before_a_camera_that_moves_its_white(void **state)
{
	struct challenge c = asked(order);

	(void)state;
	film(&c, 0.05f, 0.3f);
	struct lights l = measured(&c);
	assert_true(l.likeness > 0.9);
	assert_true(l.change > 0.012);
}

static void
sees_no_change_in_a_film_that_knows_of_no_light(void **state)
{
	struct challenge c = asked(order);

	(void)state;
	film(&c, 0, 0.3f);
	struct lights l = measured(&c);
	assert_int_equal(l.seen, CHALLENGE_LIGHTS);
	assert_true(l.change < 0.006);
}

static void
tells_a_film_that_was_made_for_other_lights(void **state)
{
	struct challenge made = asked(another), c = asked(order);

	(void)state;
	film(&made, 0.15f, 0);
	struct lights l = measured(&c);
	assert_true(l.likeness < 0.3);
	assert_true(l.another > 0.95);
	assert_true(l.change > 0.03);
}

/* A tablet of paper and glass in front of it colours wall and face alike. */
static void
leaves_aside_what_colours_the_whole_picture(void **state)
{
	struct challenge c = asked(order);

	(void)state;
	film(&c, 0.15f, 0);
	for (int i = 0; i < COUNT; i++)
		for (int k = 0; k < 3; k++)
			moments[i].skin.ground[k] = wall[k] / skin[k] *
			    moments[i].skin.colour[k];
	assert_true(measured(&c).change < 0.006);
}

static void
knows_nothing_where_the_face_or_the_light_was_not_there(void **state)
{
	struct challenge c = asked(order);

	(void)state;
	film(&c, 0.15f, 0);
	for (int i = 0; i < COUNT; i++)
		moments[i].skin.seen &= moments[i].time_ms < FIRST_MS + 1000;
	assert_int_equal(measured(&c).seen, 1);
	c.count = 2;
	assert_int_equal(measured(&c).to_ms, 0);
	c = asked(order);
	for (size_t i = 2; i < c.count; i++) {
		c = asked(order);
		c.prompts[i].shown_ms = 0;
		assert_int_equal(measured(&c).to_ms, 0);
	}
}

static void
who_sits_aside_is_seen_in_each_light_and_who_turns_away_is_not(void **state)
{
	struct challenge c = asked(order);
	struct lights l;

	(void)state;
	film(&c, 0.3f, 0);
	for (int i = 0; i < COUNT; i++)
		moments[i].signals.yaw = i % 2 ? -24 : -19;
	l = measured(&c);
	assert_int_equal(l.seen, CHALLENGE_LIGHTS);
	assert_true(l.likeness > 0.9);
	for (int i = 0; i < COUNT; i++)
		if (moments[i].time_ms >= FIRST_MS + STANDS_MS &&
		    moments[i].time_ms < FIRST_MS + 2 * STANDS_MS)
			moments[i].signals.yaw = 10;
	assert_int_equal(measured(&c).seen, CHALLENGE_LIGHTS - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		knows_the_order_in_which_skin_took_on_the_colours),
	    cmocka_unit_test(
		sees_a_weak_screen_before_a_camera_that_moves_its_white),
	    cmocka_unit_test(sees_no_change_in_a_film_that_knows_of_no_light),
	    cmocka_unit_test(tells_a_film_that_was_made_for_other_lights),
	    cmocka_unit_test(leaves_aside_what_colours_the_whole_picture),
	    cmocka_unit_test(
		knows_nothing_where_the_face_or_the_light_was_not_there),
	    cmocka_unit_test(
		who_sits_aside_is_seen_in_each_light_and_who_turns_away_is_not),
	};

	return cmocka_run_group_tests_name("lights", tests, NULL, NULL);
}
