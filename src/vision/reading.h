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

struct reading_wish {
	enum inspection_kind kind;
	struct span detail; /* borrowed */
	bool strict; /* without a cage it refuses to read */
	bool pixels; /* the picture as pixels (reading_pixels), not as JPEG */
	bool blind;  /* no picture at all: its room stays empty */
	bool whole;  /* the zone with its optional data (mrz_drop) */
};

/*
 * Starts it. document: the sealed file; reply: where FINDINGS (with the clean
 * picture) or UNREADABLE go. Both stay the caller's.
 */
RESULT reading_start(const struct inspector *tools, int document, int reply,
    const struct reading_wish *wish, pid_t *out);

/* A picture of a document, and no recording. */
bool reading_is_picture(enum inspection_kind kind);

/* The pixels that came back: two sides, then three bytes each, so that the
 * receiver parses no picture of a process that may have been subverted. */
RESULT reading_pixels(int fd, struct raster *out);
