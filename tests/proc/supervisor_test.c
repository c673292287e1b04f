/*
 * paraphd and four stand-ins: start, restarts, introductions, ends.
 * Arguments: paraphd, the folder of the stand-ins.
 *
 * The test is the reaper of orphans, so that it can wait for programs whose
 * supervisor is gone; an alarm ends a test that waits in vain.
 */
#include "base/buf.h"
#include "base/enum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define TRIES 200
#define PAUSE_US 50000
#define LOG_MAX ((size_t)1024 * 1024)

static const char *paraphd, *stand_ins;

struct stage {
	char folder[64];
	pid_t pid;
	unsigned port;
	struct buf log;
};

static void
write_config(struct stage *s, const char *text)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/paraph.conf", s->folder);
	AUTO(fclose) FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
}

/* ready_fd: -1, where nobody waits to hear. */
static pid_t
start(struct stage *s, int ready_fd)
{
	char config[128], log[128], ready[16];

	snprintf(config, sizeof(config), "%s/paraph.conf", s->folder);
	snprintf(log, sizeof(log), "%s/log", s->folder);
	snprintf(ready, sizeof(ready), "%d", ready_fd);
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	dup2(fd, STDERR_FILENO);
	dup2(fd, STDOUT_FILENO);
	execl(paraphd, "paraphd", "--config", config, "--programs", stand_ins,
	    ready_fd < 0 ? NULL : "--ready-fd", ready, NULL);
	_exit(126);
}

static const char *
log_text(struct stage *s)
{
	char path[128];
	uint8_t *place;
	struct stat st;

	snprintf(path, sizeof(path), "%s/log", s->folder);
	AUTO(close) int fd = open(path, O_RDONLY);
	assert_int_equal(fstat(fd, &st), 0);
	buf_clear(&s->log);
	assert_int_equal(buf_extend(&s->log, (size_t)st.st_size, &place), OK);
	assert_int_equal(read(fd, place, s->log.size), st.st_size);
	return buf_text(&s->log);
}

static void
assert_logged(struct stage *s, const char *text)
{
	for (int i = 0; i < TRIES; i++) {
		if (strstr(log_text(s), text))
			return;
		usleep(PAUSE_US);
	}
	fprintf(stderr, "# %s\n", log_text(s));
	fail_msg("not logged: %s", text);
}

/* Starts paraphd with a configuration and waits until all are ready. */
static void
start_ready(struct stage *s, const char *config)
{
	char line[64] = "";
	int fds[2];

	write_config(s, config);
	assert_int_equal(pipe(fds), 0);
	s->pid = start(s, fds[1]);
	close(fds[1]);
	AUTO(close) int fd = fds[0];
	if (read(fd, line, sizeof(line) - 1) <= 0)
		fail_msg("never ready: %s", log_text(s));
	assert_int_equal(sscanf(line, "ready %u\n", &s->port), 1);
}

#define DEMO "[web]\nlisten = 127.0.0.1:0\n[sandbox]\nmode = demo\n"

static int
raise_stage(void **state)
{
	struct stage *s = calloc(1, sizeof(*s));

	assert_non_null(s);
	snprintf(s->folder, sizeof(s->folder), "/tmp/paraph-proc-XXXXXX");
	assert_non_null(mkdtemp(s->folder));
	buf_init(&s->log, LOG_MAX);
	alarm(60);
	*state = s;
	return 0;
}

static void
remove_file(const struct stage *s, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", s->folder, name);
	unlink(path);
}

/* Every program must have ended by itself: the test waits for each. */
static int
strike_stage(void **state)
{
	struct stage *s = *state;

	if (s->pid > 0)
		kill(s->pid, SIGKILL);
	while (wait(NULL) > 0 || errno == EINTR)
		continue;
	remove_file(s, "paraph.conf");
	remove_file(s, "log");
	rmdir(s->folder);
	buf_clear(&s->log);
	free(s);
	alarm(0);
	return 0;
}

/* --- asking --- */

struct answer {
	int web, clerk, signer, inspector, ready;
	char missing[64];
};

static int
connect_to(unsigned port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	close(fd);
	return -1;
}

