/*
 * What paraph-inspect and paraph-watch load: the networks, and files.
 */
#include "cli/inspect.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/enum.h"

#define WRITER_WAIT_MS 1500

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

/* A pipe that nobody writes into would be waited for without end; one with a
 * writer may take as long as it likes. */
static RESULT
wait_for_writer(int fd, struct buf *out)
{
	struct pollfd asked = {.fd = fd, .events = POLLIN};
	struct stat found;
	uint8_t first;
	if (fstat(fd, &found) != 0 || !S_ISFIFO(found.st_mode) ||
	    poll(&asked, 1, WRITER_WAIT_MS) != 0)
		return OK;
	ssize_t size = read(fd, &first, 1); /* -1: one that is silent */
	if (size == 0)
		return FAIL(ERR_NOT_FOUND, "nobody writes into this pipe");
	return size == 1 ? buf_add(out, &first, 1) : OK;
}

RESULT
read_bytes(const char *path, size_t most, struct buf *out)
{
	bool input = strcmp(path, "-") == 0;
	AUTO(close) int fd = input ? dup(STDIN_FILENO) :
	    open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	buf_init(out, most);
	if (fd < 0)
		return FAIL(ERR_NOT_FOUND, "%s", strerror(errno));
	if (!input)
		TRY(wait_for_writer(fd, out));
	if (!input && fcntl(fd, F_SETFL, 0) != 0)
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
	TRY(inspector_load(models, tools));
	tools->patience = o->patience;
	return OK;
}
