/*
 * Traces in any bytes: segments, tags, coefficients.
 */
#include "vision/exif_tags.h"
#include "vision/jpeg_file.h"
#include "vision/resaved.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct jpeg_file file;
	struct exif_tags tags;
	double gain;
	int quality;
	exif_tags_read(SPAN(data, size), &tags);
	if (jpeg_file_parse(SPAN(data, size), &file) != OK)
		return 0;
	exif_tags_read(file.exif, &tags);
	IGNORE(resaved_measure(SPAN(data, size), &file, &gain));
	return jpeg_file_family(&file, &quality) == NULL;
}
