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

/* The exit status that says: starting me again will not help. */
#define PROGRAM_REFUSES 78

struct program {
	enum role role;
	struct channel control;
	struct channel peers[ROLE_COUNT]; /* fd -1 where there is none */
	unsigned introduced[ROLE_COUNT]; /* how often a channel came */
	/* held while a peer's channel is used or replaced: for programs with
	 * threads, through program_send and program_ask */
	pthread_mutex_t locks[ROLE_COUNT];
	/* who waits for an answer of a peer, and whether one of them reads */
	struct asking *asking[ROLE_COUNT];
	bool reading[ROLE_COUNT];
	pthread_cond_t answered[ROLE_COUNT];
	struct conf *conf;
	int listen_fd; /* web; else -1 */
	bool demo;     /* sandbox.mode = demo */
};

/* Reads everything up to START. SIGPIPE is ignored from here on. */
RESULT program_begin(enum role role, struct program *out);

/* The same on a descriptor of choice: for tests. */
RESULT program_begin_on(enum role role, int control_fd, struct program *out);

/* Says READY; missing names protections the kernel lacks, "" for none. */
RESULT program_ready(struct program *p, const char *missing);

/*
 * Takes one waiting message from control: PEER replaces a channel, others go
 * to handle (may be NULL). ERR_EXPIRED: none was waiting. ERR_UNAVAILABLE:
 * the supervisor is gone, end.
 */
RESULT program_control(struct program *p,
    void (*handle)(const struct message *m, void *data), void *data);

/*
 * channel_send and channel_ask to a peer, safe to call from several threads.
 * Several may ask at once: one of those that wait reads for all, so that
 * nobody waits for an answer that is not theirs. ERR_UNAVAILABLE while the peer
 * is being restarted.
 */
RESULT program_send(struct program *p, enum role peer, enum message_type type,
    struct span body);
RESULT program_ask(struct program *p, enum role peer, enum message_type type,
    struct span body, int timeout_ms, struct message *reply);

void program_clear(struct program *p);
