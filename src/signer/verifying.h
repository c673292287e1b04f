/*
 * Signatures verified beside: a thread looks at what the token signed while
 * the token signs the next. It knows the octets that it is given and nothing
 * else of the signer.
 *
 * Whoever hands one in waits for what came of it before anything is written
 * down or given away.
 */
#pragma once

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>

struct verifying;

/* Borrowed until verifying_end(). */
struct verified {
	struct span public_key, algorithm, message, signature;

	/* verifying.c's own */
	enum err outcome;
	bool begun, done;
	struct verified *next;
};

struct verifying *verifying_new(void);
void verifying_free(struct verifying *v);

void verifying_begin(struct verifying *v, struct verified *one);
/* OK: it is right. Without a begin: ERR_INTERNAL. */
RESULT verifying_end(struct verifying *v, struct verified *one);
