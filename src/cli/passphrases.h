/*
 * Passphrases of custodians: typed on the terminal without being seen, or read
 * from files, one for each, in the order in which they are asked for.
 */
#pragma once

#include "signer/custodians.h"

#include <stdio.h>

#define PASSPHRASES_MAX ((size_t)2 * CUSTODIANS)

struct passphrases {
	const char *files[PASSPHRASES_MAX];
	size_t file_count, files_used;
	struct secret of[PASSPHRASES_MAX];
	size_t count;
};

/* twice: a new one, typed again to be sure. The spans borrow from p. */
RESULT passphrases_take(struct passphrases *p,
    const char *const names[CUSTODIANS], bool twice,
    struct span out[CUSTODIANS]);
void passphrases_clear(struct passphrases *p);
