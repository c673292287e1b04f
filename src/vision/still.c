/*
 * Still pictures: which reader, then the parts that both kinds share.
 */
#include "vision/codecs.h"

static bool
starts_with(struct span file, const char *magic, size_t size)
{
	return file.size >= size && memcmp(file.data, magic, size) == 0;
}

RESULT
still_sides(uint64_t width, uint64_t height)
{
	if (width > 65500 || height > 65500 ||
	    width * height > STILL_PIXELS_MAX)
		return FAIL(ERR_TOO_LARGE, "more than 50 megapixels");
	if (width < STILL_SIDE_MIN || height < STILL_SIDE_MIN)
		return FAIL(ERR_UNREADABLE, "smaller than %d pixels",
		    STILL_SIDE_MIN);
	return OK;
}

int
still_reduction(int width, int height)
{
	int side = width > height ? width : height;
	int reduction = 1;
	while (reduction < 8 && side / (reduction * 2) >= STILL_WORK_SIDE)
		reduction *= 2;
	return reduction;
}

static RESULT
decode(struct span file, struct still *out)
{
	int orientation = 1;
	if (starts_with(file, "\xff\xd8\xff", 3))
		TRY(jpeg_decode(file, out, &orientation));
	else if (starts_with(file, "\x89PNG\r\n\x1a\n", 8))
		TRY(png_decode(file, out, &orientation));
	else
		return FAIL(ERR_MEDIA_TYPE, "neither JPEG nor PNG");
	TRY(raster_turn(&out->colour, orientation));
	out->turned = orientation > 1;
	if (orientation >= 5) {
		int width = out->width;
		out->width = out->height;
		out->height = width;
	}
	return raster_grey(&out->colour, &out->grey);
}

RESULT
still_decode(struct span file, struct still *out)
{
	if (file.size == 0)
		return FAIL(ERR_UNREADABLE, "an empty file");
	if (file.size > STILL_FILE_MAX)
		return FAIL(ERR_TOO_LARGE, "more than %zu bytes",
		    STILL_FILE_MAX);
	AUTO(still_clear) struct still made = {0};
	TRY(decode(file, &made));
	*out = made;
	made = (struct still){0};
	return OK;
}

void
still_clear(struct still *s)
{
	raster_clear(&s->colour);
	raster_clear(&s->grey);
	raster_clear(&s->band);
}
