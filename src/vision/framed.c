/*
 * An edge that the eye hardly sees is a step of a few levels that goes on for
 * the whole length of a field. Its mean over that length is taken where the
 * picture is flat, so that letters and lines do not speak, and compared with
 * the grain. The four steps must lead inwards the same way: the patch is
 * lighter than the page, or darker. Looked for along the page, and along the
 * picture's own rows, as an editor cuts.
 */
#include "vision/framed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vision/median.h"

/* Shares of the field's height. */
#define REACH 0.65f      /* how far from the field's box an edge may lie */
#define INSIDE 0.12f     /* how far inside of it */
#define BESIDE 0.75f     /* from where on an edge should have ended */
#define MARGIN 0.8f
#define MARGIN_BESIDE 1.9f

#define MORE 6           /* pixels around that */
#define HIGH_LEAST 9.0f
#define AREA_MOST (1 << 18)
#define FLAT 20          /* half levels: a larger step is print */
#define FLAT_SHARE 0.6   /* of an edge that should be flat */
#define GRAIN_LEAST 1.4  /* half levels */
#define FEW 4            /* pixels that give no mean */
#define TURNED 0.004f    /* of the page in the picture: less is straight */
#define LONG_MOST 150.0f /* pixels of an edge that count */
#define TALL_MOST 40.0f
#define UPRIGHT 0.5      /* weight of the two short edges */

/* The surroundings of a field laid straight, and how much they rise down and
 * to the right at each pixel, in half levels. */
struct field_area {
	int width, height;
	int left, right, top, bottom; /* the field's box */
	uint8_t *grey;
	int16_t *down, *across;
	double grain_down, grain_across;
};

static void
area_clear(struct field_area *a)
{
	free(a->grey);
	free(a->down);
	free(a->across);
}
DEFINE_AUTO_CLEAR(area_clear, struct field_area)

/* A field's middle and half its sides, along a direction. */
struct slant {
	float x, y, half_width, half_height, cosine, sine;
};

static int
within(int v, int most)
{
	return v < 0 ? 0 : v < most ? v : most - 1;
}

static uint8_t
level_at(const struct raster *g, float x, float y)
{
	int left = within((int)floorf(x), g->width);
	int top = within((int)floorf(y), g->height);
	int right = within(left + 1, g->width);
	float u = fminf(fmaxf(x - (float)left, 0), 1);
	float v = fminf(fmaxf(y - (float)top, 0), 1);
	const uint8_t *a = raster_row(g, top);
	const uint8_t *b = raster_row(g, within(top + 1, g->height));
	float up = (float)a[left] + u * (float)(a[right] - a[left]);
	float low = (float)b[left] + u * (float)(b[right] - b[left]);
	return (uint8_t)lrintf(up + v * (low - up));
}

static void
lay_straight(const struct raster *grey, const struct slant *s,
    struct field_area *a)
{
	float mid_u = (float)a->width / 2, mid_v = (float)a->height / 2;
	for (int v = 0; v < a->height; v++)
		for (int u = 0; u < a->width; u++) {
			float p = (float)u - mid_u, q = (float)v - mid_v;
			float x = s->x + p * s->cosine - q * s->sine;
			float y = s->y + p * s->sine + q * s->cosine;
			if (s->sine == 0) {
				x = rintf(x);
				y = rintf(y);
			}
			a->grey[v * a->width + u] = level_at(grey, x, y);
		}
}

/* Two pixels less the two before, along steps of so many places. */
static int16_t
rise(const uint8_t *at, int step)
{
	return (int16_t)(at[0] + at[step] - at[-step] - at[-2 * step]);
}

static double
middle_of(const int16_t *values, int count)
{
	int counts[2 * 255 + 1] = {0}, seen = 0, at = 0;
	for (int i = 0; i < count; i++)
		counts[abs(values[i])]++;
	while (at < 2 * 255 && (seen += counts[at]) <= count / 2)
		at++;
	return fmax(at, GRAIN_LEAST);
}

static void
find_rises(struct field_area *a)
{
	int w = a->width, h = a->height;
	for (int v = 2; v < h - 2; v++)
		for (int u = 2; u < w - 2; u++) {
			const uint8_t *at = a->grey + v * w + u;
			a->down[v * w + u] = rise(at, w);
			a->across[v * w + u] = rise(at, 1);
		}
	a->grain_down = middle_of(a->down, w * h);
	a->grain_across = middle_of(a->across, w * h);
}

static RESULT
area_make(const struct raster *grey, const struct slant *s,
    struct field_area *a)
{
	float high = 2 * s->half_height;
	int above = (int)(MARGIN * high) + MORE;
	int beside = (int)(MARGIN_BESIDE * high) + MORE;
	float width = 2 * (s->half_width + (float)beside);
	float height = high + 2 * (float)above;
	*a = (struct field_area){0};
	if (!(width * height < AREA_MOST))
		return FAIL(ERR_NOT_FOUND, "too large to look at");
	a->width = (int)width;
	a->height = (int)height;
	a->left = beside;
	a->right = a->width - beside;
	a->top = above;
	a->bottom = a->height - above;
	size_t all = (size_t)a->width * (size_t)a->height;
	a->grey = malloc(all);
	a->down = calloc(all, sizeof(*a->down));
	a->across = calloc(all, sizeof(*a->across));
	if (!a->grey || !a->down || !a->across)
		return FAIL(ERR_TOO_LARGE, "no memory");
	lay_straight(grey, s, a);
	find_rises(a);
	return OK;
}

