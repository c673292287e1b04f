/*
 * Searching for a part of a text with LIKE.
 */
#pragma once

#include "base/arena.h"

#define PATTERN_MAX 200 /* bytes of what is searched for */

/* %text% with % _ ! escaped by !; "%" for "". Cut at PATTERN_MAX. */
const char *pattern_part(struct arena *a, const char *text);

/* The same, but matches nothing at all for "". */
const char *pattern_phone(struct arena *a, const char *digits);

/* For e-mail addresses, which keep the signs that names are folded without;
 * NULL or "": the same as the name's. */
const char *pattern_email(struct arena *a, const char *email,
    const char *name);
