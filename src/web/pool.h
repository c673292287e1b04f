/*
 * Connections to the store: a few, each used by one thread at a time.
 */
#pragma once

#include "store/store.h"

struct pool;

#define POOL_SIZE 6

/* Opens them all, so that nothing is opened once the cage is on. */
RESULT pool_new(const char *path, struct pool **out);
void pool_free(struct pool *p);

/* Waits up to five seconds; ERR_UNAVAILABLE then. */
RESULT pool_take(struct pool *p, struct store **out);

/* Rolls back what was left open. */
void pool_give(struct pool *p, struct store *s);

DEFINE_AUTO(pool_free, struct pool *)
