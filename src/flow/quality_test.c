/*
 * Figures: what is counted, and for whom.
 */
#include "flow/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a

static const char *
waiting(struct bench *b, const char *email)
{
	struct findings good = bench_good_findings();

	b->email = email;
	bench_test_workspace(b, true, "always");
	struct registration r = bench_collecting(b);
	r = bench_checked(b, r.id, &good);
	assert_string_equal(r.state, "in_review");
	return r.id;
}

static const struct operator_figures *
of(const struct quality *q, const char *id)
{
	for (size_t i = 0; i < q->operator_count; i++)
		if (strcmp(q->operators[i].id, id) == 0)
			return &q->operators[i];
	fail_msg("no such operator");
	return NULL;
}

/* Taken, and decided some seconds later. */
static void
decide_after(struct bench *b, size_t operator, const char *id, int seconds,
    enum operator_decision decision, const char *reasons)
{
	struct prover by = bench_prover(operator);
	const char *outcome;

	bench_opinion(b, &by, id);
	clock_set(clock_now() + seconds * SECOND);
	assert_int_equal(decision == OPERATOR_APPROVE
		? bench_approve(b, &by, id, &outcome)
		: bench_answer(b, &by, id, decision, reasons, "", &outcome),
	    OK);
}

static void
the_queue_is_counted_without_planted_cases(void **state)
{
	struct bench *b = *state;
	struct quality q;

	assert_int_equal(quality_service(F, &q), OK);
	assert_int_equal(q.waiting, 0);
	assert_int_equal(q.oldest_seconds, 0);
	assert_int_equal(q.median_wait_seconds, -1);
	const char *planted = waiting(b, "planted@example.org");
	assert_int_equal(quality_plant(F, &bench_platform, planted, "fraud", ""),
	    OK);
	clock_set(BENCH_NOW + 60 * SECOND);
	waiting(b, "a@example.org");
	clock_set(BENCH_NOW + 90 * SECOND);
	waiting(b, "b@example.org");
	assert_int_equal(quality_service(F, &q), OK);
	assert_int_equal(q.waiting, 2);
	assert_int_equal(q.oldest_seconds, 30);
	assert_int_equal(q.median_wait_seconds, 15);
}

static void
train(struct bench *b, size_t operator, int64_t until)
{
	struct prover by = bench_prover(operator);
	struct member m;

	assert_int_equal(member_load(b->f.store, &b->a, by.who.id, &m), OK);
	m.training_until = until;
	assert_int_equal(member_save(b->f.store, &m), OK);
}

static int64_t
stranded(struct bench *b, const char *operator)
{
	struct quality q;

	assert_int_equal(quality_figures(F, operator, &q), OK);
	return q.stranded;
}

/* One operator alone: what needs a second one is told, and ends by itself. */
static void
a_case_for_nobody_is_counted(void **state)
{
	struct bench *b = *state;
	struct registration r;

	bench_conf(b, "[review]\nsecond_percent = 100\n");
	for (size_t i = 1; i < BENCH_OPERATORS; i++)
		train(b, i, BENCH_NOW);
	const char *one = waiting(b, "a@example.org");
	assert_int_equal(stranded(b, ""), 0);
	decide_after(b, 0, one, 40, OPERATOR_APPROVE, "");
	assert_int_equal(stranded(b, ""), 1);
	/* which cases are planted must not be told to who decides */
	assert_int_equal(stranded(b, "mem_op"), 0);
	train(b, 1, BENCH_NOW + DAY);
	assert_int_equal(stranded(b, ""), 0);
	train(b, 1, BENCH_NOW);
	const char *planted = waiting(b, "planted@example.org");
	assert_int_equal(quality_plant(F, &bench_platform, planted, "fraud", ""),
	    OK);
	decide_after(b, 0, planted, 40, OPERATOR_REFUSE, "blurred");
	assert_int_equal(stranded(b, ""), 1);
	/* it is not stuck for ever */
	clock_set(clock_now() + 40 * DAY);
	assert_int_equal(registration_current(F, one, &r), OK);
	assert_string_equal(r.state, "expired");
	assert_int_equal(bench_mails(b, one, "expired"), 1);
	assert_int_equal(stranded(b, ""), 0);
}

