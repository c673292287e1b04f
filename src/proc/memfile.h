/*
 * Large things between programs: memory files sealed against writing,
 * growing and shrinking before they are passed, so that nobody can change
 * what the other is reading.
 */
#pragma once

#include "base/buf.h"

/* A sealed descriptor with a copy of the bytes; the caller closes it. */
RESULT memfile_make(struct span bytes, int *out);

/*
 * The same in two steps, for a process that may not make files any more: the
 * first makes room for at most max bytes, the second fills, cuts to size and
 * seals. Made before the cage, filled inside.
 */
RESULT memfile_room(size_t max, int *out);
RESULT memfile_fill(int fd, struct span bytes);

/* A mapped, sealed file. Refuses a descriptor without all three seals. */
struct memfile {
	struct span bytes;
};

/* At most max bytes; the mapping lives until memfile_clear. */
RESULT memfile_map(int fd, size_t max, struct memfile *out);
void memfile_clear(struct memfile *m);

DEFINE_AUTO_CLEAR(memfile_clear, struct memfile)
