#include "ident/challenge.h"

#include "proc/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

static void
drawn_for_a_face_it_begins_ahead_ends_with_lights_and_never_repeats(
    void **state)
{
	uint8_t random[CHALLENGE_MAX];
	struct challenge c;

	(void)state;
	for (unsigned i = 0; i < 4096; i++) {
		for (size_t n = 0; n < CHALLENGE_MAX; n++)
			random[n] = (uint8_t)(i * 2654435761u >> (8 + n * 2));
		challenge_draw(PART_FACE, 2, random, &c);
		assert_in_range(c.count, 9, 10);
		assert_int_equal(c.prompts[0].name, PROMPT_look_ahead);
		for (size_t n = 1; n < c.count; n++)
			assert_int_not_equal(
			    c.prompts[n].name, c.prompts[n - 1].name);
		for (size_t n = 0; n < c.count; n++)
			assert_int_equal(prompt_is_light(c.prompts[n].name),
			    n + CHALLENGE_LIGHTS >= c.count);
	}
}

/* WCAG 2.3.1: red from four fifths on, of light and not of its number. */
static void
each_light_has_a_colour_that_is_no_saturated_red(void **state)
{
	double darkest = 1, brightest = 0;
	int count = 0;

	(void)state;
	for (enum prompt_name p = 0; p < PROMPT_COUNT; p++) {
		uint8_t rgb[3] = {0};
		assert_int_equal(prompt_light(p, rgb), prompt_is_light(p));
		if (!prompt_is_light(p))
			continue;
		double light[3];
		for (int i = 0; i < 3; i++)
			light[i] = pow(rgb[i] / 255.0, 2.2);
		count++;
		assert_true(light[0] < 0.8 * (light[0] + light[1] +
		    light[2]));
		double all = 0.2126 * light[0] + 0.7152 * light[1] +
		    0.0722 * light[2];
		darkest = fmin(darkest, all);
		brightest = fmax(brightest, all);
	}
	assert_true(count >= 4);
	assert_true(brightest < 2.2 * darkest);
}

static void
every_action_can_come_in_every_place(void **state)
{
	bool seen[CHALLENGE_MAX][PROMPT_COUNT] = {{false}};
	bool last[PROMPT_COUNT] = {false};
	uint8_t random[CHALLENGE_MAX];
	struct challenge c;

	(void)state;
	for (unsigned i = 0; i < 20000; i++) {
		unsigned r = i * 2654435761u;
		for (size_t n = 0; n < CHALLENGE_MAX; n++) {
			r = r * 1103515245u + 12345u;
			random[n] = (uint8_t)(r >> 16);
		}
		challenge_draw(PART_FACE, 1, random, &c);
		for (size_t n = 0; n < c.count; n++)
			seen[n][c.prompts[n].name] = true;
		last[c.prompts[c.count - 1].name] = true;
	}
	for (size_t n = 1; n < 6; n++)
		for (enum prompt_name p = PROMPT_turn_left;
		     p <= PROMPT_come_closer; p++)
			assert_true(seen[n][p]);
	for (enum prompt_name p = 0; p < PROMPT_COUNT; p++)
		assert_int_equal(last[p], prompt_is_light(p));
}

static void
a_document_of_one_side_is_not_turned_over(void **state)
{
	const uint8_t random[CHALLENGE_MAX] = {0};
	char text[CHALLENGE_TEXT_MAX];
	struct challenge c;

	(void)state;
	challenge_draw(PART_DOCUMENT, 1, random, &c);
	assert_int_equal(challenge_format(&c, text), OK);
	assert_string_equal(text, "show_front tilt_sideways tilt_lengthwise");
	challenge_draw(PART_DOCUMENT, 2, random, &c);
	assert_int_equal(challenge_format(&c, text), OK);
	assert_string_equal(
	    text, "show_front tilt_sideways tilt_lengthwise show_back");
}

static void
survives_text_and_wire(void **state)
{
	AUTO(buf_clear) struct buf b;
	char text[CHALLENGE_TEXT_MAX];
	struct challenge c, out;

	(void)state;
	buf_init(&b, WIRE_MAX);
	assert_int_equal(challenge_parse(PART_FACE,
	    "look_ahead turn_left open_mouth", &c), OK);
	c.prompts[1].asked_ms = 2000;
	c.prompts[1].shown_ms = 1900;
	assert_int_equal(challenge_put(&b, &c), OK);
	assert_int_equal(challenge_get(span_of_buf(&b), &out), OK);
	assert_memory_equal(&c, &out, sizeof(c));
	assert_int_equal(challenge_format(&out, text), OK);
	assert_string_equal(text, "look_ahead turn_left open_mouth");
}

static void
refuses_what_is_not_asked_in_that_part(void **state)
{
	struct challenge c;

	(void)state;
	assert_int_equal(
	    challenge_parse(PART_DOCUMENT, "turn_left", &c), ERR_INVALID);
	assert_int_equal(challenge_parse(PART_FACE, "", &c), ERR_INVALID);
	assert_int_equal(challenge_parse(PART_FACE, "blink", &c), ERR_INVALID);
	assert_int_equal(challenge_parse(PART_FACE,
	    "look_up look_up look_up look_up look_up look_up look_up look_up "
	    "look_up look_up look_up", &c), ERR_INVALID);
	assert_int_equal(
	    challenge_parse(PART_DOCUMENT, "light_blue", &c), ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		drawn_for_a_face_it_begins_ahead_ends_with_lights_and_never_repeats),
	    cmocka_unit_test(each_light_has_a_colour_that_is_no_saturated_red),
	    cmocka_unit_test(every_action_can_come_in_every_place),
	    cmocka_unit_test(a_document_of_one_side_is_not_turned_over),
	    cmocka_unit_test(survives_text_and_wire),
	    cmocka_unit_test(refuses_what_is_not_asked_in_that_part),
	};

	return cmocka_run_group_tests_name("challenge", tests, NULL, NULL);
}
