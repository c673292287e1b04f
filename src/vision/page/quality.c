/*
 * Fitness of a picture.
 *
 * Blur is the width of the steps that print makes, in millimetres on the
 * document: a distant camera and a shaken one count alike, as both lose the
 * same detail; noise, which deceives sums over all pixels, makes no steps as
 * high as print does.
 */
#include "vision/page/quality.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "vision/page/fingers.h"
#include "vision/page/outline.h"
#include "vision/pixels/blur.h"

#define WIDTH 1000       /* pixels across the document as measured */
#define BEYOND 0.1f
#define CARD_WIDTH 85.6f
#define CARD_HEIGHT 53.98f
#define WHOLE_SHAPE 0.02f /* of its sides' ratio: a millimetre of its height */
#define GROUNDS 3        /* cells across and down, for light */

/* blur */
#define STEP_LEAST 10    /* levels from a pixel to the next but one */
#define SWING_LEAST 40   /* levels from the foot of a step to its head */
#define RUN 20           /* pixels that a step may take */
#define WIDTHS 400       /* tenths of a pixel */
#define SHARPEST 0.3     /* share of steps: the rest are soft by design */
#define STEPS_LEAST 150
#define OWN_BLUR 0.9     /* pixels: by cutting and softening, in quadrature */

/* glare */
#define CELL 10          /* pixels */
#define BURNT 244
#define GROUND_MOST 220
#define FLAT 12          /* levels from dark to light in a burnt cell */
#define CELLS_MAX 12000

static void
whole_picture(const struct still *s, struct page *p)
{
	float w = (float)s->grey.width, h = (float)s->grey.height;
	const float corners[8] = {0, 0, w, 0, w, h, 0, h};
	*p = (struct page){.width = CARD_WIDTH, .height = CARD_WIDTH * h / w};
	memcpy(p->corners, corners, sizeof(corners));
}

/* Steps by their width, along rows or down columns. */
struct steps {
	unsigned count, widths[WIDTHS];
};

/* From the steepest point of a step to its foot and its head. */
static void
measure_step(const uint8_t *at, ptrdiff_t pitch, int before, int after,
    struct steps *out)
{
	int slope = at[pitch] - at[-pitch], sign = slope > 0 ? 1 : -1;
	int low = 0, high = 0;
	while (low < before && low < RUN && sign *
	    (at[-low * pitch] - at[-(low + 1) * pitch]) > 0)
		low++;
	while (high < after && high < RUN && sign *
	    (at[(high + 1) * pitch] - at[high * pitch]) > 0)
		high++;
	int swing = sign * (at[high * pitch] - at[-low * pitch]);
	if (swing < SWING_LEAST)
		return;
	/* of a step blurred by Gauss: sigma = swing / slope / sqrt(2 pi) */
	int width = (int)(swing / (fabs((double)slope) / 2) / 2.5066 * 10);
	out->widths[width < WIDTHS ? width : WIDTHS - 1]++;
	out->count++;
}

static void
count_steps(const struct raster *r, bool down, struct steps *out)
{
	ptrdiff_t pitch = down ? r->width : 1;
	ptrdiff_t other = down ? 1 : r->width;
	int length = down ? r->height : r->width;
	int lines = down ? r->width : r->height;
	for (int k = 8; k < lines - 8; k += 2) {
		const uint8_t *line = r->data + k * other;
		for (int i = 3; i < length - 4; i++) {
			const uint8_t *at = line + i * pitch;
			int slope = abs(at[pitch] - at[-pitch]);
			if (slope < STEP_LEAST ||
			    slope < abs(at[2 * pitch] - at[0]) ||
			    slope <= abs(at[0] - at[-2 * pitch]))
				continue;
			measure_step(at, pitch, i - 1, length - i - 2, out);
		}
	}
}

/* Width of the sharpest steps in pixels; -1: too few. */
static double
sharpest(const struct steps *s)
{
	if (s->count < STEPS_LEAST)
		return -1;
	unsigned wanted = (unsigned)(s->count * SHARPEST), seen = 0;
	for (int i = 0; i < WIDTHS; i++) {
		seen += s->widths[i];
		if (seen > wanted)
			return (i + 0.5) / 10;
	}
	return WIDTHS / 10.0;
}

