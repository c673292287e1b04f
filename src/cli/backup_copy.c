/*
 * One file, with its digest.
 */
#include "cli/backup_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define BLOCK ((size_t)1 << 20)
#define REST_MS 400 /* since it was changed: nobody writes for so long */
#define REST_TRIES 100

DEFINE_AUTO(EVP_MD_CTX_free, EVP_MD_CTX *)

RESULT
backup_path(const char *dir, const char *name, char out[PATH_MAX])
{
	int size = snprintf(out, PATH_MAX, "%s/%s", dir, name);

	return size > 0 && size < PATH_MAX
		   ? OK
		   : FAIL(ERR_INVALID, "a path that is too long");
}

/* Copies, or only reads where to is -1. */
static RESULT
pour(int from, int to, struct digest *out)
{
	AUTO(EVP_MD_CTX_free) EVP_MD_CTX *md = EVP_MD_CTX_new();
	AUTO(free) uint8_t *block = malloc(BLOCK);
	ssize_t got;

	if (!md || !block || EVP_DigestInit_ex(md, EVP_sha256(), NULL) != 1)
		abort();
	while ((got = read(from, block, BLOCK)) > 0) {
		EVP_DigestUpdate(md, block, (size_t)got);
		errno = ENOSPC; /* what it means that less was written */
		if (to >= 0 && write(to, block, (size_t)got) != got)
			return FAIL(ERR_UNAVAILABLE, "cannot write: %m");
	}
	if (got < 0)
		return FAIL(ERR_UNAVAILABLE, "cannot read: %m");
	EVP_DigestFinal_ex(md, out->bytes, NULL);
	return OK;
}

static RESULT
open_file(const char *path, int *out)
{
	struct stat st;

	*out = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (*out < 0)
		return FAIL(errno == ENOENT ? ERR_NOT_FOUND : ERR_UNAVAILABLE,
		    "cannot read %s: %m", path);
	if (fstat(*out, &st) == 0 && S_ISREG(st.st_mode))
		return OK;
	close(*out);
	*out = -1;
	return FAIL(ERR_INVALID, "%s is not a file", path);
}

RESULT
file_digest(const char *path, struct digest *out)
{
	AUTO(close) int fd = -1;

	TRY(open_file(path, &fd));
	return pour(fd, -1, out);
}

RESULT
file_copy(const char *from, const char *to, struct digest *out)
{
	AUTO(close) int source = -1;

	TRY(open_file(from, &source));
	(void)unlink(to);
	AUTO(close)
	int target = open(to,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (target < 0)
		return FAIL(ERR_UNAVAILABLE, "cannot write %s: %m", to);
	TRY(pour(source, target, out));
	return fsync(target) == 0
		   ? OK
		   : FAIL(ERR_UNAVAILABLE, "cannot write %s: %m", to);
}

static bool
is_still(const struct stat *before, const struct stat *after)
{
	return before->st_ino == after->st_ino &&
	       before->st_size == after->st_size &&
	       before->st_mtim.tv_sec == after->st_mtim.tv_sec &&
	       before->st_mtim.tv_nsec == after->st_mtim.tv_nsec;
}

/* An empty one was cut a moment ago, or its writer died. */
static bool
rests(const struct stat *st)
{
	int64_t ms = st->st_size > 0 ? REST_MS : 10 * REST_MS;
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (now.tv_sec - st->st_mtim.tv_sec) * 1000 +
		       (now.tv_nsec - st->st_mtim.tv_nsec) / 1000000 >=
	       ms;
}

/*
 * SoftHSM cuts the objects of a token to nothing and writes them again, and
 * gives its lock on them back before what it wrote has left its buffer: a lock
 * of ours would not wait for that. So what was changed a moment ago is read
 * once more, until it rests.
 */
RESULT
file_copy_at_rest(const char *from, const char *to, struct digest *out)
{
	const struct timespec pause = {.tv_nsec = REST_MS / 4 * 1000000L};
	struct stat before, after;

	for (int i = 0; i < REST_TRIES; i++) {
		if (stat(from, &before) != 0)
			return FAIL(errno == ENOENT ? ERR_NOT_FOUND
						    : ERR_UNAVAILABLE,
			    "cannot read %s: %m", from);
		TRY(file_copy(from, to, out));
		if (stat(from, &after) == 0 && is_still(&before, &after) &&
		    rests(&after))
			return OK;
		nanosleep(&pause, NULL);
	}
	return FAIL(ERR_UNAVAILABLE, "%s is written again and again", from);
}

RESULT
file_make_folders(const char *path)
{
	char folder[PATH_MAX];

	snprintf(folder, sizeof(folder), "%s", path);
	for (char *at = strchr(folder + 1, '/'); at; at = strchr(at + 1, '/')) {
		*at = '\0';
		if (mkdir(folder, 0700) != 0 && errno != EEXIST)
			return FAIL(
			    ERR_UNAVAILABLE, "cannot make %s: %m", folder);
		*at = '/';
	}
	return OK;
}
