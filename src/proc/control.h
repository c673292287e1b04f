/*
 * Bodies of what the supervisor and the programs say to each other.
 * CONFIG, LISTEN and START have none.
 */
#pragma once

#include "proc/roles.h"
#include "proc/wire.h"

#define CONTROL_MISSING_MAX 200 /* names of protections, with the NUL */

/* One line of PROGRAMS. */
struct program_state {
	enum role role;
	bool ready;
	int64_t since;	   /* clock time of its last start; 0: not running */
	uint32_t restarts; /* since the supervisor began */
	char missing[CONTROL_MISSING_MAX]; /* protections the kernel lacks */
};

/* PEER: with whom the channel in the message speaks. */
RESULT peer_put(struct buf *b, enum role peer);
RESULT peer_get(struct span message, enum role *out);

/* READY */
RESULT ready_put(struct buf *b, const char *missing);
RESULT ready_get(struct span message, char missing[CONTROL_MISSING_MAX]);

/* PROGRAMS: at most ROLE_COUNT of them. */
RESULT programs_put(
    struct buf *b, const struct program_state *states, size_t count);
RESULT programs_get(struct span message,
    struct program_state states[ROLE_COUNT], size_t *count);
