/*
 * Operators for tests, each with a passkey in software.
 */
#include "flow/fixture.h"

#include "flow/journey_act.h"
#include "flow/review_act.h"
#include "flow/verdict_seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a

static const char *const operators[BENCH_OPERATORS] = {"mem_op", "mem_op2",
    "mem_op3", "mem_op4"};

static size_t
place_of(const struct prover *by)
{
	for (size_t i = 0; i < BENCH_OPERATORS; i++)
		if (strcmp(operators[i], by->who.id) == 0)
			return i;
	fail_msg("no such operator");
	return 0;
}

struct prover
bench_prover(size_t number)
{
	return (struct prover){{ACTOR_operator, operators[number], "Oda"},
	    clock_now()};
}

static void
enrol(struct bench *b, const struct prover *by, struct test_authenticator *key)
{
	char challenge[PASSKEY_CHALLENGE_SIZE], code[PASSKEY_CODE_SIZE];
	struct test_answer answer = {0};
	struct relying_party rp;
	struct member_passkey p;
	struct buf bytes;

	test_authenticator_init(key, false);
	assert_int_equal(passkeys_code(&b->f, &bench_platform, by->who.id,
			     code),
	    OK);
	assert_int_equal(passkeys_begin(&b->f, &b->a, by, PASSKEYS_ENROL,
			     code, challenge),
	    OK);
	buf_init(&bytes, PASSKEY_CHALLENGE_SIZE);
	assert_int_equal(base64url_decode(challenge, &bytes), OK);
	assert_int_equal(passkeys_party(&b->f, &rp), OK);
	test_authenticator_register(key, &rp, span_of_buf(&bytes), &answer);
	const struct new_passkey n = {challenge, "test", code,
	    span_of_buf(&answer.authenticator_data),
	    span_of_buf(&answer.client_data)};
	assert_int_equal(passkeys_add(&b->f, &b->a, by, &n, &p), OK);
	key->counter++; /* as after a signature */
	test_answer_clear(&answer);
	buf_clear(&bytes);
}

struct test_authenticator *
bench_key(struct bench *b, const struct prover *by)
{
	size_t i = place_of(by);

	if (!b->passkeys[i].key)
		enrol(b, by, &b->passkeys[i]);
	return &b->passkeys[i];
}

void
bench_sign(struct bench *b, const struct prover *by, const struct approval *x,
    struct test_answer *out)
{
	struct relying_party rp;
	struct digest d;

	assert_int_equal(passkeys_party(&b->f, &rp), OK);
	assert_int_equal(approval_digest(x, &d), OK);
	test_authenticator_sign(bench_key(b, by), &rp,
	    SPAN(d.bytes, sizeof(d.bytes)), out);
}

struct registration
bench_waiting(struct bench *b, const char *email)
{
	struct findings good = bench_good_findings();

	b->email = email;
	bench_test_workspace(b, true, "always");
	struct registration r = bench_collecting(b);
	r = bench_checked(b, r.id, &good);
	assert_string_equal(r.state, "in_review");
	return r;
}

void
bench_signer_hears(struct bench *b, const char *id)
{
	struct withdrawal_row w;

	assert_int_equal(
	    withdrawal_load(b->f.store, &b->a, id, &w), OK);
	assert_int_equal(
	    withdrawal_told(b->f.store, id, w.until_at, BENCH_MARK), OK);
}

#define DRAWS 500 /* one of ten is missed so often once in 10^22 runs */

void
bench_take(struct bench *b, const struct prover *by, const char *id,
    struct review_case *out)
{
	for (int i = 0; i < DRAWS; i++) {
		enum err code = review_next(&b->f, &b->a, by, "", out);
		if (code != OK)
			fail_msg("%d %s", code, err_explanation());
		if (strcmp(out->r.id, id) == 0)
			return;
		assert_int_equal(review_release(&b->f, &b->a, by, out->r.id),
		    OK);
	}
	fail_msg("it is never drawn");
}

void
bench_opinion(struct bench *b, const struct prover *by, const char *id)
{
	struct opinion o = {.document = "yes", .face = "yes",
	    .liveness = "yes"};
	struct review_case c;

	bench_take(b, by, id, &c);
	assert_int_equal(review_opinion(&b->f, &b->a, by, id, &o, &c), OK);
}

