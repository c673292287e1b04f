/*
 * The supervisor's loop.
 *
 * It reads three things: signals, READY, and the programs' standard errors,
 * which it copies line by line. A line that does not begin as the program's
 * own log lines do is quoted under the program's name, so that none can speak
 * for another.
 */
#include "proc/supervise.h"

#include "base/clock.h"
#include "base/log.h"
#include "proc/program.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

#define END_WAIT (10 * SECOND)
#define FIRST ROLE_web
#define LAST_READS 16

struct supervisor {
	const struct spawn_plan *plan;
	struct child children[ROLE_COUNT]; /* [ROLE_supervisor] is not used */
	int signal_fd;
	int ready_fd;
	unsigned port;
	bool complete; /* all have been ready once */
	bool ending, refused;
};

static void
init(struct supervisor *s, const struct spawn_plan *plan, int ready_fd,
    unsigned port)
{
	sigset_t mine;

	*s = (struct supervisor){
	    .plan = plan, .ready_fd = ready_fd, .port = port};
	for (enum role r = 0; r < ROLE_COUNT; r++)
		s->children[r] = (struct child){
		    .role = r, .said_fd = -1, .control = {.fd = -1}};
	sigemptyset(&mine);
	sigaddset(&mine, SIGCHLD);
	sigaddset(&mine, SIGTERM);
	sigaddset(&mine, SIGINT);
	sigprocmask(SIG_BLOCK, &mine, NULL);
	signal(SIGPIPE, SIG_IGN);
	s->signal_fd = signalfd(-1, &mine, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* A program that does not take its messages is ended, and so restarted. */
static void
end_child(struct child *c, const char *why)
{
	log_warn("ending program=%s why=%s", role_name(c->role), why);
	channel_close(&c->control);
	if (c->pid > 0)
		kill(c->pid, SIGKILL);
}

/* --- what web is told --- */

static struct program_state
state_of(const struct child *c)
{
	struct program_state state = {.role = c->role,
	    .ready = c->ready,
	    .since = c->since,
	    .restarts = c->restarts};

	snprintf(state.missing, sizeof(state.missing), "%s", c->missing);
	return state;
}

static void
tell_web(struct supervisor *s)
{
	struct program_state states[ROLE_COUNT];
	struct child *web = &s->children[ROLE_web];
	AUTO(buf_clear) struct buf body;
	size_t count = 0;

	buf_init(&body, WIRE_MAX);
	if (s->ending || !web->control.started || web->control.fd < 0)
		return;
	for (enum role r = FIRST; r < ROLE_COUNT; r++)
		states[count++] = state_of(&s->children[r]);
	if (programs_put(&body, states, count) != OK ||
	    channel_send(&web->control, MESSAGE_programs, 0, span_of_buf(&body),
		NULL, 0) != OK)
		end_child(web, "does-not-listen");
}

/* --- starting --- */

static bool
is_up(const struct child *c)
{
	return c->pid > 0 && c->control.fd >= 0;
}

static void
introduce(struct supervisor *s, struct child *c, const bool fresh[ROLE_COUNT])
{
	for (const char *peer = role_peers(c->role); *peer; peer++) {
		struct child *other = &s->children[role_of_letter(*peer)];
		/* of two fresh ones, the first introduces */
		if (!is_up(other) ||
		    (fresh[other->role] && other->role < c->role))
			continue;
		if (spawn_introduce(c, other) != OK)
			log_warn("introduction failed between=%s,%s why=\"%s\"",
			    role_name(c->role), role_name(other->role),
			    err_explanation());
	}
}

static void
send_start(struct child *c)
{
	if (channel_send(
		&c->control, MESSAGE_start, 0, SPAN(NULL, 0), NULL, 0) != OK)
		end_child(c, "does-not-start");
}

static bool
start_child(struct supervisor *s, struct child *c)
{
	if (spawn_start(s->plan, c) == OK) {
		log_info("started program=%s pid=%d", role_name(c->role),
		    (int)c->pid);
		return true;
	}
	log_error("start failed program=%s why=\"%s\"", role_name(c->role),
	    err_explanation());
	if (c->pid > 0)
		end_child(c, "half-started");
	else
		spawn_ended(c);
	return false;
}

/* Starts what is due: first all processes, then who knows whom, then START. */
static void
start_due(struct supervisor *s)
{
	bool fresh[ROLE_COUNT] = {false};
	bool any = false;

	for (enum role r = FIRST; r < ROLE_COUNT; r++)
		if (s->children[r].pid == 0 &&
		    s->children[r].retry_at <= clock_ticks())
			any |= fresh[r] = start_child(s, &s->children[r]);
	for (enum role r = FIRST; r < ROLE_COUNT; r++)
		if (fresh[r])
			introduce(s, &s->children[r], fresh);
	for (enum role r = FIRST; r < ROLE_COUNT; r++)
		if (fresh[r])
			send_start(&s->children[r]);
	if (any)
		tell_web(s);
}

/* --- being told --- */

static void
tell_ready(struct supervisor *s)
{
	for (enum role r = FIRST; r < ROLE_COUNT; r++)
		if (!s->children[r].ready)
			return;
	s->complete = true;
	if (s->ready_fd < 0)
		return;
	dprintf(s->ready_fd, "ready %u\n", s->port);
	close(s->ready_fd);
	s->ready_fd = -1;
}

static void
take_ready(struct supervisor *s, struct child *c, const struct message *m)
{
	char missing[CONTROL_MISSING_MAX];

	if (ready_get(span_of_buf(&m->body), missing) != OK) {
		end_child(c, "unreadable-message");
		return;
	}
	snprintf(c->missing, sizeof(c->missing), "%.*s%s%s",
	    CONTROL_MISSING_MAX - 10, missing,
	    missing[0] && !spawn_has_own_user(c->role) ? " " : "",
	    spawn_has_own_user(c->role) ? "" : "users");
	c->ready = true;
	log_info(
	    "ready program=%s missing=\"%s\"", role_name(c->role), c->missing);
	tell_ready(s);
	tell_web(s);
}

static void
read_control(struct supervisor *s, struct child *c)
{
	AUTO(message_clear) struct message m;

	switch ((unsigned)channel_receive(&c->control, 0, &m)) {
	case OK:
		take_ready(s, c, &m);
		break;
	case ERR_EXPIRED:
		break;
	default:
		/* it is ending, or has broken the rules and must */
		c->kill_at = clock_ticks() + END_WAIT;
	}
}

/* --- what the programs say on standard error --- */

/* Whether a line reads "time NAME level ...", as log_line() writes it. */
static bool
is_own_line(const struct child *c, const char *line)
{
	const char *name = role_name(c->role);
	size_t length = strlen(name);

	return strlen(line) > CLOCK_TEXT_SIZE + length &&
	       line[CLOCK_TEXT_SIZE - 1] == ' ' &&
	       strncmp(line + CLOCK_TEXT_SIZE, name, length) == 0 &&
	       line[CLOCK_TEXT_SIZE + length] == ' ';
}

static void
copy_line(struct child *c)
{
	const char *line = buf_text(&c->said);

	if (c->said.size == 0)
		return;
	if (is_own_line(c, line))
		dprintf(STDERR_FILENO, "%s\n", line);
	else
		log_warn(
		    "said program=%s text=\"%s\"", role_name(c->role), line);
	c->said.size = 0;
}

static void
copy_byte(struct child *c, uint8_t byte)
{
	if (byte == '\n') {
		copy_line(c);
		return;
	}
	if (byte < 0x20 || byte == 0x7f)
		byte = '?';
	if (buf_add_byte(&c->said, byte) == OK)
		return;
	copy_line(c); /* too long for a line: the rest is another */
	/* fits: it was emptied just now */
	IGNORE(buf_add_byte(&c->said, byte));
}

/* Whether there was something. */
static bool
read_said(struct child *c)
{
	uint8_t bytes[4096];
	ssize_t size =
	    c->said_fd < 0 ? 0 : read(c->said_fd, bytes, sizeof(bytes));

	for (ssize_t i = 0; i < size; i++)
		copy_byte(c, bytes[i]);
	if (size == 0 && c->said_fd >= 0) {
		close(c->said_fd);
		c->said_fd = -1;
	}
	return size > 0;
}

/* --- ends --- */

static void
begin_end(struct supervisor *s, const char *why)
{
	if (s->ending)
		return;
	log_info("ending all why=%s", why);
	s->ending = true;
	for (enum role r = FIRST; r < ROLE_COUNT; r++) {
		s->children[r].kill_at = clock_ticks() + END_WAIT;
		if (s->children[r].pid > 0)
			kill(s->children[r].pid, SIGTERM);
	}
}

static void
log_end(const struct child *c, pid_t pid, int status)
{
	const char *how = WIFSIGNALED(status) ? "signal" : "status";
	int number =
	    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);

	log_warn("ended program=%s pid=%d %s=%d again_in_ms=%lld",
	    role_name(c->role), (int)pid, how, number, (long long)c->waits);
}

static void
child_ended(struct supervisor *s, struct child *c, int status)
{
	pid_t pid = c->pid;

	/* its last words: no more than a pipe holds */
	for (int i = 0; i < LAST_READS && read_said(c); i++)
		continue;
	copy_line(c);
	spawn_ended(c);
	if (s->ending)
		return;
	log_end(c, pid, status);
	/* before all have been ready once, a refusal is final */
	if (!s->complete && WIFEXITED(status) &&
	    WEXITSTATUS(status) == PROGRAM_REFUSES) {
		s->refused = true;
		begin_end(s, "a-program-refuses");
		return;
	}
	tell_web(s);
}

static void
reap(struct supervisor *s)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (enum role r = FIRST; r < ROLE_COUNT; r++)
			if (s->children[r].pid == pid)
				child_ended(s, &s->children[r], status);
}

