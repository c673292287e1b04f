/*
 * Entering a cage: one mechanism after the other, the one that forbids the
 * calls of the others last.
 */
#include "proc/cage_parts.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>

/* Landlock binds one thread only: with a second one the cage has a hole. */
static RESULT
only_one_thread(void)
{
	struct stat st;

	/* a folder for each thread, ".", ".."; without /proc there is no word
	 */
	if (stat("/proc/self/task", &st) == 0 && st.st_nlink > 3)
		return FAIL(ERR_INTERNAL, "a cage is entered before threads");
	return OK;
}

/* In demo mode what is missing is noted, not refused. */
static RESULT
settle(enum err result, const char *name, bool strict, struct buf *missing)
{
	if (result == OK)
		return OK;
	if (result != ERR_UNAVAILABLE || strict)
		return result;
	err_clear();
	return buf_add_format(
	    missing, "%s%s", missing->size > 0 ? " " : "", name);
}

RESULT
cage_enter(enum cage_kind kind, const struct cage_path *paths, size_t count,
    bool strict, struct buf *missing)
{
	TRY(only_one_thread());
	if (kind == CAGE_reader && prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
		return FAIL(ERR_INTERNAL, "prctl: %m");
	TRY(cage_privileges());
	TRY(settle(
	    cage_landlock(kind, paths, count), "landlock", strict, missing));
	TRY(cage_limits(kind));
	return settle(cage_seccomp(kind), "seccomp", strict, missing);
}
