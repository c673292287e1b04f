/* Which frames of a recording of a document are kept. How they are read is
 * tested by the looks themselves, how readings are put together by
 * readings_test.c, whole files by tests/vision/recordings. */
#include "vision/film/recording.h"
#include "vision/film/shown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define SLOT 600
#define NEVER UINT32_MAX

static struct shown shown;

static int
begin(void **state)
{
	(void)state;
	memset(&shown, 0, sizeof(shown));
	return 0;
}

static int
end(void **state)
{
	(void)state;
	shown_clear(&shown);
	return 0;
}

static void
the_sharpest_of_each_stretch_is_kept(void **state)
{
	(void)state;
	assert_ptr_equal(shown_place(&shown, 5, 0, SLOT, NEVER),
	    &shown.shots[0]);
	assert_null(shown_place(&shown, 4, 100, SLOT, NEVER));
	assert_null(shown_place(&shown, 5, 150, SLOT, NEVER));
	assert_ptr_equal(shown_place(&shown, 6, 200, SLOT, NEVER),
	    &shown.shots[0]);
	assert_int_equal(shown.shots[0].time_ms, 200);
	assert_ptr_equal(shown_place(&shown, 1, 600, SLOT, NEVER),
	    &shown.shots[1]);
	assert_int_equal(shown.count, 2);
}

static void
the_back_begins_a_stretch_of_its_own(void **state)
{
	(void)state;
	assert_non_null(shown_place(&shown, 9, 1200, SLOT, 1500));
	assert_null(shown_place(&shown, 3, 1499, SLOT, 1500));
	struct shot *back = shown_place(&shown, 3, 1500, SLOT, 1500);
	assert_ptr_equal(back, &shown.shots[1]);
	assert_true(back->back);
	assert_false(shown.shots[0].back);
}

static void
a_long_recording_keeps_what_there_is_room_for(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < SHOTS_MAX; i++)
		assert_non_null(shown_place(&shown, 1, i * SLOT, SLOT,
		    NEVER));
	assert_null(shown_place(&shown, 99, SHOTS_MAX * SLOT, SLOT, NEVER));
	assert_int_equal(shown.count, SHOTS_MAX);
	/* the last stretch still gets a better frame */
	assert_non_null(shown_place(&shown, 2, SHOTS_MAX * SLOT - 1, SLOT,
	    NEVER));
}

static void
the_picture_that_was_kept_before_is_let_go(void **state)
{
	(void)state;
	struct shot *shot = shown_place(&shown, 1, 0, SLOT, NEVER);
	assert_int_equal(raster_make(20, 20, 3, &shot->colour), OK);
	shot = shown_place(&shown, 2, 10, SLOT, NEVER);
	assert_null(shot->colour.data);
}

static void
the_back_is_told_by_when_it_was_asked_for(void **state)
{
	struct challenge c = {.part = PART_DOCUMENT, .count = 2, .prompts = {
	    {.name = PROMPT_show_front, .shown_ms = 50},
	    {.name = PROMPT_show_back, .shown_ms = 9000}}};

	(void)state;
	assert_true(shown_back_from(&c) > 9000 && shown_back_from(&c) < 10000);
	c.prompts[1].shown_ms = 0; /* nobody knows when */
	assert_int_equal(shown_back_from(&c), NEVER);
	c.count = 1;
	assert_int_equal(shown_back_from(&c), NEVER);
}

static void
a_frame_out_of_focus_is_less_sharp(void **state)
{
	AUTO(raster_clear) struct raster sharp = {0};
	AUTO(raster_clear) struct raster soft = {0};

	(void)state;
	assert_int_equal(raster_make(96, 64, 3, &sharp), OK);
	assert_int_equal(raster_make(96, 64, 3, &soft), OK);
	for (int y = 0; y < 64; y++)
		for (int x = 0; x < 96 * 3; x++) {
			int at = x / 3 % 16;
			raster_row(&sharp, y)[x] = at < 8 ? 40 : 200;
			raster_row(&soft, y)[x] = (uint8_t)(40 + 20 *
			    (at < 8 ? at : 16 - at));
		}
	assert_true(shown_sharpness(&sharp) > 4 * shown_sharpness(&soft));
	assert_true(shown_sharpness(&soft) > 0);
}

static void
what_is_no_recording_is_refused(void **state)
{
	static struct findings found;
	static const struct challenge c = {.part = PART_DOCUMENT};
	AUTO(buf_clear) struct buf film;
	struct inspector tools = {.nowhere = -1};
	struct span bytes = {(const uint8_t *)"not a film", 10};

	(void)state;
	buf_init(&film, FILM_MAX);
	assert_int_not_equal(inspect_document_shown(&tools, bytes, &c, &found,
	    &film), OK);
	assert_int_equal(found.count, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(the_sharpest_of_each_stretch_is_kept),
	    CASE(the_back_begins_a_stretch_of_its_own),
	    CASE(a_long_recording_keeps_what_there_is_room_for),
	    CASE(the_picture_that_was_kept_before_is_let_go),
	    CASE(the_back_is_told_by_when_it_was_asked_for),
	    CASE(a_frame_out_of_focus_is_less_sharp),
	    CASE(what_is_no_recording_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
