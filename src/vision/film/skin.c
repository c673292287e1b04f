/*
 * Light of cheeks and ground.
 *
 * The cheeks lie between the corners of the eye, the wing of the nose and the
 * edge of the jaw, and are drawn in by a quarter, so that neither lashes nor
 * hair belong to them.
 */
#include "vision/film/skin.h"

#include <math.h>
#include <string.h>

#define CORNERS 4
#define DRAWN_IN 0.72f
#define PIXELS_LEAST 40
#define CURVE 2.2f     /* of cameras' brightness */
#define GROUND_STEP 4
#define GROUND_LEAST 400
#define BESIDE 1.7f    /* times the face's box: shoulders and hair end */
#define LEVELS 256

/* In their order around each. */
static const int corners[CHEEKS][CORNERS] = {
    [CHEEK_LEFT] = {36, 39, 31, 2},
    [CHEEK_RIGHT] = {45, 42, 35, 14},
};

static const float *
light_of_levels(void)
{
	static float light[LEVELS];
	for (int i = 1; i < LEVELS && light[LEVELS - 1] <= 0; i++)
		light[i] = powf((float)i / (LEVELS - 1), CURVE);
	return light;
}

struct area {
	float x[CORNERS], y[CORNERS];
	int left, top, right, bottom; /* the last two are outside */
};

static struct area
area_of(const struct face *f, const int points[CORNERS],
    const struct raster *r)
{
	struct area a;
	float x = 0, y = 0, low_x, low_y, high_x, high_y;
	for (int i = 0; i < CORNERS; i++) {
		x += f->points[points[i]][0] / CORNERS;
		y += f->points[points[i]][1] / CORNERS;
	}
	low_x = high_x = x;
	low_y = high_y = y;
	for (int i = 0; i < CORNERS; i++) {
		a.x[i] = x + DRAWN_IN * (f->points[points[i]][0] - x);
		a.y[i] = y + DRAWN_IN * (f->points[points[i]][1] - y);
		low_x = fminf(low_x, a.x[i]);
		low_y = fminf(low_y, a.y[i]);
		high_x = fmaxf(high_x, a.x[i]);
		high_y = fmaxf(high_y, a.y[i]);
	}
	a.left = (int)raster_inside(low_x, (float)r->width);
	a.top = (int)raster_inside(low_y, (float)r->height);
	a.right = (int)raster_inside(high_x + 1, (float)r->width);
	a.bottom = (int)raster_inside(high_y + 1, (float)r->height);
	return a;
}

/* By how often a line to the left crosses the edge. */
static bool
lies_in(const struct area *a, float x, float y)
{
	bool in = false;
	for (int i = 0, k = CORNERS - 1; i < CORNERS; k = i++)
		if ((a->y[i] > y) != (a->y[k] > y) &&
		    x > a->x[i] + (y - a->y[i]) * (a->x[k] - a->x[i]) /
		    (a->y[k] - a->y[i]))
			in = !in;
	return in;
}

/* What half of the pixels are darker than. */
static float
middle_of(const unsigned counts[LEVELS], unsigned all)
{
	unsigned below = 0;
	int level = 0;
	while (level < LEVELS - 1 &&
	    2 * (below + counts[level]) < all)
		below += counts[level++];
	/* within the level too: steps of one are a hundredth of the light */
	float part = counts[level] ? ((float)all / 2 - (float)below) /
	    (float)counts[level] : 0.5f;
	return powf(((float)level - 0.5f + part) / (LEVELS - 1), CURVE);
}

static bool
measure_cheek(const struct raster *r, const struct area *a,
    const float light[LEVELS], float *middle, double sums[3])
{
	unsigned counts[LEVELS] = {0}, all = 0;
	double own[3] = {0};
	for (int y = a->top; y < a->bottom; y++)
		for (int x = a->left; x < a->right; x++) {
			if (!lies_in(a, (float)x, (float)y))
				continue;
			const uint8_t *p = raster_row(r, y) + 3 * x;
			counts[(77 * p[0] + 150 * p[1] + 29 * p[2]) >> 8]++;
			all++;
			for (int c = 0; c < 3; c++)
				own[c] += (double)light[p[c]];
		}
	if (all < PIXELS_LEAST)
		return false;
	*middle = fmaxf(middle_of(counts, all), 1e-4f);
	for (int c = 0; c < 3; c++)
		sums[c] += own[c] / all / CHEEKS;
	return true;
}

/* Above the chin, left and right of the head. */
static void
measure_ground(const struct raster *r, const struct face *f,
    const float light[LEVELS], float out[3])
{
	double sums[3] = {0};
	unsigned all = 0;
	float middle = f->x + f->width / 2, half = BESIDE * f->width / 2;
	float chin = raster_inside(f->y + 0.9f * f->height,
	    (float)r->height);
	for (int y = 0; y < (int)chin; y += GROUND_STEP)
		for (int x = 0; x < r->width; x += GROUND_STEP) {
			if (fabsf((float)x - middle) < half)
				continue;
			const uint8_t *p = raster_row(r, y) + 3 * x;
			all++;
			for (int c = 0; c < 3; c++)
				sums[c] += (double)light[p[c]];
		}
	for (int c = 0; c < 3; c++)
		out[c] = all < GROUND_LEAST ? 0 : (float)(sums[c] / all);
}

void
skin_measure(const struct raster *colour, const struct face *face,
    struct skin *out)
{
	const float *light = light_of_levels();
	double sums[3] = {0};
	*out = (struct skin){0};
	if (!face->has_points || colour->channels != 3)
		return;
	for (int i = 0; i < CHEEKS; i++) {
		struct area a = area_of(face, corners[i], colour);
		if (!measure_cheek(colour, &a, light, &out->cheek[i], sums))
			return;
	}
	for (int c = 0; c < 3; c++)
		out->colour[c] = (float)sums[c];
	measure_ground(colour, face, light, out->ground);
	out->seen = true;
}
