/*
 * The lock is on the folders themselves, so it leaves no file that could stay
 * behind, be copied or be of another user; the kernel ends it with the process.
 */
#include "proc/serving.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define LINE_MAX_SIZE 256

/* Whose lock it is, from the kernel's table; 0: it does not say. */
static long
find_holder(int fd)
{
	AUTO(fclose) FILE *table = fopen("/proc/locks", "re");
	char line[LINE_MAX_SIZE], place[64];
	struct stat st;
	long pid;

	if (!table || fstat(fd, &st) != 0)
		return 0;
	snprintf(place, sizeof(place), "%02x:%02x:%llu ", major(st.st_dev),
	    minor(st.st_dev), (unsigned long long)st.st_ino);
	/* 4: FLOCK  ADVISORY  WRITE 1234 00:2a:5678 0 EOF */
	while (fgets(line, sizeof(line), table)) {
		const char *at = strstr(line, " WRITE ");

		if (at && strstr(line, " FLOCK ") && strstr(at, place) &&
		    sscanf(at, " WRITE %ld", &pid) == 1)
			return pid;
	}
	return 0;
}

static RESULT
take(const char *folder, int *out)
{
	AUTO(close)
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT)
		return OK;
	if (fd < 0)
		return FAIL(ERR_UNAVAILABLE, "cannot open %.200s: %m", folder);
	if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
		*out = STEAL_FD(fd);
		return OK;
	}
	if (errno == EBADF || errno == ENOLCK || errno == EOPNOTSUPP) {
		/* a file system of the network, that has no such lock */
		log_warn("serving.unlocked folder=%.200s why=\"%m\"", folder);
		return OK;
	}
	if (errno != EWOULDBLOCK)
		return FAIL(ERR_UNAVAILABLE, "cannot lock %.200s: %m", folder);
	return FAIL(ERR_CONFLICT,
	    "another service works in %.120s already (process %ld): stop it, "
	    "or give this one folders of its own",
	    folder, find_holder(fd));
}

RESULT
serving_begin(const struct conf *conf, struct serving *out)
{
	const char *path = conf_text(conf, CONF_store_path);
	const char *slash = strrchr(path, '/');
	char folder[PATH_MAX];
	struct serving s = {{-1, -1}};

	*out = s;
	snprintf(folder, sizeof(folder), "%.*s",
	    slash ? (int)(slash - path) : 1, slash ? path : ".");
	TRY(take(conf_text(conf, CONF_signer_dir), &s.folders[0]));
	enum err taken = strcmp(folder, conf_text(conf, CONF_signer_dir)) == 0
			     ? OK
			     : take(folder, &s.folders[1]);
	if (taken != OK)
		serving_end(&s);
	else
		*out = s;
	return taken;
}

void
serving_end(struct serving *s)
{
	for (size_t i = 0; i < SERVING_FOLDERS; i++) {
		if (s->folders[i] >= 0)
			close(s->folders[i]);
		s->folders[i] = -1;
	}
}
