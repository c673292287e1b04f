/*
 * Operators on a case: the gate, the lock, the own opinion, one decision and
 * a second one.
 */
#include "flow/fixture.h"

#include "flow/quality.h"
#include "flow/review_act.h"
#include "ident/person.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a

static struct registration
zoe(struct bench *b)
{
	return bench_waiting(b, BENCH_EMAIL);
}

static void
save_member(struct bench *b, const char *id, const char *email,
    int64_t training_until)
{
	struct member m;

	assert_int_equal(member_load(b->f.store, &b->a, id, &m), OK);
	m.email = m.email_folded = email;
	m.training_until = training_until;
	assert_int_equal(member_save(b->f.store, &m), OK);
}

static void
the_queue_is_closed_without_passkey_training_or_role(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), member = {bench_member, BENCH_NOW};
	struct prover posing = {{ACTOR_operator, "mem_ida", "Ida"}, BENCH_NOW};
	struct prover other = {{ACTOR_workspace, "mem_op", "Oda"}, BENCH_NOW};
	struct registration r = zoe(b), *rows;
	struct review_case c;
	size_t count;

	assert_int_equal(review_next(F, &member, r.id, &c), ERR_DENIED);
	assert_int_equal(review_next(F, &posing, r.id, &c), ERR_DENIED);
	assert_int_equal(review_next(F, &other, "", &c), ERR_DENIED);
	by.passkey_at = 0;
	assert_int_equal(review_next(F, &by, r.id, &c), ERR_PASSKEY_NEEDED);
	assert_int_equal(review_list(F, &by, &rows, &count),
	    ERR_PASSKEY_NEEDED);
	by.passkey_at = BENCH_NOW;
	save_member(b, "mem_op", "op@example.org", BENCH_NOW);
	assert_int_equal(review_next(F, &by, r.id, &c), ERR_TRAINING_NEEDED);
	save_member(b, "mem_op", "op@example.org", BENCH_NOW + 1);
	assert_int_equal(review_next(F, &by, "", &c), OK);
	/* also in the middle of a case */
	save_member(b, "mem_op", "op@example.org", BENCH_NOW);
	assert_int_equal(review_look(F, &by, r.id, "case", &c),
	    ERR_TRAINING_NEEDED);
}

static void
expect_unseen(struct bench *b, const char *who, const char *id)
{
	const struct review_lock lock = {id, who, BENCH_NOW, BENCH_NOW};
	struct prover by = {{ACTOR_operator, who, "Oda"}, BENCH_NOW};
	struct registration *rows;
	struct review_case c;
	size_t count;

	assert_int_equal(review_list(F, &by, &rows, &count), OK);
	assert_int_equal(count, 0);
	assert_int_equal(review_next(F, &by, "", &c), ERR_NOT_FOUND);
	assert_int_equal(review_next(F, &by, id, &c), ERR_LOCKED);
	/* not even one that a changed row gave them */
	assert_int_equal(review_lock_save(b->f.store, &lock), OK);
	assert_int_equal(review_look(F, &by, id, "case", &c), ERR_DENIED);
	assert_int_equal(review_lock_remove(b->f.store, id, who), OK);
}

static void
nobody_sees_their_own_case(void **state)
{
	struct bench *b = *state;
	struct registration r = zoe(b);

	save_member(b, "mem_op", BENCH_EMAIL, BENCH_NOW + DAY);
	expect_unseen(b, "mem_op", r.id);
	save_member(b, "mem_op", "op@example.org", BENCH_NOW + DAY);
	r.requested_by = "mem_op";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	expect_unseen(b, "mem_op", r.id);
}

