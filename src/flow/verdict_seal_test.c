/*
 * Whoever can write to the database cannot make a failed check a passed one.
 */
#include "flow/fixture.h"

#include "flow/verdict_seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a

static struct sealed
read_seal(struct bench *b, const struct registration *r)
{
	struct sealed s;

	assert_int_equal(verdict_seal_read(F, r, &s), OK);
	return s;
}

static void
expect_broken(struct bench *b, const struct registration *r)
{
	struct sealed s = read_seal(b, r);

	assert_true(s.broken && s.doubted && s.faces_differ);
}

/* The same row again, with another verdict or reason; the old one. */
static struct verdict_row
rewrite(struct bench *b, const struct registration *r, const char *name,
    const char *verdict, const char *reason)
{
	struct verdict_row *rows, old = {0};
	size_t count;

	assert_int_equal(verdict_list(b->f.store, &b->a, r->id, r->attempt,
			     &rows, &count), OK);
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].name, name) == 0)
			old = rows[i];
	assert_non_null(old.name);
	struct verdict_row changed = old;
	changed.verdict = verdict;
	changed.reason = reason;
	assert_int_equal(
	    verdict_save(b->f.store, r->id, r->attempt, &changed), OK);
	return old;
}

static void
what_was_judged_is_told(void **state)
{
	struct bench *b = *state;
	struct registration good = bench_in_review(b, "qcp", "", "");
	struct sealed s = read_seal(b, &good);

	assert_false(s.broken || s.doubted || s.faces_differ);
	b->email = "two@example.org";
	struct registration bad =
	    bench_in_review(b, "qcp", "mrz_digits", "faces_agree");
	s = read_seal(b, &bad);
	assert_false(s.broken);
	assert_true(s.doubted && s.faces_differ);
}

/* Where it decides, and after the participant has confirmed. */
static void
what_the_clerk_decides_is_sealed(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_approved(b);

	assert_false(read_seal(b, &r).broken || read_seal(b, &r).doubted);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_false(read_seal(b, &r).broken);
}

static void
a_changed_verdict_is_not_believed(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "mrz_digits", "");
	struct verdict_row old = rewrite(b, &r, "mrz_digits", "pass", "");

	expect_broken(b, &r);
	assert_int_equal(
	    verdict_save(b->f.store, r.id, r.attempt, &old), OK);
	assert_false(read_seal(b, &r).broken);
	rewrite(b, &r, "mrz_digits", "fail", "blurred");
	expect_broken(b, &r);
}

/* Another attempt's, another request's, another level's, other pictures'. */
static void
a_seal_is_of_one_attempt(void **state)
{
	struct bench *b = *state;
	struct registration good = bench_in_review(b, "qcp", "", "");
	struct verdict_seal kept;

	assert_int_equal(verdict_seal_load(b->f.store, &b->a, good.id, 1,
			     &kept), OK);
	b->email = "two@example.org";
	struct registration r = bench_in_review(b, "qcp", "", "");
	assert_int_equal(
	    verdict_seal_save(b->f.store, r.id, 1, kept.seal), OK);
	expect_broken(b, &r);
	struct registration moved = good;
	moved.attempt = 2;
	expect_broken(b, &moved);
	moved = good;
	moved.level = "qcpnqscd";
	expect_broken(b, &moved);
	assert_false(read_seal(b, &good).broken);
	assert_int_equal(evidence_carry(b->f.store, good.id, "document_front", 1,
			     2), OK);
	expect_broken(b, &good);
}

static void
move_seal(struct bench *b, const char *from, const char *to, int64_t attempt)
{
	struct verdict_seal kept;

	assert_int_equal(verdict_seal_load(b->f.store, &b->a, from, 1, &kept),
	    OK);
	assert_int_equal(
	    verdict_seal_save(b->f.store, to, attempt, kept.seal), OK);
}

/* Where all else is the same. */
static void
a_seal_names_request_and_attempt(void **state)
{
	static const char *const kinds[] = {"consent", "agreement",
	    "document_front", "face_video", "document_video"};
	struct bench *b = *state;
	struct registration one = bench_create(b), other;
	struct verdict_row *rows;
	size_t count;

	assert_int_equal(verdict_seal_keep(F, &one), OK);
	b->email = "two@example.org";
	other = bench_create(b);
	move_seal(b, one.id, other.id, 1);
	expect_broken(b, &other);
	b->email = "three@example.org";
	one = bench_in_review(b, "qcp", "", "");
	assert_int_equal(verdict_list(b->f.store, &b->a, one.id, 1, &rows,
			     &count), OK);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(
		    verdict_save(b->f.store, one.id, 2, &rows[i]), OK);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(
		    evidence_carry(b->f.store, one.id, kinds[i], 1, 2), OK);
	move_seal(b, one.id, one.id, 2);
	one.attempt = 2;
	expect_broken(b, &one);
}