/* The worse of two directions: a shaken camera is sharp in one. */
static double
blur_of(const struct raster *soft, double per_mm)
{
	struct steps along = {0}, down = {0};
	count_steps(soft, false, &along);
	count_steps(soft, true, &down);
	double pixels = fmax(sharpest(&along), sharpest(&down));
	if (pixels < 0)
		return 0; /* nothing printed: nothing to say */
	double own = OWN_BLUR * OWN_BLUR;
	return sqrt(fmax(pixels * pixels - own, 0.01)) / per_mm;
}

/* Level that most of a cell lies below: its ground, less its print. */
static double
ground_of(const struct raster *r, int left, int top, int width, int height)
{
	unsigned levels[256] = {0}, count = 0, seen = 0;
	for (int y = top; y < top + height; y += 3)
		for (int x = left; x < left + width; x += 3, count++)
			levels[raster_row(r, y)[x]]++;
	for (int level = 255; level > 0; level--) {
		seen += levels[level];
		if (seen * 4 > count)
			return level;
	}
	return 0;
}

static void
measure_light(const struct raster *r, const struct page *p,
    struct quality *q)
{
	double least = 256, most = 0;
	int w = r->width / GROUNDS, h = r->height / GROUNDS;
	for (int y = 0; y < GROUNDS; y++) {
		for (int x = 0; x < GROUNDS; x++) {
			double level = ground_of(r, x * w, y * h, w, h);
			most = fmax(most, level);
			if (level >= least)
				continue;
			least = level;
			q->dark = (struct area){
			    (float)x * p->width / GROUNDS,
			    (float)y * p->height / GROUNDS,
			    p->width / GROUNDS, p->height / GROUNDS};
		}
	}
	q->brightness = ground_of(r, 0, 0, r->width, r->height) / 255;
	q->evenness = least / fmax(most, 1);
}

/* glare */

struct cells {
	int across, down;
	uint8_t burnt[CELLS_MAX]; /* 1; 2 once it was counted */
	int stack[CELLS_MAX];
};

static bool
is_burnt(const struct raster *r, int left, int top)
{
	int low = 255, high = 0, sum = 0;
	for (int y = top; y < top + CELL; y++) {
		const uint8_t *row = raster_row(r, y);
		for (int x = left; x < left + CELL; x++) {
			int level = row[x];
			low = level < low ? level : low;
			high = level > high ? level : high;
			sum += level;
		}
	}
	return sum >= BURNT * CELL * CELL && high - low <= FLAT;
}

struct blob {
	int cells, left, top, right, bottom;
};

/* The burnt cells that hang together with one. */
static void
gather(struct cells *c, int start, struct blob *b)
{
	int depth = 0;
	*b = (struct blob){0, c->across, c->down, 0, 0};
	c->stack[depth++] = start;
	c->burnt[start] = 2;
	while (depth > 0) {
		int at = c->stack[--depth];
		int x = at % c->across, y = at / c->across;
		b->cells++;
		b->left = x < b->left ? x : b->left;
		b->right = x > b->right ? x : b->right;
		b->top = y < b->top ? y : b->top;
		b->bottom = y > b->bottom ? y : b->bottom;
		const int next[4][2] = {{x - 1, y}, {x + 1, y}, {x, y - 1},
		    {x, y + 1}};
		for (int i = 0; i < 4; i++) {
			int nx = next[i][0], ny = next[i][1];
			if (nx < 0 || ny < 0 || nx >= c->across ||
			    ny >= c->down ||
			    c->burnt[ny * c->across + nx] != 1)
				continue;
			c->burnt[ny * c->across + nx] = 2;
			c->stack[depth++] = ny * c->across + nx;
		}
	}
}

/*
 * A reflection is a bright blot on a ground that is not: where the paper is
 * near the top of the scale, as scanners and cautious telephones like it, none
 * can be told from a white strip.
 */
static RESULT
measure_glare(const struct raster *r, const struct page *p,
    struct quality *q)
{
	AUTO(free) struct cells *c = calloc(1, sizeof(*c));
	struct blob b, most = {0};
	int burnt = 0;
	if (!c)
		return FAIL(ERR_TOO_LARGE, "no memory");
	c->across = r->width / CELL;
	c->down = r->height / CELL;
	int all = c->across * c->down;
	if (all > CELLS_MAX)
		return OK;
	for (int i = 0; i < all; i++) {
		c->burnt[i] = is_burnt(r, i % c->across * CELL,
		    i / c->across * CELL);
		burnt += c->burnt[i];
	}
	if (burnt * 3 > all || q->brightness * 255 > GROUND_MOST)
		return OK;
	for (int i = 0; i < all; i++) {
		if (c->burnt[i] != 1)
			continue;
		gather(c, i, &b);
		if (b.cells > most.cells)
			most = b;
	}
	float mm = p->width / (float)c->across;
	q->glare = (double)most.cells / all;
	q->shining = (struct area){(float)most.left * mm,
	    (float)most.top * mm, (float)(most.right - most.left + 1) * mm,
	    (float)(most.bottom - most.top + 1) * mm};
	return OK;
}

