/*
 * The first and the last of every program: its control channel.
 */
#include "proc/program.h"

#include "base/clock.h"
#include "base/log.h"
#include "proc/control.h"
#include "proc/memfile.h"

#include <assert.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CONTROL_FD 3
#define BEGIN_WAIT_MS 30000
#define CONFIG_MAX ((size_t)128 * 1024)

static RESULT
take_config(struct program *p, const struct message *m)
{
	AUTO(memfile_clear) struct memfile file = {0};

	if (p->conf)
		return FAIL(ERR_INVALID, "a second configuration");
	TRY(memfile_map(m->fds[0], CONFIG_MAX, &file));
	/* paths were made absolute by the supervisor */
	TRY(conf_parse(file.bytes, "", &p->conf));
	TRY(log_threshold(conf_text(p->conf, CONF_log_level)));
	p->demo = strcmp(conf_text(p->conf, CONF_sandbox_mode), "demo") == 0;
	return OK;
}

static void lose_all(struct program *p, enum role peer);

static RESULT
take_peer(struct program *p, struct message *m)
{
	enum role peer;

	TRY(peer_get(span_of_buf(&m->body), &peer));
	if (!strchr(role_peers(p->role), role_letter(peer)))
		return FAIL(ERR_INVALID, "%s is no peer", role_name(peer));
	pthread_mutex_lock(&p->locks[peer]);
	lose_all(p, peer); /* those who wait do so for the one before */
	channel_close(&p->peers[peer]);
	p->peers[peer] = (struct channel){.fd = STEAL_FD(m->fds[0]),
	    .self = p->role,
	    .peer = peer,
	    .started = true};
	p->introduced[peer]++;
	pthread_mutex_unlock(&p->locks[peer]);
	return OK;
}

static void
take_listener(struct program *p, struct message *m)
{
	if (p->listen_fd >= 0)
		close(p->listen_fd);
	p->listen_fd = STEAL_FD(m->fds[0]);
}

static RESULT
begin_step(struct program *p)
{
	AUTO(message_clear) struct message m;

	TRY(channel_receive(&p->control, BEGIN_WAIT_MS, &m));
	if (m.type == MESSAGE_config)
		return take_config(p, &m);
	if (m.type == MESSAGE_peer)
		return take_peer(p, &m);
	if (m.type == MESSAGE_listen)
		take_listener(p, &m);
	return OK;
}

static void
prepare(enum role role, int control_fd, struct program *p)
{
	*p = (struct program){.role = role,
	    .listen_fd = -1,
	    .control = {
		.fd = control_fd, .self = role, .peer = ROLE_supervisor}};
	pthread_condattr_t monotonic;

	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		p->peers[i] = (struct channel){.fd = -1,
		    .self = role,
		    .peer = (enum role)i,
		    .started = true};
		pthread_mutex_init(&p->locks[i], NULL);
		pthread_cond_init(&p->answered[i], &monotonic);
	}
	pthread_condattr_destroy(&monotonic);
}

RESULT
program_begin_on(enum role role, int control_fd, struct program *out)
{
	prepare(role, control_fd, out);
	while (!out->control.started)
		TRY(begin_step(out));
	if (!out->conf)
		return FAIL(ERR_INVALID, "START came before CONFIG");
	return OK;
}

RESULT
program_begin(enum role role, struct program *out)
{
	int type = 0;
	socklen_t size = sizeof(type);

	prepare(role, -1, out);
	signal(SIGPIPE, SIG_IGN);
	if (getsockopt(CONTROL_FD, SOL_SOCKET, SO_TYPE, &type, &size) != 0 ||
	    type != SOCK_SEQPACKET)
		return FAIL(ERR_UNAVAILABLE,
		    "paraph-%s is started by paraphd, not by hand",
		    role_name(role));
	if (fcntl(CONTROL_FD, F_SETFD, FD_CLOEXEC) != 0)
		return FAIL(ERR_INTERNAL, "no control channel: %m");
	return program_begin_on(role, CONTROL_FD, out);
}

RESULT
program_ready(struct program *p, const char *missing)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	TRY(ready_put(&body, missing));
	return channel_send(
	    &p->control, MESSAGE_ready, 0, span_of_buf(&body), NULL, 0);
}

RESULT
program_control(struct program *p,
    void (*handle)(const struct message *m, void *data), void *data)
{
	AUTO(message_clear) struct message m;

	TRY(channel_receive(&p->control, 0, &m));
	if (m.type == MESSAGE_peer)
		return take_peer(p, &m);
	if (handle)
		handle(&m, data);
	return OK;
}

