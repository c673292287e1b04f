/*
 * The clerk: takes jobs from the queue and carries them out with the help of
 * the inspector and the signer. One loop, no threads.
 *
 * A job may run twice (a program died half way, a lease lapsed): every
 * handler looks at what is stored first and does only what is still missing.
 */
#pragma once

#include "clerk/inspected.h"
#include "flow/flow.h"
#include "flow/retention.h"
#include "proc/program.h"

/* Questions to the signer under way: errand.h. */
#define ERRANDS_MAX 96

/* Documents read at the same time; one core each. */
#define INSPECTIONS_MAX 2

struct inspection {
	char job[ID_SIZE];
	char subject[ID_SIZE]; /* the evidence; comparison: registration */
	int64_t tries;	       /* of the job, this one among them */
	enum inspected_kind kind;
	char compared[DIGEST_TEXT_SIZE]; /* comparison: of what is compared */
	struct channel reply; /* fd -1: this place is free */
	int64_t deadline;     /* clock_ticks() */
	int64_t held_until;   /* clock_ticks(): its job is leased so long */
};

/* See met.h. */
struct met {
	bool known;
	enum signer_state_met state;
};

struct clerk {
	struct program program;
	struct store *store;
	struct keys keys;
	struct flow flow;
	struct retention retention;
	int64_t lists_rest_until; /* clock_ticks() */
	struct inspection inspections[INSPECTIONS_MAX];
	int64_t signer_rests_until; /* clock_ticks(): its jobs are not taken */
	int64_t signer_rest;        /* ms, how long it was last time */
	struct met met;
	struct errand *errands[ERRANDS_MAX];
	unsigned signers; /* that it has met */
	bool ended; /* a job, or want of room, since jobs were looked for */
	size_t orders_window; /* so many at a time, as fast as it is */
	int64_t heard_at;     /* clock_ticks(): its last sign of life */
	bool unsure; /* an answer was lost: what is stored may not be all */
	size_t doubts; /* how often; agree_doubt() */
	bool apart; /* database and ledger: somebody may bring them together */
	size_t unmarked; /* certificates since the database's mark moved */
};

struct errand;

/* The clerk as an actor in the journal. */
extern const struct actor clerk_actor;

/* A job's handler: OK, or why it has to run again. */
typedef enum err job_handler(struct clerk *c, struct arena *a,
    const struct job *job);
/* The same of one that asks the signer: its first question, or its end. */
typedef enum err errand_handler(struct clerk *c, struct errand *e);

job_handler run_check, run_expire, run_message, run_retention, run_sweep;
errand_handler run_agree, run_crl, run_issue, run_last, run_ocsp, run_revoke,
    run_seal, run_withdraw;

/* Takes and runs what is due, for a moment; the milliseconds until the next,
 * 0 where more is due, at most five seconds. */
int queue_run(struct clerk *c);

/* The signer was started anew: jobs that rest may be taken at once. */
void queue_signer_back(struct clerk *c);

/* Jobs that run for ever: made at start when they are not there. */
RESULT queue_begin(struct clerk *c);

/* Starts a reading; the answer comes on its reply channel. ERR_UNAVAILABLE
 * when no place is free or the inspector is away. */
RESULT inspect_begin(struct clerk *c, struct arena *a, const struct job *job);
RESULT compare_begin(struct clerk *c, struct arena *a, const struct job *job);
bool inspect_has_room(const struct clerk *c);

/* Leases the jobs of readings that go on anew; the milliseconds until it is
 * wanted again. A lease stays short, so that what a dead clerk had begun is
 * begun again soon. */
int inspect_hold(struct clerk *c);

/* Takes the answer that is waiting on a place, or gives it up when late. */
void inspect_end(struct clerk *c, struct inspection *place, bool answered);

/* Evidence as it was given; ERR_INVALID: other bytes lie in its place. */
RESULT evidence_open(struct clerk *c, const struct evidence *e,
    struct buf *out);

/* Answers web's question for a picture. */
void still_answer(struct clerk *c, const struct message *question);

/* Passes a PIN to the signer and its answer to web; wipes the question. */
void pin_answer(struct clerk *c, struct message *question);

/* Looks at a key that a participant brings, and keeps it. */
void own_key_answer(struct clerk *c, const struct message *question);

/* What is kept here of an answer before web hears it: what was asked, and what
 * came back. An error is given to web instead. */
typedef enum err pass_note(
    struct clerk *c, struct span asked, struct span answer);

/* To the signer, and its answer of that type back to web. note may be NULL. */
void pass_on(struct clerk *c, const struct message *question,
    struct span body, enum message_type expected, pass_note *note);
void pass_back(struct clerk *c, uint32_t request, enum err result,
    const struct message *answer);

/* Tells the signer what web is about to make void, if who asks may. */
void withdraw_answer(struct clerk *c, const struct message *question);

/* Asks the signer for web how many operators it takes. */
void weigh_answer(struct clerk *c, const struct message *question);

/* Passes web's question for an OCSP answer on to the signer, and back. */
void status_answer(struct clerk *c, const struct message *question);
/* Has an answer made and kept that is not in store, and gives it back. */
void status_make(struct clerk *c, const struct message *question);

/* Runs until the supervisor goes. */
RESULT clerk_run(struct clerk *c);
