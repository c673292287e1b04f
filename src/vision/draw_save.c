/*
 * A picture into a PNG file by libpng.
 */
#include "vision/draw.h"

#include <png.h>
#include <setjmp.h>

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

/* All that is used after a longjmp was set before it. */
static RESULT
write_rows(png_structp png, png_infop info, const struct raster *r,
    FILE *file)
{
	if (setjmp(png_jmpbuf(png)))
		return FAIL(ERR_UNAVAILABLE, "the picture cannot be written");
	png_init_io(png, file);
	png_set_IHDR(png, info, (png_uint_32)r->width,
	    (png_uint_32)r->height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
	    PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_compression_level(png, 3);
	png_write_info(png, info);
	for (int y = 0; y < r->height; y++)
		png_write_row(png, raster_row(r, y));
	png_write_end(png, NULL);
	return fflush(file) == 0 ? OK :
	    FAIL(ERR_UNAVAILABLE, "the picture cannot be written: %m");
}

RESULT
draw_save(const struct raster *colour, FILE *file)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL,
	    stop, hear);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	enum err code = info ? write_rows(png, info, colour, file) :
	    FAIL(ERR_TOO_LARGE, "no memory");
	if (png)
		png_destroy_write_struct(&png, &info);
	return code;
}