/* Flat along the rise, at the pixel and beside it. */
static bool
is_flat(const int16_t *rises, int at, int step)
{
	return abs(rises[at]) < FLAT && abs(rises[at - step]) < FLAT &&
	    abs(rises[at + step]) < FLAT;
}

/* The mean rise of a run of pixels by the grain, less where print lies. */
static double
edge_of(const int16_t *rises, int from, int step, int count, int beside,
    double grain)
{
	int sum = 0, flat = 0;
	for (int i = 0, at = from; i < count; i++, at += step)
		if (is_flat(rises, at, beside)) {
			sum += rises[at];
			flat++;
		}
	if (flat <= FEW)
		return 0;
	double share = fmin(1, flat / (FLAT_SHARE * count));
	return sum / grain / flat * share * share;
}

static double
row_edge(const struct field_area *a, int row, int from, int to)
{
	return edge_of(a->down, row * a->width + from, 1, to - from, a->width,
	    a->grain_down);
}

/* What of an edge goes on beside the field, as bands and lines do. */
static double
goes_on(const struct field_area *a, int row, double sign)
{
	int away = (int)(BESIDE * (float)(a->bottom - a->top));
	double most = 0;
	for (int v = row - 1; v <= row + 1; v++) {
		most = fmax(most, sign * row_edge(a, v, 3, a->left - away));
		most = fmax(most, sign * row_edge(a, v, a->right + away,
		    a->width - 3));
	}
	return most;
}

/* The plainest edge in a band of rows, or of columns. */
static double
best_row(const struct field_area *a, int from, int to, double sign)
{
	double best = -INFINITY;
	int row = 0;
	for (int v = from < 4 ? 4 : from; v < to && v < a->height - 4; v++) {
		double edge = sign * row_edge(a, v, a->left, a->right);
		if (edge <= best)
			continue;
		best = edge;
		row = v;
	}
	return row == 0 ? best : best - goes_on(a, row, sign);
}

static double
best_column(const struct field_area *a, int from, int to, double sign)
{
	double best = -INFINITY;
	for (int u = from < 3 ? 3 : from; u < to && u < a->width - 3; u++)
		best = fmax(best, sign * edge_of(a->across, a->top * a->width +
		    u, a->width, a->bottom - a->top, 1, a->grain_across));
	return best;
}

/* sign: 1 for a patch lighter than the page, -1 for a darker one. */
static double
frame_of(const struct field_area *a, const struct slant *s, double sign)
{
	float high = 2 * s->half_height;
	int out = (int)(REACH * high), in = (int)(INSIDE * high);
	double top = best_row(a, a->top - out, a->top + in, sign);
	double bottom = best_row(a, a->bottom - in, a->bottom + out, -sign);
	double left = best_column(a, a->left - out, a->left + in, sign);
	double right = best_column(a, a->right - in, a->right + out, -sign);
	return fmin(top, bottom) *
	    sqrt((double)fminf(2 * s->half_width, LONG_MOST)) +
	    UPRIGHT * fmin(left, right) *
	    sqrt((double)fminf(high, TALL_MOST));
}

static RESULT
look_along(const struct raster *grey, const struct slant *s, double *most)
{
	AUTO(area_clear) struct field_area a = {0};
	TRY(area_make(grey, s, &a));
	*most = fmax(*most, fmax(frame_of(&a, s, 1), frame_of(&a, s, -1)));
	return OK;
}

static RESULT
measure(const struct raster *grey, const struct plane *page,
    const struct patch *spot, double *out)
{
	float c[8];
	patch_corners(page, spot, c);
	float ax = (c[2] - c[0] + c[4] - c[6]) / 2;
	float ay = (c[3] - c[1] + c[5] - c[7]) / 2;
	float length = hypotf(ax, ay);
	float high = hypotf(c[6] - c[0] + c[4] - c[2],
	    c[7] - c[1] + c[5] - c[3]) / 2;
	struct slant s = {(c[0] + c[2] + c[4] + c[6]) / 4,
	    (c[1] + c[3] + c[5] + c[7]) / 4, length / 2, high / 2, 1, 0};
	double most = -INFINITY;
	if (!(high >= HIGH_LEAST) || !(length >= high) || !(s.x >= 0) ||
	    !(s.y >= 0) || s.x >= (float)grey->width ||
	    s.y >= (float)grey->height)
		return FAIL(ERR_NOT_FOUND, "too small to look at");
	if (ax > 0.9f * length)
		TRY(look_along(grey, &s, &most));
	if (fabsf(ay) > TURNED * length) {
		s.cosine = ax / length;
		s.sine = ay / length;
		TRY(look_along(grey, &s, &most));
	}
	*out = most;
	return OK;
}

RESULT
framed_measure(const struct still *still, const struct plane *page,
    const struct field_looks *f, double out[PATCHES_MAX])
{
	for (size_t i = 0; i < PATCHES_MAX; i++)
		out[i] = NAN;
	for (size_t i = 0; i < f->count; i++) {
		if (!f->at[i].candidate)
			continue;
		enum err done = measure(&still->grey, page, &f->at[i].spot,
		    &out[i]);
		if (done != OK && done != ERR_NOT_FOUND)
			return done;
	}
	err_clear();
	return OK;
}

double
framed_apart(const double values[PATCHES_MAX], size_t count, size_t which)
{
	float all[PATCHES_MAX];
	size_t known = 0;
	for (size_t i = 0; i < count; i++)
		if (isfinite(values[i]))
			all[known++] = (float)values[i];
	return known < FRAMED_LEAST || !isfinite(values[which]) ? NAN :
	    values[which] - (double)median_of(all, known);
}
