/*
 * Approvals: what is signed, and who else has to agree.
 */
#include "flow/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a

static void
what_is_approved_was_signed(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct approval_row *rows;
	const char *outcome;
	struct approval x;
	size_t count;

	bench_opinion(b, &by, r.id);
	assert_int_equal(review_approval(F, &by, r.id, &x), OK);
	assert_string_equal(x.surname, "Lindqvist");
	assert_string_equal(x.common_name, BENCH_NAME);
	assert_string_equal(x.level, "qcp");
	assert_int_equal(x.needed, 1);
	assert_int_equal(bench_approve(b, &by, r.id, &outcome), OK);
	assert_string_equal(outcome, "approved");
	r = bench_loaded(b, r.id);
	assert_string_equal(r.state, "approved");
	assert_string_equal(r.surname, "Lindqvist");
	assert_int_equal(review_order_approvals(F, &r, &rows, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].needed, 1);
	assert_string_equal(rows[0].operator, "mem_op");
	/* the order's approval is the one that was signed */
	struct approval again;
	struct digest one, other;
	assert_int_equal(review_approval_of(F, &r, 1, rows[0].made_at, &again),
	    OK);
	assert_int_equal(approval_digest(&x, &one), OK);
	assert_int_equal(approval_digest(&again, &other), OK);
	assert_memory_equal(&one, &other, sizeof(one));
}

/* Decides with a signature of key over x. */
static enum err
decide_with(struct bench *b, const struct prover *by, const char *id,
    const struct prover *key, const struct approval *x)
{
	struct review_answer answer = {.decision = OPERATOR_APPROVE,
	    .reasons = "", .steps = "", .note = ""};
	struct test_answer signature = {0};
	struct registration r;
	const char *outcome;

	bench_sign(b, key, x, &signature);
	answer.assertion = signature.assertion;
	enum err code = review_decide(F, by, id, &answer, &r, &outcome);
	test_answer_clear(&signature);
	return code;
}

static void
a_signature_over_anything_else_approves_nothing(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), other = bench_prover(1);
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct approval x, changed;
	const char *outcome;

	bench_opinion(b, &by, r.id);
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_APPROVE, "", "",
			     &outcome),
	    ERR_INVALID);
	assert_int_equal(review_approval(F, &by, r.id, &x), OK);
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_APPROVE, "", "",
			     &outcome),
	    ERR_INVALID);
	assert_string_equal(err_field(), "credential");
	assert_int_equal(decide_with(b, &by, r.id, &other, &x), ERR_DENIED);
	changed = x;
	changed.surname = "Other";
	assert_int_equal(decide_with(b, &by, r.id, &by, &changed),
	    ERR_DENIED);
	changed = x;
	changed.needed = 2;
	assert_int_equal(decide_with(b, &by, r.id, &by, &changed),
	    ERR_DENIED);
	changed = x;
	changed.evidence.bytes[0] ^= 1;
	assert_int_equal(decide_with(b, &by, r.id, &by, &changed),
	    ERR_DENIED);
	changed = x;
	changed.registration = "reg_22222222222222222222222222";
	assert_int_equal(decide_with(b, &by, r.id, &by, &changed),
	    ERR_DENIED);
	/* nor when the row was changed after it was signed */
	r = bench_loaded(b, r.id);
	r.given_names = "Zoé";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(decide_with(b, &by, r.id, &by, &x), ERR_DENIED);
	assert_string_equal(bench_state(b, r.id), "in_review");
	assert_int_equal(bench_approvals(b, r.id), 0);
	assert_int_equal(bench_approve(b, &by, r.id, &outcome), OK);
}

/* What was signed is good for the case as it was: not for the next attempt,
 * nor a second time. */
static void
an_approval_is_not_given_twice(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct approval x, next;

	bench_opinion(b, &by, r.id);
	assert_int_equal(review_approval(F, &by, r.id, &x), OK);
	next = x;
	next.attempt++;
	assert_int_equal(decide_with(b, &by, r.id, &by, &next), ERR_DENIED);
	assert_int_equal(decide_with(b, &by, r.id, &by, &x), OK);
	assert_string_equal(bench_state(b, r.id), "approved");
	assert_int_not_equal(decide_with(b, &by, r.id, &by, &x), OK);
	assert_int_equal(bench_approvals(b, r.id), 1);
}