static void
a_median_is_rounded_and_not_cut(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct quality q;
	const char *outcome;

	const char *one = waiting(b, "a@example.org");
	clock_set(clock_now() + 1700);
	assert_int_equal(quality_service(F, &q), OK);
	assert_int_equal(q.median_wait_seconds, 2);
	bench_opinion(b, &by, one);
	clock_set(clock_now() + 3700);
	assert_int_equal(bench_answer(b, &by, one, OPERATOR_REDO, "blurred",
	    "", &outcome), OK);
	assert_int_equal(quality_figures(F, "mem_op", &q), OK);
	assert_int_equal(q.median_seconds, 4);
	/* of two, the mean of both */
	decide_after(b, 0, waiting(b, "b@example.org"), 1, OPERATOR_REFUSE,
	    "blurred");
	assert_int_equal(quality_figures(F, "mem_op", &q), OK);
	assert_int_equal(q.median_seconds, 2);
}

static void
times_and_agreement_are_counted(void **state)
{
	struct bench *b = *state;
	struct quality q;

	bench_conf(b, "[review]\nsecond_percent = 100\n");
	const char *one = waiting(b, "a@example.org");
	const char *two = waiting(b, "b@example.org");
	decide_after(b, 0, one, 40, OPERATOR_APPROVE, "");
	decide_after(b, 1, one, 20, OPERATOR_APPROVE, "");
	decide_after(b, 0, two, 10, OPERATOR_APPROVE, "");
	decide_after(b, 1, two, 30, OPERATOR_REFUSE, "blurred");
	assert_int_equal(quality_figures(F, "", &q), OK);
	assert_int_equal(q.operator_count, BENCH_OPERATORS);
	assert_int_equal(of(&q, "mem_op")->decisions, 2);
	assert_int_equal(of(&q, "mem_op")->agreement.of, 2);
	assert_int_equal(of(&q, "mem_op")->agreement.same, 1);
	assert_int_equal(of(&q, "mem_op2")->agreement.same, 1);
	assert_int_equal(of(&q, "mem_op")->median_seconds, 25);
	assert_int_equal(of(&q, "mem_op3")->decisions, 0);
	assert_int_equal(of(&q, "mem_op3")->median_seconds, -1);
	assert_int_equal(q.decisions, 4);
	assert_int_equal(q.approvals, 3);
	assert_int_equal(q.refusals, 1);
	assert_int_equal(q.median_seconds, 25);
	/* one's own row and day alone */
	assert_int_equal(quality_figures(F, "mem_op2", &q), OK);
	assert_int_equal(q.operator_count, 1);
	assert_int_equal(q.decisions, 2);
	assert_string_equal(q.operators[0].id, "mem_op2");
	/* a day later the day is empty, the operators' period is not */
	clock_set(clock_now() + DAY + 1);
	assert_int_equal(quality_figures(F, "", &q), OK);
	assert_int_equal(q.decisions, 0);
	assert_int_equal(q.median_seconds, -1);
	assert_int_equal(of(&q, "mem_op")->decisions, 2);
}

