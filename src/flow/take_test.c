/*
 * A take from its beginning to its prompts: who may record what, how often,
 * and what they are asked to do when. The chunks of it: take_chunk_test.c, its
 * end: take_end_test.c.
 */
#include "flow/take_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* the whole way */

static void
a_take_becomes_evidence_with_what_was_asked_and_when(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_sent(b, r.id, PART_FACE);
	struct challenge c;
	struct evidence e;

	assert_string_equal(t.state, "sent");
	assert_string_equal(t.media_type, "video/webm");
	assert_non_null(strstr(t.hints, "{\"begin\":{\"width\":640},\"end\":"));
	assert_non_null(strstr(t.hints, "\"drift_ms\":0}"));
	assert_int_equal(evidence_load(b->f.store, &b->a, t.evidence, &e), OK);
	assert_string_equal(e.kind, "face_video");
	assert_string_equal(e.state, "received");
	assert_string_equal(e.sha256, "");
	assert_int_equal(e.size, t.size);
	assert_true(bench_has_job(b, "inspect", e.id));
	assert_string_equal(bench_step(b, r.id, STEP_proof_of_life), "doing");
	assert_int_equal(take_challenge(&t, &c), OK);
	assert_true(c.count >= 1 + CHALLENGE_SHORTEST);
	assert_int_equal(c.prompts[0].asked_ms, 0);
	for (size_t i = 1; i < c.count; i++) {
		assert_true(c.prompts[i].asked_ms >=
		    c.prompts[i - 1].asked_ms +
		    (prompt_is_light(c.prompts[i - 1].name) ? 950 : 1800));
		assert_int_equal(c.prompts[i].shown_ms,
		    c.prompts[i].asked_ms);
	}
}

static void
each_part_says_where_it_stands(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take_part parts[PART_COUNT];
	struct evidence e;

	assert_int_equal(take_parts(&b->f, &b->a, &r, parts), OK);
	assert_string_equal(parts[PART_FACE].state, "todo");
	assert_int_equal(parts[PART_FACE].takes_left, TAKES_TOLD_MAX);
	struct take t = taking_sent(b, r.id, PART_DOCUMENT);
	assert_int_equal(take_parts(&b->f, &b->a, &r, parts), OK);
	assert_string_equal(parts[PART_FACE].state, "todo");
	assert_string_equal(parts[PART_DOCUMENT].state, "sent");
	assert_int_equal(parts[PART_DOCUMENT].takes_left, TAKES_TOLD_MAX - 1);
	assert_int_equal(evidence_load(b->f.store, &b->a, t.evidence, &e), OK);
	e.state = "retake";
	e.reasons = "recording_dark";
	assert_int_equal(evidence_save(b->f.store, &e), OK);
	assert_int_equal(take_parts(&b->f, &b->a, &r, parts), OK);
	assert_string_equal(parts[PART_DOCUMENT].state, "retake");
	assert_string_equal(parts[PART_DOCUMENT].reasons, "recording_dark");
}

/* beginning */

static enum err
begin(struct bench *b, const char *id, const char *media_type,
    const char *hints)
{
	struct take t;

	return take_begin(&b->f, &b->a, id, PART_FACE, media_type, hints, &t);
}

static void
at_the_lowest_level_nothing_is_recorded(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();

	bench_picture(b, r.id, &good);
	assert_int_equal(begin(b, r.id, TAKING_WEBM, ""), ERR_WRONG_STATE);
}

static void
the_document_comes_first(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct evidence e;

	assert_int_equal(begin(b, r.id, TAKING_WEBM, ""), OK);
	assert_int_equal(evidence_find(b->f.store, &b->a, r.id, r.attempt,
			     "document_front", &e),
	    OK);
	e.state = "retake";
	assert_int_equal(evidence_save(b->f.store, &e), OK);
	assert_int_equal(begin(b, r.id, TAKING_WEBM, ""), ERR_WRONG_STATE);
	assert_string_equal(err_field(), "front");
}

static void
only_what_a_browser_records_is_taken(void **state)
{
	static const char *const wrong[] = {"", "video/avi", "video/webmx",
	    "image/jpeg", "VIDEO/TAKING_WEBM", "video/"};
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	char hints[TAKE_HINTS_MAX + 2];

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(begin(b, r.id, wrong[i], ""),
		    ERR_MEDIA_TYPE);
	memset(hints, ' ', sizeof(hints) - 1);
	hints[sizeof(hints) - 1] = '\0';
	assert_int_equal(begin(b, r.id, TAKING_WEBM, hints), ERR_INVALID);
	assert_int_equal(begin(b, r.id, "video/mp4; codecs=avc1", ""), OK);
}

static void
a_step_that_is_done_is_not_recorded_again(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);

	assert_int_equal(registration_step(&b->f, r.id, STEP_proof_of_life,
			     "done", ""),
	    OK);
	assert_int_equal(begin(b, r.id, TAKING_WEBM, ""), ERR_WRONG_STATE);
}

static void
after_twenty_of_a_part_there_is_no_other(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);

	for (int i = 0; i < TAKES_MAX; i++)
		assert_int_equal(begin(b, r.id, TAKING_WEBM, ""), OK);
	assert_int_equal(begin(b, r.id, TAKING_WEBM, ""), ERR_TOO_MANY);
	taking_begun(b, r.id, PART_DOCUMENT);
}

/* A draw for who has a film ready is a challenge that was told, not one that
 * was only begun. */
