#include "flow/take_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* the end */

static void
only_a_whole_take_is_finished(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE), now, out;
	struct take_end e;

	taking_prompted(b, &t, 0);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), OK);
	assert_int_equal(taking_finish(b, &t), ERR_WRONG_STATE); /* not all asked */
	clock_set(clock_now() + 5 * SECOND);
	for (int64_t i = 1; !taking_prompted(b, &t, i).last; i++)
		clock_set(clock_now() + 5 * SECOND);
	now = taking_stored(b, t.id);
	e = (struct take_end){2, now.chain, now.asked, ""};
	assert_int_equal(take_finish(&b->f, &b->a, r.id, t.id, &e, &out),
	    ERR_CONFLICT);
	e = (struct take_end){1, t.chain, now.asked, ""};
	assert_int_equal(take_finish(&b->f, &b->a, r.id, t.id, &e, &out),
	    ERR_INVALID);
	e = (struct take_end){1, now.chain, "0 1", ""};
	assert_int_equal(take_finish(&b->f, &b->a, r.id, t.id, &e, &out),
	    ERR_INVALID);
	assert_string_equal(err_field(), "shown");
	assert_int_equal(taking_finish(b, &t), OK);
}

/* All of it came; the next attempt is another one's to record. */
static void
a_whole_take_of_another_attempt_is_not_finished(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE);

	taking_ask_all(b, &t);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), OK);
	r = bench_loaded(b, r.id);
	r.attempt++;
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(taking_finish(b, &t), ERR_WRONG_STATE);
	r = bench_loaded(b, r.id);
	r.attempt--;
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(taking_finish(b, &t), OK);
}

static void
hints_are_short_when_it_ends_too(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE), now, out;
	char hints[TAKE_HINTS_MAX + 2];

	taking_ask_all(b, &t);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), OK);
	now = taking_stored(b, t.id);
	memset(hints, ' ', sizeof(hints));
	hints[0] = '{';
	hints[TAKE_HINTS_MAX] = '}';
	hints[TAKE_HINTS_MAX + 1] = '\0';
	struct take_end e = {1, now.chain, now.asked, hints};
	assert_int_equal(take_finish(&b->f, &b->a, r.id, t.id, &e, &out),
	    ERR_INVALID);
	assert_string_equal(err_field(), "hints");
	hints[TAKE_HINTS_MAX - 1] = '}';
	hints[TAKE_HINTS_MAX] = '\0';
	assert_int_equal(take_finish(&b->f, &b->a, r.id, t.id, &e, &out), OK);
}

static void
a_take_without_chunks_is_not_finished(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE);

	taking_ask_all(b, &t);
	assert_int_equal(taking_finish(b, &t), ERR_INVALID);
}

static void
finishing_again_changes_nothing_and_nothing_follows(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_sent(b, r.id, PART_FACE);
	struct evidence *rows;
	size_t before, after;

	assert_int_equal(evidence_list(b->f.store, &b->a, r.id, &rows,
			     &before),
	    OK);
	assert_int_equal(taking_finish(b, &t), OK);
	assert_int_equal(evidence_list(b->f.store, &b->a, r.id, &rows, &after),
	    OK);
	assert_int_equal(before, after);
	assert_string_equal(taking_stored(b, t.id).evidence, t.evidence);
	assert_int_equal(taking_send(b, &t, 2, "more"), ERR_WRONG_STATE);
	struct take_end e = {1, t.chain, t.shown, ""};
	struct take out;
	assert_int_equal(take_finish(&b->f, &b->a, r.id, t.id, &e, &out),
	    ERR_WRONG_STATE);
}

static void
a_new_take_ends_one_that_records_and_keeps_what_was_sent(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take first = taking_begun(b, r.id, PART_FACE), second, third;
	struct take_part parts[PART_COUNT];
	struct evidence e;

	taking_prompted(b, &first, 0);
	assert_int_equal(taking_send(b, &first, 0, TAKING_FIRST), OK);
	second = taking_sent(b, r.id, PART_FACE);
	assert_string_equal(taking_stored(b, first.id).state, "superseded");
	assert_int_equal(taking_send(b, &first, 1, "next"), ERR_WRONG_STATE);
	third = taking_begun(b, r.id, PART_FACE); /* and the camera is lost */
	assert_int_equal(take_parts(&b->f, &b->a, &r, parts), OK);
	assert_string_equal(parts[PART_FACE].evidence, second.evidence);
	third = taking_sent(b, r.id, PART_FACE);
	assert_string_equal(taking_stored(b, second.id).state, "superseded");
	assert_int_equal(evidence_load(b->f.store, &b->a, second.evidence, &e),
	    OK);
	assert_string_equal(e.state, "superseded");
	assert_int_equal(take_parts(&b->f, &b->a, &r, parts), OK);
	assert_string_equal(parts[PART_FACE].evidence, third.evidence);
}

