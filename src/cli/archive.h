/*
 * A ZIP file in one pass (APPNOTE 6.3.3): stored, never compressed, because
 * pictures and recordings are compressed already and a byte that is stored as
 * it is can be found again without any tool. Each part's SHA-256 is kept.
 *
 * Under 4 GiB in all; larger is refused.
 */
#pragma once

#include "base/digest.h"

#include <stdbool.h>

#define ARCHIVE_NAME_MAX 160

struct archive_part {
	char name[ARCHIVE_NAME_MAX];
	uint32_t crc, size, offset;
	struct digest digest;
};

struct archive {
	int fd;
	uint64_t size; /* so far */
	uint16_t date, time;
	struct archive_part *parts;
	size_t count, room;
	void *hash; /* of the part that is open; NULL: none is */
};

/* Onto fd, which stays the caller's and must be at the beginning of an empty
 * file; at: the time of all parts. */
void archive_init(struct archive *a, int fd, int64_t at);
void archive_clear(struct archive *a);

/* name: letters, digits and "/._-". ERR_TOO_LARGE, ERR_INTERNAL: the disk is
 * full. */
RESULT archive_begin(struct archive *a, const char *name);
RESULT archive_write(struct archive *a, struct span bytes);
RESULT archive_end(struct archive *a);
/* As if the last part had never been begun, whether it is open or not. */
RESULT archive_drop(struct archive *a);
/* All three. */
RESULT archive_add(struct archive *a, const char *name, struct span bytes);

/* The directory; nothing can be added afterwards. */
RESULT archive_finish(struct archive *a);

DEFINE_AUTO_CLEAR(archive_clear, struct archive)
