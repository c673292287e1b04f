/*
 * Still pictures: which reader, then the parts that all kinds share.
 */
#include "vision/still/codecs.h"

#include "base/enum.h"

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
	if (width > height * STILL_NARROW_MAX ||
	    height > width * STILL_NARROW_MAX)
		return FAIL(ERR_UNREADABLE, "too narrow for a document");
	return OK;
}

static int
reduction_of(int width, int height)
{
	int side = width > height ? width : height;
	int reduction = 1;
	while (reduction < 8 && side / (reduction * 2) >= STILL_WORK_SIDE)
		reduction *= 2;
	return reduction;
}

RESULT
still_make(uint64_t width, uint64_t height, struct still *out)
{
	TRY(still_sides(width, height));
	int w = (int)width, h = (int)height, r = reduction_of(w, h);
	out->width = w;
	out->height = h;
	out->reduction = r;
	out->orientation = 1;
	TRY(raster_make(w / r, h / r, 3, &out->colour));
	if (r > 1)
		TRY(raster_make(w, h, 1, &out->native));
	return OK;
}

/* What people have instead, most of it of their telephones. */
static const struct {
	size_t at;
	const char *begins, *name;
} others[] = {{4, "ftypheic", "HEIC"}, {4, "ftypheix", "HEIC"},
    {4, "ftypmif1", "HEIC"}, {4, "ftypavif", "AVIF"}, {8, "WEBP", "WebP"},
    {0, "GIF8", "GIF"}, {0, "II*", "TIFF"}, {0, "BM", "BMP"},
    {0, "<svg", "SVG"}, {0, "<?xml", "SVG"}};

static RESULT
refuse_other(struct span file)
{
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		size_t at = others[i].at, size = strlen(others[i].begins);
		if (file.size > at + size &&
		    memcmp(file.data + at, others[i].begins, size) == 0)
			return FAIL(ERR_MEDIA_TYPE, "neither JPEG nor PNG nor "
			    "PDF, but %s: save it as JPEG", others[i].name);
	}
	return FAIL(ERR_MEDIA_TYPE, "neither JPEG nor PNG nor PDF");
}

static RESULT
decode(struct span file, bool second, struct still *out)
{
	if (starts_with(file, "\xff\xd8\xff", 3)) {
		out->kind = STILL_JPEG;
		return jpeg_decode(file, out);
	}
	if (starts_with(file, "\x89PNG\r\n\x1a\n", 8)) {
		out->kind = STILL_PNG;
		return png_decode(file, out);
	}
	if (starts_with(file, "%PDF-", 5)) {
		out->kind = STILL_PDF;
		return pdf_decode(file, second, out);
	}
	return refuse_other(file);
}

static RESULT
turn_upright(struct still *s)
{
	TRY(raster_turn(&s->colour, s->orientation));
	if (s->grey.data)
		TRY(raster_turn(&s->grey, s->orientation));
	else
		TRY(raster_grey(&s->colour, &s->grey));
	if (s->orientation >= 5) {
		int width = s->width;
		s->width = s->height;
		s->height = width;
	}
	return OK;
}

RESULT
still_decode(struct span file, bool second, struct still *out)
{
	if (file.size == 0)
		return FAIL(ERR_UNREADABLE, "an empty file");
	if (file.size > STILL_FILE_MAX)
		return FAIL(ERR_TOO_LARGE, "more than %zu bytes",
		    STILL_FILE_MAX);
	AUTO(still_clear) struct still made = {0};
	TRY(decode(file, second, &made));
	TRY(turn_upright(&made));
	*out = made;
	made = (struct still){0};
	return OK;
}

/* The box of a picture whose pixels, turned, are one of width x height. */
static void
box_before_turn(int orientation, int width, int height, int box[4])
{
	int x = box[0], y = box[1], w = box[2], h = box[3];
	int far_x = width - x - w, far_y = height - y - h;
	const int at[9][4] = {{x, y, w, h}, {x, y, w, h}, {far_x, y, w, h},
	    {far_x, far_y, w, h}, {x, far_y, w, h}, {y, x, h, w},
	    {y, far_x, h, w}, {far_y, far_x, h, w}, {far_y, x, h, w}};
	memcpy(box, at[orientation], sizeof(at[0]));
}

void
still_box_in_file(const struct still *s, int box[4])
{
	box_before_turn(s->orientation, s->width, s->height, box);
}

void
still_box_upright(const struct still *s, int box[4])
{
	static const int back[9] = {0, 1, 2, 3, 4, 5, 8, 7, 6};
	bool lying = s->orientation >= 5;
	box_before_turn(back[s->orientation], lying ? s->height : s->width,
	    lying ? s->width : s->height, box);
}

RESULT
still_native(const struct still *s, int x, int y, int width, int height,
    struct raster *out)
{
	int box[4] = {x, y, width, height};
	if (!s->native.data)
		return raster_cut(&s->grey, x, y, width, height, out);
	still_box_in_file(s, box);
	TRY(raster_cut(&s->native, box[0], box[1], box[2], box[3], out));
	return raster_turn(out, s->orientation);
}

void
still_clear(struct still *s)
{
	raster_clear(&s->colour);
	raster_clear(&s->grey);
	raster_clear(&s->native);
}
