/*
 * name=value&name=value: forms and query strings (the URL standard's
 * application/x-www-form-urlencoded), decoded into the arena.
 */
#pragma once

#include "base/arena.h"

#define FORM_PAIRS_MAX 200

struct pair {
	const char *name;
	struct span value; /* decoded; checked by whoever takes it */
};

RESULT form_parse(struct arena *a, struct span text, struct pair **out,
    size_t *count);
