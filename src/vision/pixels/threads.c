/*
 * What keeps the libraries' algebra from starting threads.
 */
#include "vision/pixels/threads.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const quiet[][2] = {{"OMP_THREAD_LIMIT", "1"},
    {"OMP_NUM_THREADS", "1"}, {"OPENBLAS_NUM_THREADS", "1"}};

/* Whether anything had to be said. */
bool
threads_none(void)
{
	bool changed = false;
	for (size_t i = 0; i < sizeof(quiet) / sizeof(quiet[0]); i++) {
		const char *now = getenv(quiet[i][0]);
		if (now && strcmp(now, quiet[i][1]) == 0)
			continue;
		setenv(quiet[i][0], quiet[i][1], 1);
		changed = true;
	}
	return changed;
}

void
threads_off(char **argv)
{
	if (threads_none())
		execv("/proc/self/exe", argv);
}
