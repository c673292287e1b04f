/*
 * Identifiers: a prefix that says of what, and 128 random bits in base32
 * (lower case, without vowels that make words or letters that look alike).
 * "reg_" + 26 letters. They are names, not secrets.
 */
#pragma once

#include <stdbool.h>

/* prefix of at most 4 letters, "_", 26 letters, NUL */
#define ID_SIZE 32

void id_make(const char *prefix, char out[ID_SIZE]);

/* Whether a text from outside has the form of an id with this prefix. */
bool id_is(const char *prefix, const char *text);