static void
planted_cases_tell_what_was_missed(void **state)
{
	struct bench *b = *state;
	struct quality q;

	const char *fraud = waiting(b, "a@example.org");
	const char *genuine = waiting(b, "b@example.org");
	assert_int_equal(quality_plant(F, &bench_platform, fraud, "fraud", ""),
	    OK);
	assert_int_equal(quality_plant(F, &bench_platform, genuine,
			     "genuine", ""),
	    OK);
	bench_review(b, 0, fraud, OPERATOR_APPROVE, "");
	bench_review(b, 1, fraud, OPERATOR_REFUSE, "forged_document");
	bench_review(b, 0, genuine, OPERATOR_APPROVE, "");
	bench_review(b, 1, genuine, OPERATOR_REFUSE, "blurred");
	bench_review(b, 2, genuine, OPERATOR_REDO, "blurred");
	assert_int_equal(quality_figures(F, "", &q), OK);
	assert_int_equal(of(&q, "mem_op")->planted.missed, 1);
	assert_int_equal(of(&q, "mem_op")->planted.caught, 0);
	assert_int_equal(of(&q, "mem_op")->planted.accepted, 1);
	assert_int_equal(of(&q, "mem_op2")->planted.caught, 1);
	assert_int_equal(of(&q, "mem_op2")->planted.refused, 1);
	/* who asks again has neither accepted nor refused */
	assert_int_equal(of(&q, "mem_op3")->planted.refused, 0);
	assert_int_equal(of(&q, "mem_op3")->planted.accepted, 0);
	assert_int_equal(of(&q, "mem_op3")->planted.genuine_asked, 1);
	/* no agreement is counted where the truth is known */
	assert_int_equal(of(&q, "mem_op")->agreement.of, 0);
	assert_int_equal(q.decisions, 0);
	assert_int_equal(q.waiting, 0);
	/* and who decided cannot tell by a count that these were known */
	assert_int_equal(quality_figures(F, "mem_op", &q), OK);
	assert_int_equal(q.decisions, 2);
	assert_int_equal(q.waiting, 0);
	assert_int_equal(quality_figures(F, "mem_op3", &q), OK);
	assert_int_equal(q.waiting, 1);
}

/* To refuse a fraud for its blur is luck; to ask again catches none. */
static void
a_fraud_is_caught_by_a_refusal_and_named_by_its_reason(void **state)
{
	struct bench *b = *state;
	struct quality q;

	const char *id = waiting(b, "a@example.org");
	assert_int_equal(quality_plant(F, &bench_platform, id, "fraud",
			     "wrong_person"),
	    OK);
	bench_review(b, 0, id, OPERATOR_REFUSE, "blurred wrong_person");
	bench_review(b, 1, id, OPERATOR_REFUSE, "forged_document");
	bench_review(b, 2, id, OPERATOR_REDO, "blurred");
	assert_int_equal(quality_figures(F, "", &q), OK);
	assert_int_equal(of(&q, "mem_op")->planted.caught, 1);
	assert_int_equal(of(&q, "mem_op")->planted.named, 1);
	assert_int_equal(of(&q, "mem_op2")->planted.caught, 1);
	assert_int_equal(of(&q, "mem_op2")->planted.named, 0);
	assert_int_equal(of(&q, "mem_op2")->planted.named_of, 1);
	assert_int_equal(of(&q, "mem_op3")->planted.caught, 0);
	assert_int_equal(of(&q, "mem_op3")->planted.missed, 0);
	assert_int_equal(of(&q, "mem_op3")->planted.asked, 1);
	assert_int_equal(of(&q, "mem_op3")->planted.named_of, 0);
}

static void
only_a_suspicion_is_what_a_fraud_is_refused_for(void **state)
{
	struct bench *b = *state;
	const char *id = waiting(b, "a@example.org");

	assert_int_equal(quality_plant(F, &bench_platform, id, "fraud",
			     "blurred"),
	    ERR_INVALID);
	assert_int_equal(quality_plant(F, &bench_platform, id, "fraud",
			     "no_such_reason"),
	    ERR_INVALID);
	assert_int_equal(quality_plant(F, &bench_platform, id, "genuine",
			     "not_live"),
	    ERR_INVALID);
	assert_int_equal(quality_plant(F, &bench_platform, id, "fraud",
			     "not_live"),
	    OK);
}

static struct draw_figures
draws_of(struct bench *b, const char *operator)
{
	struct quality q;

	assert_int_equal(quality_figures(F, "", &q), OK);
	return of(&q, operator)->draws;
}

