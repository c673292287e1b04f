/*
 * Measuring printed fields.
 *
 * Everything is measured on the card as cut at 300 dpi, so that a millimetre
 * is the same everywhere on it, and compared within one picture only: light,
 * lens and file are the same for all fields of it.
 */
#include "vision/fraud/fields.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/enum.h"
#include "vision/fraud/crossed.h"

#define MARGIN 4         /* pixels around a field's box */
#define RING 16          /* pixels more: the paper around it */
#define CONTRAST_LEAST 30
#define GRAIN_CAP 24.0   /* a response larger than this is an edge */
#define AWAY 3           /* pixels between paper and the nearest ink */
#define PAPER_LEAST 60   /* pixels of paper that give a grain */
#define ALIGNED 18       /* pixels: 1.5 mm, within one row */

/* Tenths of a field's height, which has air around it, that a piece of
 * letters alone is high. */
#define HIGH 6
#define TALL 8
#define EVEN_LEAST 0.62  /* letters of a field by its height with its air */
#define EVEN_MOST 0.8
#define DARK_LEAST 0.6    /* of what the fields' ink takes from the paper */
#define CROSSED_MOST 0.12 /* of nothing that lies over it .08, seldom more */
#define CROSSED_TIMES 1.5 /* what a coloured ground has everywhere */
#define APART 60         /* pixels between parts of one field */

/* How much the measures of genuine fields vary around their neighbours', on
 * 217 fields of tuning pictures (L1 to L3), and the most that one adds. */
#define GRAIN_USUAL 0.10
#define DARK_USUAL 0.06
#define TINT_USUAL 0.008
#define SHARP_USUAL 0.08
#define STROKE_USUAL 0.17
#define GRAIN_MOST 5.0     /* alone it flags nothing: small files vary */
#define GRAIN_OF_FILES 2.0 /* what saving leaves beside letters, anywhere */
#define SHAPE_MOST 4.0
#define INK_BY_DESIGN 15.0 /* a number in an ink that nothing else has */

static bool
inside(const struct patch *s, const struct raster *card, int more)
{
	return s->x - more >= 1 && s->y - more >= 1 &&
	    s->x + s->width + more < card->width - 1 &&
	    s->y + s->height + more < card->height - 1;
}

static int
grey_of(const uint8_t *rgb)
{
	return (299 * rgb[0] + 587 * rgb[1] + 114 * rgb[2]) / 1000;
}

/* A part of the card in grey, with what is ink and what is paper. */
struct cell {
	int width, height;
	float *grey;
	bool *paper;
	int ink_level, paper_level;
};

static void
part_clear(struct cell *p)
{
	free(p->grey);
	free(p->paper);
}
DEFINE_AUTO_CLEAR(part_clear, struct cell)

static void
levels(struct cell *p)
{
	int counts[256] = {0}, seen = 0, all = p->width * p->height;
	for (int i = 0; i < all; i++)
		counts[(int)p->grey[i]]++;
	for (; p->ink_level < 255; p->ink_level++)
		if ((seen += counts[p->ink_level]) * 25 >= all)
			break;
	p->paper_level = 255;
	for (seen = 0; p->paper_level > 0; p->paper_level--)
		if ((seen += counts[p->paper_level]) * 3 >= all)
			break;
}

/* Paper is what lies some pixels away from anything dark. */
static void
mark_paper(struct cell *p)
{
	float border = 0.35f * (float)p->ink_level +
	    0.65f * (float)p->paper_level;
	int w = p->width, h = p->height;
	memset(p->paper, true, (size_t)w * (size_t)h);
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++) {
			if (p->grey[y * w + x] >= border)
				continue;
			int from = x < AWAY ? 0 : x - AWAY;
			int to = x + AWAY < w ? x + AWAY + 1 : w;
			for (int v = y - AWAY; v <= y + AWAY; v++)
				if (v >= 0 && v < h)
					memset(p->paper + v * w + from, false,
					    (size_t)(to - from));
		}
}