/* place */

static double
scale_of(const struct still *s, const struct page *p)
{
	const float *c = p->corners;
	float twice = 0;
	for (int i = 0; i < 4; i++) {
		int k = (i + 1) & 3;
		twice += c[2 * i] * c[2 * k + 1] - c[2 * k] * c[2 * i + 1];
	}
	float per_mm = sqrtf(fabsf(twice) / 2 / (p->width * p->height));
	return (double)per_mm * s->reduction;
}

static bool
on_border(float a, float b, float side)
{
	float near = 0.012f * side;
	return (a < near && b < near) || (a > side - near && b > side - near);
}

/* Sides of the document that are sides of the picture. */
static int
border_sides(const struct page *p, float w, float h)
{
	const float *c = p->corners;
	int count = 0;
	for (int i = 0; i < 4; i++) {
		int k = (i + 1) & 3;
		count += on_border(c[2 * i], c[2 * k], w) ||
		    on_border(c[2 * i + 1], c[2 * k + 1], h);
	}
	return count;
}

/* A card of the right shape misses nothing, however near the picture ends. */
static bool
is_whole_card(const struct page *p, float w, float h)
{
	float aspect = outline_aspect(p->corners, w, h);
	return fabsf(logf(aspect * CARD_HEIGHT / CARD_WIDTH)) < WHOLE_SHAPE;
}

/*
 * How far the document lies outside, in parts of its own side. Where the
 * picture ends, an outline without a zone ends too: how much is missing is
 * not known, and said to be BEYOND. A scan without margins has four such
 * sides, and misses nothing.
 */
static double
cut_off(const struct still *s, const struct page *p)
{
	const float *c = p->corners;
	float w = (float)s->grey.width, h = (float)s->grey.height, far = 0;
	for (int i = 0; i < 4; i++) {
		far = fmaxf(far, fmaxf(-c[2 * i], c[2 * i] - w));
		far = fmaxf(far, fmaxf(-c[2 * i + 1], c[2 * i + 1] - h));
	}
	float short_side = fminf(hypotf(c[2] - c[0], c[3] - c[1]),
	    hypotf(c[4] - c[2], c[5] - c[3]));
	int borders = border_sides(p, w, h);
	if (p->by_contour && !p->upright && borders > 0 && borders < 4 &&
	    !is_whole_card(p, w, h))
		far = fmaxf(far, BEYOND * short_side);
	if (!p->by_contour) /* by its zone or print: so much is uncertain */
		far = p->upright ? far - BEYOND * short_side : 0;
	far = fmaxf(far, 0);
	return (double)(far / fmaxf(short_side, 1));
}

/* An outline that was only guessed tells nothing of what goes beyond it. */
static RESULT
measure_covered(const struct still *s, const struct page *p,
    struct quality *q)
{
	struct fingers f;
	if (!p->by_contour)
		return OK;
	TRY(fingers_find(&s->colour, p, &f));
	q->covered = f.share;
	q->fingers = (struct area){f.x, f.y, f.width, f.height};
	return OK;
}

RESULT
quality_measure(const struct still *s, const struct page *page,
    struct quality *out)
{
	struct page whole;
	AUTO(raster_clear) struct raster grey = {0};
	AUTO(raster_clear) struct raster soft = {0};
	struct quality q = {0};
	if (page)
		q.cut_off = cut_off(s, page);
	if (page)
		q.scale = scale_of(s, page);
	if (page)
		TRY(measure_covered(s, page, &q));
	if (!page) {
		whole_picture(s, &whole);
		page = &whole;
	}
	float per_mm = WIDTH / page->width;
	TRY(page_cut(&s->grey, page, per_mm, &grey));
	TRY(blur_by(&grey, 0.7, &soft));
	q.blur = blur_of(&soft, (double)per_mm);
	measure_light(&grey, page, &q);
	TRY(measure_glare(&grey, page, &q));
	*out = q;
	return OK;
}
