/*
 * What paraph-inspect and paraph-watch load: the networks, and files.
 */
#include "cli/inspect.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/enum.h"

/* Where the networks are: said, or beside the program, built or installed. */
static void
find_models(const struct options *o, char *out, size_t size)
{
	static const char *const places[] = {"../../../models",
	    "../../models", "../share/paraph/models",
	    "../../share/paraph/models"};
	char self[PATH_MAX];
	const char *folder = getenv("PARAPH_MODELS");
	if (o->models || folder) {
		snprintf(out, size, "%s", o->models ? o->models : folder);
		return;
	}
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
	self[length > 0 ? length : 0] = '\0';
	char *slash = strrchr(self, '/');
	if (slash)
		*slash = '\0';
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		snprintf(out, size, "%s/%s", self, places[i]);
		if (access(out, R_OK) == 0)
			return;
	}
	snprintf(out, size, "models");
}

RESULT
read_bytes(const char *path, size_t most, struct buf *out)
{
	bool input = strcmp(path, "-") == 0;
	AUTO(close) int fd = input ? dup(STDIN_FILENO) :
	    open(path, O_RDONLY | O_CLOEXEC);
	buf_init(out, most);
	if (fd < 0)
		return FAIL(ERR_NOT_FOUND, "%s", strerror(errno));
	enum err found = buf_add_fd(out, fd);
	return found == ERR_TOO_LARGE ?
	    FAIL(ERR_TOO_LARGE, "larger than %zu MiB", most >> 20) : found;
}

RESULT
load_models(const struct options *o, struct inspector *tools)
{
	char models[PATH_MAX + 64];
	find_models(o, models, sizeof(models));
	return inspector_load(models, tools);
}
