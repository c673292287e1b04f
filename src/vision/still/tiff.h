/* Numbers of a TIFF block, which is what EXIF is written in. */
#pragma once

#include <stdbool.h>

#include "base/buf.h"

struct tiff {
	struct span bytes;
	bool big_endian;
};

/* Zero outside the block. */
static inline uint32_t
tiff_number(const struct tiff *t, size_t at, size_t size)
{
	if (at > t->bytes.size || size > t->bytes.size - at)
		return 0;
	uint32_t value = 0;
	for (size_t i = 0; i < size; i++) {
		size_t k = t->big_endian ? i : size - 1 - i;
		value = value << 8 | t->bytes.data[at + k];
	}
	return value;
}