static void
read_signals(struct supervisor *s)
{
	struct signalfd_siginfo info;

	while (read(s->signal_fd, &info, sizeof(info)) == sizeof(info)) {
		if (info.ssi_signo == SIGCHLD)
			reap(s);
		else
			begin_end(s, "asked");
	}
}

static bool
any_left(const struct supervisor *s)
{
	for (enum role r = FIRST; r < ROLE_COUNT; r++)
		if (s->children[r].pid > 0)
			return true;
	return false;
}

static void
end_those_that_stay(struct supervisor *s)
{
	for (enum role r = FIRST; r < ROLE_COUNT; r++) {
		struct child *c = &s->children[r];
		if (c->pid == 0 || c->kill_at == 0 ||
		    clock_ticks() < c->kill_at)
			continue;
		end_child(c, "did-not-end");
		c->kill_at += END_WAIT;
	}
}

/* --- the loop --- */

/* Ticks at which this child needs us without an event; INT64_MAX: never. */
static int64_t
due_at(const struct supervisor *s, const struct child *c)
{
	if (c->pid == 0)
		return s->ending ? INT64_MAX : c->retry_at;
	return c->kill_at > 0 ? c->kill_at : INT64_MAX;
}

/* Milliseconds until something is due; -1 for never. */
static int
until_due(const struct supervisor *s)
{
	int64_t now = clock_ticks(), first = INT64_MAX;

	for (enum role r = FIRST; r < ROLE_COUNT; r++) {
		int64_t due = due_at(s, &s->children[r]);
		if (due < first)
			first = due;
	}
	if (first == INT64_MAX)
		return -1;
	return first > now ? (int)(first - now) : 0;
}

