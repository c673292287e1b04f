/*
 * Sending and receiving over a seqpacket socket.
 *
 * Header: type (2 octets), request (4), length of the body (4). The length
 * repeats what the kernel knows and is compared with it. Descriptors arrive
 * close-on-exec, and those of a refused message are closed before anything
 * else happens.
 */
#include "proc/channel.h"

#include "base/clock.h"
#include "base/enum.h"

#include <assert.h>
#include <errno.h>
#include <openssl/crypto.h>
#include <poll.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEADER_SIZE 10
#define SEND_WAIT_MS 2000

enum flag { STARTING, ANY };

struct row {
	enum message_type type;
	enum role from, to;
	size_t descriptors;
	enum flag flag;
};

static const struct row rows[] = {
#define MESSAGE(name, from, to, descriptors, flags)                            \
	{MESSAGE_##name, ROLE_##from, ROLE_##to, descriptors, flags},
#include "proc/messages.def"
#undef MESSAGE
};

static const char *const names[MESSAGE_COUNT] = {
    "none",
#define MESSAGE_NAME(name) #name,
#include "proc/message_names.def"
#undef MESSAGE_NAME
};

const char *
message_name(enum message_type type)
{
	return type < MESSAGE_COUNT ? names[type] : "unknown";
}

static bool
permitted(const struct channel *c, uint32_t type, enum role from, enum role to,
    size_t descriptors)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row *row = &rows[i];
		if (row->type == type && row->from == from && row->to == to)
			return row->descriptors == descriptors &&
			       (row->flag == ANY || !c->started);
	}
	return false;
}

static void
close_all(int *fds, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (fds[i] >= 0)
			close(fds[i]);
		fds[i] = -1;
	}
}

void
message_clear(struct message *m)
{
	close_all(m->fds, m->fd_count);
	buf_wipe(&m->body);
	m->fd_count = 0;
}

void
channel_close(struct channel *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
}

RESULT
channel_pair(int out[2])
{
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, out) != 0)
		return FAIL(ERR_INTERNAL, "no pair of sockets: %m");
	return OK;
}

/* Waits for an event; ERR_EXPIRED when the time is over. */
static RESULT
wait_for(int fd, short event, int timeout_ms)
{
	struct pollfd p = {.fd = fd, .events = event};
	int64_t end = clock_ticks() + timeout_ms;
	int rest = timeout_ms, ready;

	while ((ready = poll(&p, 1, rest)) < 0 && errno == EINTR) {
		int64_t left = end - clock_ticks();
		if (timeout_ms >= 0)
			rest = left > 0 ? (int)left : 0;
	}
	if (ready < 0)
		return FAIL(ERR_INTERNAL, "cannot wait: %m");
	return ready > 0 ? OK : FAIL(ERR_EXPIRED, "nothing came");
}

static void
attach(struct msghdr *packet, void *control, const int *fds, size_t count)
{
	if (count == 0)
		return;
	packet->msg_control = control;
	packet->msg_controllen = CMSG_SPACE(count * sizeof(int));
	struct cmsghdr *c = CMSG_FIRSTHDR(packet);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(count * sizeof(int));
	memcpy(CMSG_DATA(c), fds, count * sizeof(int));
}

/*
 * The kernel counts descriptors on their way by user and holds the count
 * against the sender's own limit, which is 1 for a caged reader: those of
 * others must arrive first, and on a machine that has too much to do that
 * takes a while.
 */
static RESULT
wait_for_others(const struct channel *c, int64_t begun)
{
	int64_t end = begun + SEND_WAIT_MS;

	if (end < c->patient_until)
		end = c->patient_until;
	if (clock_ticks() >= end)
		return FAIL(ERR_UNAVAILABLE,
		    "descriptors of others are on their way for too long");
	poll(NULL, 0, 2);
	return OK;
}

