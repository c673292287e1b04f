/*
 * Errands to the signer: questions that are under way.
 *
 * The signer answers one after the other, and a token may take seconds. The
 * clerk does not wait: it sends what is due, does other work, and each errand
 * goes on where its answer leads it. What is asked is answered in that order.
 */
#pragma once

#include "clerk/clerk.h"

#define ORDERS_MAX 64 /* of ERRANDS_MAX: the others come through */

struct errand;

/* What an answer leads to. outcome: OK, or why there is none; a refusal is the
 * signer's own. It may ask again; otherwise the errand ends with its result. */
typedef enum err errand_step(struct clerk *c, struct errand *e,
    enum err outcome, const struct message *answer);
typedef void errand_end(struct clerk *c, struct errand *e, enum err result);

struct errand {
	struct arena arena;
	struct job job; /* id NULL: not a job, but a question of web's */
	void *data;	/* of its steps, in the arena */
	errand_end *end;
	int fd; /* that goes with a question; -1: none */

	/* of the question under way */
	errand_step *step; /* NULL: none is */
	enum message_type asks, expected;
	uint32_t request; /* 0: it is not sent yet */
	struct buf body;
	bool with_fd;
	int64_t asked_at, held_until; /* clock_ticks(); asked, and then sent */
	uint64_t number; /* in the order of asking */
};

/* NULL: as many as there may be are under way. */
struct errand *errand_new(struct clerk *c, errand_end *end);

/* Asks, from a handler or a step. The body is copied; with_fd: e->fd goes
 * along and stays the errand's. */
enum err errand_ask(struct errand *e, enum message_type asks,
    struct span body, bool with_fd, enum message_type expected,
    errand_step *step);

/* After its first step: it is under way, or ends with this result. */
void errand_go(struct clerk *c, struct errand *e, enum err result);

/* Of one kind of job; of those that change the ledger; of orders alone. */
size_t errands_of(const struct clerk *c, const char *job);
size_t errands_changing(const struct clerk *c);
bool errands_free(const struct clerk *c); /* one more may be begun */
/* How many orders may be sent beside those that are under way: fewer when the
 * signer is slow, so that a revocation never waits behind many. */
size_t errands_room(const struct clerk *c);

/* Sends what the channel takes. True: more waits until it takes it. */
bool errands_send(struct clerk *c);
/* Takes what has come, in one transaction. False: nothing had. */
bool errands_hear(struct clerk *c);
/* The signer is another, or gone: nobody will answer. */
void errands_lose(struct clerk *c);
/* Ends those that have waited too long, leases the jobs of the others anew;
 * milliseconds until it is wanted again. */
int errands_tend(struct clerk *c);