static RESULT
part_cut(const struct raster *card, const struct patch *s, int more,
    struct cell *out)
{
	out->width = s->width + 2 * more;
	out->height = s->height + 2 * more;
	size_t all = (size_t)out->width * (size_t)out->height;
	out->grey = malloc(all * sizeof(*out->grey));
	out->paper = malloc(all * sizeof(*out->paper));
	if (!out->grey || !out->paper)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (int y = 0; y < out->height; y++) {
		const uint8_t *row = raster_row(card, s->y - more + y) +
		    (size_t)(s->x - more) * 3;
		for (int x = 0; x < out->width; x++, row += 3)
			out->grey[y * out->width + x] = (float)grey_of(row);
	}
	levels(out);
	mark_paper(out);
	return OK;
}

/* Immerkaer's: blind to plain slopes, sees grain and fine lines. Pixels of
 * the box without..without+margin are left out when hole is wanted. */
static double
grain_of(const struct cell *p, int hole)
{
	double sum = 0;
	int count = 0, w = p->width;
	for (int y = 1; y < p->height - 1; y++)
		for (int x = 1; x < w - 1; x++) {
			const float *g = p->grey + y * w + x;
			if (!p->paper[y * w + x] || (hole > 0 && x >= hole &&
			    y >= hole && x < w - hole && y < p->height - hole))
				continue;
			double bend = (double)(g[-w - 1] + g[-w + 1] +
			    g[w - 1] + g[w + 1] - 2 * (g[-w] + g[w] + g[-1] +
			    g[1]) + 4 * g[0]);
			sum += fmin(fabs(bend), GRAIN_CAP);
			count++;
		}
	return count < PAPER_LEAST ? NAN : sum / count;
}

/* Twice the area of the ink by the length of its border: blur moves ink
 * about and changes neither. */
static void
stroke_and_sharp(const struct cell *p, struct field_look *f)
{
	double area = 0, border = 0, cubes = 0, fourths = 0;
	double contrast = p->paper_level - p->ink_level;
	int w = p->width;
	for (int y = 0; y < p->height - 1; y++)
		for (int x = 0; x < w - 1; x++) {
			const float *g = p->grey + y * w + x;
			double ink = ((double)p->paper_level - (double)g[0]) /
			    contrast;
			double across = (double)(g[1] - g[0]);
			double down = (double)(g[w] - g[0]);
			double rise = sqrt(across * across + down * down) /
			    contrast;
			ink = fmax(0, fmin(1, ink));
			if (ink < 0.2 && rise < 0.1)
				continue;
			area += ink;
			border += fmin(rise, 1);
			cubes += rise * rise * rise;
			fourths += rise * rise * rise * rise;
		}
	f->stroke = 2 * area / fmax(border, 1);
	/* a mean in which the steepest weigh most */
	f->sharp = fourths / fmax(cubes, 1e-9);
}

static void
ink_colour(const struct raster *card, const struct cell *p, int more,
    struct field_look *f)
{
	double ink[3] = {0}, paper[3] = {0};
	int inks = 0, papers = 0, w = p->width;
	float dark = (float)p->ink_level +
	    0.15f * (float)(p->paper_level - p->ink_level);
	for (int y = 0; y < p->height; y++)
		for (int x = 0; x < w; x++) {
			const uint8_t *rgb = raster_row(card,
			    f->spot.y - more + y) +
			    (size_t)(f->spot.x - more + x) * 3;
			bool is_ink = p->grey[y * w + x] <= dark;
			if (!is_ink && !p->paper[y * w + x])
				continue;
			inks += is_ink;
			papers += !is_ink;
			for (int c = 0; c < 3; c++)
				(is_ink ? ink : paper)[c] += rgb[c];
		}
	for (int c = 0; c < 3; c++)
		f->ink[c] = inks == 0 || papers == 0 ? NAN :
		    ink[c] / inks / fmax(paper[c] / papers, 1);
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double
middle(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), ascending);
	return values[count / 2];
}

static RESULT
measure(const struct raster *card, struct field_look *f)
{
	AUTO(part_clear) struct cell p = {0};
	AUTO(part_clear) struct cell wide = {0};
	TRY(part_cut(card, &f->spot, MARGIN, &p));
	if (p.paper_level - p.ink_level < CONTRAST_LEAST)
		return FAIL(ERR_NOT_FOUND, "no contrast");
	f->grain = grain_of(&p, 0);
	f->ground = NAN;
	if (inside(&f->spot, card, RING)) {
		TRY(part_cut(card, &f->spot, RING, &wide));
		f->ground = grain_of(&wide, RING - MARGIN);
	}
	stroke_and_sharp(&p, f);
	ink_colour(card, &p, MARGIN, f);
	return OK;
}