/* Who looks for a certain case puts one back after the other. */
static void
cases_that_are_not_decided_are_counted(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), other = bench_prover(1);
	struct review_case c;
	struct quality q;

	waiting(b, "a@example.org");
	waiting(b, "b@example.org");
	assert_int_equal(review_next(F, &by, "", &c), OK);
	const char *id = c.r.id;
	/* one that is held is not left yet */
	assert_int_equal(draws_of(b, "mem_op").drawn, 1);
	assert_int_equal(draws_of(b, "mem_op").left, 0);
	assert_int_equal(review_release(F, &by, id), OK);
	assert_int_equal(draws_of(b, "mem_op").left, 1);
	/* put back by a slip, taken again and decided */
	assert_int_equal(review_next(F, &by, id, &c), OK);
	decide_after(b, 0, id, 10, OPERATOR_REFUSE, "blurred");
	assert_int_equal(draws_of(b, "mem_op").drawn, 1);
	assert_int_equal(draws_of(b, "mem_op").left, 0);
	/* its lock was lost */
	assert_int_equal(review_next(F, &by, "", &c), OK);
	clock_set(clock_now() + REVIEW_LOCK_IDLE);
	assert_int_equal(draws_of(b, "mem_op").left, 1);
	assert_int_equal(review_next(F, &other, "", &c), OK);
	assert_int_equal(review_release(F, &other, c.r.id), OK);
	assert_int_equal(quality_service(F, &q), OK);
	assert_int_equal(q.draws.drawn, 3);
	assert_int_equal(q.draws.left, 2);
	assert_int_equal(q.draws.left_most, 1);
	/* their own, to themselves */
	assert_int_equal(quality_figures(F, "mem_op2", &q), OK);
	assert_int_equal(q.draws.drawn, 1);
	assert_int_equal(q.operators[0].draws.left, 1);
	clock_set(clock_now() + DAY + 1);
	assert_int_equal(quality_service(F, &q), OK);
	assert_int_equal(q.draws.drawn, 0);
	assert_int_equal(draws_of(b, "mem_op").drawn, 2);
}

/* Nobody leaves a case that is taken from under their eyes. */
static void
a_case_that_ends_by_itself_was_not_left(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration r;
	struct review_case c;

	waiting(b, "a@example.org");
	assert_int_equal(review_next(F, &by, "", &c), OK);
	assert_int_equal(review_release(F, &by, c.r.id), OK);
	assert_int_equal(draws_of(b, "mem_op").left, 1);
	assert_int_equal(registration_load(b->f.store, &b->a, c.r.id, &r), OK);
	r.state = "cancelled";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(draws_of(b, "mem_op").drawn, 1);
	assert_int_equal(draws_of(b, "mem_op").left, 0);
	r.state = "refused"; /* by somebody else */
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(draws_of(b, "mem_op").left, 1);
}

static void
only_what_is_open_in_a_test_workspace_is_planted(void **state)
{
	struct bench *b = *state;
	const char *id = waiting(b, "a@example.org");

	assert_int_equal(quality_plant(F, &bench_platform, id, "perhaps", ""),
	    ERR_INVALID);
	assert_int_equal(quality_plant(F, &bench_platform, "reg_x", "fraud", ""),
	    ERR_NOT_FOUND);
	bench_test_workspace(b, false, "always");
	assert_int_equal(quality_plant(F, &bench_platform, id, "fraud", ""),
	    ERR_WRONG_STATE);
	bench_test_workspace(b, true, "always");
	bench_review(b, 0, id, OPERATOR_REFUSE, "blurred");
	assert_int_equal(quality_plant(F, &bench_platform, id, "fraud", ""),
	    ERR_WRONG_STATE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(the_queue_is_counted_without_planted_cases),
	    BENCH(a_case_for_nobody_is_counted),
	    BENCH(a_median_is_rounded_and_not_cut),
	    BENCH(times_and_agreement_are_counted),
	    BENCH(planted_cases_tell_what_was_missed),
	    BENCH(a_fraud_is_caught_by_a_refusal_and_named_by_its_reason),
	    BENCH(only_a_suspicion_is_what_a_fraud_is_refused_for),
	    BENCH(cases_that_are_not_decided_are_counted),
	    BENCH(a_case_that_ends_by_itself_was_not_left),
	    BENCH(only_what_is_open_in_a_test_workspace_is_planted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