static void
names_are_fixed_before_anybody_signs(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), other = bench_prover(1);
	struct registration r = bench_in_review(b, NULL, "adult", "");
	struct review_answer answer = {.decision = OPERATOR_APPROVE,
	    .reasons = "", .steps = "", .note = "",
	    .assertion = {SPAN("id", 2), SPAN("", 0), SPAN("", 0),
		SPAN("", 0)}};
	const char *outcome;
	struct approval x;

	bench_opinion(b, &by, r.id);
	assert_int_equal(review_decide(F, &by, r.id, &answer, &r, &outcome),
	    ERR_WRONG_STATE);
	assert_int_equal(bench_approve(b, &by, r.id, &outcome), OK);
	assert_string_equal(outcome, "second_needed");
	/* one has signed them: not even another setting changes them */
	r = bench_loaded(b, r.id);
	r.fullname = "Else Somebody";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	bench_opinion(b, &other, r.id);
	assert_int_equal(review_approval(F, &other, r.id, &x), OK);
	assert_string_equal(x.surname, "Lindqvist");
}

static void
against_a_strong_failure_it_takes_two_operators(void **state)
{
	struct bench *b = *state;
	struct prover one = bench_prover(0);
	struct registration r = bench_in_review(b, "qcp", "adult", "");
	struct approval_row *rows;
	struct review_case c;
	const char *outcome;
	struct approval x;
	size_t count;
	/* one that was signed alone is over another digest: it is no second */
	const struct approval_row alone = {.registration = r.id,
	    .operator = "mem_op4", .credential = "Y3JlZGVudGlhbA",
	    .attempt = 1, .needed = 1, .made_at = BENCH_NOW, .at = BENCH_NOW,
	    .authenticator_data = span_of_text("data"),
	    .client_data = span_of_text("data"),
	    .signature = span_of_text("signature")};

	bench_opinion(b, &one, r.id);
	assert_int_equal(review_approval(F, &one, r.id, &x), OK);
	assert_int_equal(approval_save(b->f.store, &alone), OK);
	assert_int_equal(bench_approve(b, &one, r.id, &outcome), OK);
	assert_string_equal(outcome, "second_needed");
	assert_string_equal(bench_state(b, r.id), "in_review");
	/* never twice by the same one */
	assert_int_equal(review_next(F, &one, "", &c), ERR_NOT_FOUND);
	assert_int_equal(review_next(F, &one, r.id, &c), ERR_NOT_FOUND);
	assert_int_equal(review_look(F, &one, r.id, "case", &c),
	    ERR_NOT_FOUND);
	const struct review_lock lock = {r.id, "mem_op", BENCH_NOW, BENCH_NOW};
	assert_int_equal(review_lock_save(b->f.store, &lock), OK);
	assert_int_equal(bench_approve(b, &one, r.id, &outcome),
	    ERR_WRONG_STATE);
	assert_int_equal(review_release(F, &one, r.id), OK);
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	r = bench_loaded(b, r.id);
	assert_string_equal(r.state, "approved");
	assert_int_equal(review_order_approvals(F, &r, &rows, &count), OK);
	assert_int_equal(count, 2);
	assert_int_equal(rows[0].needed, 2);
	assert_int_equal(rows[1].needed, 2);
	assert_string_not_equal(rows[0].operator, rows[1].operator);
}

/* A weak check is the operator's to weigh. */
static void
against_a_weak_failure_one_is_enough(void **state)
{
	struct bench *b = *state;
	struct registration r;

	bench_conf(b, "[review]\nsecond_percent = 0\n"
		      "[trust]\nqualified = yes\n");
	r = bench_in_review(b, "qcp", "face_shaded", "");
	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "approved");
}

static void
the_second_one_may_refuse(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, NULL, "adult", "");

	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "second_needed");
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_REFUSE,
				"too_young"),
	    "refused");
	assert_string_equal(bench_state(b, r.id), "refused");
}

