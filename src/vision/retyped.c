/*
 * Fields beside one another, as a network sees them.
 *
 * It gives sixteen numbers and an opinion for each; a field's score is its
 * opinion and how far its numbers are from the mean of the others' (scores()
 * of tools/train-retyped/net.py, which has the input too). It learned from
 * drawn pages and forgers that we invented: its word flags, and decides
 * nothing.
 */
#include "vision/retyped.h"

#include <math.h>
#include <stdlib.h>

#define WIDE 144
#define HIGH 48
#define AREA (WIDE * HIGH)
#define PLANES 3
#define NUMBERS 16
#define SAID (NUMBERS + 1)
#define BRIGHT 0.8      /* share of the part that is darker than paper */
#define PAPER_LEAST 16  /* level */
#define SHORT 2         /* times as wide as high: less is a sign or two, and
			   mostly something else's print is seen */
#define EDGE_X 60       /* pixels: middles nearer to the edge are left out */
#define EDGE_Y 20

struct part {
	uint8_t rgb[AREA][3];
};

static int
within(int v, int most)
{
	return v < 0 ? 0 : v < most ? v : most;
}

/* False when too much of it would lie beyond the card. */
static bool
cut(const struct raster *card, const struct patch *p, struct part *out)
{
	int x = p->x + p->width / 2, y = p->y + p->height / 2;
	if (x < EDGE_X || y < EDGE_Y || x > card->width - EDGE_X ||
	    y > card->height - EDGE_Y)
		return false;
	for (int v = 0; v < HIGH; v++) {
		const uint8_t *row = raster_row(card,
		    within(y - HIGH / 2 + v, card->height - 1));
		for (int u = 0; u < WIDE; u++) {
			const uint8_t *at = row + 3 * within(x - WIDE / 2 + u,
			    card->width - 1);
			for (int c = 0; c < 3; c++)
				out->rgb[v * WIDE + u][c] = at[c];
		}
	}
	return true;
}

static float
paper_of(const struct part *p, int channel)
{
	int counts[256] = {0}, level = 0, seen = 0;
	for (int i = 0; i < AREA; i++)
		counts[p->rgb[i][channel]]++;
	while (level < 255 && (seen += counts[level]) <= (int)(BRIGHT * AREA))
		level++;
	return (float)(level < PAPER_LEAST ? PAPER_LEAST : level);
}

/* Brightness; how red and how blue: each as a share of the paper's. */
static void
put_planes(const struct part *p, float *out)
{
	float paper[3];
	for (int c = 0; c < 3; c++)
		paper[c] = paper_of(p, c);
	for (int i = 0; i < AREA; i++) {
		float red = (float)p->rgb[i][0] / paper[0];
		float green = (float)p->rgb[i][1] / paper[1];
		float blue = (float)p->rgb[i][2] / paper[2];
		out[i] = 2 * (0.299f * red + 0.587f * green + 0.114f * blue -
		    0.8f);
		out[AREA + i] = 4 * (red - green);
		out[2 * AREA + i] = 4 * (blue - green);
	}
}

static double
score(const float *said, size_t count, size_t which)
{
	double sum = (double)said[which * SAID + NUMBERS];
	for (size_t k = 0; k < NUMBERS; k++) {
		double mine = (double)said[which * SAID + k], others = -mine;
		for (size_t i = 0; i < count; i++)
			others += (double)said[i * SAID + k];
		mine -= others / (double)(count - 1);
		sum += mine * mine;
	}
	return sum;
}

static size_t
put_fields(const struct raster *card, const struct field_looks *f,
    float *planes, size_t of[PATCHES_MAX])
{
	static struct part part;
	size_t count = 0;
	for (size_t i = 0; i < f->count; i++) {
		const struct patch *spot = &f->at[i].spot;
		if (!f->at[i].tall ||
		    spot->width < SHORT * spot->height ||
		    !cut(card, spot, &part))
			continue;
		put_planes(&part, planes + count * PLANES * AREA);
		of[count++] = i;
	}
	return count;
}

RESULT
retyped_scores(struct net *net, const struct raster *card,
    const struct field_looks *f, double scores[PATCHES_MAX])
{
	static float planes[PATCHES_MAX * PLANES * AREA];
	AUTO(free) float *said = NULL;
	struct net_shape shape;
	size_t of[PATCHES_MAX], count = put_fields(card, f, planes, of);
	for (size_t i = 0; i < PATCHES_MAX; i++)
		scores[i] = NAN;
	if (count < RETYPED_LEAST)
		return FAIL(ERR_NOT_FOUND, "too few fields to compare");
	TRY(net_run(net, planes, (struct net_shape){(int)count, PLANES, HIGH,
	    WIDE}, &said, &shape));
	if (shape.batch != (int)count || shape.channels != SAID ||
	    shape.height * shape.width != 1)
		return FAIL(ERR_INTERNAL, "a network of another kind");
	for (size_t i = 0; i < count; i++)
		scores[of[i]] = score(said, count, i);
	return OK;
}
