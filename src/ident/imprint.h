/*
 * Imprints: perceptual hashes. The same picture, stored again, made smaller
 * or brighter, keeps nearly the same one; another picture of the same
 * document does not.
 */
#pragma once

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

#define IMPRINT_BITS 256
/* As hex, and its NUL. */
#define IMPRINT_SIZE (IMPRINT_BITS / 4 + 1)
/* The picture it is made of: one more column than bits in a row. */
#define IMPRINT_COLUMNS 17
#define IMPRINT_ROWS 16

/*
 * Up to so many different bits the pictures count as the same one. Pages cut
 * tight of one model, but of other people, are 35 bits apart and more; what was
 * stored again, or turned by a degree, mostly less than this (bench/imprint.py,
 * docs/checks.md).
 */
#define IMPRINT_NEAR 30

/* A bit for each pixel that is brighter than the one to its left. grey has
 * IMPRINT_ROWS rows of IMPRINT_COLUMNS. */
void imprint_of(const uint8_t *grey, char out[IMPRINT_SIZE]);

/* How many bits differ; IMPRINT_BITS when either is no imprint. */
int imprint_apart(const char *a, const char *b);