static void
when_it_is_qualified_the_machine_has_to_agree(void **state)
{
	static const char *const words[][2] = {{"adult", ""},
	    {"", "faces_agree"}};
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	const char *outcome;
	struct approval x;

	bench_conf(b, "[review]\nsecond_percent = 0\n"
		      "[trust]\nqualified = yes\n");
	for (int i = 0; i < 2; i++) {
		b->email = arena_format(&b->a, "q%d@example.org", i);
		struct registration r =
		    bench_in_review(b, "qcp", words[i][0], words[i][1]);
		bench_opinion(b, &by, r.id);
		assert_int_equal(review_approval(F, &by, r.id, &x),
		    ERR_INVALID);
		assert_string_equal(err_field(), "decision");
		assert_int_equal(bench_approve(b, &by, r.id, &outcome),
		    ERR_INVALID);
		/* refusing and asking again stay possible */
		assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_REDO,
				     "blurred", "proof_of_life", &outcome),
		    OK);
		assert_string_equal(outcome, "redo");
	}
	b->email = "both@example.org";
	struct registration r = bench_in_review(b, "qcp", "", "");
	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	b->email = "lcp@example.org";
	r = bench_in_review(b, NULL, "adult", "");
	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "second_needed");
}

static void
nobody_approves_against_their_own_opinion(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	static const struct opinion against[] = {
	    {.document = "no", .face = "yes", .liveness = "yes"},
	    {.document = "yes", .face = "no", .liveness = "yes"},
	    {.document = "yes", .face = "yes", .liveness = "no"},
	};
	struct review_case c;
	struct approval x;

	for (size_t i = 0; i < 3; i++) {
		b->email = arena_format(&b->a, "p%zu@example.org", i);
		struct registration r = bench_in_review(b, "qcp", "", "");

		bench_take(b, &by, r.id, &c);
		assert_int_equal(review_opinion(F, &by, r.id, &against[i],
				     &c),
		    OK);
		assert_int_equal(review_approval(F, &by, r.id, &x),
		    ERR_INVALID);
		assert_int_equal(review_release(F, &by, r.id), OK);
	}
}

/* The first one's approval says what the second has to sign: it need not be
 * asked for. */