/* Also of what nothing was found in, which has no seal of its own. */
static void
all_evidence_is_sealed_with_the_verdicts(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct evidence e = {.id = "evd_other", .registration = r.id,
	    .kind = "other", .state = "kept", .reasons = "",
	    .media_type = "", .sha256 = "aa", .attempt = 1,
	    .created_at = BENCH_NOW};

	assert_int_equal(evidence_save(b->f.store, &e), OK);
	assert_int_equal(verdict_seal_keep(F, &r), OK);
	assert_false(read_seal(b, &r).broken);
	e.state = "read";
	assert_int_equal(evidence_save(b->f.store, &e), OK);
	expect_broken(b, &r);
	e.state = "kept";
	assert_int_equal(evidence_save(b->f.store, &e), OK);
	assert_false(read_seal(b, &r).broken);
	assert_int_equal(finding_seal_save(b->f.store, e.id, "bb"), OK);
	expect_broken(b, &r);
	assert_int_equal(finding_seal_remove(b->f.store, e.id), OK);
	assert_false(read_seal(b, &r).broken);
	assert_int_equal(evidence_gather(b->f.store, e.id, 1, "bb",
			     SPAN("key", 3)), OK);
	expect_broken(b, &r);
}

/* A row of evidence without an id would take verdicts in: its fields are those
 * that follow, and the check that failed is none of the verdicts any more. */
static void
a_verdict_is_not_hidden_among_the_evidence(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");
	const struct evidence hidden = {.id = "", .registration = r.id,
	    .kind = "mrz_digits", .state = "", .reasons = "",
	    .media_type = "", .sha256 = "fail", .attempt = r.attempt,
	    .created_at = BENCH_NOW + DAY};

	assert_int_equal(evidence_save(b->f.store, &hidden), OK);
	assert_int_equal(verdict_seal_keep(F, &r), ERR_INVALID);
	expect_broken(b, &r);
}

/* Judged before there were seals; or by a program without the key. */
static void
without_a_seal_nobody_can_tell(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct secret vault = b->keys.vault;
	struct sealed s;

	assert_int_equal(verdict_seal_save(b->f.store, r.id, 1, ""), OK);
	expect_broken(b, &r);
	b->keys.vault = (struct secret){0};
	assert_int_equal(verdict_seal_keep(F, &r), ERR_INTERNAL);
	assert_int_equal(verdict_seal_read(F, &r, &s), ERR_INTERNAL);
	b->keys.vault = vault;
	r.attempt = 7;
	expect_broken(b, &r);
}

/* How often the journal says so. */
static size_t
told(struct bench *b, const char *id)
{
	struct audit_entry *rows;
	size_t count, n = 0;

	assert_int_equal(audit_of(b->f.store, &b->a, id, &rows, &count), OK);
	for (size_t i = 0; i < count; i++)
		n += strcmp(rows[i].act, "registration.verdicts_changed") == 0;
	return n;
}

/* At the order the case goes back for another operator, and the journal says
 * that somebody wrote there. */
static void
the_second_operator_is_told_why(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "mrz_digits", "");
	struct review v;

	rewrite(b, &r, "mrz_digits", "pass", "");
	assert_string_equal(
	    bench_review(b, 0, r.id, OPERATOR_APPROVE, ""), "approved");
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(decide_second_needed(F, r.id), OK);
	assert_int_equal(told(b, r.id), 1);
	assert_int_equal(review_load(b->f.store, &b->a, r.id, &v), OK);
	assert_string_equal(v.second, "failed_check");
}

/* Nobody can approve it: an operator has the steps done again, at once. */
static void
what_nobody_can_approve_goes_back_with_the_reason(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "mrz_digits", "");
	struct review v;

	rewrite(b, &r, "mrz_digits", "pass", "");
	assert_string_equal(
	    bench_review(b, 0, r.id, OPERATOR_APPROVE, ""), "approved");
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(decide_check_failed(F, r.id), OK);
	assert_string_equal(bench_state(b, r.id), "in_review");
	assert_int_equal(review_load(b->f.store, &b->a, r.id, &v), OK);
	assert_string_equal(v.why, "check_failed");
	assert_int_equal(bench_approvals(b, r.id), 0);
	assert_int_equal(told(b, r.id), 1);
	assert_int_equal(decide_check_failed(F, r.id), OK);
	assert_int_equal(told(b, r.id), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(what_was_judged_is_told),
	    BENCH(what_the_clerk_decides_is_sealed),
	    BENCH(a_changed_verdict_is_not_believed),
	    BENCH(a_seal_is_of_one_attempt),
	    BENCH(a_seal_names_request_and_attempt),
	    BENCH(all_evidence_is_sealed_with_the_verdicts),
	    BENCH(a_verdict_is_not_hidden_among_the_evidence),
	    BENCH(without_a_seal_nobody_can_tell),
	    BENCH(the_second_operator_is_told_why),
	    BENCH(what_nobody_can_approve_goes_back_with_the_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