static RESULT
transmit(const struct channel *c, const struct msghdr *packet)
{
	int64_t begun = clock_ticks();

	while (sendmsg(c->fd, packet, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
		if (errno == EINTR)
			continue;
		if (errno == ETOOMANYREFS)
			TRY(wait_for_others(c, begun));
		else if (errno != EAGAIN)
			return FAIL(ERR_UNAVAILABLE, "the peer is gone: %m");
		else if (wait_for(c->fd, POLLOUT, SEND_WAIT_MS) != OK)
			return FAIL(ERR_UNAVAILABLE, "the peer does not read");
	}
	return OK;
}

static void
write_header(uint8_t header[HEADER_SIZE], enum message_type type,
    uint32_t request, size_t length)
{
	AUTO(buf_clear) struct buf b;

	buf_init(&b, HEADER_SIZE);
	put_u8(&b, (uint8_t)(type >> 8));
	put_u8(&b, (uint8_t)type);
	put_u32(&b, request);
	put_u32(&b, (uint32_t)length);
	memcpy(header, b.data, HEADER_SIZE);
}

RESULT
channel_put(const struct channel *c, enum message_type type,
    struct span body, struct buf *out)
{
	uint8_t header[HEADER_SIZE];

	if (!permitted(c, type, c->self, c->peer, 0))
		return FAIL(ERR_INTERNAL, "%s may not go to %s now",
		    message_name(type), role_name(c->peer));
	write_header(header, type, 0, body.size);
	TRY(buf_add(out, header, HEADER_SIZE));
	return buf_add(out, body.data, body.size);
}

RESULT
channel_send(struct channel *c, enum message_type type, uint32_t request,
    struct span body, const int *fds, size_t fd_count)
{
	char control[CMSG_SPACE(MESSAGE_FDS_MAX * sizeof(int))]
	    __attribute__((aligned(8))) = {0};
	uint8_t header[HEADER_SIZE];

	if (c->fd < 0)
		return FAIL(
		    ERR_UNAVAILABLE, "%s is not there", role_name(c->peer));
	if (!permitted(c, type, c->self, c->peer, fd_count))
		return FAIL(ERR_INTERNAL, "%s may not go to %s now",
		    message_name(type), role_name(c->peer));
	if (body.size > WIRE_MAX)
		return FAIL(
		    ERR_TOO_LARGE, "%s is too long", message_name(type));
	write_header(header, type, request, body.size);
	struct iovec parts[] = {
	    {header, HEADER_SIZE}, {(void *)(uintptr_t)body.data, body.size}};
	struct msghdr packet = {
	    .msg_iov = parts, .msg_iovlen = body.size > 0 ? 2 : 1};
	attach(&packet, control, fds, fd_count);
	TRY(transmit(c, &packet));
	if (type == MESSAGE_start)
		c->started = true;
	return OK;
}

/* Takes every descriptor of the packet, wanted or not. */
static void
detach(struct msghdr *packet, struct message *m)
{
	struct cmsghdr *c = CMSG_FIRSTHDR(packet);

	if (!c || c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
		return;
	size_t count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
	/* the control buffer has room for no more; the kernel closed others */
	assert(count <= MESSAGE_FDS_MAX);
	memcpy(m->fds, CMSG_DATA(c), count * sizeof(int));
	m->fd_count = count;
}

static RESULT
read_header(
    struct channel *c, const uint8_t header[HEADER_SIZE], struct message *m)
{
	struct wire_reader r = wire_read(SPAN(header, HEADER_SIZE));
	uint32_t high = get_u8(&r);
	uint32_t type = high << 8 | get_u8(&r);

	m->request = get_u32(&r);
	if (get_u32(&r) != m->body.size)
		return FAIL(ERR_UNAVAILABLE, "a wrong length came");
	if (!permitted(c, type, c->peer, c->self, m->fd_count))
		return FAIL(ERR_UNAVAILABLE, "%s may not send %s (%zu) now",
		    role_name(c->peer), message_name(type), m->fd_count);
	m->type = type;
	return OK;
}

/* Into place, which has room for the longest; size: of its body. */
static RESULT
take_packet(struct channel *c, struct message *m, uint8_t *place,
    uint8_t header[HEADER_SIZE], size_t *size)
{
	char control[CMSG_SPACE(MESSAGE_FDS_MAX * sizeof(int))]
	    __attribute__((aligned(8)));
	struct iovec parts[] = {{header, HEADER_SIZE}, {place, WIRE_MAX}};
	struct msghdr packet = {.msg_iov = parts,
	    .msg_iovlen = 2,
	    .msg_control = control,
	    .msg_controllen = sizeof(control)};
	ssize_t got;

	do
		got = recvmsg(
		    c->fd, &packet, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
	while (got < 0 && errno == EINTR);
	if (got < 0 && errno == EAGAIN)
		return FAIL(ERR_EXPIRED, "nothing came");
	if (got <= 0)
		return FAIL(ERR_UNAVAILABLE, "%s is gone", role_name(c->peer));
	detach(&packet, m);
	*size = got > HEADER_SIZE ? (size_t)got - HEADER_SIZE : 0;
	if (got < HEADER_SIZE || packet.msg_flags & (MSG_TRUNC | MSG_CTRUNC))
		return FAIL(ERR_UNAVAILABLE, "%s sent what is no message",
		    role_name(c->peer));
	return OK;
}

/* A body as long as what came: to fill or to wipe room for the longest would
 * cost more than a short message does altogether. */
static RESULT
take_message(struct channel *c, struct message *m)
{
	__attribute__((uninitialized)) uint8_t place[WIRE_MAX];
	uint8_t header[HEADER_SIZE];
	size_t size = 0;

	enum err result = take_packet(c, m, place, header, &size);
	if (result == OK)
		result = buf_add(&m->body, place, size);
	OPENSSL_cleanse(place, size);
	TRY(result);
	return read_header(c, header, m);
}

void
message_init(struct message *m)
{
	*m = (struct message){.fds = {-1, -1}};
	buf_init(&m->body, WIRE_MAX);
}

RESULT
channel_receive(struct channel *c, int timeout_ms, struct message *m)
{
	message_init(m);
	if (c->fd < 0)
		return FAIL(
		    ERR_UNAVAILABLE, "%s is not there", role_name(c->peer));
	if (timeout_ms != 0) /* else to look is to take */
		TRY(wait_for(c->fd, POLLIN, timeout_ms));
	enum err result = take_message(c, m);
	if (result == ERR_EXPIRED)
		return result;
	if (result != OK) {
		message_clear(m);
		channel_close(c);
		return result;
	}
	if (m->type == MESSAGE_start)
		c->started = true;
	return OK;
}

uint32_t
channel_next_request(void)
{
	static _Atomic uint32_t last;
	uint32_t number;

	do
		number = atomic_fetch_add(&last, 1) + 1;
	while (number == 0);
	return number;
}

RESULT
channel_ask_with(struct channel *c, enum message_type type, struct span body,
    const int *fds, size_t fd_count, int timeout_ms, struct message *reply)
{
	uint32_t number = channel_next_request();
	int64_t end = clock_ticks() + timeout_ms;

	message_init(reply);
	TRY(channel_send(c, type, number, body, fds, fd_count));
	for (;;) {
		int64_t left = end - clock_ticks();
		TRY(channel_receive(c, left > 0 ? (int)left : 0, reply));
		if (reply->request == number)
			return OK;
		/* the answer to a question given up earlier */
		message_clear(reply);
	}
}

RESULT
channel_ask(struct channel *c, enum message_type type, struct span body,
    int timeout_ms, struct message *reply)
{
	return channel_ask_with(c, type, body, NULL, 0, timeout_ms, reply);
}