/* From another address of theirs, and asked for by somebody else. */
static void
nor_one_in_their_own_name(void **state)
{
	struct bench *b = *state;
	struct registration r = zoe(b);
	struct prover by = bench_prover(0);
	char name[PERSON_FOLD_SIZE];
	struct review_case c;
	struct quality x;
	struct member m;

	assert_int_equal(person_name_fold(r.fullname, name), OK);
	assert_int_equal(member_load(b->f.store, &b->a, "mem_op", &m), OK);
	const char *other = m.name;
	m.name = name;
	assert_int_equal(member_save(b->f.store, &m), OK);
	expect_unseen(b, "mem_op", r.id);
	assert_int_equal(quality_figures(F, "mem_op", &x), OK);
	assert_int_equal(x.waiting, 0);
	/* who has no name has not the name of another without one */
	m.name = "";
	r.fullname = "";
	assert_int_equal(member_save(b->f.store, &m), OK);
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(review_next(F, &by, "", &c), OK);
	assert_int_equal(review_release(F, &by, r.id), OK);
	m.name = other;
	assert_int_equal(member_save(b->f.store, &m), OK);
	assert_int_equal(review_next(F, &by, "", &c), OK);
}

/* By the row of the member, or as custodians noted it. */
static void
nobody_sees_a_case_of_their_own_workspace(void **state)
{
	struct bench *b = *state;
	struct registration r = zoe(b);
	struct prover by = bench_prover(0);
	struct review_case c;
	struct member m;

	assert_int_equal(member_load(b->f.store, &b->a, "mem_op", &m), OK);
	m.id = "mem_own";
	m.email = m.email_folded = "own@example.org";
	m.workspace = r.workspace;
	assert_int_equal(member_save(b->f.store, &m), OK);
	expect_unseen(b, m.id, r.id);
	assert_int_equal(operator_join(b->f.store, "mem_op", r.workspace), OK);
	expect_unseen(b, "mem_op", r.id);
	assert_int_equal(operator_leave(b->f.store, "mem_op", r.workspace), OK);
	assert_int_equal(review_next(F, &by, "", &c), OK);
}

static void
a_case_has_one_operator(void **state)
{
	struct bench *b = *state;
	struct prover one = bench_prover(0), other = bench_prover(1);
	struct registration r = zoe(b), *rows;
	struct review_case c;
	size_t count;
	int64_t until;

	assert_int_equal(review_look(F, &one, r.id, "case", &c), ERR_LOCKED);
	assert_int_equal(review_next(F, &one, "", &c), OK);
	assert_string_equal(c.r.id, r.id);
	assert_int_equal(c.locked_until, BENCH_NOW + REVIEW_LOCK_IDLE);
	assert_int_equal(review_next(F, &other, "", &c), ERR_NOT_FOUND);
	assert_int_equal(review_next(F, &other, r.id, &c), ERR_LOCKED);
	assert_int_equal(review_look(F, &other, r.id, "case", &c), ERR_LOCKED);
	assert_int_equal(review_release(F, &other, r.id), ERR_LOCKED);
	assert_int_equal(review_list(F, &other, &rows, &count), OK);
	assert_int_equal(count, 0);
	assert_int_equal(review_list(F, &one, &rows, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(review_release(F, &one, r.id), OK);
	assert_int_equal(review_seen(F, &one, r.id, &until), ERR_LOCKED);
	assert_int_equal(review_next(F, &other, "", &c), OK);
	/* nor does it come back by its id while another has it */
	assert_int_equal(review_next(F, &one, r.id, &c), ERR_LOCKED);
}

static void
an_operator_has_one_case(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration first = zoe(b);
	struct registration second = bench_waiting(b, "other@example.org");
	struct review_case c;

	bench_take(b, &by, first.id, &c);
	assert_int_equal(review_release(F, &by, first.id), OK);
	bench_take(b, &by, second.id, &c);
	assert_int_equal(review_next(F, &by, "", &c), OK);
	assert_string_equal(c.r.id, second.id);
	assert_int_equal(review_next(F, &by, first.id, &c), ERR_WRONG_STATE);
	assert_int_equal(review_release(F, &by, second.id), OK);
	assert_int_equal(review_next(F, &by, first.id, &c), OK);
}

static void
a_case_comes_by_its_id_to_who_had_it_alone(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), other = bench_prover(1);
	struct registration r = zoe(b);
	struct audit_entry *rows;
	struct review_case c;
	size_t count;

	assert_int_equal(review_next(F, &by, r.id, &c), ERR_DENIED);
	assert_int_equal(review_next(F, &by, "", &c), OK);
	/* the one that is open, as often as it is asked for */
	assert_int_equal(review_next(F, &by, r.id, &c), OK);
	assert_int_equal(review_release(F, &by, r.id), OK);
	assert_int_equal(review_next(F, &other, r.id, &c), ERR_DENIED);
	assert_int_equal(review_next(F, &by, r.id, &c), OK);
	assert_int_equal(audit_of(b->f.store, &b->a, r.id, &rows, &count), OK);
	assert_string_equal(rows[count - 2].act, "review.taken");
	assert_string_equal(rows[count - 2].detail, "again");
	/* its lock lost: another has it, and then it is free */
	clock_set(BENCH_NOW + REVIEW_LOCK_IDLE);
	by.passkey_at = other.passkey_at = clock_now();
	assert_int_equal(review_next(F, &other, "", &c), OK);
	assert_int_equal(review_next(F, &by, r.id, &c), ERR_LOCKED);
	assert_int_equal(review_release(F, &other, r.id), OK);
	assert_int_equal(review_next(F, &by, r.id, &c), OK);
	assert_string_equal(c.r.id, r.id);
}

static void
what_was_given_again_comes_back_to_who_asked_for_it(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), other = bench_prover(1);
	struct registration r = zoe(b);
	struct findings good = bench_good_findings();
	struct review_case c;

	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_REDO,
				"blurred"),
	    "redo");
	assert_int_equal(review_next(F, &by, r.id, &c), ERR_NOT_FOUND);
	r = bench_checked(b, r.id, &good);
	assert_string_equal(r.state, "in_review");
	assert_int_equal(review_next(F, &other, r.id, &c), ERR_DENIED);
	assert_int_equal(review_next(F, &by, r.id, &c), OK);
}

