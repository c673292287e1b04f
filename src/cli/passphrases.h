/*
 * Passphrases of custodians: typed on the terminal without being seen, or read
 * from files, one for each, in the order in which they are asked for.
 */
#pragma once

#include "signer/custodians.h"

#include <stdio.h>

#define PASSPHRASES_MAX 32

struct passphrases {
	const char *files[PASSPHRASES_MAX];
	size_t file_count, files_used;
	struct secret of[PASSPHRASES_MAX];
	bool chosen[PASSPHRASES_MAX]; /* new ones: no two are the same */
	size_t count;
};

/* The next one. twice: a new one, which is typed again to be sure, and asked
 * for anew when it cannot be one. The span borrows from p; it is empty when
 * nothing was typed. */
RESULT passphrases_next(struct passphrases *p, const char *prompt, bool twice,
    struct span *out);

/* One for each custodian. */
RESULT passphrases_take(struct passphrases *p,
    const char *const names[CUSTODIANS], bool twice,
    struct span out[CUSTODIANS]);

/* A line that is typed without being seen. ERR_DENIED: there is no terminal,
 * or it was interrupted; the terminal is as it was before. */
RESULT passphrases_type(const char *prompt, struct secret *out);

static inline bool
passphrases_from_files(const struct passphrases *p)
{
	return p->file_count > 0;
}

static inline bool
passphrases_left(const struct passphrases *p)
{
	return p->files_used < p->file_count;
}

void passphrases_clear(struct passphrases *p);
