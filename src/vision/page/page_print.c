/*
 * Where the document lies, by its print: for pictures in which other things
 * hide its contour.
 *
 * Letters stand closest to the letters of their own line, so the commonest
 * direction from a letter to its nearest one is that of the lines. Which end
 * is up is left to reading.
 */
#include "vision/page/page.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "vision/pixels/specks.h"

#define SIDE 1200        /* of the picture looked at */
#define DEGREES 180
#define LETTERS_LEAST 60
#define EDGE 0.03f       /* share of letters left out at each end: noise */
#define MARGIN 0.06f
#define STRIP 0.4f /* height by width: less is two cards side by side */
#define WIDTH_MM 85.6f

struct pair {
	float x, y; /* between the two letters */
	int degrees;
};

static bool
alike(const struct glyph *a, const struct glyph *b)
{
	float first = fmaxf(a->w, a->h), second = fmaxf(b->w, b->h);
	return first < 1.6f * second && second < 1.6f * first;
}

/* The nearest letter of that size; NULL when none is near. */
static const struct glyph *
nearest(const struct glyph *glyphs, size_t count, size_t of)
{
	const struct glyph *g = &glyphs[of], *best = NULL;
	float least = 1.8f * fmaxf(g->w, g->h);
	for (size_t i = 0; i < count; i++) {
		float dx = glyphs[i].x - g->x, dy = glyphs[i].y - g->y;
		if (fabsf(dx) > least || fabsf(dy) > least || i == of ||
		    hypotf(dx, dy) >= least || !alike(g, &glyphs[i]))
			continue;
		least = hypotf(dx, dy);
		best = &glyphs[i];
	}
	return best;
}

static size_t
pairs_of(const struct glyph *glyphs, size_t count, struct pair *out)
{
	size_t made = 0;
	for (size_t i = 0; i < count; i++) {
		const struct glyph *to = nearest(glyphs, count, i);
		if (!to)
			continue;
		float turn = atan2f(to->y - glyphs[i].y, to->x - glyphs[i].x);
		int degrees = (int)lroundf(turn * 180 / (float)M_PI);
		out[made++] = (struct pair){(to->x + glyphs[i].x) / 2,
		    (to->y + glyphs[i].y) / 2,
		    (degrees + 2 * DEGREES) % DEGREES};
	}
	return made;
}

/* Around a circle of 180 degrees. */
static int
apart(int a, int b)
{
	int far = abs(a - b) % DEGREES;
	return far > DEGREES / 2 ? DEGREES - far : far;
}

static size_t
count_near(const struct pair *pairs, size_t count, int degrees, int reach)
{
	size_t near = 0;
	for (size_t i = 0; i < count; i++)
		near += apart(pairs[i].degrees, degrees) <= reach;
	return near;
}

static int
commonest(const struct pair *pairs, size_t count)
{
	int best = 0;
	size_t most = 0;
	for (int degrees = 0; degrees < DEGREES; degrees++) {
		size_t near = count_near(pairs, count, degrees, 3);
		if (near > most) {
			most = near;
			best = degrees;
		}
	}
	return best;
}

static int
ascending(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;
	return (x > y) - (x < y);
}

/* From where to where the pairs of that direction reach along an axis. */
static RESULT
reach_of(const struct pair *pairs, size_t count, int degrees, float ax,
    float ay, float out[2])
{
	AUTO(free) float *places = malloc((count + 1) * sizeof(*places));
	size_t used = 0;
	if (!places)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (size_t i = 0; i < count; i++)
		if (apart(pairs[i].degrees, degrees) <= 6)
			places[used++] = pairs[i].x * ax + pairs[i].y * ay;
	if (used < LETTERS_LEAST / 2)
		return FAIL(ERR_NOT_FOUND, "too little print");
	qsort(places, used, sizeof(*places), ascending);
	size_t cut = (size_t)((float)used * EDGE);
	float low = places[cut], high = places[used - 1 - cut];
	float margin = MARGIN * (high - low) + 12;
	out[0] = low - margin;
	out[1] = high + margin;
	return OK;
}

static RESULT
corners_of(const struct pair *pairs, size_t count, float scale,
    struct page *out)
{
	int degrees = commonest(pairs, count);
	float turn = (float)degrees * (float)M_PI / 180;
	float ax = cosf(turn), ay = sinf(turn);
	float along[2], down[2];
	TRY(reach_of(pairs, count, degrees, ax, ay, along));
	TRY(reach_of(pairs, count, degrees, -ay, ax, down));
	for (int i = 0; i < 4; i++) {
		float u = along[i == 1 || i == 2], v = down[i >= 2];
		out->corners[2 * i] = (u * ax - v * ay) * scale;
		out->corners[2 * i + 1] = (u * ay + v * ax) * scale;
	}
	float shape = (down[1] - down[0]) / (along[1] - along[0]);
	out->width = shape < STRIP ? 2 * WIDTH_MM : WIDTH_MM;
	out->height = out->width * shape;
	if (out->height > 2 * WIDTH_MM || out->height < WIDTH_MM / 8)
		return FAIL(ERR_NOT_FOUND, "nothing of a document's shape");
	return OK;
}

RESULT
page_by_print(const struct raster *grey, struct page *out)
{
	AUTO(raster_clear) struct raster small = {0};
	AUTO(free) struct glyph *glyphs = malloc(GLYPHS_MAX *
	    sizeof(*glyphs));
	AUTO(free) struct pair *pairs = malloc(GLYPHS_MAX * sizeof(*pairs));
	struct glyph_search how = {.block = 25, .darker = 14, .least = 5,
	    .most = 36};
	size_t count = 0;
	if (!glyphs || !pairs)
		return FAIL(ERR_TOO_LARGE, "no memory");
	int side = grey->width > grey->height ? grey->width : grey->height;
	float scale = (float)side / SIDE;
	TRY(opencv_resize(grey, (int)((float)grey->width / scale),
	    (int)((float)grey->height / scale), &small));
	TRY(specks_find(&small, &how, glyphs, &count));
	if (count > 4000)
		count = 4000; /* noise: the search is quadratic */
	count = pairs_of(glyphs, count, pairs);
	if (count < LETTERS_LEAST)
		return FAIL(ERR_NOT_FOUND, "too little print");
	*out = (struct page){0};
	return corners_of(pairs, count, scale, out);
}
