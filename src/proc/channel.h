/*
 * A channel between two programs: AF_UNIX SOCK_SEQPACKET, so that the kernel
 * keeps the borders of messages.
 *
 * Every receiver takes its peer for hostile: type, sender, number of
 * descriptors and length are checked against messages.def before anybody
 * sees the message; what does not fit ends the channel.
 */
#pragma once

#include "proc/roles.h"
#include "proc/wire.h"

#define MESSAGE_FDS_MAX 2

enum message_type {
	/* one value a name; the table's rows repeat names */
	MESSAGE_NONE = 0,
#define MESSAGE_NAME(name) MESSAGE_##name,
#include "proc/message_names.def"
#undef MESSAGE_NAME
	MESSAGE_COUNT
};

struct channel {
	int fd; /* -1: closed */
	enum role self, peer;
	bool started; /* START has passed: STARTING rows are over */
	/* clock_ticks(): how long descriptors of others may be in the way of
	 * ours, where that is longer than usual */
	int64_t patient_until;
};

struct message {
	enum message_type type;
	uint32_t
	    request; /* 0: none; a reply carries the number of its question */
	struct buf body;
	int fds[MESSAGE_FDS_MAX]; /* -1: none */
	size_t fd_count;
};

/* Sends; descriptors stay the caller's. ERR_UNAVAILABLE: peer gone or full. */
RESULT channel_send(struct channel *c, enum message_type type, uint32_t request,
    struct span body, const int *fds, size_t fd_count);

/* The bytes that channel_send() would write, for who cannot call it later:
 * one write() to the channel's descriptor sends them. */
RESULT channel_put(const struct channel *c, enum message_type type,
    struct span body, struct buf *out);

/*
 * Receives one message into m (initialised here; clear it). Waits at most
 * timeout_ms, -1 for ever. ERR_EXPIRED: nothing came. ERR_UNAVAILABLE: the
 * peer is gone or broke the rules; the channel is closed.
 */
RESULT channel_receive(struct channel *c, int timeout_ms, struct message *m);

/*
 * Sends a question and waits for the message with its number, at most
 * timeout_ms (not negative). What comes with another number is the late
 * answer to a question given up, and is dropped: do not ask on a channel
 * whose peer also speaks of its own accord. Always leaves reply initialised.
 */
RESULT channel_ask(struct channel *c, enum message_type type, struct span body,
    int timeout_ms, struct message *reply);

/* The same with descriptors, which stay the caller's. */
RESULT channel_ask_with(struct channel *c, enum message_type type,
    struct span body, const int *fds, size_t fd_count, int timeout_ms,
    struct message *reply);

/* For questions whose answers somebody else takes: a number that no other
 * question of this program has. */
uint32_t channel_next_request(void);

RESULT channel_pair(int out[2]);
void channel_close(struct channel *c);
void message_init(struct message *m);
/* Closes the descriptors that are still there: STEAL_FD those you keep. */
void message_clear(struct message *m);
const char *message_name(enum message_type type);

DEFINE_AUTO_CLEAR(message_clear, struct message)
