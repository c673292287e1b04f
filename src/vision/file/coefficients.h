/*
 * The coefficients of a picture's brightness: as they stand in a JPEG, or as
 * they would stand in one, of a file without losses.
 */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "vision/still/still.h"

#include <stdint.h>

#define COEFFICIENTS 64 /* of a block, row by row */

struct coefficients {
	int width, height; /* blocks */
	uint16_t steps[COEFFICIENTS];
	/* A row of blocks, one after the other; good until the next. */
	const int16_t *(*row)(const struct coefficients *c, int y);
	void *file;        /* its own */
};

/*
 * Reads them and calls see once; memory: what libjpeg may use. see must not
 * hold anything that needs to be freed when it is left in the middle: a file
 * that breaks then ends it. ERR_NOT_FOUND: they cannot be read.
 */
RESULT coefficients_read(struct span file, long memory,
    void (*see)(const struct coefficients *c, void *what), void *what);

/* The same of pixels, with steps of two, which is as exact as they are. */
RESULT coefficients_of(const struct still *s,
    void (*see)(const struct coefficients *c, void *what), void *what);
