/*
 * One number out of an EXIF block: how the camera was held. Every offset in
 * it is a stranger's: read through one bounded function.
 */
#include "vision/still/codecs.h"

#define ENTRIES_MAX 512
#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3

struct tiff {
	struct span bytes;
	bool big_endian;
};

/* Zero outside the block. */
static uint32_t
number(const struct tiff *t, size_t at, size_t size)
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

static int
find_orientation(const struct tiff *t)
{
	size_t at = number(t, 4, 4);
	uint32_t count = number(t, at, 2);
	for (uint32_t i = 0; i < count && i < ENTRIES_MAX; i++) {
		size_t entry = at + 2 + (size_t)i * 12;
		if (number(t, entry, 2) != TAG_ORIENTATION ||
		    number(t, entry + 2, 2) != TYPE_SHORT)
			continue;
		uint32_t value = number(t, entry + 8, 2);
		return value >= 1 && value <= 8 ? (int)value : 1;
	}
	return 1;
}

int
exif_orientation(struct span tiff)
{
	struct tiff t = {tiff, false};
	if (tiff.size < 8)
		return 1;
	t.big_endian = tiff.data[0] == 'M';
	if (tiff.data[0] != tiff.data[1] ||
	    (tiff.data[0] != 'M' && tiff.data[0] != 'I') ||
	    number(&t, 2, 2) != 42)
		return 1;
	return find_orientation(&t);
}
