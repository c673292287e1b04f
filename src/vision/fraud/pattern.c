/*
 * Patterns over the whole document.
 *
 * A display's grid goes on where the document on it ends: no print and no
 * table does that, each having its own pattern on its own side of the edge.
 */
#include "vision/fraud/pattern.h"

#include <math.h>

#define SIDE NATIVE_SIDE
#define INSIDE 16
#define OUTSIDE 10
/* Cycles a pixel. Letters and their lines lie below. */
#define LUMA_LEAST 0.09
#define LUMA_MOST 0.49
/* Cycles a sample of colour, two pixels. */
#define COLOUR_LEAST 0.06
#define COLOUR_MOST 0.49
#define EVERYWHERE_LEAST 0.03 /* waves of up to 33 pixels */
#define BUT 0.25              /* squares that need not have it */

/* Of a square around the document: rises that only print has, and how many of
 * its pixels may have them. */
#define PRINT_RISE 70.0f
#define PRINT_MOST 0.02

struct sums {
	struct spectrum luma, colour;
};

static void
sums_clear(struct sums *s)
{
	spectrum_clear(&s->luma);
	spectrum_clear(&s->colour);
}

DEFINE_AUTO_CLEAR(sums_clear, struct sums)

static RESULT
sums_make(struct sums *s)
{
	TRY(spectrum_make(SIDE, &s->luma));
	return spectrum_make(SIDE / 2, &s->colour);
}

/* A page of text goes on around a document that is shown in it, and strokes of
 * letters stand as evenly there as in the document: what such a square has is
 * no witness. Grids of displays rise less steeply. */
static bool
is_print(const struct native *square)
{
	int steep = 0;
	for (int i = 0; i < SIDE * SIDE; i++)
		steep += i % SIDE > 0 && fabsf(square->luma[i] -
		    square->luma[i - 1]) > PRINT_RISE;
	return steep > PRINT_MOST * SIDE * SIDE;
}

static RESULT
sum_up(const struct still *s, const struct page *page,
    enum native_where where, size_t most, struct sums *out, int *count)
{
	static struct native square;
	struct square at[INSIDE];
	size_t found = native_spread(s, page, where, SIDE, most, at);
	*count = 0;
	for (size_t i = 0; i < found; i++) {
		TRY(native_square(s, at[i], SIDE, &square));
		if (where == NATIVE_OUTSIDE && is_print(&square))
			continue;
		++*count;
		TRY(spectrum_add(&out->luma, square.luma));
		TRY(spectrum_add_turning(&out->colour, square.blue,
		    square.red));
	}
	return OK;
}

/* Picture pixels to a millimetre along the document and down it. */
static void
axes(const struct page *page, double a[4])
{
	const float *c = page->corners;
	for (int i = 0; i < 2; i++) {
		a[2 * i] = (double)(c[2 + i] - c[i] + c[4 + i] - c[6 + i]) /
		    (2 * (double)page->width);
		a[2 * i + 1] = (double)(c[6 + i] - c[i] + c[4 + i] -
		    c[2 + i]) / (2 * (double)page->height);
	}
}

/* A frequency of the picture as one of the document, times a constant. */
static void
on_page(const double a[4], double x, double y, double *u, double *v)
{
	*u = a[0] * x + a[2] * y;
	*v = a[1] * x + a[3] * y;
}

/* Takes a frequency of the picture to the one a quarter turn away on the
 * document. */
static void
quarter_turn(const double a[4], double out[4])
{
	double size = a[0] * a[3] - a[1] * a[2];
	if (fabs(size) < 1e-9)
		return;
	for (int k = 0; k < 2; k++) {
		double u, v;
		on_page(a, k == 0, k == 1, &u, &v);
		out[k] = (-a[3] * v - a[2] * u) / size;
		out[2 + k] = (a[1] * v + a[0] * u) / size;
	}
}

/* How far a pattern is turned against the document, 0 to 45 degrees. */
static double
turned(const double a[4], struct peak p)
{
	double u, v;
	on_page(a, p.x, p.y, &u, &v);
	double angle = fmod(atan2(v, u) * 180 / M_PI + 360, 90);
	return angle > 45 ? 90 - angle : angle;
}

static void
find_grid(const struct spectrum *luma, const struct page *page,
    struct pattern *out)
{
	static const double square[4] = {0, -1, 1, 0};
	double a[4] = {1, 0, 0, 1}, turn[4] = {0, -1, 1, 0};
	out->grid = spectrum_grid(luma, square, LUMA_LEAST, LUMA_MOST);
	if (page && page->upright) {
		axes(page, a);
		quarter_turn(a, turn);
		struct peak leaning = spectrum_grid(luma, turn, LUMA_LEAST,
		    LUMA_MOST);
		if (leaning.height > out->grid.height)
			out->grid = leaning;
	}
	out->grid_turn = turned(a, out->grid);
}

RESULT
pattern_measure(const struct still *s, const struct page *page,
    struct pattern *out)
{
	AUTO(sums_clear) struct sums in = {0};
	AUTO(sums_clear) struct sums around = {0};
	static const double upright[4] = {1, 0, 0, 1};
	*out = (struct pattern){0};
	TRY(sums_make(&in));
	TRY(sums_make(&around));
	TRY(spectrum_keep(&in.luma, INSIDE));
	TRY(sum_up(s, page, NATIVE_INSIDE, INSIDE, &in, &out->inside));
	TRY(sum_up(s, page, NATIVE_OUTSIDE, OUTSIDE, &around,
	    &out->outside));
	if (out->inside == 0)
		return FAIL(ERR_NOT_FOUND, "no native pixels of it");
	out->fringe = spectrum_peak(&in.colour, COLOUR_LEAST, COLOUR_MOST);
	find_grid(&in.luma, page, out);
	out->everywhere = spectrum_everywhere(&in.luma, BUT, EVERYWHERE_LEAST,
	    LUMA_MOST);
	out->everywhere_turn = turned(upright, out->everywhere);
	out->beyond = spectrum_common(&in.luma, &around.luma, LUMA_LEAST,
	    LUMA_MOST);
	struct peak colour = spectrum_common(&in.colour, &around.colour,
	    COLOUR_LEAST, COLOUR_MOST);
	if (colour.height > out->beyond.height)
		out->beyond = colour;
	return OK;
}
