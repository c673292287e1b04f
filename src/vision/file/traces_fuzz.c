/*
 * Traces in any bytes: segments, chunks, tags, coefficients.
 */
#include "vision/file/exif_tags.h"
#include "vision/file/history.h"
#include "vision/file/jpeg_file.h"
#include "vision/file/png_notes.h"
#include "vision/file/resaved.h"
#include "vision/file/xmp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct jpeg_file file;
	struct exif_tags tags;
	double gain;
	int quality;
	struct png_notes notes;
	char creator[XMP_TEXT_MAX];
	exif_tags_read(SPAN(data, size), &tags);
	xmp_creator(SPAN(data, size), creator);
	png_notes_read(SPAN(data, size), &notes);
	xmp_creator(notes.xmp, creator);
	exif_tags_read(notes.exif, &tags);
	if (jpeg_file_parse(SPAN(data, size), &file) != OK)
		return 0;
	exif_tags_read(file.exif, &tags);
	if (file.width < 2000 && file.height < 2000) {
		AUTO(history_clear) struct history h = {0};
		struct still s = {.width = file.width, .height = file.height,
		    .reduction = 1, .orientation = 1};
		struct apart apart;
		if (history_read(SPAN(data, size), &file, &s, &h) == OK)
			IGNORE(history_apart(&h, &s, NULL, 0, &apart));
	}
	IGNORE(resaved_measure(SPAN(data, size), &file, &gain));
	return jpeg_file_family(&file, &quality) == NULL;
}
