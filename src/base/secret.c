/*
 * Locked and wiped memory.
 */
#include "base/secret.h"

#include <openssl/crypto.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#define SECRET_MAX ((size_t)64 * 1024)
#define PAGE ((size_t)4096)

RESULT
secret_new(size_t size, struct secret *out)
{
	size_t room = (size + PAGE) / PAGE * PAGE;

	if (size > SECRET_MAX)
		return FAIL(ERR_TOO_LARGE, "a secret of more than 64 KiB");
	void *data = mmap(NULL, room, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (data == MAP_FAILED)
		return FAIL(ERR_INTERNAL, "no memory for a secret");
	/* both may be refused by a limit; wiping still holds */
	(void)mlock(data, room);
	(void)madvise(data, room, MADV_DONTDUMP);
	*out = (struct secret){data, size, room};
	return OK;
}

RESULT
secret_copy(struct span from, struct secret *out)
{
	TRY(secret_new(from.size, out));
	if (from.size > 0)
		memcpy(out->data, from.data, from.size);
	return OK;
}

RESULT
secret_load(const char *path, struct secret *out)
{
	AUTO(close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0)
		return FAIL(ERR_NOT_FOUND, "cannot read %s: %m", path);
	if (!S_ISREG(st.st_mode))
		return FAIL(ERR_NOT_FOUND, "cannot read %s: not a file", path);
	if (st.st_mode & 077)
		return FAIL(ERR_DENIED,
		    "others may read %s: chmod 600, and replace what it holds "
		    "if somebody did",
		    path);
	AUTO(secret_clear) struct secret s = {0};
	TRY(secret_new((size_t)st.st_size, &s));
	if (read(fd, s.data, s.size) != (ssize_t)s.size)
		return FAIL(ERR_INTERNAL, "the key file ended early");
	*out = s;
	s = (struct secret){0};
	return OK;
}

void
secret_clear(struct secret *s)
{
	if (s->data) {
		OPENSSL_cleanse(s->data, s->room);
		munmap(s->data, s->room);
	}
	*s = (struct secret){0};
}
