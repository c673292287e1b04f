/*
 * How often something may happen (limits.def).
 */
#pragma once

#include "base/err.h"

#include <stdint.h>

enum limit {
#define LIMIT(name, count, seconds, doc) LIMIT_##name,
#include "web/limits.def"
#undef LIMIT
	LIMIT_COUNT
};

struct limits;

struct limits *limits_new(void);
void limits_free(struct limits *l);

/* Counts one; ERR_TOO_MANY past the limit, with the seconds to wait. */
RESULT limit_count(struct limits *l, enum limit limit, const char *key,
    int64_t now, int64_t *wait);

/* Takes back one that was counted. */
void limit_forgive(struct limits *l, enum limit limit, const char *key);

/* The same without counting. */
RESULT limit_look(struct limits *l, enum limit limit, const char *key,
    int64_t now, int64_t *wait);
