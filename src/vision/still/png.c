/*
 * PNG by libpng.
 *
 * A few kilobytes of PNG can unpack to gigabytes: sides are limited by the
 * header, everything that is not pixels by size, and rows are reduced as they
 * come. Of an animated file the first picture is taken: libpng passes over
 * the others.
 */
#include "vision/still/codecs.h"

#include <png.h>
#include <setjmp.h>

#define CHUNK_MAX ((size_t)1024 * 1024)
#define CHUNKS_MAX 64
/* An interlaced picture must be whole in memory before it can be reduced. */
#define INTERLACED_PIXELS_MAX ((uint64_t)16 * 1000 * 1000)

struct reader {
	png_structp png;
	png_infop info;
	enum err code; /* already explained, or OK: the file is broken */
	struct span rest;
	struct still *out;
	struct rows rows;
	struct raster row;   /* one of them */
	struct raster whole; /* interlaced only */
};

static void
fail(struct reader *r, enum err code)
{
	r->code = code;
	if (code != OK)
		longjmp(png_jmpbuf(r->png), 1);
}

static void
stop(png_structp png, png_const_charp text)
{
	(void)text;
	longjmp(png_jmpbuf(png), 1);
}

static void
hear(png_structp png, png_const_charp text)
{
	(void)png;
	(void)text;
}

static void
give(png_structp png, png_bytep out, size_t size)
{
	struct reader *r = png_get_io_ptr(png);
	if (size > r->rest.size)
		png_error(png, "the end");
	memcpy(out, r->rest.data, size);
	r->rest.data += size;
	r->rest.size -= size;
}

static void
set_limits(struct reader *r)
{
	png_set_user_limits(r->png, 65500, 65500);
	png_set_chunk_cache_max(r->png, CHUNKS_MAX);
	png_set_chunk_malloc_max(r->png, CHUNK_MAX);
	png_set_read_fn(r->png, r, give);
}

/* Whatever it holds becomes red, green, blue on white. */
static void
set_conversions(struct reader *r)
{
	png_color_16 white = {0, 255, 255, 255, 255};
	int kind = png_get_color_type(r->png, r->info);
	png_set_scale_16(r->png);
	png_set_expand(r->png);
	if (!(kind & PNG_COLOR_MASK_COLOR))
		png_set_gray_to_rgb(r->png);
	if (kind & PNG_COLOR_MASK_ALPHA ||
	    png_get_valid(r->png, r->info, PNG_INFO_tRNS))
		png_set_background(r->png, &white,
		    PNG_BACKGROUND_GAMMA_SCREEN, 0, 1);
}

static void
read_orientation(struct reader *r)
{
	png_bytep bytes = NULL;
	png_uint_32 size = 0;
	if (png_get_eXIf_1(r->png, r->info, &size, &bytes))
		r->out->orientation = exif_orientation(SPAN(bytes, size));
}

static void
read_header(struct reader *r)
{
	png_read_info(r->png, r->info);
	uint64_t width = png_get_image_width(r->png, r->info);
	uint64_t height = png_get_image_height(r->png, r->info);
	fail(r, still_make(width, height, r->out));
	fail(r, rows_begin(r->out, &r->rows));
	read_orientation(r);
	set_conversions(r);
}

static void
read_straight(struct reader *r)
{
	fail(r, raster_make(r->out->width, 1, 3, &r->row));
	for (int y = 0; y < r->out->height; y++) {
		png_read_row(r->png, r->row.data, NULL);
		rows_add(&r->rows, r->row.data);
	}
}

static void
read_interlaced(struct reader *r, int passes)
{
	if ((uint64_t)r->out->width * (uint64_t)r->out->height >
	    INTERLACED_PIXELS_MAX)
		fail(r, FAIL(ERR_TOO_LARGE, "too large when interlaced"));
	fail(r, raster_make(r->out->width, r->out->height, 3, &r->whole));
	for (; passes > 0; passes--)
		for (int y = 0; y < r->whole.height; y++)
			png_read_row(r->png, raster_row(&r->whole, y), NULL);
	for (int y = 0; y < r->whole.height; y++)
		rows_add(&r->rows, raster_row(&r->whole, y));
}

static void
read_picture(struct reader *r)
{
	set_limits(r);
	read_header(r);
	int passes = png_set_interlace_handling(r->png);
	png_read_update_info(r->png, r->info);
	if (png_get_channels(r->png, r->info) != 3 ||
	    png_get_bit_depth(r->png, r->info) != 8)
		png_error(r->png, "not what was asked for");
	if (passes > 1)
		read_interlaced(r, passes);
	else
		read_straight(r);
	png_read_end(r->png, NULL);
}

static RESULT
guarded(struct reader *r)
{
	if (setjmp(png_jmpbuf(r->png)) == 0) {
		read_picture(r);
		return OK;
	}
	if (r->code != OK)
		return r->code;
	return FAIL(ERR_UNREADABLE, "a broken PNG file");
}

RESULT
png_decode(struct span file, struct still *out)
{
	struct reader r = {.rest = file, .out = out};
	r.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, stop,
	    hear);
	r.info = r.png ? png_create_info_struct(r.png) : NULL;
	enum err code = r.info ? guarded(&r) :
	    FAIL(ERR_INTERNAL, "libpng does not start");
	png_destroy_read_struct(&r.png, &r.info, NULL);
	rows_clear(&r.rows);
	raster_clear(&r.row);
	raster_clear(&r.whole);
	return code;
}
