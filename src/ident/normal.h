/*
 * Unicode normal form C for the letters of European names: Latin with its
 * additions, Greek and Cyrillic (normal_form.def). Letters of other scripts
 * pass unchanged. Certificates carry names in this form (RFC 5280 section 7).
 */
#pragma once

#include "base/buf.h"

#define NORMAL_TEXT_MAX 512 /* characters, after taking letters apart */

/* Appends; ERR_INVALID if malformed, ERR_TOO_LARGE past NORMAL_TEXT_MAX. */
RESULT normal_form(struct span text, struct buf *out);

/* The letter without its accents (itself if it has none). */
uint32_t normal_base(uint32_t letter);

/* How many accents a letter has in itself. */
size_t normal_accents(uint32_t letter);

/* Whether it is an accent that stands after its letter. */
int normal_is_mark(uint32_t letter);
