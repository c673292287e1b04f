/*
 * Whoever changes findings before they are judged changes nothing: what was
 * given is read again.
 */
#include "flow/take_fixture.h"

#include "flow/decide_act.h"
#include "flow/verdict_seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a

static struct evidence
current(struct bench *b, const char *id, const char *kind)
{
	struct registration r = bench_loaded(b, id);
	struct evidence e;

	assert_int_equal(evidence_find(b->f.store, &b->a, id, r.attempt, kind,
			     &e), OK);
	return e;
}

static struct registration
handed_in(struct bench *b, const struct findings *findings)
{
	struct registration r = bench_collecting(b);

	bench_picture(b, r.id, findings);
	assert_int_equal(journey_complete(F, r.id, &r), OK);
	return r;
}

static const char *
decide(struct bench *b, const char *id)
{
	struct registration r;

	assert_int_equal(decide_attempt(F, id, &r), OK);
	return r.state;
}

static size_t
told(struct bench *b, const char *id, const char *act, const char *word)
{
	struct audit_entry *rows;
	size_t count, n = 0;

	assert_int_equal(audit_of(b->f.store, &b->a, id, &rows, &count), OK);
	for (size_t i = 0; i < count; i++)
		n += strcmp(rows[i].act, act) == 0 &&
		    strstr(rows[i].detail, word) != NULL;
	return n;
}

/* What the inspector says when it is asked again. */
static void
read_it(struct bench *b, const char *id, const char *kind,
    const struct findings *findings)
{
	struct evidence e = current(b, id, kind);
	bool picture = strncmp(kind, "document_f", 10) == 0;

	assert_string_equal(e.state, "received");
	assert_true(bench_has_job(b, "inspect", e.id));
	assert_int_equal(picture
		? decide_picture(F, e.id, findings, NULL)
		: decide_recording(F, e.id, findings, NULL), OK);
	assert_string_equal(current(b, id, kind).state, "read");
}

static void
rewrite(struct bench *b, const char *id, const char *kind,
    const struct findings *findings)
{
	struct evidence e = current(b, id, kind);

	assert_int_equal(findings_save(b->f.store, e.id, findings), OK);
}

static void
changed_findings_are_read_again(void **state)
{
	struct bench *b = *state;
	struct findings bad = bench_of_another(), good = bench_good_findings();
	struct registration r = handed_in(b, &bad);

	rewrite(b, r.id, "document_front", &good);
	assert_string_equal(decide(b, r.id), "checking");
	assert_int_equal(told(b, r.id, "evidence.read_again", "changed"), 1);
	assert_int_equal(told(b, r.id, "registration.judged", ""), 0);
	read_it(b, r.id, "document_front", &bad);
	assert_true(bench_has_job(b, "check", r.id));
	assert_string_equal(decide(b, r.id), "action_required");
	assert_int_equal(told(b, r.id, "registration.judged", ""), 1);
}

/* Each of what judging reads, one at a time. */
static void
every_part_of_a_finding_is_sealed(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings();
	struct registration r = handed_in(b, &good);
	struct evidence e = current(b, r.id, "document_front");
	enum seal_state seal;

	for (int part = 0; part < 8; part++) {
		struct findings f = good;
		struct finding *item = &f.items[0];

		switch (part) {
		case 0: f.count--; break;
		case 1: item->name = FINDING_event; break;
		case 2: item->text[0] ^= 1; break;
		case 3: item->value += 1e-9; break;
		case 4: item->confidence -= 1e-9; break;
		case 5: item->box.height++; break;
		case 6: f.items[1] = good.items[0];
			f.items[0] = good.items[1]; break;
		case 7: break;
		}
		assert_int_equal(finding_seal_read(F, &e, &f, &seal), OK);
		assert_int_equal(seal, part == 7 ? SEAL_WHOLE : SEAL_BROKEN);
	}
}

