/*
 * The chunks of a take: in order, once, in time, chained under a key of its
 * own; and from no other take, attempt or registration.
 */
#include "flow/take_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* docs/proof-of-life.md */
#define VECTOR_KEY \
	"137c62f5b7ea3dff07e9f9253c1597ba" \
	"0f09dade3e93222e6b268ffb8677fe8d"
#define VECTOR_BEGIN \
	"ce69c97499a366cb3800a323307cd037" \
	"9ebaed3d91c7a5432d9ee7c8c115f0f9"
#define VECTOR_FIRST \
	"e003692f1dba11cea266440d0216fc0e" \
	"2bd41192e50c6ba2be05a7e08b11eacc"
#define VECTOR_SECOND \
	"88550d4b47e45559171159226abf3b1f" \
	"88cf829e62e73b6c14f40c9c1c6df209"

/* chunks */

static void
chunks_come_in_order_and_once(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE);
	struct chunk *chunks;

	assert_int_equal(
	    taking_send(b, &t, 0, TAKING_FIRST), ERR_WRONG_STATE); /* early */
	taking_prompted(b, &t, 0);
	assert_int_equal(taking_send(b, &t, 1, TAKING_FIRST), ERR_CONFLICT);
	const char *mac = taking_mac(b, &t, 0, TAKING_FIRST);
	assert_int_equal(taking_send_as(b, &t, 0, TAKING_FIRST, mac), OK);
	assert_int_equal(taking_send_as(b, &t, 0, TAKING_FIRST, mac), OK);
	assert_int_equal(taking_send_as(b, &t, 0, "other bytes", mac), ERR_INVALID);
	assert_int_equal(taking_send(b, &t, 2, "gap"), ERR_CONFLICT);
	assert_int_equal(taking_send(b, &t, 1, "next"), OK);
	assert_int_equal(taking_send_as(b, &t, 0, TAKING_FIRST, mac), OK);
	assert_int_equal(taking_chunks(b, t.id, &chunks), 2);
	assert_true(taking_file_exists(b, chunks[0].id));
	assert_string_not_equal(chunks[0].id, chunks[1].id);
	assert_int_equal(taking_stored(b, t.id).size,
	    (int64_t)strlen(TAKING_FIRST) + (int64_t)strlen("next"));
}

static void
a_chunk_with_a_mac_that_is_not_its_own_is_refused(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE);
	struct take other = taking_begun(b, r.id, PART_DOCUMENT);
	struct chunk *chunks;

	taking_prompted(b, &t, 0);
	assert_int_equal(taking_send_as(b, &t, 0, TAKING_FIRST,
			     taking_mac(b, &other, 0, TAKING_FIRST)),
	    ERR_INVALID);
	assert_string_equal(err_field(), "mac");
	assert_int_equal(taking_send_as(b, &t, 0, TAKING_FIRST,
			     taking_mac(b, &t, 1, TAKING_FIRST)),
	    ERR_INVALID);
	assert_int_equal(
	    taking_send_as(b, &t, 0, TAKING_FIRST, taking_mac(b, &t, 0, "x")),
	    ERR_INVALID);
	assert_int_equal(taking_send_as(b, &t, 0, TAKING_FIRST, ""), ERR_INVALID);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), OK);
	/* right but for the chunk before it */
	assert_int_equal(
	    taking_send_as(b, &t, 1, "next", taking_mac(b, &t, 1, "next")),
	    ERR_INVALID);
	assert_int_equal(taking_chunks(b, t.id, &chunks), 1);
}

static void
chunks_that_are_late_are_refused(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE);
	int64_t over = taking_prompted(b, &t, 0).expires_at + TAKE_GRACE;

	clock_set(over - 1);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), OK);
	clock_set(over);
	assert_int_equal(taking_send(b, &t, 1, "late"), ERR_EXPIRED);
	assert_int_equal(taking_finish(b, &t), ERR_EXPIRED);
}

static void
chunks_have_limits_of_size_and_number(void **state)
{
	static uint8_t large[CHUNK_MAX + 1];
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE), now, out;
	struct take_chunk c = {0, "", SPAN(large, sizeof(large))};

	taking_prompted(b, &t, 0);
	assert_int_equal(take_chunk(&b->f, &b->a, r.id, t.id, &c, &out),
	    ERR_TOO_LARGE);
	assert_int_equal(taking_send(b, &t, 0, ""), ERR_INVALID);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), OK);
	now = taking_stored(b, t.id);
	now.size = (int64_t)TAKE_MAX - 3;
	assert_int_equal(take_save(b->f.store, &now), OK);
	assert_int_equal(taking_send(b, &t, 1, "four"), ERR_TOO_LARGE);
	assert_int_equal(taking_send(b, &t, 1, "two"), OK);
	now = taking_stored(b, t.id);
	now.size = 100;
	now.chunks = CHUNKS_MAX;
	assert_int_equal(take_save(b->f.store, &now), OK);
	assert_int_equal(taking_send(b, &t, CHUNKS_MAX, "x"), ERR_TOO_LARGE);
}

static void
the_first_chunk_begins_as_it_was_said(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE);

	taking_prompted(b, &t, 0);
	assert_int_equal(taking_send(b, &t, 0, "\xff\xd8\xff a picture"),
	    ERR_MEDIA_TYPE);
	assert_int_equal(taking_send(b, &t, 0, "xxxxftypisom"), ERR_MEDIA_TYPE);
	assert_int_equal(take_begin(&b->f, &b->a, r.id, PART_FACE,
			     "video/mp4", "", &t),
	    OK);
	taking_prompted(b, &t, 0);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), ERR_MEDIA_TYPE);
	assert_int_equal(taking_send(b, &t, 0, "xxxxftypisom"), OK);
}

