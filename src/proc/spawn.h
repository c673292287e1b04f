/*
 * One program as the supervisor sees it: how it is born, and what is kept of
 * it while it lives.
 *
 * A program is its own executable, started with descriptor 3 as its control
 * channel, a pipe as standard error, nothing else open, an environment from
 * a table, and as its own user where the supervisor is root.
 */
#pragma once

#include "base/conf.h"
#include "proc/channel.h"
#include "proc/control.h"

#include <sys/types.h>

/* What all starts have in common. */
struct spawn_plan {
	const struct conf *conf;
	const char *folder; /* of the executables */
	int listen_fd;	    /* for web */
	bool strict;	    /* sandbox.mode */
};

struct child {
	enum role role;
	pid_t pid; /* 0: not running */
	struct channel control;
	int said_fd;	 /* reading end of its standard error */
	struct buf said; /* the beginning of a line */
	bool ready;
	int64_t since;	  /* clock time of the last start */
	int64_t began;	  /* the same in ticks */
	int64_t retry_at; /* ticks of the next start */
	int64_t kill_at;  /* ticks; 0: nobody waits for its end */
	int64_t waits;	  /* milliseconds between the last end and then */
	int64_t back_off; /* the same after the next end */
	uint32_t restarts;
	char missing[CONTROL_MISSING_MAX];
};

/*
 * Whether the programs can be started as planned: the executables are there
 * and, for root in strict mode, the users too. The text of a failure says
 * what to do.
 */
RESULT spawn_check(const struct spawn_plan *plan);

/* Starts one program and sends it CONFIG (and LISTEN). */
RESULT spawn_start(const struct spawn_plan *plan, struct child *c);

/* Makes two running programs peers: a fresh channel, one end each. */
RESULT spawn_introduce(struct child *a, struct child *b);

/* Keeps what must be known after an end, and sets the time of the retry. */
void spawn_ended(struct child *c);

/* Whether programs of this role get a user of their own. */
bool spawn_has_own_user(enum role role);
