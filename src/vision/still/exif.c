/*
 * One number out of an EXIF block: how the camera was held. Every offset in
 * it is a stranger's: read through one bounded function.
 */
#include "vision/still/codecs.h"

#include "vision/still/tiff.h"

#define ENTRIES_MAX 512
#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3

static int
find_orientation(const struct tiff *t)
{
	size_t at = tiff_number(t, 4, 4);
	uint32_t count = tiff_number(t, at, 2);
	for (uint32_t i = 0; i < count && i < ENTRIES_MAX; i++) {
		size_t entry = at + 2 + (size_t)i * 12;
		if (tiff_number(t, entry, 2) != TAG_ORIENTATION ||
		    tiff_number(t, entry + 2, 2) != TYPE_SHORT)
			continue;
		uint32_t value = tiff_number(t, entry + 8, 2);
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
	    tiff_number(&t, 2, 2) != 42)
		return 1;
	return find_orientation(&t);
}