/* The upper border of the fields: titles stand above. Numbers stand among
 * the titles on many a document. */
static int
fields_top(const struct patches *all)
{
	int top = INT_MAX;
	for (size_t i = 0; i < all->count; i++) {
		const struct patch *f = &all->at[i];
		if (f->field && f->field->name != FINDING_printed_number &&
		    f->y < top)
			top = f->y;
	}
	return top;
}

/* How high the fields are: the middle of those that were read. */
static int
usual_height(const struct patches *all)
{
	double heights[PATCHES_MAX];
	size_t count = 0;
	for (size_t i = 0; i < all->count; i++)
		if (all->at[i].field)
			heights[count++] = all->at[i].height;
	return count == 0 ? 0 : (int)middle(heights, count);
}

/* Titles and labels are print as well: what was not read as a field must
 * stand among the fields and have letters of their height; and what was is a
 * label taken for a field when it is far lower than the others. A piece that
 * was not read is as high as its letters; a field has air around it. */
static bool
set_like_a_field(const struct patch *p, const struct patches *all, int tenths)
{
	bool high = false;
	if (p->field && 10 * p->height < 7 * usual_height(all))
		return false;
	for (size_t i = 0; i < all->count; i++)
		high |= all->at[i].field &&
		    10 * p->height > tenths * all->at[i].height;
	return p->field || (high && p->y > fields_top(all) - ALIGNED);
}

/* A piece that was not read is a field's value by its size: labels are lower,
 * headings higher. */
static bool
as_high_as_letters(const struct patch *p, const struct patches *all)
{
	double share = p->height / fmax(usual_height(all), 1);
	return !p->field && share > EVEN_LEAST && share < EVEN_MOST;
}

/*
 * From which colour on something lies over a piece of print. A ground of
 * coloured lines colours every piece, a word laid across the page some: the
 * quarter that has least of it tells what the ground has.
 */
static double
crossing(const double crossed[PATCHES_MAX], size_t count)
{
	double sorted[PATCHES_MAX];
	if (count == 0)
		return CROSSED_MOST;
	memcpy(sorted, crossed, count * sizeof(*sorted));
	qsort(sorted, count, sizeof(*sorted), ascending);
	return fmax(CROSSED_MOST, CROSSED_TIMES * sorted[count / 4]);
}

/* What the ink takes away, of the colour of which it takes most. */
static double
darkness(const struct field_look *f)
{
	return 1 - fmin(f->ink[0], fmin(f->ink[1], f->ink[2]));
}

/* Lines of a ground may stand like letters, but values are printed to be read:
 * what was not read and is far paler than what was is none. */
static void
leave_out_ground(struct field_looks *f)
{
	double read[PATCHES_MAX];
	size_t count = 0;
	for (size_t i = 0; i < f->count; i++)
		if (f->at[i].spot.field && isfinite(darkness(&f->at[i])))
			read[count++] = darkness(&f->at[i]);
	double least = count > 0 ? DARK_LEAST * middle(read, count) : 0;
	for (size_t i = 0; i < f->count; i++) {
		struct field_look *one = &f->at[i];
		if (one->spot.field || darkness(one) >= least)
			continue;
		one->candidate = one->tall = one->even = false;
	}
}

RESULT
fields_measure(const struct raster *card, const struct patches *prints,
    struct field_looks *out)
{
	double crossed[PATCHES_MAX];
	for (size_t i = 0; i < prints->count; i++)
		crossed[i] = crossed_by(card, &prints->at[i]);
	double most = crossing(crossed, prints->count);
	out->count = 0;
	for (size_t i = 0; i < prints->count; i++) {
		struct field_look *one = &out->at[out->count];
		*one = (struct field_look){.spot = prints->at[i]};
		if (!inside(&one->spot, card, MARGIN))
			continue;
		one->candidate = set_like_a_field(&one->spot, prints, HIGH) &&
		    crossed[i] < most;
		one->tall = one->candidate && set_like_a_field(&one->spot,
		    prints, TALL);
		one->even = one->candidate &&
		    as_high_as_letters(&one->spot, prints);
		enum err done = measure(card, one);
		if (done != OK && done != ERR_NOT_FOUND)
			return done;
		out->count += done == OK;
	}
	leave_out_ground(out);
	err_clear();
	return OK;
}

