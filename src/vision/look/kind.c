/*
 * What kind of page the picture shows: the holder's page of a passport, a
 * card's front or back, something else, or no document. A network of our own
 * looks at the whole at a glance; where a page was found, at the part of the
 * picture around it. An opinion only: it learned from drawn documents.
 *
 * Its input is that of tools/train-kind/net.py.
 */
#include "vision/look/look.h"

#include "base/enum.h"

#include <math.h>
#include <stdlib.h>

#define SIDE 96
#define PLANES 3
#define AREA (SIDE * SIDE)
#define MARGIN 0.06f /* around the page, of its longer side */
#define LEAST 24     /* pixels: a part smaller than this shows nothing */
#define LUMA_STEP 64.0f
#define COLOUR_STEP 24.0f

static const char *const kinds[] = {"passport_page", "card_front",
    "card_back", "other", "none"};
#define KINDS ((int)COUNT_OF(kinds))

/* What is no number is 0. */
static int
within(float v, int most)
{
	if (!(v > 0))
		return 0;
	return v < (float)most ? (int)v : most;
}

/* The page with a margin; the whole picture where no page is. */
static struct box
part_of(const struct sight *s)
{
	const struct raster *r = &s->still.colour;
	const float *c = s->page.corners;
	struct box whole = {0, 0, r->width, r->height}, p;
	float left = c[0], right = c[0], top = c[1], bottom = c[1];

	if (!s->has_page)
		return whole;
	for (int i = 1; i < 4; i++) {
		left = fminf(left, c[2 * i]);
		right = fmaxf(right, c[2 * i]);
		top = fminf(top, c[2 * i + 1]);
		bottom = fmaxf(bottom, c[2 * i + 1]);
	}
	float margin = MARGIN * fmaxf(right - left, bottom - top);
	p.x = within(left - margin, r->width);
	p.y = within(top - margin, r->height);
	p.width = within(right + margin, r->width) - p.x;
	p.height = within(bottom + margin, r->height) - p.y;
	return p.width < LEAST || p.height < LEAST ? whole : p;
}

static int
scaled(int length, int longest)
{
	int out = (length * SIDE + longest / 2) / longest;
	return out < 1 ? 1 : out;
}

/* The part so small that its longer side is SIDE. */
static RESULT
glance(const struct sight *s, struct raster *out)
{
	AUTO(raster_clear) struct raster cut = {0};
	struct box p = part_of(s);
	int longest = p.width > p.height ? p.width : p.height;

	TRY(raster_cut(&s->still.colour, p.x, p.y, p.width, p.height, &cut));
	return opencv_resize(&cut, scaled(p.width, longest),
	    scaled(p.height, longest), out);
}

/* Brightness, then blue and red less brightness. */
static void
colours(const uint8_t *rgb, float out[PLANES])
{
	out[0] = 0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2];
	out[1] = 0.564f * (rgb[2] - out[0]);
	out[2] = 0.713f * (rgb[0] - out[0]);
}

static void
means(const struct raster *r, float out[PLANES])
{
	double sum[PLANES] = {0};
	int count = r->width * r->height;
	float seen[PLANES];

	for (int i = 0; i < count; i++) {
		colours(r->data + 3 * i, seen);
		for (int k = 0; k < PLANES; k++)
			sum[k] += (double)seen[k];
	}
	for (int k = 0; k < PLANES; k++)
		out[k] = (float)(sum[k] / count);
}

/* In the middle of a square; what is beside it is as its mean. */
static void
planes(const struct raster *r, float out[PLANES * AREA])
{
	int left = (SIDE - r->width) / 2, top = (SIDE - r->height) / 2;
	float mean[PLANES], seen[PLANES];

	means(r, mean);
	for (int i = 0; i < PLANES * AREA; i++)
		out[i] = 0;
	for (int y = 0; y < r->height; y++)
		for (int x = 0; x < r->width; x++) {
			int at = (y + top) * SIDE + x + left;
			colours(raster_row(r, y) + 3 * x, seen);
			for (int k = 0; k < PLANES; k++)
				out[k * AREA + at] = (seen[k] - mean[k]) /
				    (k == 0 ? LUMA_STEP : COLOUR_STEP);
		}
}

static RESULT
likeliest(const float *scores, struct net_shape said, int *kind, double *sure)
{
	double sum = 0;

	if (said.batch != 1 || said.channels != KINDS ||
	    said.height * said.width != 1)
		return FAIL(ERR_INTERNAL, "a network of another kind");
	*kind = 0;
	for (int k = 1; k < KINDS; k++)
		if (scores[k] > scores[*kind])
			*kind = k;
	for (int k = 0; k < KINDS; k++)
		sum += exp((double)(scores[k] - scores[*kind]));
	*sure = 1 / sum;
	return OK;
}

RESULT
look_kind(struct sight *s)
{
	static float in[PLANES * AREA];
	AUTO(raster_clear) struct raster small = {0};
	AUTO(free) float *scores = NULL;
	struct net_shape said;
	double sure;
	int kind;

	TRY(glance(s, &small));
	planes(&small, in);
	TRY(net_run(s->tools->nets[MODEL_kind], in,
	    (struct net_shape){1, PLANES, SIDE, SIDE}, &scores, &said));
	TRY(likeliest(scores, said, &kind, &sure));
	return findings_add_text(s->out, FINDING_kind_seen, kinds[kind], sure,
	    sight_page_box(s));
}
