/*
 * Rims are found on the card, and measured in maps of roughness that come from
 * the picture itself: at its pixels, and at half of them.
 */
#include "vision/fraud/rims.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vision/fraud/roughness.h"
#include "vision/pixels/median.h"
#include "vision/sight.h"

#define MARGIN 4         /* pixels of the card around a field's box */
#define RIM 1            /* pixels beyond the ink */
#define ENOUGH 60        /* pixels that give a mean */
#define SHORT 2          /* times as wide as high */
#define CONTRAST_LEAST 30

/* The inverse covariance of genuine fields' edges, from tuning pictures: fine
 * and coarse go together, so that their difference tells most. */
#define EDGE_FINE 58.0
#define EDGE_COARSE 43.0
#define EDGE_BOTH 43.0

struct region {
	int x, y, width, height;
	uint8_t *grey, *fine, *coarse, *rim;
};

static void
region_clear(struct region *r)
{
	free(r->grey); /* the others lie behind it */
}
DEFINE_AUTO_CLEAR(region_clear, struct region)

static RESULT
region_make(const struct raster *card, const struct patch *spot,
    struct region *out)
{
	*out = (struct region){.x = spot->x - MARGIN, .y = spot->y - MARGIN,
	    .width = spot->width + 2 * MARGIN,
	    .height = spot->height + 2 * MARGIN};
	if (out->x < 0 || out->y < 0 || out->x + out->width > card->width ||
	    out->y + out->height > card->height)
		return FAIL(ERR_NOT_FOUND, "at the card's edge");
	size_t all = (size_t)out->width * (size_t)out->height;
	out->grey = calloc(4, all);
	if (!out->grey)
		return FAIL(ERR_TOO_LARGE, "no memory");
	out->fine = out->grey + all;
	out->coarse = out->fine + all;
	out->rim = out->coarse + all;
	for (int y = 0; y < out->height; y++) {
		const uint8_t *row = raster_row(card, out->y + y) +
		    (size_t)out->x * 3;
		for (int x = 0; x < out->width; x++, row += 3)
			out->grey[y * out->width + x] = (uint8_t)(
			    (299 * row[0] + 587 * row[1] + 114 * row[2]) /
			    1000);
	}
	return OK;
}

/* The level that a share of the pixels (of 100) are darker than. */
static int
level_of(const struct region *r, int share)
{
	int counts[256] = {0}, seen = 0, all = r->width * r->height;
	for (int i = 0; i < all; i++)
		counts[r->grey[i]]++;
	for (int level = 0; level < 256; level++)
		if ((seen += counts[level]) * 100 >= all * share)
			return level;
	return 255;
}

/* Marks what is ink or lies beside it. */
static void
mark_rim(const struct region *r, double border)
{
	for (int y = 0; y < r->height; y++)
		for (int x = 0; x < r->width; x++) {
			if (r->grey[y * r->width + x] >= border)
				continue;
			int from = x < RIM ? 0 : x - RIM;
			int to = x + RIM < r->width ? x + RIM + 1 : r->width;
			for (int v = y - RIM; v <= y + RIM; v++)
				if (v >= 0 && v < r->height)
					memset(r->rim + v * r->width + from, 1,
					    (size_t)(to - from));
		}
}

/* The mean of a map along the rims. */
static double
mean_of(const struct region *r, const uint8_t *map)
{
	double sum = 0;
	int count = 0, all = r->width * r->height;
	for (int i = 0; i < all; i++)
		if (r->rim[i]) {
			sum += map[i];
			count++;
		}
	return count < ENOUGH ? NAN : sum / count / ROUGH_STEPS;
}

static RESULT
measure(const struct still *still, const struct plane *page,
    const struct raster *card, const struct patch *spot, struct rims *out)
{
	AUTO(region_clear) struct region r = {0};
	TRY(region_make(card, spot, &r));
	int ink = level_of(&r, 4), paper = level_of(&r, 67);
	if (paper - ink < CONTRAST_LEAST)
		return FAIL(ERR_NOT_FOUND, "no contrast");
	TRY(roughness_put(still, page, (struct roughness_part){
	    (float)r.x / CARD_PER_MM, (float)r.y / CARD_PER_MM,
	    (float)r.width / CARD_PER_MM, (float)r.height / CARD_PER_MM},
	    r.width, r.height, r.fine, r.coarse));
	double border = 0.35 * ink + 0.65 * paper;
	double contrast = log2(paper - ink);
	mark_rim(&r, border);
	out->of[RIMS_FINE] = mean_of(&r, r.fine) - contrast;
	out->of[RIMS_COARSE] = mean_of(&r, r.coarse) - contrast;
	return OK;
}

RESULT
rims_measure(const struct still *still, const struct plane *page,
    const struct raster *card, const struct field_looks *f,
    struct rims out[PATCHES_MAX])
{
	for (size_t i = 0; i < f->count; i++) {
		const struct patch *spot = &f->at[i].spot;
		for (int k = 0; k < RIMS_VALUES; k++)
			out[i].of[k] = NAN;
		if (!f->at[i].candidate || spot->width < SHORT * spot->height)
			continue;
		enum err done = measure(still, page, card, spot, &out[i]);
		if (done != OK && done != ERR_NOT_FOUND)
			return done;
		err_clear();
	}
	return OK;
}

/* A value less the middle one of the other fields; NAN with too few. */
static double
off(const struct field_looks *f, const struct rims rims[PATCHES_MAX],
    size_t which, int value)
{
	float others[PATCHES_MAX];
	size_t count = 0;
	for (size_t i = 0; i < f->count; i++)
		if (i != which && isfinite(rims[i].of[value]))
			others[count++] = (float)rims[i].of[value];
	return count + 1 < RIMS_LEAST ? NAN : rims[which].of[value] -
	    (double)median_of(others, count);
}

double
rims_apart(const struct field_looks *f, const struct rims rims[PATCHES_MAX],
    size_t which)
{
	double fine = off(f, rims, which, RIMS_FINE);
	double coarse = off(f, rims, which, RIMS_COARSE);
	return sqrt(EDGE_FINE * fine * fine + EDGE_COARSE * coarse * coarse -
	    2 * EDGE_BOTH * fine * coarse);
}
