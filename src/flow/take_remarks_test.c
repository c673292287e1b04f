/*
 * What operators are told of how a recording came: by its page, by the browsers
 * that the server saw, and by when it was sent.
 */
#include "flow/take_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const char *
remarks_of(struct bench *b, const struct take *t)
{
	char out[TAKE_REMARKS_MAX];

	take_remarks(t, NULL, out);
	return arena_text(&b->a, out);
}

static void
what_stands_out_is_said_in_words(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE), out;

	taking_prompted(b, &t, 0);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), OK);
	taking_ask_all(b, &t);
	assert_int_equal(taking_finish(b, &t), OK);
	t = taking_stored(b, t.id);
	assert_string_equal(remarks_of(b, &t), "");
	/* all of it sent at the end, from times that were made up */
	assert_int_equal(take_begin(&b->f, &b->a, r.id, PART_DOCUMENT,
			     TAKING_WEBM,
			     "{\"virtual_camera\":\"obs\"}", &t),
	    OK);
	taking_ask_all(b, &t);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), OK);
	t = taking_stored(b, t.id);
	struct take_end e = {1, t.chain, "0 1 2",
	    "{\"device_changed\":true,\"lights_off\":true}"};
	assert_int_equal(take_finish(&b->f, &b->a, r.id, t.id, &e, &out), OK);
	assert_string_equal(remarks_of(b, &out), "virtual_camera "
	    "device_changed clocks_differ sent_afterwards lights_off");
}

/* By what the server saw of the browsers, whatever they say. */
static void
who_ends_a_recording_began_it(void **state)
{
	static const struct {
		const char *begin, *end, *said;
	} cases[] = {
	    {"{\"device\":\"Safari, iPhone\"}",
		"{\"device\":\"Safari, iPhone\"}", ""},
	    {"{\"device\":\"Safari, iPhone\"}",
		"{\"device\":\"Firefox, Linux\"}", "device_changed"},
	    {"{\"device\":\"Safari, iPhone\"}", "{}", "device_changed"},
	    {"{}", "{\"device\":\"Firefox, Linux\"}", "device_changed"},
	    {"{\"device\":\"Firefox\"}",
		"{\"device\":\"Firefox, Linux\"}", "device_changed"},
	};
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t, now, out;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(take_begin(&b->f, &b->a, r.id, PART_FACE,
				     TAKING_WEBM, cases[i].begin, &t),
		    OK);
		taking_prompted(b, &t, 0);
		assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), OK);
		taking_ask_rest(b, &t);
		now = taking_stored(b, t.id);
		struct take_end e = {1, now.chain, now.asked, cases[i].end};
		assert_int_equal(take_finish(&b->f, &b->a, r.id, t.id, &e,
				     &out),
		    OK);
		assert_string_equal(remarks_of(b, &out), cases[i].said);
	}
}

static struct take
with_hints(struct bench *b, const char *begin, const char *end)
{
	return (struct take){.asked = "0 2000 4000",
	    .hints = arena_format(&b->a, "{\"begin\":%s,\"end\":%s,"
		"\"first_chunk_ms\":900,\"drift_ms\":0}", begin, end)};
}

static void
frames_that_were_counted_are_told_from_those_of_a_clock(void **state)
{
	static const struct {
		const char *end, *said;
	} cases[] = {
	    {"{\"frames\":400,\"jitter_us\":0}", "exact_spacing"},
	    {"{\"frames\":60,\"jitter_us\":19}", "exact_spacing"},
	    {"{\"frames\":400,\"jitter_us\":20}", ""},
	    {"{\"frames\":59,\"jitter_us\":0}", ""},
	    {"{\"jitter_us\":0}", ""},
	    {"{\"frames\":400}", ""},
	    {"{}", ""},
	};
	struct bench *b = *state;

	/* before it began nothing was counted: no exactness */
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct take t = with_hints(b,
		    "{\"frames\":0,\"jitter_us\":0}", cases[i].end);

		assert_string_equal(remarks_of(b, &t), cases[i].said);
	}
}

static void
what_a_camera_leaves_unsaid_is_said(void **state)
{
	struct bench *b = *state;
	struct take t = with_hints(b, "{\"capabilities_missing\":true}",
	    "{}");

	assert_string_equal(remarks_of(b, &t), "no_capabilities");
	t = with_hints(b, "{\"capabilities\":\"zoom\"}", "{}");
	assert_string_equal(remarks_of(b, &t), "");
}

/* A phone's two cameras are one device; two of a desk are not. */
static void
another_camera_for_the_document_is_said(void **state)
{
	static const struct {
		const char *face, *document, *said;
	} cases[] = {
	    {"\"camera\":\"a1\"", "\"camera\":\"a1\"", ""},
	    {"\"camera\":\"a1\"", "\"camera\":\"b2\"", "other_camera"},
	    {"\"camera\":\"a1\"", "\"width\":640", ""},
	    {"\"camera\":\"a1\",\"facing\":\"user\"",
		"\"camera\":\"b2\",\"facing\":\"environment\"", ""},
	    {"\"camera\":\"a1\",\"facing\":\"environment\"",
		"\"camera\":\"b2\",\"facing\":\"user\"", ""},
	    {"\"camera\":\"a1\",\"facing\":\"user\"",
		"\"camera\":\"b2\",\"facing\":\"user\"", "other_camera"},
	    {"\"camera\":\"a1\",\"facing\":\"user\"",
		"\"camera\":\"b2\"", "other_camera"},
	    {"\"facing\":\"user\",\"device\":\"Chrome, Windows\"",
		"\"facing\":\"environment\",\"device\":\"Chrome, Android\"",
		"other_camera"},
	};
	struct bench *b = *state;
	char out[TAKE_REMARKS_MAX];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *own = arena_format(&b->a, "{%s}",
		    cases[i].document);
		const char *first = arena_format(&b->a, "{%s}", cases[i].face);
		struct take t = with_hints(b, own, own);
		struct take face = with_hints(b, first, first);

		take_remarks(&t, &face, out);
		assert_string_equal(out, cases[i].said);
		assert_string_equal(remarks_of(b, &t), "");
	}
}

/* A film that lay ready, chosen once two actions were told: the first second
 * of it comes five seconds late, and then all of it in a hurry. */
static void
what_was_sent_late_is_said(void **state)
{
	static const int live[] = {1200, 2300, 3100, 4400, 5200, 6300, 9900,
	    10000};
	static const int late[] = {6700, 6800, 6900, 7000, 7100, 7200, 8300,
	    10000};
	struct bench *b = *state;
	struct registration r = taking_photographed(b);

	for (int i = 0; i < 2; i++) {
		struct take t = taking_begun(b, r.id, PART_FACE);
		int64_t begun = clock_now();

		taking_prompted(b, &t, 0);
		for (int k = 0; k < 8; k++) {
			clock_set(begun + (i ? late : live)[k]);
			assert_int_equal(taking_send(b, &t, k, TAKING_FIRST),
			    OK);
		}
		t = taking_stored(b, t.id);
		taking_ask_rest(b, &t);
		assert_int_equal(taking_finish(b, &t), OK);
		t = taking_stored(b, t.id);
		assert_string_equal(remarks_of(b, &t),
		    i ? "sent_afterwards" : "");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(what_stands_out_is_said_in_words),
	    BENCH(who_ends_a_recording_began_it),
	    BENCH(what_was_sent_late_is_said),
	    BENCH(frames_that_were_counted_are_told_from_those_of_a_clock),
	    BENCH(what_a_camera_leaves_unsaid_is_said),
	    BENCH(another_camera_for_the_document_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
