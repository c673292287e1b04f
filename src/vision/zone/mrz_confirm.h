/*
 * Second looks at a zone that was found, which raise doubts and settle some.
 */
#pragma once

#include "vision/zone/mrz_read.h"

/* Reads the lines of m again, in other ways, and decides anew. */
RESULT mrz_confirm(struct reader *r, int64_t now, struct mrz_found *m);
