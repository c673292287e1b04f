/*
 * The minutes of a key ceremony (EN 319 411-1 6.5.1; standards F.5): what was
 * done, by whom, with what result; plain text of 80 columns, for people to
 * read aloud, compare, sign and file. What is noted is also shown at once, so
 * that those present see the same text that they sign.
 */
#pragma once

#include "base/buf.h"
#include "base/digest.h"
#include "signer/token.h"

#include <stdbool.h>
#include <stdio.h>

#define MINUTES_MAX ((size_t)1 << 20)
#define MINUTES_PRESENT_MAX 16
#define MINUTES_NAME_SIZE 64

struct minutes {
	FILE *shown; /* NULL: nobody watches */
	bool dry_run, clock_compared;
	int64_t begun;
	const char *step, *organisation, *place;
	char present[MINUTES_PRESENT_MAX][MINUTES_NAME_SIZE];
	size_t present_count;
	struct buf done, made;
};

/* The texts are borrowed. */
void minutes_init(struct minutes *m, const char *step,
    const char *organisation, const char *place);
void minutes_clear(struct minutes *m);

/* ERR_INVALID: a name that cannot be written on a line; ERR_TOO_MANY. */
RESULT minutes_present(struct minutes *m, const char *name);

/* One thing that was done, with its time; wrapped to the line. */
RESULT minutes_note(struct minutes *m, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What came of it: a certificate with all that identifies it and its key, a
 * list, a request. token: where its key is; NULL: not here. */
RESULT minutes_certificate(struct minutes *m, const char *file,
    struct span der, struct token *token);
RESULT minutes_list(struct minutes *m, const char *file, struct span der);
RESULT minutes_request(struct minutes *m, const char *file,
    struct span public_key, struct token *token);

/*
 * Appends the whole: it ends with the digest over the text before, and with
 * places for signatures. head: of the ledger; NULL: none was written.
 */
RESULT minutes_print(
    const struct minutes *m, const struct digest *head, struct buf *out);

/* "0A1B 2C3D ..." in groups of four, two lines, indented. */
RESULT minutes_fingerprint(const struct digest *d, struct buf *out);

DEFINE_AUTO_CLEAR(minutes_clear, struct minutes)
