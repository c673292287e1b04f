/*
 * What every program but the supervisor does first, and keeps.
 *
 * It is born with its control channel as descriptor 3. Over it come its part
 * of the configuration (a sealed memfd), the listening socket (web), one PEER
 * with a channel for each peer, and START; then it cages itself and says
 * READY. When a peer is restarted, a new PEER comes and takes the place of
 * the old one. When the control channel ends, the supervisor is gone and so
 * is the program.
 */
#pragma once

#include "base/conf.h"
#include "proc/channel.h"

#include <pthread.h>

struct program {
	enum role role;
	struct channel control;
	struct channel peers[ROLE_COUNT]; /* fd -1 where there is none */
	struct conf *conf;
	int listen_fd; /* web; else -1 */
	bool demo; /* sandbox.mode = demo */
};

/* Reads everything up to START. */
RESULT program_begin(enum role role, struct program *out);

/* Says READY; missing names protections the kernel lacks, "" for none. */
RESULT program_ready(struct program *p, const char *missing);

/*
 * Takes one waiting message from control: PEER replaces a channel, others go
 * to handle (may be NULL). ERR_UNAVAILABLE: the supervisor is gone, end.
 */
RESULT program_control(struct program *p,
    void (*handle)(const struct message *m, void *data), void *data);

void program_clear(struct program *p);
