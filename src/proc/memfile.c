/*
 * Sealed memory files.
 *
 * Filled through a mapping, never by write(): a caged reader has
 * RLIMIT_FSIZE 0, which forbids growing a file but not cutting one that was
 * made large enough before.
 */
#include "proc/memfile.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)
#define SEALS_REQUIRED (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

RESULT
memfile_room(size_t max, int *out)
{
	AUTO(close)
	int fd = memfd_create("paraph", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0 || ftruncate(fd, (off_t)max) != 0)
		return FAIL(ERR_INTERNAL, "no memory file: %m");
	*out = STEAL_FD(fd);
	return OK;
}

static RESULT
copy_in(int fd, struct span bytes)
{
	if (bytes.size == 0)
		return OK;
	void *place =
	    mmap(NULL, bytes.size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (place == MAP_FAILED)
		return FAIL(ERR_INTERNAL, "cannot map a memory file: %m");
	memcpy(place, bytes.data, bytes.size);
	/* a mapping that can write forbids the seal against writing */
	munmap(place, bytes.size);
	return OK;
}

RESULT
memfile_fill(int fd, struct span bytes)
{
	off_t room = lseek(fd, 0, SEEK_END);

	if (room < 0 || (size_t)room < bytes.size)
		return FAIL(ERR_TOO_LARGE, "no room for %zu bytes", bytes.size);
	TRY(copy_in(fd, bytes));
	if (ftruncate(fd, (off_t)bytes.size) != 0 ||
	    fcntl(fd, F_ADD_SEALS, SEALS) != 0)
		return FAIL(ERR_INTERNAL, "cannot seal a memory file: %m");
	return OK;
}

RESULT
memfile_make(struct span bytes, int *out)
{
	AUTO(close) int fd = -1;

	TRY(memfile_room(bytes.size, &fd));
	TRY(memfile_fill(fd, bytes));
	*out = STEAL_FD(fd);
	return OK;
}

RESULT
memfile_map(int fd, size_t max, struct memfile *out)
{
	int seals = fcntl(fd, F_GET_SEALS);
	struct stat st;

	if (seals < 0 || (seals & SEALS_REQUIRED) != SEALS_REQUIRED)
		return FAIL(ERR_INVALID, "not a sealed memory file");
	if (fstat(fd, &st) != 0 || st.st_size < 0)
		return FAIL(ERR_INTERNAL, "cannot ask a memory file: %m");
	if ((size_t)st.st_size > max)
		return FAIL(ERR_TOO_LARGE, "more than %zu bytes", max);
	*out = (struct memfile){0};
	if (st.st_size == 0)
		return OK;
	void *place =
	    mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (place == MAP_FAILED)
		return FAIL(ERR_INTERNAL, "cannot map a memory file: %m");
	out->bytes = SPAN(place, (size_t)st.st_size);
	return OK;
}

void
memfile_clear(struct memfile *m)
{
	/* munmap takes a pointer without const and changes nothing behind it */
	if (m->bytes.data)
		munmap((void *)(uintptr_t)m->bytes.data, m->bytes.size);
	m->bytes = SPAN(NULL, 0);
}