/* Nor do another's findings with their seal stand for these. */
static void
a_seal_is_of_one_piece(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings(), bad = bench_of_another();
	struct registration one = handed_in(b, &good);
	struct finding_seal kept;
	enum seal_state seal;

	struct evidence of_one = current(b, one.id, "document_front");
	b->email = "two@example.org";
	struct registration two = handed_in(b, &bad);
	struct evidence of_two = current(b, two.id, "document_front");
	assert_int_equal(finding_seal_load(b->f.store, &b->a, of_one.id,
			     &kept), OK);
	assert_int_equal(finding_seal_save(b->f.store, of_two.id, kept.seal),
	    OK);
	assert_int_equal(finding_seal_read(F, &of_two, &good, &seal), OK);
	assert_int_equal(seal, SEAL_BROKEN);
	for (int part = 0; part < 5; part++) {
		struct evidence e = of_one;

		switch (part) {
		case 0: e.id = of_two.id; break;
		case 1: e.registration = of_two.registration; break;
		case 2: e.kind = "document_back"; break;
		case 3: e.sha256 = "ab"; break;
		case 4: break;
		}
		assert_int_equal(finding_seal_read(F, &e, &good, &seal), OK);
		assert_int_equal(seal, part == 4 ? SEAL_WHOLE : SEAL_BROKEN);
	}
}

/* Nor what was found in a recording for what was asked at other times. */
static void
what_was_asked_is_sealed_with_what_was_seen(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_sent(b, r.id, PART_FACE), changed;
	struct evidence e;
	struct fixture f;
	enum seal_state seal;

	fixture_proof(&f);
	assert_int_equal(decide_recording(F, t.evidence, &f.face, NULL), OK);
	e = current(b, r.id, "face_video");
	for (int part = 0; part < 4; part++) {
		changed = t;
		switch (part) {
		case 0: changed.asked = "0 1"; break;
		case 1: changed.shown = "0 1"; break;
		case 2: changed.evidence = ""; break;
		case 3: break;
		}
		assert_int_equal(take_save(b->f.store, &changed), OK);
		assert_int_equal(finding_seal_read(F, &e, &f.face, &seal), OK);
		assert_int_equal(seal, part == 3 ? SEAL_WHOLE : SEAL_BROKEN);
	}
}

/* A still that a row puts in the place of the one that was made. */
static void
what_was_made_of_it_is_sealed_with_it(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings();
	struct registration r = handed_in(b, &good);
	struct evidence still = current(b, r.id, "document_front");

	still.id = "evd_put_there";
	still.kind = "still_front";
	still.state = "kept";
	assert_int_equal(evidence_save(b->f.store, &still), OK);
	assert_string_equal(decide(b, r.id), "checking");
	read_it(b, r.id, "document_front", &good);
	assert_int_equal(evidence_load(b->f.store, &b->a, still.id, &still),
	    OK);
	assert_string_equal(still.state, "superseded");
	assert_string_equal(decide(b, r.id), "approved");
}

/* As evidence that was read by an older program. */
static void
what_was_never_sealed_is_read_again(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings();
	struct registration r = handed_in(b, &good);
	struct evidence e = current(b, r.id, "document_front");

	assert_int_equal(finding_seal_remove(b->f.store, e.id), OK);
	assert_string_equal(decide(b, r.id), "checking");
	assert_int_equal(told(b, r.id, "evidence.read_again", "unsealed"), 1);
	read_it(b, r.id, "document_front", &good);
	assert_string_equal(decide(b, r.id), "approved");
}

/* Nor is it read for ever: what is never found as it is sealed counts as not
 * there, and nothing passes. */
static void
who_changes_them_each_time_gets_nowhere(void **state)
{
	struct bench *b = *state;
	struct findings bad = bench_of_another(), good = bench_good_findings();
	struct registration r = handed_in(b, &bad);
	struct verdict_seal kept;
	struct sealed s;

	for (int i = 0; i < 2; i++) {
		rewrite(b, r.id, "document_front", &good);
		assert_string_equal(decide(b, r.id), "checking");
		read_it(b, r.id, "document_front", &bad);
	}
	rewrite(b, r.id, "document_front", &good);
	assert_string_equal(decide(b, r.id), "action_required");
	r.attempt = 1;
	assert_int_equal(verdict_seal_read(F, &r, &s), OK);
	assert_true(s.broken && s.doubted);
	/* nor with the true ones put back */
	assert_int_equal(verdict_seal_load(b->f.store, &b->a, r.id, 1, &kept),
	    OK);
	assert_string_equal(kept.seal, "");
}

