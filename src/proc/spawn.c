/*
 * Fork and exec.
 *
 * Between the two only what is safe there: the supervisor has one thread. A
 * program dies with the supervisor twice over: its control channel ends, and
 * the kernel sends it SIGKILL.
 */
#include "proc/spawn.h"

#include "base/clock.h"
#include "base/enum.h"
#include "proc/memfile.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONFIG_MAX ((size_t)128 * 1024)
#define CONTROL_FD 3
#define BACK_OFF_FIRST 100
#define BACK_OFF_LAST (10 * SECOND)
#define UP_LONG_ENOUGH (30 * SECOND)
#define LINE_ROOM 2048
#define ENVIRONMENT_MAX 24

/* Variables that a program gets: a fixed value, or the supervisor's own. */
static const struct {
	const char *name;
	const char *value; /* NULL: handed on, if it is there */
	const char *programs;
} environment[] = {
    {"ASAN_OPTIONS", NULL, "wcig"},
    {"LANG", "C.UTF-8", "wcig"},
    {"OMP_THREAD_LIMIT", "1", "i"},
    {"OPENBLAS_NUM_THREADS", "1", "i"},
    {"PATH", "/usr/bin:/bin", "wcig"},
    {"SOFTHSM2_CONF", NULL, "g"},
    {"SSL_CERT_FILE", NULL, "c"},
    {"TSAN_OPTIONS", NULL, "w"},
    {"UBSAN_OPTIONS", NULL, "wcig"},
};

static void
executable(const struct spawn_plan *plan, enum role role, char out[4096])
{
	snprintf(out, 4096, "%s/paraph-%s", plan->folder, role_name(role));
}

bool
spawn_has_own_user(enum role role)
{
	return geteuid() == 0 && getpwnam(role_user(role)) != NULL;
}

RESULT
spawn_check(const struct spawn_plan *plan)
{
	char path[4096];

	for (enum role r = ROLE_web; r < ROLE_COUNT; r++) {
		executable(plan, r, path);
		if (access(path, X_OK) != 0)
			return FAIL(ERR_NOT_FOUND, "cannot run %s: %m", path);
		if (plan->strict && geteuid() == 0 && !spawn_has_own_user(r))
			return FAIL(ERR_UNAVAILABLE,
			    "there is no user %s; create it, start as an "
			    "ordinary user, or set sandbox.mode = demo",
			    role_user(r));
	}
	return OK;
}

/* --- in the child, up to exec; any failure ends it --- */

static void
give_up(const char *what)
{
	dprintf(STDERR_FILENO, "cannot start: %s: %s\n", what, strerror(errno));
	_exit(127);
}

static void
arrange_descriptors(int control_fd, int said_fd)
{
	int null = open("/dev/null", O_RDWR);

	if (dup2(said_fd, STDERR_FILENO) < 0 || null < 0 ||
	    dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0)
		give_up("standard descriptors");
	if (control_fd == CONTROL_FD ? fcntl(CONTROL_FD, F_SETFD, 0) != 0
				     : dup2(control_fd, CONTROL_FD) < 0)
		give_up("control channel");
	if (close_range(CONTROL_FD + 1, ~0U, 0) != 0)
		give_up("close_range");
}

static void
become_user(enum role role)
{
	const struct passwd *user = getpwnam(role_user(role));

	if (geteuid() != 0 || !user)
		return;
	if (initgroups(user->pw_name, user->pw_gid) != 0 ||
	    setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)
		give_up("user");
}

static void
fill_environment(enum role role, char store[][512], char **out)
{
	size_t count = 0;

	for (size_t i = 0; i < COUNT_OF(environment); i++) {
		const char *name = environment[i].name;
		const char *value = environment[i].value;
		if (!value)
			value = getenv(name);
		if (!value ||
		    !strchr(environment[i].programs, role_letter(role)))
			continue;
		snprintf(store[count], 512, "%s=%s", name, value);
		out[count] = store[count];
		count++;
	}
	out[count] = NULL;
}

