/*
 * Keys that leaked, which an administrator made known (paraph ca leaked):
 * digests of their SubjectPublicKeyInfo, sorted, one behind the other, in
 * {signer.dir}/leaked. The signer looks at them for each key that is brought.
 */
#pragma once

#include "pki/key.h"

#define LEAKED_MAX (KEY_LIST_LINES_MAX * DIGEST_SIZE)

struct leaked {
	struct buf bytes;
	struct key_list list; /* in bytes */
	int64_t inode, size, seconds, nanoseconds; /* of what was read */
	bool unreadable;
};

/* Reads the file again when it is another one. No file: an empty list.
 * ERR_UNAVAILABLE: it cannot be read; then no brought key is certified. */
RESULT leaked_refresh(const char *dir, struct leaked *l);
void leaked_clear(struct leaked *l);

/* Adds sorted digests to the file. total: how many it has then. */
RESULT leaked_add(const char *dir, const struct key_list *more, size_t *total);
