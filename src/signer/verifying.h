/*
 * What the token signed, looked at beside: a thread lints, compares and
 * verifies it while the token signs the next. It is given a function and what
 * that looks at, and touches nothing else of the signer.
 *
 * Whoever hands one in waits for what came of it before anything is written
 * down or given away.
 */
#pragma once

#include "base/err.h"

#include <stdbool.h>

struct verifying;

struct verified {
	/* OK: it is right. Of what is borrowed until verifying_end(), and may
	 * not change meanwhile. */
	enum err (*look)(const void *of);
	const void *of;

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
