/*
 * Barcodes by zxing-cpp, behind a C header: pixels in, bounded text out. It
 * sees no file. No exception leaves it, and it starts no thread, because the
 * cage of a reader ends whoever starts one.
 */
#pragma once

#include "vision/still/raster.h"

/* Room for the largest PDF417 (2710 digits), and far more than any card's. */
#define BARCODE_TEXT_MAX 3000

struct barcode {
	const char *kind; /* data_matrix, qr_code, pdf417; never freed */
	char text[BARCODE_TEXT_MAX + 1]; /* clean or not; "" when no text */
	size_t size;
	float corners[8]; /* x, y clockwise from its own upper left */
};

/* The first one that can be read whole; ERR_NOT_FOUND: there is none. Data
 * Matrix and QR at any angle, PDF417 upright or upside down. A picture full of
 * the marks that codes begin with is not searched for them. */
RESULT barcodes_find(const struct raster *grey, struct barcode *out);
