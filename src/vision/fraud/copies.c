/*
 * Copied letters.
 *
 * Looked for in the picture as it was taken and not on the rectified card:
 * an editor copies whole pixels, and resampling would blur what they share.
 * Letters of one kind come close to one another in shape; what is left when
 * one is laid over the other is grain, and the chance of how both fell on the
 * sensor. A copy leaves only what saving the file did.
 */
#include "vision/fraud/copies.h"

#include <math.h>
#include <stdlib.h>

#include "vision/pixels/specks.h"
#include "vision/still/wide.h"

#define PLACES_MAX 240
#define MOVE 1           /* pixels, each way: nine places */
#define HIGH_LEAST 10    /* smaller letters have too little grain */
#define HIGH_MOST 80
#define BAR 3            /* times as high as wide: no letter to be copied */
#define EDGE 1           /* pixels around a letter's box */
#define ALIKE 0.9        /* correlation of two letters of one kind */
#define CONTRAST_LEAST 40
#define PAIRS_LEAST 12   /* fewer have no middle to compare with */
#define ALONE 1.5        /* times what is left of the third closest pair */
#define STEEP 100.0      /* squared rise of levels that counts half */

/* A letter in the picture. */
struct place {
	int x, y, width, height;
	char character;      /* 0: not known */
};

struct places {
	size_t count;
	struct place at[PLACES_MAX];
};

/* What is no more than a bar, as an I, is like any other bar that fell on the
 * same part of a pixel. */
static void
add(struct places *p, const struct raster *grey, struct place one)
{
	int more = EDGE + MOVE;
	if (one.height >= BAR * one.width)
		return;
	if (p->count == PLACES_MAX || one.height < HIGH_LEAST ||
	    one.height > HIGH_MOST || one.width < 4 || one.x < more ||
	    one.y < more || one.x + one.width + more > grey->width ||
	    one.y + one.height + more > grey->height)
		return;
	p->at[p->count++] = one;
}

/* A field's box in the picture, upright, a little larger. */
static bool
around(const struct raster *grey, const float corners[8], int box[4])
{
	float low[2] = {1e9f, 1e9f}, high[2] = {-1e9f, -1e9f};
	for (int i = 0; i < 8; i++) {
		low[i & 1] = fminf(low[i & 1], corners[i]);
		high[i & 1] = fmaxf(high[i & 1], corners[i]);
	}
	box[0] = (int)fmaxf(low[0] - 4, 0);
	box[1] = (int)fmaxf(low[1] - 4, 0);
	box[2] = (int)fminf(high[0] + 4, (float)grey->width) - box[0];
	box[3] = (int)fminf(high[1] + 4, (float)grey->height) - box[1];
	return box[2] > HIGH_LEAST && box[3] > HIGH_LEAST;
}

static RESULT
print_letters(const struct raster *grey, const float *c,
    struct glyph *glyphs, struct places *out)
{
	AUTO(raster_clear) struct raster part = {0};
	int box[4];
	if (!around(grey, c, box))
		return OK;
	float high = hypotf(c[6] - c[0], c[7] - c[1]);
	struct glyph_search how = {.block = (int)high | 1, .darker = 12,
	    .least = (int)(high * 0.35f), .most = (int)(high * 1.4f)};
	size_t count = 0;
	if (how.block < 5)
		return OK;
	TRY(raster_cut(grey, box[0], box[1], box[2], box[3], &part));
	TRY(specks_find(&part, &how, glyphs, &count));
	for (size_t i = 0; i < count; i++)
		add(out, grey, (struct place){
		    box[0] + (int)(glyphs[i].x - glyphs[i].w / 2),
		    box[1] + (int)(glyphs[i].y - glyphs[i].h / 2),
		    (int)glyphs[i].w, (int)glyphs[i].h, 0});
	return OK;
}