static void
a_lock_ends_twenty_minutes_after_the_last_act(void **state)
{
	struct bench *b = *state;
	struct prover one = bench_prover(0), other = bench_prover(1);
	struct registration r = zoe(b);
	struct review_case c;
	const char *outcome;
	int64_t until;

	bench_opinion(b, &one, r.id);
	clock_set(BENCH_NOW + REVIEW_LOCK_IDLE - 1);
	assert_int_equal(review_seen(F, &one, r.id, &until), OK);
	clock_set(BENCH_NOW + 2 * REVIEW_LOCK_IDLE - 2);
	assert_int_equal(review_next(F, &other, r.id, &c), ERR_LOCKED);
	clock_set(BENCH_NOW + 2 * REVIEW_LOCK_IDLE - 1);
	assert_int_equal(review_seen(F, &one, r.id, &until), ERR_LOCKED);
	assert_int_equal(bench_answer(b, &one, r.id, OPERATOR_REFUSE,
			     "blurred", "", &outcome),
	    ERR_LOCKED);
	assert_int_equal(review_next(F, &other, "", &c), OK);
	assert_int_equal(review_next(F, &one, r.id, &c), ERR_LOCKED);
}

static void
the_next_one_is_drawn_among_the_ten_oldest(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	const char *ids[12];
	int drawn[12] = {0};
	struct review_case c;

	for (int i = 0; i < 12; i++) {
		clock_set(BENCH_NOW + i);
		ids[i] = bench_waiting(b,
		    arena_format(&b->a, "p%d@example.org", i)).id;
	}
	for (int i = 0; i < 200; i++) {
		assert_int_equal(review_next(F, &by, "", &c), OK);
		for (int k = 0; k < 12; k++)
			drawn[k] += strcmp(c.r.id, ids[k]) == 0;
		assert_int_equal(review_release(F, &by, c.r.id), OK);
	}
	/* one of ten in 200 draws is missed once in 10^9 runs */
	for (int k = 0; k < 12; k++)
		assert_int_equal(drawn[k] > 0, k < REVIEW_DRAWN_FROM);
}

