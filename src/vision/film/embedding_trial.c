/*
 * Trying a network in a process that is locked in, before it is installed: a
 * damaged one may end whoever loads it, and that must be nobody.
 */
#include "vision/film/embedding.h"
#include "vision/pixels/opencv.h"

#include "proc/cage.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define SECONDS 60

enum { FINE, REFUSED, UNCAGED };

/* The whole life of the child. */
static int
try_it(const struct embedding *e, bool strict)
{
	AUTO(buf_clear) struct buf missing;
	const struct rlimit cpu = {SECONDS, SECONDS};
	buf_init(&missing, 256);
	/* what the library complains of is bytes of the file */
	int nowhere = open("/dev/null", O_RDWR);
	for (int fd = 0; fd < 3 && nowhere >= 0; fd++)
		dup2(nowhere, fd);
	if (setrlimit(RLIMIT_CPU, &cpu) != 0 ||
	    cage_enter(CAGE_reader, NULL, 0, strict, &missing) != OK)
		return UNCAGED;
	return embedding_try(e) == OK ? FINE : REFUSED;
}

RESULT
embedding_trial(const struct embedding *e, bool strict)
{
	int status;
	opencv_start();
	pid_t pid = fork();
	if (pid < 0)
		return FAIL(ERR_UNAVAILABLE, "fork: %m");
	if (pid == 0)
		_exit(try_it(e, strict));
	if (waitpid(pid, &status, 0) != pid)
		return FAIL(ERR_UNAVAILABLE, "waitpid: %m");
	if (!WIFEXITED(status))
		return FAIL(ERR_UNREADABLE, "the file ends the process that "
		    "loads it: it is damaged, or no such network");
	if (WEXITSTATUS(status) == UNCAGED)
		return FAIL(ERR_UNAVAILABLE, "this machine offers no cage to "
		    "try it in");
	return WEXITSTATUS(status) == FINE ? OK : FAIL(ERR_UNREADABLE,
	    "not a network that compares faces of this size");
}