static void
turn(struct supervisor *s)
{
	struct pollfd watched[1 + 2 * ROLE_COUNT] = {
	    {.fd = s->signal_fd, .events = POLLIN}};

	for (enum role r = 0; r < ROLE_COUNT; r++) {
		const struct child *c = &s->children[r];
		watched[1 + 2 * r] =
		    (struct pollfd){.fd = c->control.fd, .events = POLLIN};
		watched[2 + 2 * r] =
		    (struct pollfd){.fd = c->said_fd, .events = POLLIN};
	}
	if (poll(watched, 1 + 2 * ROLE_COUNT, until_due(s)) < 0)
		return;
	for (enum role r = FIRST; r < ROLE_COUNT; r++) {
		if (watched[2 + 2 * r].revents)
			read_said(&s->children[r]);
		if (watched[1 + 2 * r].revents)
			read_control(s, &s->children[r]);
	}
	if (watched[0].revents)
		read_signals(s);
}

RESULT
supervise(const struct spawn_plan *plan, int ready_fd, unsigned port)
{
	struct supervisor s;

	TRY(spawn_check(plan));
	init(&s, plan, ready_fd, port);
	AUTO(close) int signals = s.signal_fd;
	if (signals < 0)
		return FAIL(ERR_INTERNAL, "signalfd: %m");
	while (!s.ending || any_left(&s)) {
		if (!s.ending)
			start_due(&s);
		turn(&s);
		end_those_that_stay(&s);
	}
	if (s.refused)
		return FAIL(ERR_UNAVAILABLE, "a program refuses to start");
	return OK;
}