struct racer {
	struct flow f;
	struct prover by;
	const char *id;
	enum err code;
};

static void *
race(void *data)
{
	struct racer *r = data;
	AUTO(arena_clear) struct arena a;
	struct review_case c;

	arena_init(&a, (size_t)32 << 20);
	r->code = review_next(&r->f, &a, &r->by, r->id, &c);
	return NULL;
}

static void
of_two_who_take_it_at_once_one_has_it(void **state)
{
	struct bench *b = *state;
	struct registration r = zoe(b);
	struct racer racers[4];
	pthread_t threads[4];

	for (size_t i = 0; i < 4; i++)
		racers[i] = (struct racer){bench_second(b), bench_prover(i),
		    r.id, OK};
	/* each had it once, so that each may ask for it */
	for (size_t i = 0; i < 4; i++) {
		struct review_case c;
		bench_take(b, &racers[i].by, r.id, &c);
		assert_int_equal(review_release(F, &racers[i].by, r.id), OK);
	}
	for (int round = 0; round < 10; round++) {
		int winners = 0;
		for (size_t i = 0; i < 4; i++)
			assert_int_equal(pthread_create(&threads[i], NULL,
					     race, &racers[i]),
			    0);
		for (size_t i = 0; i < 4; i++)
			pthread_join(threads[i], NULL);
		for (size_t i = 0; i < 4; i++) {
			winners += racers[i].code == OK;
			if (racers[i].code != OK)
				assert_int_equal(racers[i].code, ERR_LOCKED);
			else
				assert_int_equal(review_release(F,
						     &racers[i].by, r.id),
				    OK);
		}
		assert_int_equal(winners, 1);
	}
	for (size_t i = 0; i < 4; i++)
		store_close(racers[i].f.store);
}

static void
the_own_opinion_comes_first_and_once(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct opinion o = {.document = "yes", .face = "yes",
	    .liveness = "none"};
	struct registration r = zoe(b);
	struct review_case c;
	struct approval x;
	const char *outcome;

	assert_int_equal(review_opinion(F, &by, r.id, &o, &c), ERR_LOCKED);
	bench_take(b, &by, r.id, &c);
	assert_int_equal(c.opinion.at, 0);
	assert_int_equal(review_approval(F, &by, r.id, &x), ERR_WRONG_STATE);
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_REFUSE,
			     "blurred", "", &outcome),
	    ERR_WRONG_STATE);
	o.document = "perhaps";
	assert_int_equal(review_opinion(F, &by, r.id, &o, &c), ERR_INVALID);
	o.document = "yes";
	assert_int_equal(review_opinion(F, &by, r.id, &o, &c), OK);
	assert_int_equal(c.opinion.at, BENCH_NOW);
	assert_string_equal(c.machine, "accepts");
	assert_int_equal(review_opinion(F, &by, r.id, &o, &c),
	    ERR_WRONG_STATE);
	assert_int_equal(review_approval(F, &by, r.id, &x), OK);
}

static void
every_look_and_act_is_in_the_journal(void **state)
{
	static const char *const acts[] = {"review.taken", "review.looked",
	    "review.opinion", "review.looked", "review.released"};
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration r = zoe(b);
	struct audit_entry *rows;
	struct review_case c;
	size_t count, found = 0;

	bench_opinion(b, &by, r.id);
	assert_int_equal(review_look(F, &by, r.id, "film_face", &c), OK);
	assert_int_equal(review_release(F, &by, r.id), OK);
	assert_int_equal(audit_of(b->f.store, &b->a, r.id, &rows, &count), OK);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(rows[i].actor, "mem_op") != 0)
			continue;
		assert_string_equal(rows[i].act, acts[found]);
		assert_string_equal(rows[i].actor_kind, "operator");
		if (found == 3)
			assert_string_equal(rows[i].detail, "film_face");
		found++;
	}
	assert_int_equal(found, 5);
}