/* Whether all four have answered. */
static bool
ask(const struct stage *s, struct answer *out)
{
	AUTO(close) int fd = connect_to(s->port);
	char text[512] = "";
	size_t size = 0;
	ssize_t got;

	*out = (struct answer){0};
	while (fd >= 0 && size < sizeof(text) - 1 &&
	       (got = read(fd, text + size, sizeof(text) - 1 - size)) > 0)
		size += (size_t)got;
	return sscanf(text,
		   "web=%d clerk=%d signer=%d inspector=%d ready=%d "
		   "missing=%63[^\n]",
		   &out->web, &out->clerk, &out->signer, &out->inspector,
		   &out->ready, out->missing) >= 5 &&
	       out->ready == 4;
}

static struct answer
ask_until_complete(const struct stage *s)
{
	struct answer a;

	for (int i = 0; i < TRIES; i++) {
		if (ask(s, &a))
			return a;
		usleep(PAUSE_US);
	}
	fail_msg("the four never answered together");
	return a;
}

static struct answer
ask_after_kill(const struct stage *s, int pid)
{
	assert_int_equal(kill(pid, SIGKILL), 0);
	for (int i = 0; i < TRIES; i++) {
		struct answer a = ask_until_complete(s);
		if (a.web != pid && a.clerk != pid && a.signer != pid &&
		    a.inspector != pid)
			return a;
		usleep(PAUSE_US);
	}
	fail_msg("nobody took the place of the one that was killed");
	return (struct answer){0};
}

/* --- tests --- */

static void
starts_four_programs_that_reach_each_other(void **state)
{
	struct stage *s = *state;

	start_ready(s, DEMO);
	struct answer a = ask_until_complete(s);
	assert_true(a.web != a.clerk && a.clerk != a.signer);
	assert_logged(s, "ready program=signer");
}

static void
tells_web_that_the_programs_share_a_user(void **state)
{
	struct stage *s = *state;

	start_ready(s, DEMO);
	struct answer a = ask_until_complete(s);
	assert_string_equal(a.missing, "users");
}

static void
a_killed_program_comes_back_and_is_introduced_again(void **state)
{
	struct stage *s = *state;

	start_ready(s, DEMO);
	struct answer before = ask_until_complete(s);
	struct answer a = ask_after_kill(s, before.clerk);
	assert_int_equal(a.web, before.web);
	assert_int_equal(a.signer, before.signer);
	a = ask_after_kill(s, a.signer);
	assert_int_equal(a.web, before.web);
	a = ask_after_kill(s, a.inspector);
	assert_int_equal(a.web, before.web);
	a = ask_after_kill(s, a.web);
	assert_int_not_equal(a.web, before.web);
}

static void
two_killed_together_come_back(void **state)
{
	struct stage *s = *state;

	start_ready(s, DEMO);
	struct answer before = ask_until_complete(s);
	assert_int_equal(kill(before.web, SIGKILL), 0);
	struct answer a = ask_after_kill(s, before.clerk);
	assert_int_not_equal(a.clerk, before.clerk);
}

static void
waits_longer_after_each_end(void **state)
{
	struct stage *s = *state;

	start_ready(s, DEMO);
	struct answer a = ask_until_complete(s);
	a = ask_after_kill(s, a.inspector);
	assert_logged(s, "signal=9 again_in_ms=100");
	a = ask_after_kill(s, a.inspector);
	assert_logged(s, "signal=9 again_in_ms=200");
	ask_after_kill(s, a.inspector);
	assert_logged(s, "signal=9 again_in_ms=400");
}

static void
ends_all_when_asked(void **state)
{
	struct stage *s = *state;
	int status;

	start_ready(s, DEMO);
	struct answer a = ask_until_complete(s);
	assert_int_equal(kill(s->pid, SIGTERM), 0);
	assert_int_equal(waitpid(s->pid, &status, 0), s->pid);
	s->pid = 0;
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_int_equal(kill(a.signer, 0), -1);
	assert_int_equal(kill(a.web, 0), -1);
	assert_logged(s, "ending all why=asked");
}