/* Fillers are not compared: nobody gains by copying them. */
static void
zone_letters(const struct sight *s, struct places *out)
{
	for (size_t i = 0; s->has_zone && i < s->zone.reading.line_count; i++) {
		const char *text = s->zone.reading.lines[i];
		const struct line *l = &s->zone.lines[i];
		int half = (int)(line_pitch(l) * 0.45f);
		for (int k = 0; text[k] && k < s->zone.columns; k++) {
			float x, y;
			line_at(l, (float)k, 0, &x, &y);
			if (text[k] != '<')
				add(out, &s->still.grey, (struct place){
				    (int)x - half, (int)y - half, 2 * half,
				    2 * half, text[k]});
		}
	}
}

struct likeness {
	double difference; /* what is left, share of the contrast */
	double alike;      /* correlation */
	double contrast;   /* deviation of the first */
};

/* Two places of one size, the second moved. */
struct pair {
	const struct raster *grey;
	int ax, ay, bx, by, width, height;
};

static const uint8_t *
first_row(const struct pair *p, int y)
{
	return raster_row(p->grey, p->ay + y) + p->ax;
}

static const uint8_t *
second_row(const struct pair *p, int y)
{
	return raster_row(p->grey, p->by + y) + p->bx;
}

/* Sums of a row: of each, of their squares, of their products. */
WIDE static void
add_row(const uint8_t *a, const uint8_t *b, int width, int64_t sums[5])
{
	int32_t sa = 0, sb = 0, aa = 0, bb = 0, ab = 0;
	for (int x = 0; x < width; x++) {
		sa += a[x];
		sb += b[x];
		aa += a[x] * a[x];
		bb += b[x] * b[x];
		ab += a[x] * b[x];
	}
	const int32_t all[5] = {sa, sb, aa, bb, ab};
	for (int i = 0; i < 5; i++)
		sums[i] += all[i];
}

static struct likeness
compare_at(const struct pair *p)
{
	int64_t sums[5] = {0};
	for (int y = 0; y < p->height; y++)
		add_row(first_row(p, y), second_row(p, y), p->width, sums);
	double sa = (double)sums[0], sb = (double)sums[1];
	double aa = (double)sums[2], bb = (double)sums[3];
	double ab = (double)sums[4];
	double n = p->width * p->height;
	double va = aa / n - sa / n * (sa / n);
	double vb = bb / n - sb / n * (sb / n);
	double co = ab / n - sa / n * (sb / n);
	double contrast = sqrt(fmax(va, 1));
	return (struct likeness){sqrt(fmax(va + vb - 2 * co, 0)) / contrast,
	    co / sqrt(fmax(va * vb, 1)), contrast};
}

/* The difference where it is flat: at the borders of ink a hundredth of a
 * pixel makes a difference, and that is no grain. */
static double
flat_difference(const struct pair *p)
{
	double weights = 0, sum = 0, squares = 0;
	for (int y = 1; y < p->height - 1; y++) {
		const uint8_t *a = first_row(p, y), *b = second_row(p, y);
		int step = p->grey->width;
		for (int x = 1; x < p->width - 1; x++) {
			double rise = abs(a[x + 1] - a[x - 1]) +
			    abs(a[x + step] - a[x - step]);
			double weight = 1 / (1 + rise * rise / STEEP);
			double d = a[x] - b[x];
			weights += weight;
			sum += weight * d;
			squares += weight * d * d;
		}
	}
	double mean = sum / fmax(weights, 1e-9);
	return sqrt(fmax(squares / fmax(weights, 1e-9) - mean * mean, 0));
}

static bool
same_kind(const struct place *a, const struct place *b)
{
	bool apart = abs(a->x - b->x) >= a->width ||
	    abs(a->y - b->y) >= a->height;
	return apart && a->character == b->character &&
	    abs(a->width - b->width) <= 1 && abs(a->height - b->height) <= 1;
}

