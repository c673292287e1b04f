/*
 * What crosses a piece of print.
 *
 * Fine lines of a ground are averaged away over two thirds of a millimetre;
 * what is left of ink is left out, because ink may have any colour.
 */
#include "vision/fraud/crossed.h"

#include <math.h>
#include <stdlib.h>

#define AROUND 10       /* pixels of the card */
#define CELL 8
#define CELLS_MAX 1500
#define PAPER 0.7       /* share of the pixels that are darker */
#define PAPER_LEAST 32  /* level */
#define INK 0.5         /* of the paper's brightness: darker is ink */
#define FULL_LEAST 20   /* pixels of a cell that are paper */
#define ENOUGH 12       /* cells */
#define END 0.04        /* share of the cells left out at both ends */

struct part {
	const struct raster *card;
	int left, top, right, bottom;
	double paper[3];
};

static void
part_of(const struct raster *card, const struct patch *p, struct part *out)
{
	int right = p->x + p->width + AROUND;
	int bottom = p->y + p->height + AROUND;
	*out = (struct part){card, p->x > AROUND ? p->x - AROUND : 0,
	    p->y > AROUND ? p->y - AROUND : 0,
	    right < card->width ? right : card->width,
	    bottom < card->height ? bottom : card->height, {0}};
}

static void
measure_paper(struct part *p)
{
	size_t counts[3][256] = {{0}};
	size_t all = (size_t)(p->right - p->left) *
	    (size_t)(p->bottom - p->top);
	for (int y = p->top; y < p->bottom; y++) {
		const uint8_t *at = raster_row(p->card, y) + 3 * p->left;
		for (int i = 0; i < 3 * (p->right - p->left); i++)
			counts[i % 3][at[i]]++;
	}
	for (int c = 0; c < 3; c++) {
		size_t seen = 0;
		int level = 0;
		while (level < 255 && (double)(seen += counts[c][level]) <=
		    PAPER * (double)all)
			level++;
		p->paper[c] = fmax(level, PAPER_LEAST);
	}
}

/* Red and blue less green, of what is paper in a cell. */
static bool
cell_tint(const struct part *p, int left, int top, double out[2])
{
	int count = 0;
	double sum[2] = {0};
	for (int y = top; y < top + CELL; y++) {
		const uint8_t *at = raster_row(p->card, y) + 3 * left;
		for (int x = 0; x < CELL; x++, at += 3) {
			double green = at[1] / p->paper[1];
			double red = at[0] / p->paper[0];
			double blue = at[2] / p->paper[2];
			if (0.3 * red + 0.6 * green + 0.1 * blue < INK)
				continue;
			sum[0] += red - green;
			sum[1] += blue - green;
			count++;
		}
	}
	out[0] = sum[0] / fmax(count, 1);
	out[1] = sum[1] / fmax(count, 1);
	return count >= FULL_LEAST;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double
spread(double *values, size_t count)
{
	size_t end = (size_t)(END * (double)count);
	qsort(values, count, sizeof(*values), ascending);
	return values[count - 1 - end] - values[end];
}

double
crossed_by(const struct raster *card, const struct patch *patch)
{
	static double tints[2][CELLS_MAX];
	struct part p;
	size_t count = 0;
	part_of(card, patch, &p);
	measure_paper(&p);
	for (int y = p.top; y + CELL <= p.bottom; y += CELL)
		for (int x = p.left; x + CELL <= p.right; x += CELL) {
			double tint[2];
			if (count == CELLS_MAX || !cell_tint(&p, x, y, tint))
				continue;
			tints[0][count] = tint[0];
			tints[1][count++] = tint[1];
		}
	if (count < ENOUGH)
		return 0;
	return fmax(spread(tints[0], count), spread(tints[1], count));
}