/* A recording and its comparison: that one is made anew with it. */
static void
a_recording_is_read_again_and_compared_again(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings(), other = {0};
	struct fixture f;

	fixture_proof(&f);
	other = f.face;
	other.count--;
	b->level = "qcp";
	struct registration r = bench_collecting(b);
	bench_picture(b, r.id, &good);
	bench_recording(b, r.id, "face_video", &f.face);
	bench_recording(b, r.id, "document_video", &f.shown);
	assert_int_equal(journey_complete(F, r.id, &r), OK);
	bench_compared(b, r.id, &f.compared);
	struct evidence before = current(b, r.id, "comparison");
	rewrite(b, r.id, "face_video", &other);
	assert_string_equal(decide(b, r.id), "checking");
	read_it(b, r.id, "face_video", &f.face);
	assert_true(bench_has_job(b, "compare", r.id));
	bench_compared(b, r.id, &f.compared);
	assert_string_not_equal(current(b, r.id, "comparison").id, before.id);
	assert_string_not_equal(decide(b, r.id), "checking");
}

/* It is compared again, from the same stills and films. */
static void
a_changed_comparison_is_made_again(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings();
	struct fixture f;

	fixture_proof(&f);
	b->level = "qcp";
	struct registration r = bench_collecting(b);
	bench_picture(b, r.id, &good);
	bench_recording(b, r.id, "face_video", &f.face);
	bench_recording(b, r.id, "document_video", &f.shown);
	assert_int_equal(journey_complete(F, r.id, &r), OK);
	bench_compared(b, r.id, NULL);
	rewrite(b, r.id, "comparison", &f.compared);
	assert_string_equal(decide(b, r.id), "checking");
	assert_true(bench_has_job(b, "compare", r.id));
	assert_string_equal(current(b, r.id, "face_video").state, "read");
}

/* An operator has the case, or it is over: what was compared stays. */
static void
a_comparison_that_comes_too_late_changes_nothing(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings();
	char digest[DIGEST_TEXT_SIZE];
	struct compared from;
	struct evidence none;
	struct fixture f;
	bool ready;

	fixture_proof(&f);
	b->level = "qcp";
	struct registration r = bench_collecting(b);
	bench_picture(b, r.id, &good);
	bench_recording(b, r.id, "face_video", &f.face);
	bench_recording(b, r.id, "document_video", &f.shown);
	assert_int_equal(journey_complete(F, r.id, &r), OK);
	assert_int_equal(decide_comparable(F, r.id, &from, &ready), OK);
	assert_int_equal(compared_digest(&from, digest), OK);
	assert_int_equal(registration_load(b->f.store, &b->a, r.id, &r), OK);
	r.state = "in_review";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(decide_compared(F, r.id, &f.compared, NULL, digest),
	    OK);
	assert_int_equal(evidence_find(b->f.store, &b->a, r.id, r.attempt,
			     "comparison", &none),
	    ERR_NOT_FOUND);
	r.state = "checking";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(decide_compared(F, r.id, &f.compared, NULL, digest),
	    OK);
	assert_int_equal(evidence_find(b->f.store, &b->a, r.id, r.attempt,
			     "comparison", &none),
	    OK);
}

/* A picture of a side that nobody gave, for the comparison alone. */
static void
a_comparison_of_other_pictures_is_made_again(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings();
	struct fixture f;

	fixture_proof(&f);
	b->level = "qcp";
	struct registration r = bench_collecting(b);
	bench_picture(b, r.id, &good);
	bench_recording(b, r.id, "face_video", &f.face);
	bench_recording(b, r.id, "document_video", &f.shown);
	assert_int_equal(journey_complete(F, r.id, &r), OK);
	bench_compared(b, r.id, &f.compared);
	const struct evidence put = {.id = "evd_put_there",
	    .registration = r.id, .kind = "still_back", .state = "kept",
	    .reasons = "", .media_type = "", .sha256 = "aa",
	    .attempt = r.attempt, .created_at = BENCH_NOW};
	assert_int_equal(evidence_save(b->f.store, &put), OK);
	assert_string_equal(decide(b, r.id), "checking");
	assert_true(bench_has_job(b, "compare", r.id));
}

