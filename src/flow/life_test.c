/*
 * The levels with a proof of life: what is asked for, in which order, and
 * what goes with the next attempt.
 */
#include "flow/fixture.h"

#include "flow/decide_act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define F &b->f, &b->a

static struct registration
collecting(struct bench *b, const char *level)
{
	b->level = level;
	return bench_collecting(b);
}

/* Pictures and both recordings, read. */
static struct registration
given(struct bench *b, const char *level)
{
	struct registration r = collecting(b, level);
	struct findings good = bench_good_findings(), none = {0};

	bench_picture(b, r.id, &good);
	bench_recording(b, r.id, "face_video", &none);
	bench_recording(b, r.id, "document_video", &none);
	assert_int_equal(registration_load(b->f.store, &b->a, r.id, &r), OK);
	return r;
}

static void
recordings_follow_the_pictures(void **state)
{
	struct bench *b = *state;
	struct registration r = collecting(b, "qcp");
	struct findings good = bench_good_findings(), none = {0};

	assert_string_equal(bench_step(b, r.id, STEP_proof_of_life), "todo");
	bench_picture(b, r.id, &good);
	assert_string_equal(bench_step(b, r.id, STEP_document), "done");
	assert_string_equal(bench_step(b, r.id, STEP_proof_of_life), "doing");
	assert_int_equal(journey_complete(F, r.id, &r), ERR_WRONG_STATE);
	assert_string_equal(err_field(), "face");
	bench_recording(b, r.id, "face_video", &none);
	assert_int_equal(journey_complete(F, r.id, &r), ERR_WRONG_STATE);
	assert_string_equal(err_field(), "document");
	bench_recording(b, r.id, "document_video", &none);
	assert_int_equal(journey_complete(F, r.id, &r), OK);
	assert_string_equal(r.state, "checking");
}

static void
all_is_compared_before_it_is_checked(void **state)
{
	struct bench *b = *state;
	struct registration r = given(b, "qcp");

	assert_int_equal(journey_complete(F, r.id, &r), OK);
	assert_true(bench_has_job(b, "compare", r.id));
	assert_false(bench_has_job(b, "check", r.id));
	bench_compared(b, r.id, NULL);
	assert_true(bench_has_job(b, "check", r.id));
}

static void
an_operator_always_decides(void **state)
{
	struct bench *b = *state;
	struct registration r = given(b, "qcp");

	assert_int_equal(journey_complete(F, r.id, &r), OK);
	bench_compared(b, r.id, NULL);
	assert_int_equal(decide_attempt(F, r.id, &r), OK);
	assert_string_not_equal(r.state, "approved");
}

static void
an_unreadable_recording_is_made_again_and_costs_nothing(void **state)
{
	struct bench *b = *state;
	struct registration r = collecting(b, "qcp");
	struct findings good = bench_good_findings();

	bench_picture(b, r.id, &good);
	struct evidence e = bench_recording(b, r.id, "face_video", NULL);
	assert_string_equal(e.state, "retake");
	assert_string_equal(e.reasons, "bad_recording");
	assert_int_equal(registration_load(b->f.store, &b->a, r.id, &r), OK);
	assert_int_equal(r.attempt, 1);
	assert_string_equal(r.state, "collecting");
}

static void
what_another_recording_mends_is_told_at_once(void **state)
{
	struct bench *b = *state;
	struct registration r = collecting(b, "qcp");
	struct findings good = bench_good_findings(), nothing = {0};
	struct fixture f;

	bench_picture(b, r.id, &good);
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_seen, 0.2);
	struct evidence e = bench_recording(b, r.id, "face_video", &f.face);
	assert_string_equal(e.state, "retake");
	assert_string_equal(e.reasons, "face_not_seen");
	fixture_number(&nothing, FINDING_shown_pages, 0);
	e = bench_recording(b, r.id, "document_video", &nothing);
	assert_string_equal(e.state, "retake");
	assert_string_equal(e.reasons, "document_not_seen");
}

static void
what_tells_of_an_attack_waits_for_the_whole(void **state)
{
	struct bench *b = *state;
	struct registration r = collecting(b, "qcp");
	struct findings good = bench_good_findings();
	struct fixture f;

	bench_picture(b, r.id, &good);
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_film_cut, 40);
	struct evidence e = bench_recording(b, r.id, "face_video", &f.face);
	assert_string_equal(e.state, "read");
	assert_string_equal(e.reasons, "");
}

static void
what_need_not_be_given_again_goes_with_the_next_attempt(void **state)
{
	struct bench *b = *state;
	struct registration r = given(b, "qcp");
	const struct again life = {.life = true, .document_reasons = "",
	    .life_reasons = "instructions_not_followed"};
	struct evidence e;

	assert_int_equal(journey_complete(F, r.id, &r), OK);
	{
		AUTO(act_end) struct act t = {0};
		assert_int_equal(act_begin(F, r.id, &clerk_as_actor, &t), OK);
		assert_int_equal(attempt_again(&t, &life), OK);
		assert_int_equal(act_move(&t, EVENT_retake, ""), OK);
		assert_int_equal(act_commit(&t, &r), OK);
	}
	assert_int_equal(r.attempt, 2);
	assert_string_equal(bench_step(b, r.id, STEP_document), "done");
	assert_string_equal(bench_step(b, r.id, STEP_proof_of_life), "doing");
	assert_int_equal(evidence_find(b->f.store, &b->a, r.id, 2,
	    "document_front", &e), OK);
	assert_int_equal(evidence_find(b->f.store, &b->a, r.id, 2,
	    "face_video", &e), ERR_NOT_FOUND);
}

