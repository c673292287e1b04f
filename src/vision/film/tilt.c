/*
 * Holograms and inks that change: while a document is tilted some of its
 * parts change their colour, and the rest keeps it. Each picture is laid over
 * the best one, because corners are found a millimetre off, and divided into
 * cells.
 *
 * Differences of channels only: a lamp's reflection is white, adds the same
 * to each and falls out. What changes for all that lies around a cell too, as
 * with a coloured lamp, is taken off.
 */
#include "vision/film/shown.h"

#include "vision/film/tracks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PER_MM 4.0f
#define CELL 16        /* pixels: 4 mm */
#define EDGE 12        /* of the card, where the corners may be off */
#define LEAST 8        /* pictures: of five, three laid badly are many */
#define CELLS_MAX 1024
#define SHINES 250     /* a channel that says nothing more */
#define NEAR 3         /* cells: beyond it nothing of the same device */
#define AROUND 5       /* ... and as far as this it lies around */
#define MANY 0.7       /* of the pictures, by how far they stray */

struct cells {
	int across, down;
	float warm[CELLS_MAX], cold[CELLS_MAX]; /* red - green, green - blue */
	bool known[CELLS_MAX];
};

static bool
take_cell(const struct raster *card, int left, int top, float *warm,
    float *cold)
{
	int sums[3] = {0}, count = 0;
	for (int y = top; y < top + CELL; y++) {
		const uint8_t *p = raster_row(card, y) + (size_t)left * 3;
		for (int x = 0; x < CELL; x++, p += 3) {
			if (p[0] > SHINES || p[1] > SHINES || p[2] > SHINES)
				continue;
			for (int c = 0; c < 3; c++)
				sums[c] += p[c];
			count++;
		}
	}
	if (count < CELL * CELL / 2)
		return false;
	*warm = (float)(sums[0] - sums[1]) / (float)count;
	*cold = (float)(sums[1] - sums[2]) / (float)count;
	return true;
}