/* What the clerk keeps of a recording that was looked at. */
static void
keep_film(struct bench *b, const struct registration *r, const char *kind)
{
	char id[ID_SIZE];

	id_make("evd", id);
	const struct evidence e = {.id = id, .registration = r->id,
	    .kind = kind, .state = "kept", .reasons = "", .media_type = "",
	    .sha256 = "", .attempt = r->attempt, .created_at = BENCH_NOW};
	assert_int_equal(evidence_save(b->f.store, &e), OK);
}

static enum err
find_kind(struct bench *b, const struct registration *r, const char *kind)
{
	struct evidence e;

	return evidence_find(b->f.store, &b->a, r->id, r->attempt, kind, &e);
}

/* Or the operator looks at one, and another is the evidence. */
static void
a_new_recording_ends_the_film_of_the_one_before(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);

	taking_sent(b, r.id, PART_FACE);
	keep_film(b, &r, "film_face");
	keep_film(b, &r, "film_document");
	taking_begun(b, r.id, PART_FACE); /* and not finished */
	assert_int_equal(find_kind(b, &r, "film_face"), OK);
	taking_sent(b, r.id, PART_FACE);
	assert_int_equal(find_kind(b, &r, "film_face"), ERR_NOT_FOUND);
	assert_int_equal(find_kind(b, &r, "film_document"), OK);
}

static void
another_document_ends_the_recording_of_the_first(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take face = taking_sent(b, r.id, PART_FACE);
	struct take document = taking_sent(b, r.id, PART_DOCUMENT);
	struct evidence e;

	keep_film(b, &r, "film_face");
	keep_film(b, &r, "film_document");

	assert_int_equal(journey_document(&b->f, &b->a, r.id, "DEU",
			     "passport", &r),
	    OK);
	assert_int_equal(evidence_load(b->f.store, &b->a, document.evidence,
			     &e),
	    OK);
	assert_string_equal(e.state, "superseded");
	assert_int_equal(find_kind(b, &r, "film_document"), ERR_NOT_FOUND);
	assert_int_equal(evidence_load(b->f.store, &b->a, face.evidence, &e),
	    OK);
	assert_string_equal(e.state, "received");
	assert_int_equal(find_kind(b, &r, "film_face"), OK);
}

/* Where the pictures alone are asked for again, the recordings were done. */
static void
after_another_document_it_may_be_recorded_again(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct findings good = bench_good_findings();
	struct step done = {.name = "proof_of_life", .state = "done",
	    .position = STEP_proof_of_life, .at = BENCH_NOW, .reasons = ""};
	struct take t;

	taking_sent(b, r.id, PART_FACE);
	taking_sent(b, r.id, PART_DOCUMENT);
	assert_int_equal(step_save(b->f.store, r.id, &done), OK);
	assert_int_equal(take_begin(&b->f, &b->a, r.id, PART_DOCUMENT,
			     TAKING_WEBM, "", &t),
	    ERR_WRONG_STATE);
	assert_int_equal(journey_document(&b->f, &b->a, r.id, "DEU",
			     "passport", &r),
	    OK);
	bench_picture(b, r.id, &good);
	assert_int_equal(take_begin(&b->f, &b->a, r.id, PART_DOCUMENT,
			     TAKING_WEBM, "", &t),
	    OK);
}

static void
at_a_qualified_level_a_file_is_no_picture(void **state)
{
	static const char png[] = "\x89PNG\r\n\x1a\n and so on";
	static const char pdf[] = "%PDF-1.4 and so on";
	static const char jpeg[] = "\xff\xd8\xff\xe0 and so on";
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct evidence e;

	assert_int_equal(journey_picture(&b->f, &b->a, r.id, "front",
			     span_of_text(png), &e),
	    ERR_MEDIA_TYPE);
	assert_int_equal(journey_picture(&b->f, &b->a, r.id, "front",
			     span_of_text(pdf), &e),
	    ERR_MEDIA_TYPE);
	assert_int_equal(journey_picture(&b->f, &b->a, r.id, "front",
			     span_of_text(jpeg), &e),
	    OK);
}

/* gathering and sweeping */

static void
chunks_become_one_file_and_go(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_sent(b, r.id, PART_FACE);
	AUTO(buf_clear) struct buf whole;
	struct chunk *chunks, *none;
	struct evidence e, again;
	char vault[100], draft[200];

	assert_int_equal(taking_chunks(b, t.id, &chunks), 2);
	snprintf(vault, sizeof(vault), "%s/vault", b->dir);
	snprintf(draft, sizeof(draft), "%s/%s.draft", vault, t.evidence);
	fclose(fopen(draft, "w")); /* a crash left it */
	assert_int_equal(take_gather(&b->f, &b->a, t.evidence, &e), OK);
	assert_string_equal(taking_stored(b, t.id).state, "gathered");
	buf_init(&whole, 1000);
	assert_int_equal(vault_read(vault, e.id, e.sealed_key, &b->keys.vault,
			     &whole),
	    OK);
	assert_string_equal(buf_text(&whole), TAKING_FIRST TAKING_SECOND);
	struct digest d = digest_sha256(span_of_buf(&whole));
	char sha256[DIGEST_TEXT_SIZE];
	digest_format(&d, sha256);
	assert_int_equal(evidence_load(b->f.store, &b->a, e.id, &again), OK);
	assert_string_equal(again.sha256, sha256);
	assert_int_equal(again.size, (int64_t)whole.size);
	assert_int_equal(again.sealed_key.size, VAULT_SEALED_SIZE);
	assert_int_equal(taking_chunks(b, t.id, &none), 0);
	assert_false(taking_file_exists(b, chunks[0].id));
	assert_false(taking_file_exists(b, chunks[1].id));
	assert_int_equal(take_gather(&b->f, &b->a, t.evidence, &again), OK);
	assert_string_equal(again.sha256, sha256);
}

