/*
 * The mechanisms that make a cage; only cage.c calls them.
 *
 * ERR_UNAVAILABLE: the kernel does not have it.
 */
#pragma once

#include "proc/cage.h"

/* Resource limits, no core dump, no tracing by programs of the same user. */
RESULT cage_limits(enum cage_kind kind);

/* No new privileges, and those that are there are given up. */
RESULT cage_privileges(void);

/* Files: the paths, nothing else. No TCP where the kernel can say so. */
RESULT cage_landlock(
    enum cage_kind kind, const struct cage_path *paths, size_t count);

/* System calls. */
RESULT cage_seccomp(enum cage_kind kind);
