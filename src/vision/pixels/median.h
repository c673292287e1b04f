/*
 * The middle one of a few values.
 */
#pragma once

#include <stddef.h>

/* Sorts them; the upper one of an even count. count: at least 1, and few, as
 * it takes their square. */
static inline float
median_of(float *values, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t k = i; k > 0 && values[k] < values[k - 1]; k--) {
			float swap = values[k];
			values[k] = values[k - 1];
			values[k - 1] = swap;
		}
	return values[count / 2];
}