/* A measure beside the same of the other fields, in usual deviations. */
static double
off(const struct field_looks *f, size_t which,
    double (*of)(const struct field_look *f), double usual, double most)
{
	double others[PATCHES_MAX];
	double mine = of(&f->at[which]);
	size_t count = 0;
	for (size_t i = 0; i < f->count; i++) {
		double value = of(&f->at[i]);
		if (i != which && f->at[i].candidate && isfinite(value))
			others[count++] = value;
	}
	if (count + 1 < FIELDS_LEAST || !isfinite(mine))
		return 0;
	return fmin(fabs(mine - middle(others, count)) / usual, most);
}

static double
grain(const struct field_look *f)
{
	return log((f->grain + GRAIN_OF_FILES) / (f->ground + GRAIN_OF_FILES));
}

static double
sharp(const struct field_look *f)
{
	return log(f->sharp);
}

static double
stroke(const struct field_look *f)
{
	return log(f->stroke);
}

static double
ink_between(const struct field_look *a, const struct field_look *b)
{
	double dark = (a->ink[1] - b->ink[1]) / DARK_USUAL;
	double warm = (a->ink[0] - a->ink[1] - b->ink[0] + b->ink[1]) /
	    TINT_USUAL;
	double cold = (a->ink[2] - a->ink[1] - b->ink[2] + b->ink[1]) /
	    TINT_USUAL;
	return sqrt(dark * dark + warm * warm + cold * cold);
}

/* The other part of a field that was found in two. */
static bool
same_piece(const struct patch *a, const struct patch *b)
{
	const struct patch *left = a->x < b->x ? a : b;
	const struct patch *right = a->x < b->x ? b : a;
	return !b->field && abs(a->y - b->y) < ALIGNED &&
	    right->x - left->x - left->width < APART;
}

/* Many states print the number in a colour that nothing else has. Whoever
 * types it again wants it to look as it did: near, and not quite the same. */
static bool
has_its_own(const struct field_look *f, double far)
{
	return f->spot.field && f->spot.field->name ==
	    FINDING_printed_number && far > INK_BY_DESIGN;
}

/* A document is printed in few inks, each for more than one thing: the
 * nearest ink of all other print counts, titles and labels too. */
static double
own_ink(const struct field_looks *f, size_t which)
{
	double nearest = INFINITY;
	for (size_t i = 0; i < f->count; i++) {
		if (i == which ||
		    same_piece(&f->at[which].spot, &f->at[i].spot))
			continue;
		double far = ink_between(&f->at[which], &f->at[i]);
		if (isfinite(far))
			nearest = fmin(nearest, far);
	}
	return isfinite(nearest) && !has_its_own(&f->at[which], nearest) ?
	    nearest : 0;
}

double
fields_outlier(const struct field_looks *f, size_t which,
    double parts[FIELD_PARTS])
{
	double own[FIELD_PARTS] = {0}, sum = 0;
	const struct field_look *me = &f->at[which];
	if (f->count < FIELDS_LEAST || !me->candidate)
		return NAN;
	own[FIELD_INK] = own_ink(f, which);
	own[FIELD_PAPER] = off(f, which, grain, GRAIN_USUAL, GRAIN_MOST);
	if (me->spot.field) { /* else letters may be cut, its face another */
		own[FIELD_SHARP] = off(f, which, sharp, SHARP_USUAL,
		    SHAPE_MOST);
		own[FIELD_STROKE] = off(f, which, stroke, STROKE_USUAL,
		    SHAPE_MOST);
	}
	for (int k = 0; k < FIELD_PARTS; k++) {
		sum += own[k] * own[k];
		if (parts)
			parts[k] = own[k];
	}
	return sqrt(sum);
}
