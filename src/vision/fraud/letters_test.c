#include "vision/fraud/letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define PITCH 24
#define HIGH 36
#define LETTERS 30
#define TEXT "AB1234567FRA8901234M9012345XYZ"

static const struct {
	char character;
	const char *ink;
} drawings[] = {
#define LETTER(character, ink) {character, ink},
#include "vision/fraud/ocrb.def"
#undef LETTER
};

static int
level(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* One letter at half as much again as its drawing, moved and paler. */
static void
put(struct raster *r, char character, int left, int top, int pale)
{
	for (size_t i = 0; i < sizeof(drawings) / sizeof(*drawings); i++) {
		if (drawings[i].character != character)
			continue;
		for (int y = 0; y < HIGH; y++)
			for (int x = 0; x < PITCH; x++) {
				const char *ink = drawings[i].ink +
				    y * 2 / 3 * 16 + x * 2 / 3;
				int dark = level(*ink) * (12 - pale);
				raster_row(r, top + y)[left + x] =
				    (uint8_t)(230 - dark);
			}
	}
}

static void
zone_of(struct mrz_found *out)
{
	*out = (struct mrz_found){.columns = LETTERS};
	out->reading.line_count = 1;
	snprintf(out->reading.lines[0], sizeof(out->reading.lines[0]), "%s",
	    TEXT);
	out->lines[0] = (struct line){.x = 30 + PITCH / 2.0f, .y = 20 +
	    HIGH / 2.0f, .sx = PITCH, .dy = PITCH, .letters = LETTERS};
}

/* Paper with the line; one letter is moved down or paler. */
static void
draw(struct raster *r, int odd, int down, int pale)
{
	assert_int_equal(raster_make(30 + PITCH * (LETTERS + 2), 90, 1, r),
	    OK);
	memset(r->data, 230, (size_t)r->width * (size_t)r->height);
	for (int i = 0; i < LETTERS; i++)
		put(r, TEXT[i], 30 + i * PITCH, 20 + (i == odd ? down : 0),
		    i == odd ? pale : 0);
}

static void
measure(int odd, int down, int pale, struct letters *out)
{
	AUTO(raster_clear) struct raster r = {0};
	struct mrz_found zone;
	zone_of(&zone);
	draw(&r, odd, down, pale);
	assert_int_equal(letters_measure(&r, &zone, out), OK);
}

static struct letters said;

static void
knows_ocr_b(void **state)
{
	(void)state;
	measure(-1, 0, 0, &said);
	assert_int_equal(said.count, LETTERS);
	assert_true(said.likeness > 0.95f);
	assert_true(said.unevenness < 0.05f);
	assert_true(said.ink_step < 0.35f);
}

static void
sees_the_letter_that_stands_off_its_line(void **state)
{
	(void)state;
	measure(11, 5, 0, &said);
	assert_int_equal(said.at[said.uneven].at, 11);
	assert_true(said.unevenness > 0.15f);
}

static void
sees_the_letter_in_another_ink(void **state)
{
	(void)state;
	measure(14, 0, 8, &said);
	assert_int_equal(said.at[said.unlike].at, 14);
	assert_true(said.ink_step > 0.5f);
}

static void
other_shapes_are_not_alike(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct mrz_found zone;
	(void)state;
	zone_of(&zone);
	draw(&r, -1, 0, 0);
	for (int i = 0; i < LETTERS; i++)
		for (int y = 30; y < 46; y++)
			memset(raster_row(&r, y) + 30 + i * PITCH + 5, 60, 14);
	assert_int_equal(letters_measure(&r, &zone, &said), OK);
	assert_true(said.likeness < 0.8f);
}

/* Two lines 2.5 pitches apart on a page that shows 7 tenths of its height. */
static void
knows_ocr_b_on_a_page_tilted_away(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	AUTO(raster_clear) struct raster flat = {0};
	struct mrz_found zone;
	(void)state;
	draw(&r, -1, 0, 0);
	assert_int_equal(raster_make(r.width, 98, 1, &flat), OK);
	memset(flat.data, 230, (size_t)flat.width * (size_t)flat.height);
	zone_of(&zone);
	zone.columns = 44; /* a page, whatever of it is left */
	zone.reading.line_count = 2;
	memcpy(zone.reading.lines[1], TEXT, sizeof(TEXT));
	zone.lines[0].y *= 0.7f;
	zone.lines[1] = zone.lines[0];
	zone.lines[1].y += 0.7f * 2.5f * PITCH;
	for (int y = 14; y < 40; y++)
		for (int line = 0; line < 2; line++)
			memcpy(raster_row(&flat, y + 42 * line),
			    raster_row(&r, y * 10 / 7), (size_t)r.width);
	assert_int_equal(letters_measure(&flat, &zone, &said), OK);
	assert_int_equal(said.count, 2 * LETTERS);
	assert_true(said.likeness > 0.9f);
}

static void
says_nothing_of_a_few_letters(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct mrz_found zone;
	(void)state;
	zone_of(&zone);
	zone.reading.lines[0][10] = '\0';
	draw(&r, -1, 0, 0);
	assert_int_equal(letters_measure(&r, &zone, &said), ERR_UNREADABLE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(knows_ocr_b),
	    cmocka_unit_test(sees_the_letter_that_stands_off_its_line),
	    cmocka_unit_test(sees_the_letter_in_another_ink),
	    cmocka_unit_test(other_shapes_are_not_alike),
	    cmocka_unit_test(knows_ocr_b_on_a_page_tilted_away),
	    cmocka_unit_test(says_nothing_of_a_few_letters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
