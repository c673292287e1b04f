/*
 * Pixels of a stranger's picture to the reader of barcodes: no crash, and a
 * text within its bounds. The first byte is the width.
 */
#include "base/fuzz.h"
#include "vision/pixels/barcodes.h"

#include <assert.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct barcode b;
	AUTO(raster_clear) struct raster grey = {0};
	int width = size > 0 && data[0] > 8 ? data[0] : 9;
	int height = (int)(size / (size_t)width);

	if (height < 9 || height > 2000 ||
	    raster_make(width, height, 1, &grey) != OK)
		return 0;
	memcpy(grey.data, data, (size_t)width * (size_t)height);
	if (barcodes_find(&grey, &b) != OK)
		return 0;
	assert(b.kind && b.size <= BARCODE_TEXT_MAX);
	assert(strlen(b.text) == b.size);
	return 0;
}
