/*
 * Tries every action of jail.def from inside every cage, one process each,
 * and compares with the table. Argument: the path of jail_try.
 */
#include "base/auto.h"
#include "base/enum.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/wait.h>

enum expected { no, yes, any };

#define CAGES 5

static const char *const cages[CAGES] = {
    "web", "clerk", "inspector", "reader", "signer"};

static const struct {
	const char *action;
	enum expected expected[CAGES];
} rows[] = {
#define JAIL(action, web, clerk, inspector, reader, signer)                    \
	{#action, {web, clerk, inspector, reader, signer}},
#include "jail.def"
#undef JAIL
};

extern char **environ;

static char folder[] = "/tmp/paraph-jail-XXXXXX";

static void
shell(const char *command)
{
	if (system(command) != 0)
		exit(2);
}

/* A fresh folder for every attempt, whatever the last one left. */
static void
lay_out(void)
{
	shell("rm -rf ./* && mkdir granted granted_write granted_blind");
	shell("echo x | tee granted/file granted_write/file "
	      "granted_blind/file > /dev/null");
}

/*
 * Standard error is a pipe, as the supervisor makes it: a reader may not
 * grow a file. What an attempt says fits into it.
 */
static int stderr_pipe[2];

static void
copy_what_was_said(void)
{
	char said[4096];
	ssize_t size = read(stderr_pipe[0], said, sizeof(said));

	if (size > 0)
		fwrite(said, 1, (size_t)size, stdout);
}

static void
pass_the_pipe(posix_spawn_file_actions_t *actions)
{
	if (posix_spawn_file_actions_init(actions) != 0 ||
	    posix_spawn_file_actions_adddup2(
		actions, stderr_pipe[1], STDERR_FILENO) != 0)
		exit(2);
}

static int
attempt(const char *program, const char *cage, const char *action)
{
	char *const arguments[] = {(char *)(uintptr_t)program,
	    (char *)(uintptr_t)cage, (char *)(uintptr_t)action, folder, NULL};
	posix_spawn_file_actions_t actions;
	int status;
	pid_t pid;

	lay_out();
	pass_the_pipe(&actions);
	if (posix_spawn(&pid, program, &actions, NULL, arguments, environ) !=
		0 ||
	    waitpid(pid, &status, 0) != pid)
		exit(2);
	posix_spawn_file_actions_destroy(&actions);
	copy_what_was_said();
	return status;
}

/* Whether the end of an attempt is as expected; says how it ended. */
static bool
as_expected(int status, enum expected expected, char how[64])
{
	if (WIFSIGNALED(status))
		snprintf(
		    how, 64, "killed by %s", sigabbrev_np(WTERMSIG(status)));
	else
		snprintf(how, 64, "%s",
		    WEXITSTATUS(status) == 0   ? "worked"
		    : WEXITSTATUS(status) == 1 ? "refused"
					       : "not tried");
	if (WIFSIGNALED(status) && WTERMSIG(status) != SIGSYS &&
	    WTERMSIG(status) != SIGXFSZ)
		return false;
	if (WIFEXITED(status) && WEXITSTATUS(status) > 1)
		return false;
	bool worked = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	return expected == any || worked == (expected == yes);
}

static bool
try_row(const char *program, size_t row, size_t cage)
{
	char how[64];
	int status = attempt(program, cages[cage], rows[row].action);
	bool good = as_expected(status, rows[row].expected[cage], how);

	printf("%sok %zu - %s %s: %s\n", good ? "" : "not ",
	    row * CAGES + cage + 1, cages[cage], rows[row].action, how);
	return good;
}

int
main(int argc, char **argv)
{
	AUTO(free) char *program = argc == 2 ? realpath(argv[1], NULL) : NULL;
	bool good = true;

	if (!program || !mkdtemp(folder) || chdir(folder) != 0 ||
	    pipe2(stderr_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
		return 2;
	int status = attempt(program, "reader", "ask_the_clock");
	if (WIFEXITED(status) && WEXITSTATUS(status) == 3) {
		printf("1..0 # SKIP the kernel lacks a protection\n");
		return 0;
	}
	printf("1..%zu\n", COUNT_OF(rows) * CAGES);
	fflush(stdout);
	for (size_t row = 0; row < COUNT_OF(rows); row++)
		for (size_t cage = 0; cage < CAGES; cage++)
			good &= try_row(program, row, cage);
	shell("rm -rf ./*");
	if (rmdir(folder) != 0)
		return 2;
	return good ? 0 : 1;
}