static void
nor_by_signing_what_another_was_offered(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(1);
	struct opinion o = {.document = "yes", .face = "no",
	    .liveness = "yes"};
	struct review_answer answer = {.decision = OPERATOR_APPROVE,
	    .reasons = "", .steps = "", .note = ""};
	struct test_answer signature = {0};
	struct registration r;
	struct approval_row *rows;
	struct review_case c;
	struct approval x;
	const char *outcome;
	size_t count;

	bench_conf(b, "[review]\nsecond_percent = 100\n");
	r = bench_in_review(b, "qcp", "", "");
	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "second_needed");
	bench_take(b, &by, r.id, &c);
	assert_int_equal(review_opinion(F, &by, r.id, &o, &c), OK);
	r = bench_loaded(b, r.id);
	assert_int_equal(review_order_approvals(F, &r, &rows, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(review_approval_of(F, &r, 1, rows[0].made_at, &x), OK);
	bench_sign(b, &by, &x, &signature);
	answer.assertion = signature.assertion;
	assert_int_equal(review_decide(F, &by, r.id, &answer, &r, &outcome),
	    ERR_INVALID);
	assert_string_equal(err_field(), "decision");
	assert_int_equal(bench_approvals(b, r.id), 1);
	test_answer_clear(&signature);
}

static void
at_these_levels_an_opinion_on_life_is_needed(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct opinion o = {.document = "yes", .face = "yes",
	    .liveness = "none"};
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct review_case c;

	bench_take(b, &by, r.id, &c);
	assert_int_equal(review_opinion(F, &by, r.id, &o, &c), ERR_INVALID);
	assert_string_equal(err_field(), "liveness");
	o.liveness = "yes";
	o.face = "none";
	assert_int_equal(review_opinion(F, &by, r.id, &o, &c), ERR_INVALID);
	assert_string_equal(err_field(), "face");
}

/* The signature is over x; the signer was asked whether it takes two. */
static const char *
approve_told(struct bench *b, size_t operator, const char *id,
    enum second_look second)
{
	struct prover by = bench_prover(operator);
	struct review_answer answer = {.decision = OPERATOR_APPROVE,
	    .reasons = "", .steps = "", .note = "", .second = second};
	struct test_answer signature = {0};
	struct registration r;
	const char *outcome;
	struct approval x;

	bench_opinion(b, &by, id);
	bench_key(b, &by);
	assert_int_equal(review_approval(F, &by, id, &x), OK);
	bench_sign(b, &by, &x, &signature);
	answer.assertion = signature.assertion;
	assert_int_equal(review_decide(F, &by, id, &answer, &r, &outcome), OK);
	test_answer_clear(&signature);
	return outcome;
}

static void
the_signer_says_who_is_looked_at_twice(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");

	assert_string_equal(approve_told(b, 0, r.id, SECOND_YES),
	    "second_needed");
	/* two have looked: it is not asked for a third */
	assert_string_equal(approve_told(b, 1, r.id, SECOND_YES), "approved");
	/* its "no" stands before the share that is drawn here */
	bench_conf(b, "[review]\nsecond_percent = 100\n");
	b->email = "other@example.org";
	r = bench_in_review(b, "qcp", "", "");
	assert_string_equal(approve_told(b, 0, r.id, SECOND_NO), "approved");
	b->email = "third@example.org";
	r = bench_in_review(b, "qcp", "", "");
	assert_string_equal(approve_told(b, 0, r.id, SECOND_UNKNOWN),
	    "second_needed");
}

/* The signer wanted a second one when it was ordered: the first stays. */
static void
what_takes_two_at_the_order_goes_back_for_the_second(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcpnqscd", "", "");
	struct approval_row *rows;
	struct withdrawal_row w;
	struct review v;
	size_t count;

	bench_review(b, 0, r.id, OPERATOR_APPROVE, "");
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(journey_pin_is_set(F, r.id, &r), OK);
	assert_int_equal(decide_second_needed(F, r.id), OK);
	assert_string_equal(bench_state(b, r.id), "in_review");
	assert_int_equal(decide_second_needed(F, r.id), OK); /* late answer */
	assert_int_equal(withdrawal_load(b->f.store, &b->a, r.id, &w),
	    ERR_NOT_FOUND);
	assert_int_equal(review_load(b->f.store, &b->a, r.id, &v), OK);
	assert_string_equal(v.second, "sample");
	assert_string_equal(v.decision, "");
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	r = bench_loaded(b, r.id);
	assert_int_equal(review_order_approvals(F, &r, &rows, &count), OK);
	assert_int_equal(count, 2);
	assert_true(rows[0].made_at == rows[1].made_at);
	/* nor does one of another time join them: it is another digest */
	rows[1].operator = "mem_op3";
	rows[1].made_at++;
	assert_int_equal(approval_save(b->f.store, &rows[1]), OK);
	assert_int_equal(review_order_approvals(F, &r, &rows, &count), OK);
	assert_int_equal(count, 2);
	/* nothing of what follows is left out */
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(journey_pin_is_asked(F, r.id, &r), OK);
}

static void
a_share_of_approvals_goes_to_a_second_operator(void **state)
{
	struct bench *b = *state;
	struct registration r;
	struct approval_row *rows;
	size_t count;

	bench_conf(b, "[review]\nsecond_percent = 100\n");
	r = bench_in_review(b, "qcp", "", "");
	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "second_needed");
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	r = bench_loaded(b, r.id);
	/* the digest told neither of them: one signature is what it needs */
	assert_int_equal(review_order_approvals(F, &r, &rows, &count), OK);
	assert_int_equal(count, 2);
	assert_int_equal(rows[0].needed, 1);
	assert_int_equal(rows[1].needed, 1);
	b->email = "other@example.org";
	r = bench_in_review(b, "qcp", "", "");
	assert_string_equal(bench_review(b, 2, r.id, OPERATOR_REFUSE,
				"blurred"),
	    "refused");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(what_is_approved_was_signed),
	    BENCH(a_signature_over_anything_else_approves_nothing),
	    BENCH(an_approval_is_not_given_twice),
	    BENCH(names_are_fixed_before_anybody_signs),
	    BENCH(against_a_strong_failure_it_takes_two_operators),
	    BENCH(against_a_weak_failure_one_is_enough),
	    BENCH(the_second_one_may_refuse),
	    BENCH(when_it_is_qualified_the_machine_has_to_agree),
	    BENCH(nobody_approves_against_their_own_opinion),
	    BENCH(nor_by_signing_what_another_was_offered),
	    BENCH(at_these_levels_an_opinion_on_life_is_needed),
	    BENCH(a_share_of_approvals_goes_to_a_second_operator),
	    BENCH(the_signer_says_who_is_looked_at_twice),
	    BENCH(what_takes_two_at_the_order_goes_back_for_the_second),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
