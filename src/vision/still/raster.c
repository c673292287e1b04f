/*
 * Pixels in memory. Turning copies: pictures here are a few megapixels, and
 * a turn in place is hard to read.
 */
#include "vision/still/raster.h"
#include "vision/still/wide.h"

#include <math.h>
#include <string.h>

#define SIDE_MAX 65535
#define BYTES_MAX ((size_t)256 * 1024 * 1024)

static RESULT
make(int width, int height, int channels, bool zeroed, struct raster *out)
{
	if (width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX)
		return FAIL(ERR_TOO_LARGE, "%d x %d pixels", width, height);
	size_t size = (size_t)width * (size_t)height * (size_t)channels;
	if (size > BYTES_MAX)
		return FAIL(ERR_TOO_LARGE, "%d x %d pixels", width, height);
	uint8_t *data = zeroed ? calloc(1, size) : malloc(size);
	if (!data)
		return FAIL(ERR_TOO_LARGE, "no memory for %zu bytes", size);
	*out = (struct raster){width, height, channels, data};
	return OK;
}

RESULT
raster_make(int width, int height, int channels, struct raster *out)
{
	return make(width, height, channels, true, out);
}

RESULT
raster_room(int width, int height, int channels, struct raster *out)
{
	return make(width, height, channels, false, out);
}

void
raster_clear(struct raster *r)
{
	free(r->data);
	*r = (struct raster){0};
}

void
raster_move(struct raster *from, struct raster *to)
{
	raster_clear(to);
	*to = *from;
	*from = (struct raster){0};
}

WIDE static void
grey_of(const uint8_t *restrict in, size_t count, uint8_t *restrict out)
{
	for (size_t i = 0; i < count; i++)
		out[i] = (uint8_t)((in[3 * i] * 77 + in[3 * i + 1] * 151 +
		    in[3 * i + 2] * 28 + 128) >> 8);
}

RESULT
raster_grey(const struct raster *colour, struct raster *out)
{
	TRY(raster_room(colour->width, colour->height, 1, out));
	size_t count = (size_t)colour->width * (size_t)colour->height;
	if (colour->channels == 1)
		memcpy(out->data, colour->data, count);
	else
		grey_of(colour->data, count, out->data);
	return OK;
}

/* One of three levels of each pixel: the most, or the least. */
static RESULT
choose(const struct raster *colour, bool most, struct raster *out)
{
	if (colour->channels == 1)
		return raster_grey(colour, out);
	TRY(raster_room(colour->width, colour->height, 1, out));
	size_t count = (size_t)colour->width * (size_t)colour->height;
	const uint8_t *in = colour->data;
	for (size_t i = 0; i < count; i++, in += 3) {
		uint8_t high = in[0] > in[1] ? in[0] : in[1];
		uint8_t low = in[0] > in[1] ? in[1] : in[0];
		high = high > in[2] ? high : in[2];
		low = low < in[2] ? low : in[2];
		out->data[i] = most ? high : low;
	}
	return OK;
}

enum err
raster_brightest(const struct raster *colour, struct raster *out)
{
	return choose(colour, true, out);
}

enum err
raster_darkest(const struct raster *colour, struct raster *out)
{
	return choose(colour, false, out);
}

/* Where the pixel at x, y of a picture w by h goes. */
static void
place(int orientation, int w, int h, int *x, int *y)
{
	int from_x = *x, from_y = *y;
	int far_x = w - 1 - from_x, far_y = h - 1 - from_y;
	const int to[9][2] = {{from_x, from_y}, {from_x, from_y},
	    {far_x, from_y}, {far_x, far_y}, {from_x, far_y},
	    {from_y, from_x}, {far_y, from_x}, {far_y, far_x},
	    {from_y, far_x}};
	*x = to[orientation][0];
	*y = to[orientation][1];
}

static void
copy_row(const struct raster *r, int orientation, int y, struct raster *out)
{
	size_t channels = (size_t)r->channels;
	const uint8_t *in = raster_row(r, y);
	for (int x = 0; x < r->width; x++, in += channels) {
		int to_x = x, to_y = y;
		place(orientation, r->width, r->height, &to_x, &to_y);
		memcpy(raster_row(out, to_y) + (size_t)to_x * channels, in,
		    channels);
	}
}

RESULT
raster_turn(struct raster *r, int orientation)
{
	if (orientation < 2 || orientation > 8)
		return OK;
	bool lying = orientation >= 5;
	AUTO(raster_clear) struct raster turned = {0};
	TRY(raster_room(lying ? r->height : r->width,
	    lying ? r->width : r->height, r->channels, &turned));
	for (int y = 0; y < r->height; y++)
		copy_row(r, orientation, y, &turned);
	raster_move(&turned, r);
	return OK;
}

/* Rows under each other, added up. */
WIDE static void
add_rows(const uint8_t *restrict in, size_t line, int rows,
    uint32_t *restrict sums)
{
	memset(sums, 0, line * sizeof(*sums));
	for (int y = 0; y < rows; y++, in += line)
		for (size_t i = 0; i < line; i++)
			sums[i] += in[i];
}

static inline __attribute__((always_inline)) void
means_along(const uint32_t *sums, int width, int channels, int factor,
    uint8_t *out)
{
	unsigned area = (unsigned)(factor * factor);
	for (int x = 0; x < width; x++, sums += factor * channels)
		for (int c = 0; c < channels; c++) {
			unsigned sum = area / 2;
			for (int i = 0; i < factor; i++)
				sum += sums[i * channels + c];
			*out++ = (uint8_t)(sum / area);
		}
}

/* Those that are asked for most often, by numbers that the compiler knows. */
WIDE static void
means_of(const uint32_t *sums, int width, int channels, int factor,
    uint8_t *out)
{
	if (factor == 2 && channels == 1)
		means_along(sums, width, 1, 2, out);
	else if (factor == 4 && channels == 3)
		means_along(sums, width, 3, 4, out);
	else
		means_along(sums, width, channels, factor, out);
}

RESULT
raster_shrink(const struct raster *r, int factor, struct raster *out)
{
	size_t line = (size_t)r->width * (size_t)r->channels;
	AUTO(free) uint32_t *sums = malloc(line * sizeof(*sums));
	if (!sums)
		return FAIL(ERR_TOO_LARGE, "no memory");
	TRY(raster_room(r->width / factor, r->height / factor, r->channels,
	    out));
	for (int y = 0; y < out->height; y++) {
		add_rows(raster_row(r, y * factor), line, factor, sums);
		means_of(sums, out->width, r->channels, factor,
		    raster_row(out, y));
	}
	return OK;
}

RESULT
raster_cut(const struct raster *r, int x, int y, int width, int height,
    struct raster *out)
{
	if (x < 0 || y < 0 || width > r->width - x || height > r->height - y)
		return FAIL(ERR_INTERNAL, "a box outside the picture");
	TRY(raster_room(width, height, r->channels, out));
	size_t line = (size_t)width * (size_t)r->channels;
	for (int row = 0; row < height; row++)
		memcpy(raster_row(out, row), raster_row(r, y + row) +
		    (size_t)x * (size_t)r->channels, line);
	return OK;
}
