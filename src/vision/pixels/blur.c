/*
 * A bell curve, across and then down, in whole numbers: the same to the level
 * as OpenCV's GaussianBlur of eight bits, whose way of rounding the curve's
 * shares so that they make up 256 is kept. Most of what is softened here are
 * a few thousand pixels, a hundred times over: there its curve alone took
 * longer than all of this.
 */
#include "vision/pixels/blur.h"
#include "vision/still/wide.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define REACH_MAX 192 /* pixels on either side */
#define ALL 256       /* what shares make up */

/* shares[0] is the middle's, each other one stands on both sides. */
struct bell {
	int reach;
	uint16_t shares[REACH_MAX + 1];
};

/* Rounded from the outside in; what one share lost its neighbour gets. */
static RESULT
bell_of(double sigma, struct bell *out)
{
	double fall = -0.125 / (sigma * sigma), sum = 0, rest = 0;
	double at[REACH_MAX + 1];
	if (!(sigma > 0) || sigma * 3 > REACH_MAX - 1)
		return FAIL(ERR_INTERNAL, "softened by %f pixels", sigma);
	int reach = ((int)lrint(sigma * 6 + 1) | 1) / 2, left = ALL;
	for (int i = reach; i > 0; i--) {
		at[i] = exp((double)(4 * i * i) * fall);
		sum += at[i];
	}
	double one = 1 / (sum * 2 + 1);
	*out = (struct bell){.reach = 0};
	for (int i = reach; i > 0; i--) {
		double share = at[i] * one * ALL + rest;
		long whole = lrint(share);
		rest = share - (double)whole;
		out->shares[i] = (uint16_t)whole;
		left -= 2 * (int)whole;
		if (whole > 0 && out->reach == 0)
			out->reach = i;
	}
	out->shares[0] = (uint16_t)left;
	return OK;
}

/* The place, or the one that a mirror at the edge shows. */
static int
mirrored(int at, int count)
{
	while (count > 1 && (at < 0 || at >= count))
		at = at < 0 ? -at : 2 * (count - 1) - at;
	return count > 1 ? at : 0;
}

WIDE static void
across(const uint8_t *restrict in, int count, int step,
    const struct bell *b, uint16_t *restrict out)
{
	const uint8_t *middle = in + b->reach * step;
	for (int x = 0; x < count; x++)
		out[x] = (uint16_t)(middle[x] * b->shares[0]);
	for (int i = 1; i <= b->reach; i++) {
		const uint8_t *one = middle - i * step;
		const uint8_t *other = middle + i * step;
		uint16_t share = b->shares[i];
		for (int x = 0; x < count; x++)
			out[x] = (uint16_t)(out[x] + share * (uint16_t)
			    (one[x] + other[x]));
	}
}

WIDE static void
down(const uint16_t *const *rows, int count, const struct bell *b,
    uint32_t *restrict sums, uint8_t *restrict out)
{
	const uint16_t *const *middle = rows + b->reach;
	for (int x = 0; x < count; x++)
		sums[x] = ALL * ALL / 2 + middle[0][x] *
		    (uint32_t)b->shares[0];
	for (int i = 1; i <= b->reach; i++) {
		const uint16_t *one = middle[-i], *other = middle[i];
		uint32_t share = b->shares[i];
		for (int x = 0; x < count; x++)
			sums[x] += share * ((uint32_t)one[x] + other[x]);
	}
	for (int x = 0; x < count; x++)
		out[x] = (uint8_t)(sums[x] / (ALL * ALL));
}

/* Rows on their way: as many softened across as a row below needs. */
struct rows_around {
	const struct raster *in;
	const struct bell *bell;
	int next;         /* not yet softened */
	uint8_t *edged;   /* a row with what lies beyond its edges */
	uint16_t *across; /* row y in place y modulo their number */
	uint32_t *sums;
};

static void
rows_around_clear(struct rows_around *r)
{
	free(r->edged);
	free(r->across);
	free(r->sums);
}
DEFINE_AUTO_CLEAR(rows_around_clear, struct rows_around)

static RESULT
rows_around_make(const struct raster *in, const struct bell *b,
    struct rows_around *out)
{
	size_t line = (size_t)in->width * (size_t)in->channels;
	size_t side = 2 * (size_t)b->reach + 1;
	*out = (struct rows_around){in, b, 0,
	    malloc(line + (side - 1) * (size_t)in->channels),
	    malloc(side * line * sizeof(*out->across)),
	    malloc(line * sizeof(*out->sums))};
	return out->edged && out->across && out->sums ? OK :
	    FAIL(ERR_TOO_LARGE, "no memory");
}

static uint16_t *
row_across(const struct rows_around *r, int y)
{
	int line = r->in->width * r->in->channels;
	return r->across + (size_t)(y % (2 * r->bell->reach + 1)) *
	    (size_t)line;
}

static void
soften_next(struct rows_around *r)
{
	int width = r->in->width, step = r->in->channels;
	int reach = r->bell->reach;
	const uint8_t *row = raster_row(r->in, r->next);
	memcpy(r->edged + reach * step, row, (size_t)(width * step));
	for (int i = 1; i <= reach; i++) {
		memcpy(r->edged + (reach - i) * step,
		    row + mirrored(-i, width) * step, (size_t)step);
		memcpy(r->edged + (reach + width - 1 + i) * step,
		    row + mirrored(width - 1 + i, width) * step,
		    (size_t)step);
	}
	across(r->edged, width * step, step, r->bell,
	    row_across(r, r->next++));
}

RESULT
blur_by(const struct raster *in, double sigma, struct raster *out)
{
	AUTO(rows_around_clear) struct rows_around rows = {0};
	const uint16_t *around[2 * REACH_MAX + 1];
	struct bell bell;
	TRY(bell_of(sigma, &bell));
	TRY(rows_around_make(in, &bell, &rows));
	TRY(raster_room(in->width, in->height, in->channels, out));
	for (int y = 0; y < in->height; y++) {
		while (rows.next < in->height && rows.next <= y + bell.reach)
			soften_next(&rows);
		for (int i = -bell.reach; i <= bell.reach; i++)
			around[i + bell.reach] = row_across(&rows,
			    mirrored(y + i, in->height));
		down(around, in->width * in->channels, &bell, rows.sums,
		    raster_row(out, y));
	}
	return OK;
}