static void
a_take_of_another_registration_is_not_found(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b), other;
	struct take t = taking_begun(b, r.id, PART_FACE), out;
	struct take_chunk c = {0, taking_mac(b, &t, 0, TAKING_FIRST),
	    span_of_text(TAKING_FIRST)};
	struct take_end e = {0, "", "", ""};
	struct take_prompt p;

	taking_prompted(b, &t, 0);
	b->email = "mallory@example.org";
	other = taking_photographed(b);
	assert_int_equal(take_chunk(&b->f, &b->a, other.id, t.id, &c, &out),
	    ERR_NOT_FOUND);
	assert_int_equal(take_prompt(&b->f, &b->a, other.id, t.id, 0, &p),
	    ERR_NOT_FOUND);
	assert_int_equal(take_finish(&b->f, &b->a, other.id, t.id, &e, &out),
	    ERR_NOT_FOUND);
	assert_int_equal(take_find(&b->f, &b->a, other.id, t.id, &out),
	    ERR_NOT_FOUND);
	assert_int_equal(take_find(&b->f, &b->a, r.id, "tak_x", &out),
	    ERR_NOT_FOUND);
	assert_int_equal(take_chunk(&b->f, &b->a, r.id, t.id, &c, &out), OK);
}

static void
a_take_of_another_attempt_is_refused(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE);
	struct take_prompt p;

	taking_prompted(b, &t, 0);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), OK);
	assert_int_equal(registration_load(b->f.store, &b->a, r.id, &r), OK);
	r.attempt++;
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(taking_send(b, &t, 1, "next"), ERR_WRONG_STATE);
	assert_int_equal(take_prompt(&b->f, &b->a, r.id, t.id, 0, &p),
	    ERR_WRONG_STATE);
	assert_int_equal(taking_finish(b, &t), ERR_WRONG_STATE);
}

static void
nothing_is_taken_once_the_registration_is_over(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE);

	taking_prompted(b, &t, 0);
	assert_int_equal(registration_cancel(&b->f, &b->a, &bench_member,
			     r.id, &r),
	    OK);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), ERR_WRONG_STATE);
	assert_int_equal(taking_finish(b, &t), ERR_WRONG_STATE);
	assert_int_equal(take_begin(&b->f, &b->a, r.id, PART_DOCUMENT,
			     TAKING_WEBM, "", &t),
	    ERR_WRONG_STATE);
}

/* Within the recording's own time: that of the registration is exact. */
static void
nothing_is_taken_after_the_registration_s_last_moment(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take_prompt p;
	struct take t;

	clock_set(r.expires_at - 10 * SECOND);
	t = taking_begun(b, r.id, PART_FACE);
	taking_prompted(b, &t, 0);
	clock_set(r.expires_at - 1);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), OK);
	clock_set(r.expires_at);
	assert_int_equal(taking_send(b, &t, 1, "next"), ERR_EXPIRED);
	assert_int_equal(take_prompt(&b->f, &b->a, r.id, t.id, 1, &p),
	    ERR_EXPIRED);
}

/* texts and the chain */

static void
moments_are_numbers_that_never_fall(void **state)
{
	static const char *const wrong[] = {" 0", "0 ", "0  1", "1 0", "-1",
	    "00", "01", "1,2", "120001", "99999999999999999999", "a",
	    "1 2 3 4 5 6 7 8 9 10 11", "0\n1"};
	uint32_t times[CHALLENGE_MAX];
	size_t count = 99;

	(void)state;
	assert_int_equal(take_times_parse("", times, &count), OK);
	assert_int_equal(count, 0);
	assert_int_equal(take_times_parse("0 2100 2100 120000", times, &count),
	    OK);
	assert_int_equal(count, 4);
	assert_int_equal(times[3], 120000);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(take_times_parse(wrong[i], times, &count),
		    ERR_INVALID);
	assert_int_equal(count, 4);
}

/* The one in docs/proof-of-life.md, computed there by other means. */
static void
the_chain_is_as_the_manual_says(void **state)
{
	static const char take[] = "tak_0123456789bcdfghjkmnpqrstv";
	static uint8_t link[32] = {1};
	struct keys k = {.link = {link, sizeof(link), sizeof(link)}};
	struct digest key = take_key(&k, take), first, second;
	char chain[DIGEST_TEXT_SIZE], text[DIGEST_TEXT_SIZE];

	(void)state;
	digest_format(&key, text);
	assert_string_equal(text, VECTOR_KEY);
	take_chain_begin(take, chain);
	assert_string_equal(chain, VECTOR_BEGIN);
	first = digest_sha256(span_of_text("first chunk"));
	assert_int_equal(take_chain_next(&k, take, chain, 0, &first, chain),
	    OK);
	assert_string_equal(chain, VECTOR_FIRST);
	second = digest_sha256(span_of_text("second chunk"));
	assert_int_equal(take_chain_next(&k, take, chain, 1, &second, chain),
	    OK);
	assert_string_equal(chain, VECTOR_SECOND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(chunks_come_in_order_and_once),
	    BENCH(a_chunk_with_a_mac_that_is_not_its_own_is_refused),
	    BENCH(chunks_that_are_late_are_refused),
	    BENCH(chunks_have_limits_of_size_and_number),
	    BENCH(the_first_chunk_begins_as_it_was_said),
	    BENCH(a_take_of_another_registration_is_not_found),
	    BENCH(a_take_of_another_attempt_is_refused),
	    BENCH(nothing_is_taken_once_the_registration_is_over),
	    BENCH(nothing_is_taken_after_the_registration_s_last_moment),
	    cmocka_unit_test(moments_are_numbers_that_never_fall),
	    cmocka_unit_test(the_chain_is_as_the_manual_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
