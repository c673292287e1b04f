/*
 * The coefficients of a JPEG's brightness, as they stand in the file.
 */
#pragma once

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

#define COEFFICIENTS 64 /* of a block, row by row */

struct coefficients {
	int width, height; /* blocks */
	uint16_t steps[COEFFICIENTS];
	void *file;        /* its own */
};

/* A row of blocks: one after the other. */
const int16_t *coefficients_row(const struct coefficients *c, int y);

/*
 * Reads them and calls see once; memory: what libjpeg may use. see must not
 * hold anything that needs to be freed when it is left in the middle: a file
 * that breaks then ends it. ERR_NOT_FOUND: they cannot be read.
 */
RESULT coefficients_read(struct span file, long memory,
    void (*see)(const struct coefficients *c, void *what), void *what);