RESULT
program_send(
    struct program *p, enum role peer, enum message_type type, struct span body)
{
	pthread_mutex_lock(&p->locks[peer]);
	enum err result = channel_send(&p->peers[peer], type, 0, body, NULL, 0);
	pthread_mutex_unlock(&p->locks[peer]);
	return result;
}

/* One that waits for the answer of this number. */
struct asking {
	struct asking *next;
	uint32_t request;
	struct message *reply;
	bool done;
	enum err outcome; /* once it is done */
};

/* With the lock. Nobody will answer. */
static void
lose_all(struct program *p, enum role peer)
{
	for (struct asking *a = p->asking[peer]; a; a = a->next) {
		if (a->done)
			continue;
		a->done = true;
		a->outcome = ERR_UNAVAILABLE;
	}
	pthread_cond_broadcast(&p->answered[peer]);
}

/* With the lock: gives away one message that has come. */
static void
deliver(struct program *p, enum role peer)
{
	struct message m;
	enum err received = channel_receive(&p->peers[peer], 0, &m);

	if (received == ERR_EXPIRED)
		return;
	if (received != OK) {
		lose_all(p, peer);
		return;
	}
	for (struct asking *a = p->asking[peer]; a; a = a->next) {
		if (a->done || a->request != m.request)
			continue;
		message_clear(a->reply);
		*a->reply = m;
		a->done = true;
		a->outcome = OK;
		pthread_cond_broadcast(&p->answered[peer]);
		return;
	}
	message_clear(&m); /* to a question that was given up */
}

/* Reads for all, or waits until somebody has. */
static void
wait_for_answer(struct program *p, enum role peer, int64_t until)
{
	int64_t left = until - clock_ticks();

	left = left > 0 ? left : 0;
	if (p->reading[peer]) {
		struct timespec end;

		clock_gettime(CLOCK_MONOTONIC, &end);
		end.tv_sec += left / 1000;
		end.tv_nsec += left % 1000 * 1000000;
		end.tv_sec += end.tv_nsec / 1000000000;
		end.tv_nsec %= 1000000000;
		pthread_cond_timedwait(
		    &p->answered[peer], &p->locks[peer], &end);
		return;
	}
	struct pollfd fd = {p->peers[peer].fd, POLLIN, 0};
	p->reading[peer] = true;
	pthread_mutex_unlock(&p->locks[peer]);
	int ready = poll(&fd, 1, (int)left);
	pthread_mutex_lock(&p->locks[peer]);
	p->reading[peer] = false;
	if (ready > 0)
		deliver(p, peer);
}

static void
forget(struct program *p, enum role peer, const struct asking *mine)
{
	struct asking **at = &p->asking[peer];

	while (*at != mine)
		at = &(*at)->next;
	*at = mine->next;
	/* somebody else has to read now */
	pthread_cond_broadcast(&p->answered[peer]);
}

static RESULT
ask(struct program *p, enum role peer, enum message_type type,
    struct span body, int64_t until, struct message *reply)
{
	struct asking mine = {.next = p->asking[peer],
	    .request = channel_next_request(),
	    .reply = reply};

	TRY(channel_send(
	    &p->peers[peer], type, mine.request, body, NULL, 0));
	p->asking[peer] = &mine;
	while (!mine.done && clock_ticks() < until)
		wait_for_answer(p, peer, until);
	forget(p, peer, &mine);
	if (!mine.done)
		return FAIL(ERR_EXPIRED, "%s did not answer", role_name(peer));
	return mine.outcome == OK
		   ? OK
		   : FAIL(mine.outcome, "%s is gone", role_name(peer));
}

RESULT
program_ask(struct program *p, enum role peer, enum message_type type,
    struct span body, int timeout_ms, struct message *reply)
{
	int64_t until = clock_ticks() + timeout_ms;

	message_init(reply);
	pthread_mutex_lock(&p->locks[peer]);
	enum err result = ask(p, peer, type, body, until, reply);
	pthread_mutex_unlock(&p->locks[peer]);
	return result;
}

void
program_clear(struct program *p)
{
	channel_close(&p->control);
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		channel_close(&p->peers[i]);
		pthread_mutex_destroy(&p->locks[i]);
		pthread_cond_destroy(&p->answered[i]);
	}
	if (p->listen_fd >= 0)
		close(p->listen_fd);
	p->listen_fd = -1;
	conf_free(p->conf);
	p->conf = NULL;
}