/* One more attempt: what is asked for is given, and judged. */
static struct registration
judged(struct bench *b, const char *id, const struct findings *page,
    const struct fixture *f)
{
	struct registration r;

	if (strcmp(bench_step(b, id, STEP_document), "done") != 0)
		bench_picture(b, id, page);
	if (strcmp(bench_step(b, id, STEP_proof_of_life), "done") != 0) {
		bench_recording(b, id, "face_video", &f->face);
		bench_recording(b, id, "document_video", &f->shown);
	}
	assert_int_equal(journey_complete(F, id, &r), OK);
	bench_compared(b, id, &f->compared);
	assert_int_equal(decide_attempt(F, id, &r), OK);
	return r;
}

static struct registration
judged_to_the_end(struct bench *b, struct registration r,
    const struct findings *page, const struct fixture *f)
{
	for (int i = 0; i < ATTEMPTS_MAX; i++)
		if (strcmp(r.state, "refused") != 0)
			r = judged(b, r.id, page, f);
	assert_string_equal(r.state, "refused");
	return r;
}

static void
says_it_of_both(struct bench *b, const struct registration *r)
{
	static const enum step_name both[] = {STEP_document,
	    STEP_proof_of_life};
	struct step *steps;
	size_t count;

	assert_int_equal(step_list(b->f.store, &b->a, r->id, &steps, &count),
	    OK);
	for (size_t i = 0; i < 2; i++) {
		assert_string_equal(steps[both[i]].state, "failed");
		assert_non_null(
		    strstr(steps[both[i]].reasons, "not_verified"));
	}
}

/* A document that was seen through, and a film that was put together: neither
 * learns which it was. */
static void
no_refusal_tells_which_step_was_suspected(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings();
	struct findings specimen = good;
	struct registration r;
	struct workspace w;
	struct fixture f;

	fixture_proof(&f);
	b->email = "one@example.org";
	r = collecting(b, "qcp");
	assert_int_equal(workspace_load(b->f.store, &b->a, r.workspace, &w),
	    OK);
	w.test = false;
	assert_int_equal(workspace_save(b->f.store, &w), OK);
	fixture_text(&specimen, FINDING_page_word, "specimen", 0.9);
	r = judged_to_the_end(b, r, &specimen, &f);
	says_it_of_both(b, &r);
	fixture_number(&f.face, FINDING_film_cut, 40);
	b->email = "two@example.org";
	r = judged_to_the_end(b, collecting(b, "qcp"), &good, &f);
	says_it_of_both(b, &r);
}

static struct registration
approved(struct bench *b, const char *level)
{
	struct registration r = given(b, level);
	AUTO(act_end) struct act t = {0};

	assert_int_equal(journey_complete(F, r.id, &r), OK);
	assert_int_equal(act_begin(F, r.id, &clerk_as_actor, &t), OK);
	assert_int_equal(act_move(&t, EVENT_approve, ""), OK);
	assert_int_equal(act_commit(&t, &r), OK);
	return r;
}

static void
the_certificate_waits_for_the_pin(void **state)
{
	struct bench *b = *state;
	struct registration r = approved(b, "qcpnqscd");

	assert_int_equal(journey_pin_is_asked(F, r.id, &r), ERR_WRONG_STATE);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_string_equal(bench_step(b, r.id, STEP_pin), "doing");
	assert_false(bench_has_job(b, "issue", r.id));
	assert_int_equal(journey_pin_is_asked(F, r.id, &r), OK);
	assert_int_equal(journey_pin_is_set(F, r.id, &r), OK);
	assert_string_equal(bench_step(b, r.id, STEP_pin), "done");
	assert_string_equal(bench_step(b, r.id, STEP_certificate), "doing");
	assert_true(bench_has_job(b, "issue", r.id));
	assert_int_equal(journey_pin_is_asked(F, r.id, &r), ERR_WRONG_STATE);
}

static void
no_pin_is_taken_at_another_level(void **state)
{
	struct bench *b = *state;
	struct registration r = approved(b, "qcp");

	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_true(bench_has_job(b, "issue", r.id));
	assert_int_equal(journey_pin_is_set(F, r.id, &r), ERR_WRONG_STATE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(recordings_follow_the_pictures),
	    BENCH(all_is_compared_before_it_is_checked),
	    BENCH(an_operator_always_decides),
	    BENCH(an_unreadable_recording_is_made_again_and_costs_nothing),
	    BENCH(what_another_recording_mends_is_told_at_once),
	    BENCH(what_tells_of_an_attack_waits_for_the_whole),
	    BENCH(what_need_not_be_given_again_goes_with_the_next_attempt),
	    BENCH(no_refusal_tells_which_step_was_suspected),
	    BENCH(the_certificate_waits_for_the_pin),
	    BENCH(no_pin_is_taken_at_another_level),
	};

	return cmocka_run_group_tests_name("life", tests, NULL, NULL);
}