static void
become_program(const struct spawn_plan *plan, enum role role, pid_t parent)
{
	char path[4096], store[ENVIRONMENT_MAX][512];
	char *variables[ENVIRONMENT_MAX + 1];
	sigset_t none;

	_Static_assert(COUNT_OF(environment) <= ENVIRONMENT_MAX, "room");
	executable(plan, role, path);
	fill_environment(role, store, variables);
	become_user(role);
	/* after the change of user, which would undo it */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
		give_up("the supervisor is gone");
	signal(SIGPIPE, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	umask(0027);
	char *const arguments[] = {path, NULL};
	execve(path, arguments, variables);
	give_up(path);
}

/* --- in the supervisor --- */

static RESULT
fork_program(const struct spawn_plan *plan, struct child *c, int control_fd)
{
	pid_t parent = getpid();
	int said[2];

	if (pipe2(said, O_CLOEXEC) != 0)
		return FAIL(ERR_INTERNAL, "no pipe: %m");
	pid_t pid = fork();
	if (pid == 0) {
		/* its own session: an interrupt at the terminal is ours */
		setsid();
		arrange_descriptors(control_fd, said[1]);
		become_program(plan, c->role, parent);
	}
	close(said[1]);
	if (pid < 0) {
		close(said[0]);
		return FAIL(ERR_INTERNAL, "cannot fork: %m");
	}
	fcntl(said[0], F_SETFL, O_NONBLOCK);
	c->pid = pid;
	c->said_fd = said[0];
	buf_init(&c->said, LINE_ROOM);
	return OK;
}

static RESULT
send_config(const struct spawn_plan *plan, struct child *c)
{
	AUTO(buf_wipe) struct buf text;
	AUTO(close) int fd = -1;

	buf_init(&text, CONFIG_MAX);
	TRY(conf_extract(plan->conf, role_letter(c->role), &text));
	TRY(memfile_make(span_of_buf(&text), &fd));
	return channel_send(
	    &c->control, MESSAGE_config, 0, SPAN(NULL, 0), &fd, 1);
}

RESULT
spawn_start(const struct spawn_plan *plan, struct child *c)
{
	int fds[2];

	TRY(channel_pair(fds));
	AUTO(close) int theirs = fds[1];
	c->control = (struct channel){
	    .fd = fds[0], .self = ROLE_supervisor, .peer = c->role};
	c->ready = false;
	c->missing[0] = '\0';
	c->since = clock_now();
	c->began = clock_ticks();
	TRY(fork_program(plan, c, theirs));
	TRY(send_config(plan, c));
	if (c->role != ROLE_web)
		return OK;
	return channel_send(
	    &c->control, MESSAGE_listen, 0, SPAN(NULL, 0), &plan->listen_fd, 1);
}

static RESULT
send_peer(struct child *to, enum role peer, int fd)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	TRY(peer_put(&body, peer));
	return channel_send(
	    &to->control, MESSAGE_peer, 0, span_of_buf(&body), &fd, 1);
}

RESULT
spawn_introduce(struct child *a, struct child *b)
{
	int fds[2];

	TRY(channel_pair(fds));
	AUTO(close) int first = fds[0];
	AUTO(close) int second = fds[1];
	TRY(send_peer(a, b->role, first));
	return send_peer(b, a->role, second);
}

void
spawn_ended(struct child *c)
{
	int64_t now = clock_ticks();

	channel_close(&c->control);
	if (c->said_fd >= 0)
		close(c->said_fd);
	c->said_fd = -1;
	buf_clear(&c->said);
	c->pid = 0;
	c->kill_at = 0;
	c->ready = false;
	c->since = 0;
	if (c->back_off == 0 || now - c->began >= UP_LONG_ENOUGH)
		c->back_off = BACK_OFF_FIRST;
	c->waits = c->back_off;
	c->retry_at = now + c->waits;
	c->back_off =
	    c->back_off * 2 > BACK_OFF_LAST ? BACK_OFF_LAST : c->back_off * 2;
	c->restarts++;
}
