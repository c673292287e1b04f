/*
 * A document read in a process of its own.
 *
 * The process is forked from one that has everything loaded, closes every
 * other descriptor, locks itself in, answers once and ends. It can neither
 * answer for anybody else's document nor see one.
 */
#pragma once

#include <sys/types.h>

#include "proc/inspection.h"
#include "vision/inspect.h"

/*
 * Starts it. document: the sealed file; reply: where FINDINGS (with the clean
 * picture) or UNREADABLE go. Both stay the caller's. strict: without a cage
 * it refuses to read.
 */
RESULT reading_start(const struct inspector *tools, int document, int reply,
    bool back, bool strict, pid_t *out);
