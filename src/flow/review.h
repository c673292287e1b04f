/*
 * Operators at work: a case is taken, looked at, thought about, decided.
 *
 * Whoever calls, these rules hold: an operator with a training date that has
 * not passed, in a session that a passkey proved; nobody's own case, nor one
 * of a workspace they belong to; one case, one operator; the own opinion
 * before the machine's; no case decided twice by the same operator. Every
 * look and every act is in the journal.
 */
#pragma once

#include "approval/approval.h"
#include "flow/act.h"
#include "flow/decide.h"
#include "flow/passkeys.h"

#define REVIEW_LOCK_IDLE (20 * MINUTE)
#define REVIEW_DRAWN_FROM 10 /* the oldest */
#define REVIEW_LISTED_MAX 500

/* One case as its operator may see it. machine: accepts, doubts or refuses.
 * Nothing of the machine's is to be shown while opinion.at is 0. */
struct review_case {
	struct registration r;
	struct review review;
	struct opinion opinion;
	const char *machine;
	int64_t locked_until;
};

/* What may be taken by this operator, the own one included. */
RESULT review_list(struct flow *f, struct arena *a, const struct prover *by,
    struct registration **out, size_t *count);

/* The one that is theirs already; else locks one: "" for one that is drawn
 * among the oldest, or the id of one that they had before. ERR_NOT_FOUND: none
 * there, ERR_LOCKED: another operator's, ERR_DENIED: never theirs. */
RESULT review_next(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, struct review_case *out);
RESULT review_release(struct flow *f, struct arena *a, const struct prover *by,
    const char *id);
/* Keeps the lock; not in the journal. */
RESULT review_seen(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, int64_t *locked_until);
/* ERR_LOCKED unless it is theirs; what: for the journal. */
RESULT review_look(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, const char *what, struct review_case *out);

/* The case after the one that is theirs: drawn once, not locked, and what
 * review_next gives unless somebody else took it. ERR_WRONG_STATE: they have
 * none now; ERR_NOT_FOUND: nothing else waits. */
RESULT review_ahead(struct flow *f, struct arena *a, const struct prover *by,
    struct registration *out);
/* A picture of it. ERR_LOCKED: it is not the one that was drawn. */
RESULT review_look_ahead(struct flow *f, struct arena *a,
    const struct prover *by, const char *id, const char *what,
    struct registration *out);

/* An earlier request with the same document, person or picture, to look at
 * beside the case that is theirs. ERR_NOT_FOUND: it has nothing in common;
 * ERR_DENIED: their own, or of their workspaces. */
RESULT review_look_earlier(struct flow *f, struct arena *a,
    const struct prover *by, const char *id, const char *other,
    const char *what, struct registration *out);
/* The two conditions, for lists and for the clerk. */
RESULT earlier_is_beside(struct flow *f, struct arena *a, const char *id,
    const char *other, bool *out);
RESULT earlier_is_own(struct flow *f, struct arena *a,
    const struct prover *by, const char *other, bool *out);

/* Once for each operator and attempt. */
RESULT review_opinion(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, const struct opinion *o, struct review_case *out);

/*
 * What an approval would say, for the operator to sign. From here on the
 * names to be certified stay as they are. ERR_INVALID (field decision) where
 * this case cannot be approved.
 */
RESULT review_approval(struct flow *f, struct arena *a,
    const struct prover *by, const char *id, struct approval *out);
/* What the approval that an operator is about to give says of operators, and
 * whether it is the first of its attempt. */
struct first_look {
	uint32_t needed;
	bool first;
};
RESULT review_first_look(struct flow *f, struct arena *a,
    const struct prover *by, const char *id, struct first_look *out);

/* The same of a registration whose names are fixed: for the order. needed and
 * made_at: as in the rows of approvals. */
RESULT review_approval_of(struct flow *f, struct arena *a,
    const struct registration *r, uint32_t needed, int64_t made_at,
    struct approval *out);

/* Of an approved one: the approvals that count, all over one digest, at least
 * as many as they say are needed. None: no operator was asked. */
RESULT review_order_approvals(struct flow *f, struct arena *a,
    const struct registration *r, struct approval_row **out, size_t *count);

enum operator_decision { OPERATOR_APPROVE, OPERATOR_REFUSE, OPERATOR_REDO };

/* Whether the signer wants a second operator for this person. */
enum second_look { SECOND_UNKNOWN, SECOND_NO, SECOND_YES };

struct review_answer {
	enum operator_decision decision;
	const char *reasons; /* codes; of suspicion too */
	const char *steps;   /* redo: document, proof_of_life */
	const char *note;
	enum second_look second;
	int64_t keys; /* pressed while the case was open */
	struct assertion assertion; /* approve */
};

/* Whether this decision would be taken now, and make void what operators
 * signed or were offered to sign: the signer is told first. */
RESULT review_decision_voids(struct flow *f, struct arena *a,
    const struct prover *by, const char *id,
    const struct review_answer *answer, bool *out);

/* outcome: approved, refused, redo or second_needed. out->state is what the
 * operator may hear of it; a planted case stays in review. */
RESULT review_decide(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, const struct review_answer *answer,
    struct registration *out, const char **outcome);

/* The approvals of an attempt count no more: the participant contests. */
RESULT review_void(struct act *t);
