/*
 * Holograms and inks that change: while a document is tilted some of its
 * parts change their colour, and the rest keeps it. Each picture is laid flat
 * and divided into cells; each cell's colour is taken relative to the whole
 * card's in that picture, because light and exposure change for all of it.
 *
 * Chroma only: a lamp's reflection is bright and has no colour of its own.
 */
#include "vision/shown.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PER_MM 4.0f
#define CELL 24        /* pixels: 6 mm */
#define EDGE 12        /* of the card, where the corners may be off */
#define LEAST 5        /* pictures */
#define CELLS_MAX 512
#define SHINES 235     /* brightness that says nothing of colour */

struct cells {
	int across, down;
	float blue[CELLS_MAX], red[CELLS_MAX]; /* less those of the card */
	bool known[CELLS_MAX];
};

static bool
take_cell(const struct raster *card, int left, int top, float *blue,
    float *red)
{
	double sums[3] = {0};
	int count = 0;
	for (int y = top; y < top + CELL; y++) {
		const uint8_t *p = raster_row(card, y) + (size_t)left * 3;
		for (int x = 0; x < CELL; x++, p += 3) {
			if (p[0] > SHINES && p[1] > SHINES && p[2] > SHINES)
				continue;
			for (int c = 0; c < 3; c++)
				sums[c] += p[c];
			count++;
		}
	}
	if (count < CELL * CELL / 2)
		return false;
	double all = sums[0] + sums[1] + sums[2] + 1;
	*blue = (float)(sums[2] / all);
	*red = (float)(sums[0] / all);
	return true;
}

static void
take_cells(const struct raster *card, struct cells *out)
{
	double blue = 0, red = 0;
	int known = 0;
	out->across = (card->width - 2 * EDGE) / CELL;
	out->down = (card->height - 2 * EDGE) / CELL;
	if (out->across < 1 || out->across * out->down > CELLS_MAX)
		out->across = out->down = 0;
	for (int i = 0; i < out->across * out->down; i++) {
		out->known[i] = take_cell(card, EDGE + i % out->across * CELL,
		    EDGE + i / out->across * CELL, &out->blue[i],
		    &out->red[i]);
		if (!out->known[i])
			continue;
		blue += (double)out->blue[i];
		red += (double)out->red[i];
		known++;
	}
	for (int i = 0; known && i < out->across * out->down; i++) {
		out->blue[i] -= (float)(blue / known);
		out->red[i] -= (float)(red / known);
	}
}

/* How far a cell's colour strays from its own mean. */
static double
stray(const struct cells *all, size_t count, int at)
{
	double b = 0, r = 0, bb = 0, rr = 0, n = 0;
	for (size_t i = 0; i < count; i++) {
		if (!all[i].known[at])
			continue;
		b += (double)all[i].blue[at];
		r += (double)all[i].red[at];
		bb += (double)all[i].blue[at] * (double)all[i].blue[at];
		rr += (double)all[i].red[at] * (double)all[i].red[at];
		n++;
	}
	if (n < LEAST)
		return 0;
	return sqrt(fmax(bb / n - b / n * b / n, 0) +
	    fmax(rr / n - r / n * r / n, 0));
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void
compare(const struct cells *all, size_t count, struct tilt *out)
{
	double strays[CELLS_MAX], sorted[CELLS_MAX];
	int cells = all[0].across * all[0].down, best = 0, known = 0;
	for (int i = 0; i < cells; i++) {
		strays[i] = stray(all, count, i);
		if (strays[i] > 0)
			sorted[known++] = strays[i];
		if (strays[i] > strays[best])
			best = i;
	}
	if (known < 8)
		return;
	qsort(sorted, (size_t)known, sizeof(*sorted), by_value);
	float scale = CARD_PER_MM / PER_MM;
	out->change = strays[best] / fmax(sorted[known / 2], 1e-4);
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

RESULT
tilt_measure(const struct shown *s, struct tilt *out)
{
	AUTO(free) struct cells *all = calloc(SHOTS_MAX, sizeof(*all));
	double least = 0, most = 0;
	size_t count = 0;
	const struct shot *first = surest(s);
	if (!all)
		return FAIL(ERR_TOO_LARGE, "no memory");
	if (!first)
		return FAIL(ERR_NOT_FOUND, "no picture of the front");
	for (size_t i = 0; i < s->count; i++) {
		const struct shot *shot = &s->shots[i];
		AUTO(raster_clear) struct raster card = {0};
		struct page page = shot->page;
		if (shot->back || !shot->has_page)
			continue;
		page.width = first->page.width;
		page.height = first->page.height;
		turn_like(first->page.corners, page.corners);
		TRY(page_cut(&shot->colour, &page, PER_MM, &card));
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