static void
take_cells(const struct raster *card, struct cells *out)
{
	out->across = (card->width - 2 * EDGE) / CELL;
	out->down = (card->height - 2 * EDGE) / CELL;
	if (out->across < 1 || out->across * out->down > CELLS_MAX)
		out->across = out->down = 0;
	for (int i = 0; i < out->across * out->down; i++)
		out->known[i] = take_cell(card, EDGE + i % out->across * CELL,
		    EDGE + i / out->across * CELL, &out->warm[i],
		    &out->cold[i]);
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static float
middle_over(const struct cells *all, size_t count, int at, bool warm)
{
	double found[SHOTS_MAX];
	size_t n = 0;
	for (size_t k = 0; k < count; k++)
		if (all[k].known[at])
			found[n++] = (double)(warm ? all[k].warm[at] :
			    all[k].cold[at]);
	qsort(found, n, sizeof(*found), by_value);
	return n ? (float)((found[n / 2] + found[(n - 1) / 2]) / 2) : 0;
}

/* Each cell less what it is in the middle of the pictures. */
static void
take_middle_off(struct cells *all, size_t count)
{
	for (int i = 0; i < all[0].across * all[0].down; i++) {
		float warm = middle_over(all, count, i, true);
		float cold = middle_over(all, count, i, false);
		for (size_t k = 0; k < count; k++) {
			all[k].warm[i] -= warm;
			all[k].cold[i] -= cold;
		}
	}
}

/* The middle of what lies around a cell, in one picture. */
static double
around(const struct cells *c, const float *values, int at)
{
	double found[(2 * AROUND + 1) * (2 * AROUND + 1)];
	int x = at % c->across, y = at / c->across, n = 0;
	for (int v = y - AROUND; v <= y + AROUND; v++)
		for (int u = x - AROUND; u <= x + AROUND; u++) {
			int i = v * c->across + u;
			if (u < 0 || v < 0 || u >= c->across || v >= c->down ||
			    (abs(u - x) < NEAR && abs(v - y) < NEAR) ||
			    !c->known[i])
				continue;
			found[n++] = (double)values[i];
		}
	if (n == 0)
		return 0;
	qsort(found, (size_t)n, sizeof(*found), by_value);
	return found[n / 2];
}

/* How far a cell's colour strays over the pictures, in grey levels. */
static double
stray(const struct cells *all, size_t count, int at)
{
	double off[SHOTS_MAX];
	size_t n = 0;
	for (size_t k = 0; k < count; k++) {
		const struct cells *c = &all[k];
		if (!c->known[at])
			continue;
		double warm = (double)c->warm[at] - around(c, c->warm, at);
		double cold = (double)c->cold[at] - around(c, c->cold, at);
		off[n++] = hypot(warm, cold);
	}
	qsort(off, n, sizeof(*off), by_value);
	/* one or two pictures laid badly, or a finger, are no change */
	return n < LEAST ? 0 : off[(size_t)(MANY * (double)n)];
}

static void
compare(struct cells *all, size_t count, struct tilt *out)
{
	int best = 0;
	float scale = CARD_PER_MM / PER_MM;
	take_middle_off(all, count);
	for (int i = 0; i < all[0].across * all[0].down; i++) {
		double strays = stray(all, count, i);
		if (strays <= out->change)
			continue;
		out->change = strays;
		best = i;
	}
	out->cell = (struct box){
	    (int)((float)(EDGE + best % all[0].across * CELL) * scale),
	    (int)((float)(EDGE + best / all[0].across * CELL) * scale),
	    (int)(CELL * scale), (int)(CELL * scale)};
}

static double
length(const float *a, const float *b)
{
	return (double)hypotf(a[0] - b[0], a[1] - b[1]);
}

/* Width by height as the camera sees it. */
static double
aspect(const struct page *p)
{
	const float *c = p->corners;
	double high = length(c, c + 6) + length(c + 2, c + 4);
	return high > 0 ? (length(c, c + 2) + length(c + 4, c + 6)) / high : 1;
}

/* The one that is known to stand upright, the sharpest of them. */
static const struct shot *
surest(const struct shown *s)
{
	const struct shot *best = NULL;
	for (size_t i = 0; i < s->count; i++)
		if (!s->shots[i].back && s->shots[i].upright &&
		    (!best || s->shots[i].sharp > best->sharp))
			best = &s->shots[i];
	return best;
}

/* Corners in the order in which they lie nearest to another's, both around
 * their middle: in the hand a document is tilted, not turned round. */
static void
turn_like(const float like[8], float corners[8])
{
	float turned[8], best[8] = {0}, least = -1, mid[4] = {0};
	for (int i = 0; i < 8; i++) {
		mid[i % 2] += like[i] / 4;
		mid[2 + i % 2] += corners[i] / 4;
	}
	for (int k = 0; k < 4; k++) {
		float sum = 0;
		for (int i = 0; i < 8; i++) {
			turned[i] = corners[(i + 2 * k) % 8];
			sum += fabsf(turned[i] - mid[2 + i % 2] -
			    (like[i] - mid[i % 2]));
		}
		if (least >= 0 && sum >= least)
			continue;
		least = sum;
		memcpy(best, turned, sizeof(best));
	}
	memcpy(corners, best, sizeof(best));
}

/* The front of a shot, laid over that of the first one. */
static RESULT
lay(const struct shot *shot, const struct page *page,
    const struct raster *onto, struct raster *out)
{
	AUTO(raster_clear) struct raster card = {0};
	AUTO(raster_clear) struct raster grey = {0};
	TRY(page_cut(&shot->colour, page, PER_MM, &card));
	TRY(raster_grey(&card, &grey));
	return tracks_lay(&grey, &card, onto, out);
}

RESULT
tilt_measure(const struct shown *s, struct tilt *out)
{
	AUTO(free) struct cells *all = calloc(SHOTS_MAX, sizeof(*all));
	AUTO(raster_clear) struct raster colour = {0};
	AUTO(raster_clear) struct raster onto = {0};
	double least = 0, most = 0;
	size_t count = 0;
	const struct shot *first = surest(s);
	if (!all)
		return FAIL(ERR_TOO_LARGE, "no memory");
	if (!first)
		return FAIL(ERR_NOT_FOUND, "no picture of the front");
	TRY(page_cut(&first->colour, &first->page, PER_MM, &colour));
	TRY(raster_grey(&colour, &onto));
	for (size_t i = 0; i < s->count; i++) {
		const struct shot *shot = &s->shots[i];
		AUTO(raster_clear) struct raster card = {0};
		struct page page = shot->page;
		if (shot->back || !shot->has_page)
			continue;
		page.width = first->page.width;
		page.height = first->page.height;
		turn_like(first->page.corners, page.corners);
		if (lay(shot, &page, &onto, &card) != OK) {
			err_clear();
			continue;
		}
		take_cells(&card, &all[count]);
		double seen = aspect(&page);
		least = count && least < seen ? least : seen;
		most = count && most > seen ? most : seen;
		count++;
	}
	if (count < LEAST || all[0].across == 0)
		return FAIL(ERR_NOT_FOUND, "too few pictures of the front");
	*out = (struct tilt){.pictures = count, .turned = most / least};
	compare(all, count, out);
	return OK;
}