static void
programs_end_by_themselves_when_the_supervisor_is_killed(void **state)
{
	struct stage *s = *state;
	int ended = 0;

	start_ready(s, DEMO);
	struct answer a = ask_until_complete(s);
	assert_int_equal(kill(s->pid, SIGKILL), 0);
	s->pid = 0;
	while (wait(NULL) > 0)
		ended++;
	assert_int_equal(ended, 5);
	assert_int_equal(kill(a.clerk, 0), -1);
}

static void
a_new_supervisor_takes_the_port_of_a_killed_one(void **state)
{
	struct stage *s = *state;
	char config[256];

	start_ready(s, DEMO);
	ask_until_complete(s);
	assert_int_equal(kill(s->pid, SIGKILL), 0);
	while (wait(NULL) > 0)
		continue;
	snprintf(config, sizeof(config),
	    "[web]\nlisten = 127.0.0.1:%u\n[sandbox]\nmode = demo\n", s->port);
	start_ready(s, config);
	ask_until_complete(s);
}

static int
status_of_start(struct stage *s, const char *config)
{
	int status;

	write_config(s, config);
	s->pid = start(s, -1);
	assert_int_equal(waitpid(s->pid, &status, 0), s->pid);
	s->pid = 0;
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
ends_when_a_program_refuses_to_start(void **state)
{
	struct stage *s = *state;

	assert_int_equal(status_of_start(s, DEMO "[vision]\nmodels =\n"), 1);
	assert_logged(s, "ended program=inspector");
	assert_logged(s, "a program refuses to start");
}

static void
says_when_the_port_is_taken(void **state)
{
	struct stage *s = *state;
	struct sockaddr_in address = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof(address);
	AUTO(close) int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char config[256];

	assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_int_equal(
	    getsockname(fd, (struct sockaddr *)&address, &size), 0);
	snprintf(config, sizeof(config),
	    "[web]\nlisten = 127.0.0.1:%d\n[sandbox]\nmode = demo\n",
	    ntohs(address.sin_port));
	assert_int_equal(status_of_start(s, config), 1);
	assert_logged(s, "choose another web.listen");
}

static void
refuses_a_bad_configuration(void **state)
{
	struct stage *s = *state;

	assert_int_equal(status_of_start(s, "[web]\nlisten = 8080\n"), 1);
	assert_logged(s, "not address:port");
	assert_int_equal(status_of_start(s, "[sandbox]\nmode = off\n"), 1);
	assert_logged(s, "strict or demo");
}

/* Only root can give programs users of their own; the users are not here. */
static void
strict_refuses_root_without_users_for_the_programs(void **state)
{
	struct stage *s = *state;

	if (geteuid() != 0 || getpwnam("_paraph-web"))
		skip();
	assert_int_equal(
	    status_of_start(s, "[web]\nlisten = 127.0.0.1:0\n"), 1);
	assert_logged(s, "there is no user _paraph-web");
}

static void
quotes_what_is_not_a_programs_own_line(void **state)
{
	struct stage *s = *state;

	start_ready(s, DEMO);
	assert_logged(s, " clerk info stands in\n");
	assert_logged(s, "said program=web text=\"2026-11-23T00:00:00.000Z "
			 "signer info lie\"");
}

#define STAGED(f) cmocka_unit_test_setup_teardown(f, raise_stage, strike_stage)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    STAGED(starts_four_programs_that_reach_each_other),
	    STAGED(tells_web_that_the_programs_share_a_user),
	    STAGED(a_killed_program_comes_back_and_is_introduced_again),
	    STAGED(two_killed_together_come_back),
	    STAGED(waits_longer_after_each_end),
	    STAGED(ends_all_when_asked),
	    STAGED(programs_end_by_themselves_when_the_supervisor_is_killed),
	    STAGED(a_new_supervisor_takes_the_port_of_a_killed_one),
	    STAGED(ends_when_a_program_refuses_to_start),
	    STAGED(says_when_the_port_is_taken),
	    STAGED(refuses_a_bad_configuration),
	    STAGED(strict_refuses_root_without_users_for_the_programs),
	    STAGED(quotes_what_is_not_a_programs_own_line),
	};

	if (argc != 3 || prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
		return 2;
	paraphd = argv[1];
	stand_ins = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