static void
chunks_that_are_not_what_was_sent_are_not_gathered(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_sent(b, r.id, PART_FACE);
	struct chunk *chunks, other;
	struct evidence e;

	assert_int_equal(taking_chunks(b, t.id, &chunks), 2);
	assert_int_equal(chunk_remove(b->f.store, t.id), OK);
	assert_int_equal(chunk_save(b->f.store, &chunks[0]), OK);
	assert_int_equal(take_gather(&b->f, &b->a, t.evidence, &e),
	    ERR_INVALID); /* one is missing */
	other = chunks[0];
	other.position = 1;
	assert_int_equal(chunk_save(b->f.store, &other), OK);
	assert_int_equal(take_gather(&b->f, &b->a, t.evidence, &e),
	    ERR_INVALID); /* one twice */
	assert_int_equal(chunk_remove(b->f.store, t.id), OK);
	assert_int_equal(chunk_save(b->f.store, &chunks[0]), OK);
	other = chunks[1];
	other.mac = chunks[0].mac;
	assert_int_equal(chunk_save(b->f.store, &other), OK);
	assert_int_equal(take_gather(&b->f, &b->a, t.evidence, &e),
	    ERR_INVALID);
	assert_string_equal(taking_stored(b, t.id).state, "sent");
	assert_true(taking_file_exists(b, chunks[0].id));
}

static void
what_was_not_finished_is_swept_when_its_time_is_over(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE);
	int64_t over, again;
	struct chunk *chunks, *none;

	assert_true(bench_has_job(b, "sweep", t.id));
	over = taking_prompted(b, &t, 0).expires_at + TAKE_GRACE;
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), OK);
	assert_int_equal(taking_chunks(b, t.id, &chunks), 1);
	assert_int_equal(take_sweep(&b->f, &b->a, t.id, &again), OK);
	assert_int_equal(again, over);
	assert_true(taking_file_exists(b, chunks[0].id));
	clock_set(over);
	assert_int_equal(take_sweep(&b->f, &b->a, t.id, &again), OK);
	assert_int_equal(again, 0);
	assert_string_equal(taking_stored(b, t.id).state, "superseded");
	assert_int_equal(taking_chunks(b, t.id, &none), 0);
	assert_false(taking_file_exists(b, chunks[0].id));
	assert_int_equal(take_sweep(&b->f, &b->a, t.id, &again), OK);
	assert_int_equal(take_sweep(&b->f, &b->a, "tak_none", &again), OK);
	assert_int_equal(again, 0);
}

static void
what_waits_to_be_gathered_is_not_swept(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_sent(b, r.id, PART_FACE);
	struct chunk *chunks;
	int64_t again;

	clock_set(t.expires_at + HOUR);
	assert_int_equal(take_sweep(&b->f, &b->a, t.id, &again), OK);
	assert_true(again > clock_now());
	assert_int_equal(taking_chunks(b, t.id, &chunks), 2);
	assert_int_equal(registration_cancel(&b->f, &b->a, &bench_member,
			     r.id, &r),
	    OK);
	assert_int_equal(take_sweep(&b->f, &b->a, t.id, &again), OK);
	assert_int_equal(again, 0);
	assert_false(taking_file_exists(b, chunks[0].id));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(only_a_whole_take_is_finished),
	    BENCH(a_whole_take_of_another_attempt_is_not_finished),
	    BENCH(hints_are_short_when_it_ends_too),
	    BENCH(a_take_without_chunks_is_not_finished),
	    BENCH(finishing_again_changes_nothing_and_nothing_follows),
	    BENCH(a_new_take_ends_one_that_records_and_keeps_what_was_sent),
	    BENCH(a_new_recording_ends_the_film_of_the_one_before),
	    BENCH(another_document_ends_the_recording_of_the_first),
	    BENCH(after_another_document_it_may_be_recorded_again),
	    BENCH(at_a_qualified_level_a_file_is_no_picture),
	    BENCH(chunks_become_one_file_and_go),
	    BENCH(chunks_that_are_not_what_was_sent_are_not_gathered),
	    BENCH(what_was_not_finished_is_swept_when_its_time_is_over),
	    BENCH(what_waits_to_be_gathered_is_not_swept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