static void
an_earlier_request_is_opened_beside_the_case_alone(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), other = bench_prover(1);
	struct registration first = bench_waiting(b, "first@example.org");
	struct registration held = bench_waiting(b, "held@example.org"), r;
	struct audit_entry *entries;
	struct review_case c;
	size_t count;

	assert_int_equal(review_look_earlier(F, &by, held.id, first.id,
			     "case", &r),
	    ERR_LOCKED);
	bench_take(b, &by, held.id, &c);
	assert_int_equal(review_look_earlier(F, &by, held.id, first.id,
			     "case", &r),
	    OK);
	assert_string_equal(r.id, first.id);
	/* looked at, and nothing else: it is nobody's */
	assert_int_equal(review_look(F, &by, first.id, "case", &c),
	    ERR_LOCKED);
	assert_int_equal(review_look_earlier(F, &other, held.id, first.id,
			     "case", &r),
	    ERR_LOCKED);
	/* itself, and what is not there */
	assert_int_equal(review_look_earlier(F, &by, held.id, held.id, "case",
			     &r),
	    ERR_NOT_FOUND);
	assert_int_equal(review_look_earlier(F, &by, held.id, "reg_none",
			     "case", &r),
	    ERR_NOT_FOUND);
	/* in the journal of both */
	assert_int_equal(audit_of(b->f.store, &b->a, first.id, &entries,
			     &count),
	    OK);
	assert_string_equal(entries[count - 1].act, "review.looked_beside");
	/* one's own stays closed */
	save_member(b, "mem_op", "first@example.org", BENCH_NOW + DAY);
	assert_int_equal(review_look_earlier(F, &by, held.id, first.id,
			     "case", &r),
	    ERR_DENIED);
}

/* Within the time of the practice statement (policies/cps.en.txt). */
static void
a_case_that_nobody_decides_ends_three_days_after_its_time(void **state)
{
	struct bench *b = *state;
	struct registration r = zoe(b), now;
	int64_t end = r.expires_at + 72 * HOUR;

	clock_set(end - 1);
	assert_int_equal(registration_current(F, r.id, &now), OK);
	assert_string_equal(now.state, "in_review");
	clock_set(end);
	assert_int_equal(registration_current(F, r.id, &now), OK);
	assert_string_equal(now.state, "expired");
}

/* Its lock is left behind, and opens nothing. */
static void
what_left_the_queue_is_shown_to_nobody(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration gone = zoe(b), r;
	struct registration next = bench_waiting(b, "next@example.org");
	struct opinion o = {.document = "yes", .face = "yes",
	    .liveness = "none"};
	struct review_case c;

	bench_take(b, &by, gone.id, &c);
	r = c.r;
	r.state = "cancelled";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(review_look(F, &by, gone.id, "case", &c),
	    ERR_NOT_FOUND);
	assert_int_equal(review_opinion(F, &by, gone.id, &o, &c),
	    ERR_NOT_FOUND);
	assert_int_equal(review_next(F, &by, "", &c), OK);
	assert_string_equal(c.r.id, next.id);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(the_queue_is_closed_without_passkey_training_or_role),
	    BENCH(nobody_sees_their_own_case),
	    BENCH(nor_one_in_their_own_name),
	    BENCH(nobody_sees_a_case_of_their_own_workspace),
	    BENCH(a_case_has_one_operator),
	    BENCH(an_operator_has_one_case),
	    BENCH(a_case_comes_by_its_id_to_who_had_it_alone),
	    BENCH(what_was_given_again_comes_back_to_who_asked_for_it),
	    BENCH(a_lock_ends_twenty_minutes_after_the_last_act),
	    BENCH(the_next_one_is_drawn_among_the_ten_oldest),
	    BENCH(of_two_who_take_it_at_once_one_has_it),
	    BENCH(the_own_opinion_comes_first_and_once),
	    BENCH(every_look_and_act_is_in_the_journal),
	    BENCH(an_earlier_request_is_opened_beside_the_case_alone),
	    BENCH(a_case_that_nobody_decides_ends_three_days_after_its_time),
	    BENCH(what_left_the_queue_is_shown_to_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