/* Of one that was not seen when it was compared nothing is told. */
static void
a_comparison_is_of_what_is_there(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct compared c;
	char one[DIGEST_TEXT_SIZE], other[DIGEST_TEXT_SIZE];

	assert_int_equal(compared_load(F, &r, &c), OK);
	assert_int_equal(compared_digest(&c, one), OK);
	c.rows[COMPARED_FILM_FACE].sha256 = "ab";
	assert_int_equal(compared_digest(&c, other), OK);
	assert_string_not_equal(one, other);
}

/* Judged once more, from whatever the rows say by then. */
static void
an_attempt_is_judged_once(void **state)
{
	struct bench *b = *state;
	struct findings bad = bench_of_another();
	struct registration r = handed_in(b, &bad);
	struct sealed s;

	bench_test_workspace(b, true, "always");
	assert_string_equal(decide(b, r.id), "action_required");
	r = bench_loaded(b, r.id);
	r.attempt = 1;
	r.state = "checking";
	r.fullname = "SOMEBODY ELSE"; /* the name of the document */
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(evidence_carry(b->f.store, r.id, "document_front", 2,
			     1), OK);
	decide(b, r.id);
	assert_int_equal(
	    told(b, r.id, "registration.judged_again", "attempt 1"), 1);
	r = bench_loaded(b, r.id);
	r.attempt = 1;
	assert_int_equal(verdict_seal_read(F, &r, &s), OK);
	assert_true(s.broken && s.doubted);
}

static void
expect_judged_again(struct bench *b, struct registration *r)
{
	struct sealed s;

	assert_string_equal(decide(b, r->id), "action_required");
	assert_int_equal(
	    told(b, r->id, "registration.judged_again", "attempt 1"), 1);
	r->attempt = 1;
	assert_int_equal(verdict_seal_read(F, r, &s), OK);
	assert_true(s.broken);
}

/* Of the two that tell, somebody removed one. */
static void
the_seal_or_the_journal_is_enough_to_tell(void **state)
{
	struct bench *b = *state;
	struct findings bad = bench_of_another();
	struct registration r = handed_in(b, &bad);

	assert_int_equal(verdict_seal_save(b->f.store, r.id, 1, "aa"), OK);
	expect_judged_again(b, &r);
	b->email = "two@example.org";
	r = handed_in(b, &bad);
	assert_int_equal(audit_write(&b->f, &bench_clerk,
			     "registration.judged", r.id, "attempt 1", ""),
	    OK);
	expect_judged_again(b, &r);
}

/* Where no person would look at it, one has to. */
static void
nothing_is_approved_by_verdicts_without_a_seal(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings();
	struct registration r = handed_in(b, &good);

	assert_int_equal(verdict_seal_save(b->f.store, r.id, 1, "aa"), OK);
	assert_string_equal(decide(b, r.id), "in_review");
	b->email = "two@example.org";
	r = handed_in(b, &good);
	assert_string_equal(decide(b, r.id), "approved");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(changed_findings_are_read_again),
	    BENCH(every_part_of_a_finding_is_sealed),
	    BENCH(a_seal_is_of_one_piece),
	    BENCH(what_was_asked_is_sealed_with_what_was_seen),
	    BENCH(what_was_made_of_it_is_sealed_with_it),
	    BENCH(what_was_never_sealed_is_read_again),
	    BENCH(who_changes_them_each_time_gets_nowhere),
	    BENCH(a_recording_is_read_again_and_compared_again),
	    BENCH(a_changed_comparison_is_made_again),
	    BENCH(a_comparison_that_comes_too_late_changes_nothing),
	    BENCH(a_comparison_of_other_pictures_is_made_again),
	    BENCH(a_comparison_is_of_what_is_there),
	    BENCH(an_attempt_is_judged_once),
	    BENCH(the_seal_or_the_journal_is_enough_to_tell),
	    BENCH(nothing_is_approved_by_verdicts_without_a_seal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