static void
after_ten_that_were_told_there_is_no_other(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take_part parts[PART_COUNT];
	struct take_prompt p;
	struct take_counts counts;

	for (int i = 0; i < TAKES_TOLD_MAX; i++) {
		struct take t = taking_begun(b, r.id, PART_FACE);

		p = taking_prompted(b, &t, 0); /* look ahead: tells nothing */
		assert_int_equal(take_count(&b->f, &b->a, r.id, PART_FACE,
				     &counts),
		    OK);
		assert_int_equal(counts.told, i);
		clock_set(clock_now() + p.hold_ms);
		taking_prompted(b, &t, 1);
	}
	assert_int_equal(take_count(&b->f, &b->a, r.id, PART_FACE, &counts),
	    OK);
	assert_int_equal(counts.told, TAKES_TOLD_MAX);
	/* whatever somebody makes of the rows */
	struct take *takes;
	size_t count;
	assert_int_equal(take_list(b->f.store, &b->a, r.id, &takes, &count),
	    OK);
	for (size_t i = 0; i < count; i++) {
		takes[i].asked = "";
		assert_int_equal(take_save(b->f.store, &takes[i]), OK);
	}
	assert_int_equal(take_count(&b->f, &b->a, r.id, PART_FACE, &counts),
	    OK);
	assert_int_equal(counts.told, TAKES_TOLD_MAX);
	assert_int_equal(begin(b, r.id, TAKING_WEBM, ""), ERR_TOO_MANY);
	assert_int_equal(take_parts(&b->f, &b->a, &r, parts), OK);
	assert_int_equal(parts[PART_FACE].takes_left, 0);
	assert_int_equal(parts[PART_DOCUMENT].takes_left, TAKES_TOLD_MAX);
	taking_begun(b, r.id, PART_DOCUMENT);
}

/* prompts */

static enum err
ask(struct bench *b, const struct take *t, int64_t position)
{
	struct take_prompt p;

	return take_prompt(&b->f, &b->a, t->registration, t->id, position, &p);
}

static void
prompts_are_told_one_by_one_and_not_ahead(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE);

	assert_int_equal(ask(b, &t, 1), ERR_WRONG_STATE);
	assert_int_equal(ask(b, &t, -1), ERR_WRONG_STATE);
	struct take_prompt first = taking_prompted(b, &t, 0);
	assert_int_equal(first.name, PROMPT_look_ahead);
	assert_int_equal(ask(b, &t, 1), ERR_WRONG_STATE); /* too soon */
	t = taking_stored(b, t.id);
	assert_int_equal(take_wait(&b->keys, &t, clock_now()), first.hold_ms);
	clock_set(clock_now() + first.hold_ms - 1);
	assert_int_equal(ask(b, &t, 1), ERR_WRONG_STATE);
	struct take_prompt again = taking_prompted(b, &t, 0);
	assert_int_equal(again.asked_ms, first.asked_ms);
	clock_set(clock_now() + 1);
	assert_int_equal(taking_prompted(b, &t, 1).asked_ms, first.hold_ms);
	assert_int_equal(ask(b, &t, 0), ERR_WRONG_STATE);
	assert_int_equal(ask(b, &t, 7), ERR_WRONG_STATE);
}

/* The page has the take's key; the moments must not follow from it. */
static void
how_long_a_prompt_stays_differs_by_take_and_place(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	int64_t least = INT64_MAX, most = 0;
	int foreseen = 0;

	for (int i = 0; i < 12; i++) {
		struct take t = taking_begun(b, r.id, PART_FACE);
		int64_t hold = taking_prompted(b, &t, 0).hold_ms;
		assert_true(hold >= 1800 && hold < 3200);
		struct digest key = take_key(&b->keys, t.id);
		struct keys page = {.link = {key.bytes, DIGEST_SIZE,
		    DIGEST_SIZE}};
		t = taking_stored(b, t.id);
		foreseen += take_wait(&page, &t, clock_now()) == hold;
		least = hold < least ? hold : least;
		most = hold > most ? hold : most;
	}
	assert_true(most - least > 100);
	assert_true(foreseen < 4);
}

static void
after_the_last_prompt_there_is_none(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_DOCUMENT);
	struct challenge c;

	taking_ask_all(b, &t);
	t = taking_stored(b, t.id);
	assert_int_equal(take_challenge(&t, &c), OK);
	assert_int_equal(c.count, 3); /* a passport has no back to show */
	assert_int_equal(ask(b, &t, 3), ERR_WRONG_STATE);
}

static void
a_recording_ends_ninety_seconds_after_its_first_prompt(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE);

	clock_set(clock_now() + TAKE_BEGIN - 1);
	struct take_prompt p = taking_prompted(b, &t, 0);
	assert_int_equal(p.expires_at, clock_now() + TAKE_LIFE);
	clock_set(p.expires_at - 1);
	taking_prompted(b, &t, 1);
	clock_set(p.expires_at);
	assert_int_equal(ask(b, &t, 2), ERR_EXPIRED);
}

static void
what_is_not_begun_in_time_is_over(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE);

	clock_set(clock_now() + TAKE_BEGIN);
	assert_int_equal(ask(b, &t, 0), ERR_EXPIRED);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), ERR_EXPIRED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(a_take_becomes_evidence_with_what_was_asked_and_when),
	    BENCH(each_part_says_where_it_stands),
	    BENCH(at_the_lowest_level_nothing_is_recorded),
	    BENCH(the_document_comes_first),
	    BENCH(only_what_a_browser_records_is_taken),
	    BENCH(a_step_that_is_done_is_not_recorded_again),
	    BENCH(after_twenty_of_a_part_there_is_no_other),
	    BENCH(after_ten_that_were_told_there_is_no_other),
	    BENCH(prompts_are_told_one_by_one_and_not_ahead),
	    BENCH(how_long_a_prompt_stays_differs_by_take_and_place),
	    BENCH(after_the_last_prompt_there_is_none),
	    BENCH(a_recording_ends_ninety_seconds_after_its_first_prompt),
	    BENCH(what_is_not_begun_in_time_is_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
