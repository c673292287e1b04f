/*
 * The best fit is climbed to from where it was reckoned, one measure at a
 * time, in steps that become smaller: the top is broad, as features are.
 */
#include "vision/fraud/fit.h"

#include <math.h>

#include "base/enum.h"

enum { ASIDE, DOWN, WIDER, TALLER, MEASURES };

/* Shares of the picture's size. */
static const float most[MEASURES] = {0.08f, 0.08f, 0.05f, 0.05f};
static const float steps[] = {0.02f, 0.01f, 0.005f};

#define ROUNDS 8 /* of one step: no more is left to be climbed */

struct fit {
	const struct raster *all, *one;
	float middle[2]; /* of the part, in all */
};

static double
correlation(const struct fit *f, const float by[MEASURES])
{
	int w = f->one->width, h = f->one->height;
	float x0 = f->middle[0] + by[ASIDE] * (float)w;
	float y0 = f->middle[1] + by[DOWN] * (float)h;
	double a = 0, b = 0, aa = 0, bb = 0, ab = 0, n = (double)w * h;
	for (int y = 0; y < h; y++) {
		const uint8_t *row = raster_row(f->one, y);
		float v = y0 + ((float)y - (float)(h - 1) / 2) *
		    (1 + by[TALLER]);
		for (int x = 0; x < w; x++) {
			float u = x0 + ((float)x - (float)(w - 1) / 2) *
			    (1 + by[WIDER]);
			double p = row[x];
			double q = (double)raster_at(f->all, u, v);
			a += p;
			b += q;
			aa += p * p;
			bb += q * q;
			ab += p * q;
		}
	}
	double spread = (aa - a * a / n) * (bb - b * b / n);
	return spread > 0 ? (ab - a * b / n) / sqrt(spread) : 0;
}

/* Whether a step either way of any measure is better. */
static bool
climb(const struct fit *f, float step, float by[MEASURES], double *best)
{
	bool better = false;
	for (int i = 0; i < 2 * MEASURES; i++) {
		int m = i / 2;
		float was = by[m], now = was + (i % 2 ? -step : step);
		if (fabsf(now) > most[m] + step / 2)
			continue;
		by[m] = now;
		double found = correlation(f, by);
		if (found > *best) {
			*best = found;
			better = true;
		} else {
			by[m] = was;
		}
	}
	return better;
}

double
fit_best(const struct raster *part_of, const struct raster *one,
    const float at[2], struct fitted *out)
{
	struct fit f = {part_of, one, {at[0] + (float)(one->width - 1) / 2,
	    at[1] + (float)(one->height - 1) / 2}};
	float by[MEASURES] = {0};
	double best = correlation(&f, by);
	for (size_t i = 0; i < COUNT_OF(steps); i++)
		for (int k = 0; k < ROUNDS; k++)
			if (!climb(&f, steps[i], by, &best))
				break;
	*out = (struct fitted){{f.middle[0] + by[ASIDE] * (float)one->width,
	    f.middle[1] + by[DOWN] * (float)one->height}, by[WIDER],
	    by[TALLER]};
	return best;
}

double
fit_there(const struct raster *part_of, const struct raster *one,
    const struct fitted *at)
{
	const struct fit f = {part_of, one, {at->middle[0], at->middle[1]}};
	const float by[MEASURES] = {[WIDER] = at->wider,
	    [TALLER] = at->taller};
	return correlation(&f, by);
}
