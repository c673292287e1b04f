/*
 * Places for large bodies, which lie in memory while they come in: a few for
 * all, fewer for one registration, so that neither a flood nor two hundred
 * tabs of one person disturb the others.
 */
#pragma once

#include "base/err.h"

#define UPLOADS_MAX 16
#define UPLOADS_PER_REGISTRATION 4

/* ERR_TOO_MANY: enough for this one; ERR_UNAVAILABLE: enough for all. */
RESULT upload_enter(const char *registration);
void upload_leave(const char *registration);
