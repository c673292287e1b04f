/*
 * One arena per request or job: everything made for it is freed at once.
 *
 * Wiped then: secrets pass through it. Passing the ceiling ends the
 * process, as running out of memory does; put limits on input before.
 */
#pragma once

#include "base/auto.h"
#include "base/buf.h"

#include <stddef.h>

struct arena {
	struct arena_block *blocks;
	size_t used;
	size_t ceiling;
};

void arena_init(struct arena *a, size_t ceiling);
void arena_clear(struct arena *a);

/* Zeroed memory, aligned for any type, valid until arena_clear. */
void *arena_get(struct arena *a, size_t size);

/* Copies; the second cuts nothing and ends the copy with a NUL. */
char *arena_text(struct arena *a, const char *text);
char *arena_text_of(struct arena *a, struct span bytes);
char *arena_format(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

DEFINE_AUTO_CLEAR(arena_clear, struct arena)