enum err
bench_approve(struct bench *b, const struct prover *by, const char *id,
    const char **outcome)
{
	struct review_answer answer = {.decision = OPERATOR_APPROVE,
	    .reasons = "",
	    .steps = "",
	    .note = ""};
	struct test_answer signature = {0};
	struct registration r;
	struct approval x;

	struct withdrawal_row w;

	bench_key(b, by);
	/* by the time that an operator is there it has */
	if (withdrawal_load(b->f.store, &b->a, id, &w) == OK &&
	    w.told_until < w.until_at)
		bench_signer_hears(b, id);
	enum err code = review_approval(&b->f, &b->a, by, id, &x);
	if (code != OK)
		return code;
	bench_sign(b, by, &x, &signature);
	answer.assertion = signature.assertion;
	code = review_decide(&b->f, &b->a, by, id, &answer, &r, outcome);
	test_answer_clear(&signature);
	return code;
}

enum err
bench_answer(struct bench *b, const struct prover *by, const char *id,
    enum operator_decision decision, const char *reasons, const char *steps,
    const char **outcome)
{
	const struct review_answer answer = {.decision = decision,
	    .reasons = reasons,
	    .steps = steps,
	    .note = "",
	    .keys = 7};
	struct registration r;

	return review_decide(&b->f, &b->a, by, id, &answer, &r, outcome);
}

const char *
bench_review(struct bench *b, size_t operator, const char *id,
    enum operator_decision decision, const char *reasons)
{
	struct prover by = bench_prover(operator);
	const char *outcome = "";

	bench_opinion(b, &by, id);
	enum err code = decision == OPERATOR_APPROVE
	    ? bench_approve(b, &by, id, &outcome)
	    : bench_answer(b, &by, id, decision, reasons, "", &outcome);
	if (code != OK)
		fail_msg("%d %s", code, err_explanation());
	return outcome;
}

static void
save_verdict(struct bench *b, const char *id, int position, const char *name,
    const char *failed, const char *unsure)
{
	const struct verdict_row row = {.name = name,
	    .verdict = strcmp(name, failed) == 0 ? "fail"
		: strcmp(name, unsure) == 0	 ? "unsure"
						 : "pass",
	    .reason = "",
	    .explanation = "",
	    .position = position};

	assert_int_equal(verdict_save(b->f.store, id, 1, &row), OK);
}

/* In review at a level; named checks failed or unsure, all others passed. */
struct registration
bench_in_review(struct bench *b, const char *level, const char *failed,
    const char *unsure)
{
	struct findings good = bench_good_findings(), none = {0};
	AUTO(act_end) struct act t = {0};

	b->level = level;
	struct registration r = bench_collecting(b);
	bench_picture(b, r.id, &good);
	if (level) {
		bench_recording(b, r.id, "face_video", &none);
		bench_recording(b, r.id, "document_video", &none);
	}
	assert_int_equal(journey_complete(F, r.id, &r), OK);
	assert_int_equal(act_begin(F, r.id, &clerk_as_actor, &t), OK);
	assert_int_equal(act_move(&t, EVENT_review, "always"), OK);
	assert_int_equal(journey_open_review(&t, "always"), OK);
	save_verdict(b, r.id, CHECK_COUNT, "faces_agree", failed, unsure);
	for (int i = 0; i < CHECK_COUNT; i++)
		save_verdict(b, r.id, i, check_name_text((enum check_name)i),
		    failed, unsure);
	assert_int_equal(verdict_seal_keep(F, &t.r), OK);
	assert_int_equal(act_commit(&t, &r), OK);
	return r;
}

struct registration
bench_loaded(struct bench *b, const char *id)
{
	struct registration r;

	assert_int_equal(registration_load(b->f.store, &b->a, id, &r), OK);
	return r;
}

size_t
bench_approvals(struct bench *b, const char *id)
{
	struct registration r = bench_loaded(b, id);
	struct approval_row *rows;
	size_t count;

	assert_int_equal(approval_list(b->f.store, &b->a, id, r.attempt, &rows,
			     &count),
	    OK);
	return count;
}
