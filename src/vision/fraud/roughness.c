/*
 * Immerkaer's mask sees grain and is blind to slopes; the mean over nine
 * pixels of it, as a logarithm. A picture with many more pixels than the
 * card's 300 dpi is first made smaller, so that letters are about as large
 * everywhere.
 */
#include "vision/fraud/roughness.h"

#include <math.h>
#include <stdlib.h>

#define DENSE 20.0f     /* pixels a millimetre: from here on made smaller */
#define USUAL 14.0f
#define AROUND 6        /* pixels around what is wanted */
#define BEND_MOST 2040
#define SIDE_LEAST 8
/* Pixels of the box around a part, made smaller and not: planes seen at a
 * slant spread it over the whole picture. */
#define AREA_MOST (1500L * 1000)
#define WHOLE_MOST (12L * 1000 * 1000)

/* A part of the picture, and where it lies in pixels of width x height. */
struct piece {
	struct raster grey;
	int x, y, shrunk;
};

static void
piece_clear(struct piece *p)
{
	raster_clear(&p->grey);
}
DEFINE_AUTO_CLEAR(piece_clear, struct piece)

static uint8_t
logarithm(int sum)
{
	static uint8_t of[9 * BEND_MOST + 1];
	if (of[9 * BEND_MOST] == 0)
		for (int i = 0; i <= 9 * BEND_MOST; i++)
			of[i] = (uint8_t)fmin(255, ROUGH_STEPS *
			    log2(1 + i / 9.0));
	return of[sum];
}

static int
within(int v, int most)
{
	return v < 0 ? 0 : v < most ? v : most - 1;
}

static void
bends_of_row(const struct raster *g, int y, int *out)
{
	const uint8_t *a = raster_row(g, within(y - 1, g->height));
	const uint8_t *b = raster_row(g, y);
	const uint8_t *c = raster_row(g, within(y + 1, g->height));
	for (int x = 0; x < g->width; x++) {
		int l = within(x - 1, g->width), r = within(x + 1, g->width);
		out[x] = abs(a[l] - 2 * a[x] + a[r] - 2 * b[l] + 4 * b[x] -
		    2 * b[r] + c[l] - 2 * c[x] + c[r]);
	}
}

static RESULT
map_of(const struct raster *g, struct raster *out)
{
	AUTO(free) int *bends = malloc((size_t)g->width * (size_t)g->height *
	    sizeof(*bends));
	if (!bends)
		return FAIL(ERR_TOO_LARGE, "no memory");
	TRY(raster_make(g->width, g->height, 1, out));
	for (int y = 0; y < g->height; y++)
		bends_of_row(g, y, bends + (size_t)y * (size_t)g->width);
	for (int y = 0; y < g->height; y++)
		for (int x = 0; x < g->width; x++) {
			int sum = 0;
			for (int v = y - 1; v <= y + 1; v++) {
				const int *row = bends +
				    (size_t)within(v, g->height) *
				    (size_t)g->width;
				sum += row[within(x - 1, g->width)] + row[x] +
				    row[within(x + 1, g->width)];
			}
			raster_row(out, y)[x] = logarithm(sum);
		}
	return OK;
}

/* Corners in pixels of width x height. */
static void
corners_of(const struct still *s, const struct plane *page,
    struct roughness_part part, float out[8])
{
	plane_corners(page, part.x, part.y, part.width, part.height, out);
	for (int i = 0; i < 8; i++)
		out[i] = (out[i] + 0.5f) * (float)s->reduction - 0.5f;
}

static RESULT
piece_cut(const struct still *s, const float c[8], float density,
    struct piece *out)
{
	AUTO(raster_clear) struct raster whole = {0};
	float low[2] = {1e9f, 1e9f}, high[2] = {-1e9f, -1e9f};
	for (int i = 0; i < 8; i++) {
		low[i & 1] = fminf(low[i & 1], c[i]);
		high[i & 1] = fmaxf(high[i & 1], c[i]);
	}
	out->shrunk = density > DENSE ? (int)lrintf(density / USUAL) : 1;
	float more = (float)(AROUND * out->shrunk);
	out->x = (int)fmaxf(low[0] - more, 0) & ~1;
	out->y = (int)fmaxf(low[1] - more, 0) & ~1;
	int right = (int)fminf(high[0] + more, (float)s->width);
	int bottom = (int)fminf(high[1] + more, (float)s->height);
	if (right - out->x < SIDE_LEAST * out->shrunk ||
	    bottom - out->y < SIDE_LEAST * out->shrunk)
		return FAIL(ERR_NOT_FOUND, "not in the picture");
	long area = (long)(right - out->x) * (bottom - out->y);
	if (area > WHOLE_MOST || area > AREA_MOST * out->shrunk * out->shrunk)
		return FAIL(ERR_NOT_FOUND, "spread over too much of it");
	TRY(still_native(s, out->x, out->y, right - out->x, bottom - out->y,
	    &whole));
	if (out->shrunk > 1)
		return raster_shrink(&whole, out->shrunk, &out->grey);
	raster_move(&whole, &out->grey);
	return OK;
}

/* The map at places between the corners; by: its pixels, in the picture's. */
static void
lay_flat(const struct raster *map, const struct piece *p, float by,
    const float c[8], int columns, int rows, uint8_t *out)
{
	for (int v = 0; v < rows; v++) {
		float down = ((float)v + 0.5f) / (float)rows;
		float at[2], step[2];
		for (int k = 0; k < 2; k++) {
			float left = c[k] + down * (c[6 + k] - c[k]);
			float right = c[2 + k] + down * (c[4 + k] - c[2 + k]);
			step[k] = (right - left) / (float)columns;
			at[k] = left + step[k] / 2 - (float)(k ? p->y : p->x);
		}
		for (int u = 0; u < columns; u++)
			*out++ = (uint8_t)raster_at(map,
			    (at[0] + (float)u * step[0] + 0.5f) / by - 0.5f,
			    (at[1] + (float)u * step[1] + 0.5f) / by - 0.5f);
	}
}

RESULT
roughness_put(const struct still *s, const struct plane *page,
    struct roughness_part part, int columns, int rows, uint8_t *fine,
    uint8_t *coarse)
{
	AUTO(piece_clear) struct piece p = {0};
	AUTO(raster_clear) struct raster half = {0};
	AUTO(raster_clear) struct raster map = {0};
	AUTO(raster_clear) struct raster half_map = {0};
	float c[8];
	corners_of(s, page, part, c);
	float density = hypotf(c[2] - c[0], c[3] - c[1]) / part.width;
	bool near = density > 0;
	for (int i = 0; i < 8; i++)
		near = near && isfinite(c[i]) && fabsf(c[i]) < 1e6f;
	if (!near)
		return FAIL(ERR_NOT_FOUND, "not in the picture");
	TRY(piece_cut(s, c, density, &p));
	TRY(map_of(&p.grey, &map));
	TRY(raster_shrink(&p.grey, 2, &half));
	TRY(map_of(&half, &half_map));
	lay_flat(&map, &p, (float)p.shrunk, c, columns, rows, fine);
	lay_flat(&half_map, &p, (float)(2 * p.shrunk), c, columns, rows,
	    coarse);
	return OK;
}
