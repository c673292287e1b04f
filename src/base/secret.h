/*
 * Secrets: memory that is locked against swapping, left out of core dumps
 * and wiped when it goes. Never in an arena.
 */
#pragma once

#include "base/buf.h"

struct secret {
	uint8_t *data;
	size_t size;
	size_t room; /* whole pages */
};

/* Zeroed room for size bytes, at most 64 KiB. */
RESULT secret_new(size_t size, struct secret *out);
RESULT secret_copy(struct span from, struct secret *out);

/* A file's bytes; refuses one that others than its owner may read. */
RESULT secret_load(const char *path, struct secret *out);

void secret_clear(struct secret *s);

static inline struct span
span_of_secret(const struct secret *s)
{
	return SPAN(s->data, s->size);
}

DEFINE_AUTO_CLEAR(secret_clear, struct secret)
