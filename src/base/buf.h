/*
 * Bytes: growing (struct buf, with a mandatory ceiling) and borrowed (struct
 * span). A buffer that would pass its ceiling refuses and stays as it was.
 */
#pragma once

#include "base/auto.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Somebody else's bytes, valid as long as their owner says. */
struct span {
	const uint8_t *data;
	size_t size;
};

struct buf {
	uint8_t *data; /* always followed by a NUL that size does not count */
	size_t size;
	size_t room;
	size_t ceiling;
};

#define SPAN(pointer, length)                                                  \
	((struct span){(const uint8_t *)(pointer), (length)})

static inline struct span
span_of_text(const char *text)
{
	return SPAN(text, text ? strlen(text) : 0);
}

static inline struct span
span_of_buf(const struct buf *b)
{
	return SPAN(b->data, b->size);
}

/* The same bytes, compared in a time that depends on the sizes only. */
int span_equal(struct span a, struct span b);

/* An empty buffer that never grows past ceiling bytes. */
void buf_init(struct buf *b, size_t ceiling);

/* Frees the bytes; the buffer is empty and usable again. */
void buf_clear(struct buf *b);

/* Overwrites before freeing: for what should not linger in memory. */
void buf_wipe(struct buf *b);

/* Append. ERR_TOO_LARGE past the ceiling. Memory running out ends the process. */
RESULT buf_add(struct buf *b, const void *data, size_t size);
RESULT buf_add_span(struct buf *b, struct span bytes);
RESULT buf_add_text(struct buf *b, const char *text);
RESULT buf_add_byte(struct buf *b, uint8_t byte);
RESULT buf_add_format(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Room for size more bytes, whose content the caller then writes. */
RESULT buf_extend(struct buf *b, size_t size, uint8_t **out);
/* Room for so many at once, where it is known: to grow copies and wipes. */
RESULT buf_reserve(struct buf *b, size_t size);

/*
 * Appends all that a file still has to give: by its descriptor, or by its
 * path. ERR_TOO_LARGE past the ceiling, ERR_NOT_FOUND when it cannot be
 * opened or read, with what the system says of it.
 */
RESULT buf_add_fd(struct buf *b, int fd);
RESULT buf_add_file(struct buf *b, const char *path);

/* The bytes as text ("" when empty); borrowed, until the next change. */
const char *buf_text(const struct buf *b);

DEFINE_AUTO_CLEAR(buf_clear, struct buf)
DEFINE_AUTO_CLEAR(buf_wipe, struct buf)
