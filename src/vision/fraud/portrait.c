/*
 * The portrait, found without knowing what a face is.
 *
 * Once the print is taken away, a document is smooth but for its portrait:
 * the rectangle in which most happens, of a portrait's size and shape. What
 * is found holds head and shoulders and little of the plain ground around.
 */
#include "vision/fraud/portrait.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/enum.h"
#include "vision/pixels/opencv.h"

#define PRINT_RADIUS 2      /* strokes up to 1.7 mm are print */
#define RISE_CAP 40
#define RISE_STEP 2
#define EDGE_MM 1.5f
#define WIDTH_STEP 1.5f
#define AROUND_MM 2.0f
#define CORE_SHARE 0.7
#define BUSY_LEAST 2.0     /* times the middle of the page */
#define SURE_LEAST 1.8f     /* below: no portrait is there */

/* Sums over rectangles, in constant time. */
struct sums {
	int width, height;
	double *at;
};

static void
sums_clear(struct sums *s)
{
	free(s->at);
}
DEFINE_AUTO_CLEAR(sums_clear, struct sums)

static double
sum_in(const struct sums *s, int x, int y, int w, int h)
{
	const double *top = s->at + (size_t)y * (size_t)(s->width + 1);
	const double *low = top + (size_t)h * (size_t)(s->width + 1);
	return low[x + w] - low[x] - top[x + w] + top[x];
}

/* How much grey changes at each place, up to a cap. */
struct rises {
	int width, height;
	double usual; /* the middle of all */
	uint8_t *at;
};

static void
rises_clear(struct rises *r)
{
	free(r->at);
}
DEFINE_AUTO_CLEAR(rises_clear, struct rises)

static RESULT
rises_of(const struct raster *grey, int edge, struct rises *out)
{
	int w = grey->width, h = grey->height, counts[RISE_CAP + 1] = {0};
	*out = (struct rises){w, h, 1, calloc((size_t)w * (size_t)h, 1)};
	if (!out->at)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (int y = edge; y < h - edge; y++)
		for (int x = edge; x < w - edge; x++) {
			const uint8_t *g = raster_row(grey, y) + x;
			int all = abs(g[RISE_STEP] - g[-RISE_STEP]) +
			    abs(g[RISE_STEP * w] - g[-RISE_STEP * w]);
			all = all < RISE_CAP ? all : RISE_CAP;
			out->at[y * w + x] = (uint8_t)all;
			counts[all]++;
		}
	int half = (w - 2 * edge) * (h - 2 * edge) / 2, unit = 0;
	for (int seen = 0; unit < RISE_CAP && (seen += counts[unit]) < half;)
		unit++;
	out->usual = unit + 1;
	return OK;
}

static RESULT
sums_of(const struct rises *r, struct sums *out)
{
	size_t wide = (size_t)r->width + 1;
	*out = (struct sums){r->width, r->height,
	    calloc(wide * (size_t)(r->height + 1), sizeof(double))};
	if (!out->at)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (int y = 0; y < r->height; y++)
		for (int x = 0; x < r->width; x++) {
			size_t at = (size_t)(y + 1) * wide + (size_t)x + 1;
			out->at[at] = r->at[y * r->width + x] / r->usual +
			    out->at[at - 1] + out->at[at - wide] -
			    out->at[at - wide - 1];
		}
	return OK;
}

/* What is in the rectangle and a little around it is not looked at again. */
static void
take_away(struct rises *r, float per_mm, const struct portrait *p)
{
	int left = (int)((p->x - AROUND_MM) * per_mm);
	int top = (int)((p->y - AROUND_MM) * per_mm);
	int right = (int)((p->x + p->width + AROUND_MM) * per_mm);
	int bottom = (int)((p->y + p->height + 2 * AROUND_MM) * per_mm);
	for (int y = top < 0 ? 0 : top; y < bottom && y < r->height; y++)
		for (int x = left < 0 ? 0 : left; x < right &&
		    x < r->width; x++)
			r->at[y * r->width + x] = 0;
}

