/*
 * Stands for one of the four programs (which one, its file name says) and
 * only passes questions on: a connection to web asks the clerk, which asks
 * the signer and the inspector. Each answers with its process number.
 *
 * It takes back the kernel's promise to end it with its parent, so that the
 * end of the control channel alone must do.
 */
#include "base/log.h"
#include "proc/control.h"
#include "proc/memfile.h"
#include "proc/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#define ASK_MS 2000

static struct program program;
static struct program_state states[ROLE_COUNT];
static size_t state_count;

static enum role
role_of_file_name(void)
{
	const char *name = program_invocation_short_name;

	for (enum role r = ROLE_web; r < ROLE_COUNT; r++)
		if (strcmp(name + strlen("paraph-"), role_name(r)) == 0)
			return r;
	exit(2);
}

static void
put_pid(struct buf *b)
{
	if (buf_add_format(
		b, "%s=%d ", role_name(program.role), (int)getpid()) != OK)
		abort();
}

static void
reply(struct channel *c, enum message_type type, uint32_t request,
    struct span before)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, 1000);
	put_pid(&body);
	IGNORE(buf_add_span(&body, before));
	IGNORE(channel_send(c, type, request, span_of_buf(&body), NULL, 0));
}

/* --- clerk --- */

static void
ask_signer(struct buf *out)
{
	AUTO(message_clear) struct message m;

	if (channel_ask(&program.peers[ROLE_signer], MESSAGE_status,
		SPAN(NULL, 0), ASK_MS, &m) == OK)
		IGNORE(buf_add_span(out, span_of_buf(&m.body)));
}

static void
ask_inspector(struct buf *out)
{
	AUTO(message_clear) struct message m;
	AUTO(close) int document = -1;
	int pair[2];

	message_init(&m);
	if (memfile_make(span_of_text("picture"), &document) != OK ||
	    channel_pair(pair) != OK)
		abort();
	struct channel answers = {.fd = pair[0],
	    .self = ROLE_clerk,
	    .peer = ROLE_inspector,
	    .started = true};
	const int fds[] = {document, pair[1]};
	IGNORE(channel_send(&program.peers[ROLE_inspector], MESSAGE_inspect, 1,
	    SPAN(NULL, 0), fds, 2));
	close(pair[1]);
	if (channel_receive(&answers, ASK_MS, &m) == OK)
		IGNORE(buf_add_span(out, span_of_buf(&m.body)));
	channel_close(&answers);
}

static void
pass_on(const struct message *m)
{
	AUTO(buf_clear) struct buf said;

	buf_init(&said, 1000);
	ask_signer(&said);
	ask_inspector(&said);
	reply(&program.peers[ROLE_web], MESSAGE_still_missing, m->request,
	    span_of_buf(&said));
}

/* --- inspector --- */

static void
inspect(struct message *m)
{
	struct channel answers = {.fd = STEAL_FD(m->fds[1]),
	    .self = ROLE_inspector,
	    .peer = ROLE_clerk,
	    .started = true};

	reply(&answers, MESSAGE_unreadable, m->request, SPAN(NULL, 0));
	channel_close(&answers);
}

/* --- web --- */

static void
put_programs(struct buf *b)
{
	size_t ready = 0;

	for (size_t i = 0; i < state_count; i++)
		ready += states[i].ready;
	if (buf_add_format(b, "ready=%zu missing=%s\n", ready,
		state_count > 0 ? states[0].missing : "?") != OK)
		abort();
}

static void
serve(void)
{
	AUTO(close)
	int caller = accept4(program.listen_fd, NULL, NULL, SOCK_CLOEXEC);
	AUTO(message_clear) struct message m;
	AUTO(buf_clear) struct buf said;

	message_init(&m);
	buf_init(&said, 2000);
	if (caller < 0)
		return;
	put_pid(&said);
	if (program_ask(&program, ROLE_clerk, MESSAGE_still, SPAN(NULL, 0),
		2 * ASK_MS, &m) == OK)
		IGNORE(buf_add_span(&said, span_of_buf(&m.body)));
	put_programs(&said);
	if (write(caller, said.data, said.size) < 0)
		return;
}

/* --- all --- */

static void
handle_control(const struct message *m, void *data)
{
	(void)data;
	if (m->type == MESSAGE_programs)
		IGNORE(
		    programs_get(span_of_buf(&m->body), states, &state_count));
}

static void
handle_peer(struct channel *c)
{
	AUTO(message_clear) struct message m;

	if (channel_receive(c, 0, &m) != OK)
		return;
	if (m.type == MESSAGE_still)
		pass_on(&m);
	if (m.type == MESSAGE_status)
		reply(c, MESSAGE_status_reply, m.request, SPAN(NULL, 0));
	if (m.type == MESSAGE_inspect)
		inspect(&m);
}

static int
turn(void)
{
	struct pollfd watched[2 + ROLE_COUNT] = {
	    {.fd = program.control.fd, .events = POLLIN},
	    {.fd = program.listen_fd, .events = POLLIN}};

	for (size_t r = 0; r < ROLE_COUNT; r++)
		watched[2 + r] = (struct pollfd){
		    .fd = program.peers[r].fd, .events = POLLIN};
	if (poll(watched, 2 + ROLE_COUNT, -1) < 0)
		return 1;
	if (watched[0].revents &&
	    program_control(&program, handle_control, NULL) == ERR_UNAVAILABLE)
		return 0;
	if (watched[1].revents)
		serve();
	for (size_t r = 0; r < ROLE_COUNT; r++)
		if (watched[2 + r].revents)
			handle_peer(&program.peers[r]);
	return 1;
}

int
main(void)
{
	enum role role = role_of_file_name();

	prctl(PR_SET_PDEATHSIG, 0);
	log_as(role_name(role));
	if (program_begin(role, &program) != OK)
		return 1;
	/* no model: how the test asks for a refusal */
	if (role == ROLE_inspector &&
	    conf_text(program.conf, CONF_vision_models)[0] == '\0')
		return PROGRAM_REFUSES;
	log_info("stands in");
	if (role == ROLE_web)
		fprintf(stderr, "2026-11-23T00:00:00.000Z signer info lie\n");
	if (program_ready(&program, "") != OK)
		return 1;
	while (turn())
		continue;
	program_clear(&program);
	return 0;
}