static struct likeness
compare(const struct raster *grey, const struct place *a,
    const struct place *b)
{
	struct likeness best = {1e9, 0, 0};
	int w = (a->width > b->width ? a->width : b->width) + 2 * EDGE;
	int h = (a->height > b->height ? a->height : b->height) + 2 * EDGE;
	struct pair p = {grey, a->x - EDGE, a->y - EDGE, 0, 0, w, h}, at = p;
	if (p.ax + w > grey->width || b->x + w + MOVE > grey->width ||
	    p.ay + h > grey->height || b->y + h + MOVE > grey->height)
		return best;
	for (int move = 0; move < 9; move++) {
		p.bx = b->x - EDGE + move % 3 - 1;
		p.by = b->y - EDGE + move / 3 - 1;
		struct likeness l = compare_at(&p);
		if (l.difference >= best.difference)
			continue;
		best = l;
		at = p;
	}
	if (best.alike >= ALIKE)
		best.difference = flat_difference(&at) / best.contrast;
	return best;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void
put_corners(const struct place *p, float out[8])
{
	float l = (float)p->x, t = (float)p->y;
	float r = l + (float)p->width, b = t + (float)p->height;
	const float at[8] = {l, t, r, t, r, b, l, b};
	for (int i = 0; i < 8; i++)
		out[i] = at[i];
}

/* What is left of pairs of one sort, and the closest of them. */
struct pairs {
	size_t count;
	struct likeness best;
	const struct place *second;
	double left[PLACES_MAX * PLACES_MAX / 2];
};

static void
compare_sort(const struct raster *grey, const struct places *p, bool zone,
    struct pairs *out)
{
	out->count = 0;
	out->best.difference = 1e9;
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = i + 1; k < p->count; k++) {
			if ((p->at[i].character != 0) != zone ||
			    !same_kind(&p->at[i], &p->at[k]))
				continue;
			struct likeness l = compare(grey, &p->at[i],
			    &p->at[k]);
			if (l.alike < ALIKE || l.contrast * 2 < CONTRAST_LEAST)
				continue;
			out->left[out->count++] = l.difference;
			if (l.difference >= out->best.difference)
				continue;
			out->best = l;
			out->second = &p->at[k];
		}
}

/* Between the middle pair and the closest tenth: some letters are closer
 * than others without being copies. And not much above the third: a copy and
 * its letter stand alone, or two such, where clean pictures have many pairs
 * that come close. */
static double
usual(struct pairs *p)
{
	qsort(p->left, p->count, sizeof(*p->left), ascending);
	double middle = sqrt(p->left[p->count / 2] * p->left[p->count / 10]);
	return fmin(middle, ALONE * p->left[2]);
}

/* The zone has one face, one size and a plain ground, and its letters are
 * known: its pairs are closer than those of print, and no measure for them. */
static RESULT
compare_all(const struct raster *grey, const struct places *p,
    struct copies *out)
{
	AUTO(free) struct pairs *pairs = malloc(sizeof(*pairs));
	if (!pairs)
		return FAIL(ERR_TOO_LARGE, "no memory");
	*out = (struct copies){.closest = 1, .usual = 0};
	for (int zone = 0; zone < 2; zone++) {
		compare_sort(grey, p, zone, pairs);
		if (pairs->count < PAIRS_LEAST)
			continue;
		double middle = usual(pairs);
		double closest = fmax(pairs->best.difference, 1e-3);
		out->pairs += pairs->count;
		if (middle * out->closest <= out->usual * closest)
			continue;
		out->usual = middle;
		out->closest = closest;
		out->contrast = pairs->best.contrast;
		put_corners(pairs->second, out->corners);
	}
	return out->pairs > 0 ? OK :
	    FAIL(ERR_NOT_FOUND, "too few letters stand there twice");
}

RESULT
copies_find(const struct sight *s, const struct patches *prints,
    struct copies *out)
{
	struct plane plane;
	AUTO(free) struct glyph *glyphs = malloc(GLYPHS_MAX *
	    sizeof(*glyphs));
	AUTO(free) struct places *places = malloc(sizeof(*places));
	if (!glyphs || !places)
		return FAIL(ERR_TOO_LARGE, "no memory");
	places->count = 0;
	plane_of(&s->page, &plane);
	for (size_t i = 0; i < prints->count; i++) {
		float corners[8];
		patch_corners(&plane, &prints->at[i], corners);
		TRY(print_letters(&s->still.grey, corners, glyphs, places));
	}
	zone_letters(s, places);
	return compare_all(&s->still.grey, places, out);
}