/* The rectangle in which most happens above a level, of widths between two,
 * in mm. */
static void
best_above(const struct sums *s, float per_mm, const float widths[2],
    double level, struct portrait *out)
{
	static const float shapes[] = {1.15f, 1.3f};
	double most = 0;
	int step = (int)per_mm;
	for (float mm = widths[0]; mm <= widths[1]; mm += WIDTH_STEP)
		for (size_t i = 0; i < COUNT_OF(shapes); i++) {
			int w = (int)(mm * per_mm);
			int h = (int)((float)w * shapes[i]);
			double area = w * h;
			for (int y = 0; y + h <= s->height; y += step)
				for (int x = 0; x + w <= s->width; x += step) {
					double sum = sum_in(s, x, y, w, h);
					double gain = sum - level * area;
					if (gain <= most)
						continue;
					most = gain;
					*out = (struct portrait){
					    (float)x / per_mm,
					    (float)y / per_mm,
					    (float)w / per_mm,
					    (float)h / per_mm,
					    (float)(sum / area)};
				}
		}
}

/* Print beside a portrait is busy too, but less: the second time only what
 * is nearly as busy as the whole. */
static void
best_rectangle(const struct sums *s, float per_mm, const float widths[2],
    struct portrait *out)
{
	best_above(s, per_mm, widths, BUSY_LEAST, out);
	double level = CORE_SHARE * (double)out->busy;
	if (level > BUSY_LEAST)
		best_above(s, per_mm, widths, level, out);
}

/* Another, smaller one of its shape, beside the one found before. */
static RESULT
find_twin(struct rises *rises, float per_mm, const struct portrait *p,
    const struct portrait *before, struct portrait *out)
{
	AUTO(sums_clear) struct sums sums = {0};
	const float widths[2] = {fmaxf(PORTRAIT_TWIN_LEAST * p->width, 6),
	    PORTRAIT_TWIN_MOST * p->width};
	*out = (struct portrait){0};
	if (before->width <= 0)
		return OK;
	take_away(rises, per_mm, before);
	TRY(sums_of(rises, &sums));
	best_rectangle(&sums, per_mm, widths, out);
	return OK;
}

RESULT
portrait_find(const struct raster *card, float per_mm, struct portrait *out,
    struct portrait twins[PORTRAIT_TWINS])
{
	AUTO(raster_clear) struct raster small = {0};
	AUTO(raster_clear) struct raster plain = {0};
	AUTO(raster_clear) struct raster grey = {0};
	AUTO(rises_clear) struct rises rises = {0};
	AUTO(sums_clear) struct sums sums = {0};
	static const float widths[2] = {12, 40};
	*out = (struct portrait){0};
	memset(twins, 0, PORTRAIT_TWINS * sizeof(*twins));
	TRY(raster_shrink(card, PORTRAIT_SHRINK, &small));
	TRY(opencv_without_print(&small, PRINT_RADIUS, &plain));
	TRY(raster_grey(&plain, &grey));
	int edge = (int)(EDGE_MM * per_mm / PORTRAIT_SHRINK) + RISE_STEP;
	if (grey.width < 4 * edge || grey.height < 4 * edge)
		return FAIL(ERR_NOT_FOUND, "too small for a portrait");
	TRY(rises_of(&grey, edge, &rises));
	TRY(sums_of(&rises, &sums));
	best_rectangle(&sums, per_mm / PORTRAIT_SHRINK, widths, out);
	if (out->busy < SURE_LEAST)
		return FAIL(ERR_NOT_FOUND, "no portrait");
	for (int i = 0; i < PORTRAIT_TWINS; i++)
		TRY(find_twin(&rises, per_mm / PORTRAIT_SHRINK, out,
		    i > 0 ? &twins[i - 1] : out, &twins[i]));
	return OK;
}
