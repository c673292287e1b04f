/*
 * The files of custodians and operators: lines of words.
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>

#define LINES_FILE_MAX ((size_t)1 << 20)

/* Reads {dir}/{name}, which must be the owner's alone. ERR_NOT_FOUND: it is
 * not there. */
RESULT lines_load(const char *dir, const char *name, struct buf *out);
/* Whole or not at all, mode 0600. */
RESULT lines_save(const char *dir, const char *name, struct span text);

/* Takes the next line off the front, without its end; false: none left. */
bool lines_next(struct span *rest, struct span *line);
/* Takes a word off a line: what stands before one space, or all. */
struct span lines_word(struct span *line);
bool lines_word_is(struct span *line, const char *word);

/* A word in base64url of exactly, or at most, size octets. */
RESULT lines_octets(struct span *line, uint8_t *out, size_t size);
RESULT lines_bytes(
    struct span *line, uint8_t *out, size_t room, size_t *size);
RESULT lines_number(struct span *line, uint64_t *out);
/* A word of fewer octets than size, with its NUL. */
RESULT lines_text(struct span *line, char *out, size_t size);
