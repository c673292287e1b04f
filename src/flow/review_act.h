/*
 * What the acts of operators share: the gate, the lock, and what is known of
 * a case.
 */
#pragma once

#include "flow/decide_act.h"
#include "flow/review.h"

/* ERR_DENIED, ERR_TRAINING_NEEDED or ERR_PASSKEY_NEEDED. */
RESULT reviewer_check(struct flow *f, struct arena *a, const struct prover *by,
    struct member *out);

/* Of their workspace, made by them, or about them. */
RESULT reviewer_is_own(struct flow *f, const struct member *m,
    const struct registration *r, bool *out);

/* Begins an act on a case in review that this operator holds, and keeps the
 * lock. ERR_NOT_FOUND: not in review. */
RESULT review_begin(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, struct act *out, struct review_lock *lock);

/* What an operator may take, oldest first. */
struct review_open {
	struct registration *rows;
	size_t count;
};

/* Without those of the operator's own name; how many are left in rows. */
size_t review_leave_own(
    const struct member *m, struct registration *rows, size_t count);
RESULT review_open_load(struct flow *f, struct arena *a,
    const struct member *m, struct review_open *out);
/* One of the ten oldest. ERR_NOT_FOUND: there is none. */
RESULT review_draw(struct flow *f, struct arena *a, const struct prover *by,
    const struct review_open *open, struct registration **out);
/* The one that was drawn ahead for this operator, if it is still open to
 * them; else NULL. */
RESULT review_ahead_find(struct flow *f, struct arena *a,
    const char *operator, const struct review_open *open,
    struct registration **out);
/* The case this operator has; ERR_NOT_FOUND when it is over. */
RESULT review_own_lock(struct flow *f, struct arena *a,
    const struct prover *by, struct review_lock *out);

/* Opinion and machine's word included. */
RESULT review_fill(struct act *t, const struct review_lock *lock,
    struct review_case *out);

/* What the checks said of this attempt. */
struct machine {
	int failed, doubtful; /* strong ones */
	bool faces_agree;     /* the comparison passed */
};

RESULT machine_load(struct act *t, struct machine *out);
const char *machine_word(const struct machine *m);

/* One decision among the others of its attempt. */
struct judging {
	struct act *t;
	const struct prover *by;
	const struct review_answer *answer;
	struct review_lock lock;
	struct review review;
	struct opinion opinion;
	struct machine machine;
	struct decision *before; /* by others, in this attempt */
	size_t count;
	bool planted; /* a known case: nothing follows from a decision */
	const char *reasons; /* as checked */
	const char *outcome;
};

/* ERR_WRONG_STATE without an opinion, or when this operator decided on this
 * attempt before. */
RESULT judging_load(struct judging *j, struct act *t, const struct prover *by);

/* An operator of this attempt suspected fraud. */
bool judging_suspected(const struct judging *j);

/* May it be approved at all; ERR_INVALID (field decision). */
RESULT approve_allowed(const struct judging *j);
/* 2 where machine and operator disagree, or operators do; else 1. */
uint32_t approve_needed(const struct judging *j);
RESULT approve_carry_out(struct judging *j);

RESULT refuse_carry_out(struct judging *j);
RESULT redo_carry_out(struct judging *j);

/* Another operator has to look at it: the case stays in review. */
RESULT judging_second(struct judging *j, const char *why);
