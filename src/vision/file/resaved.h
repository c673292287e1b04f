/*
 * Whether a JPEG's pixels came out of another JPEG: opened, and saved again.
 */
#pragma once

#include "vision/file/jpeg_file.h"

/*
 * How much better the counts of its coefficients agree with two roundings
 * than with one: nats a coefficient, 0 and less for one. ERR_NOT_FOUND: it
 * cannot be measured (progressive, or too little in it).
 */
RESULT resaved_measure(struct span file, const struct jpeg_file *f,
    double *out);
