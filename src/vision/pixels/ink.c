/*
 * Dark spots.
 *
 * Runs of dark pixels in a row are joined with those they touch in the row
 * above; a run's number leads, through what it was joined with, to the number
 * of its spot. The number of runs is bounded: a page of noise stops early.
 */
#include "vision/pixels/ink.h"
#include "vision/still/wide.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RUNS_MAX 200000

struct run {
	int from, to, row; /* columns from..to-1 */
	int parent;
	int dark; /* levels below the neighbourhood, the sum of its pixels */
};

struct runs {
	int count, above, here; /* above: first run of the row above */
	struct run *at;
};

/* About the page's middle, into the middle of a square. */
struct turn {
	float cosine, sine;
	float from[2], to;
};

/* Sums of the columns over the rows of the neighbourhood. */
struct band {
	int first, last; /* rows last not counted */
	uint32_t *sums;
};

WIDE static void
sum_row(const struct raster *grey, int y, int sign, uint32_t *restrict sums)
{
	const uint8_t *row = raster_row(grey, y);
	int width = grey->width;
	for (int x = 0; x < width; x++)
		sums[x] += (uint32_t)(sign * row[x]);
}

static void
move_band(const struct raster *grey, int y, int half, struct band *b)
{
	int first = y - half < 0 ? 0 : y - half;
	int last = y + half + 1 > grey->height ? grey->height : y + half + 1;
	for (; b->last < last; b->last++)
		sum_row(grey, b->last, 1, b->sums);
	for (; b->first < first; b->first++)
		sum_row(grey, b->first, -1, b->sums);
}

static int
root(const struct runs *r, int i)
{
	while (r->at[i].parent != i)
		i = r->at[i].parent;
	return i;
}

/* Joins the newest run with those of the row above that touch it. */
static void
join_above(struct runs *r)
{
	int mine = r->count - 1;
	const struct run *new = &r->at[mine];
	for (int i = r->above; i < r->here; i++) {
		const struct run *old = &r->at[i];
		if (old->to < new->from)
			r->above = i + 1; /* nor any later run of this row */
		if (old->from > new->to)
			break;
		if (old->to < new->from)
			continue;
		int a = root(r, i), b = root(r, mine);
		if (a < b)
			r->at[b].parent = a;
		else
			r->at[a].parent = b;
	}
}

static void
add_run(struct runs *r, int from, int to, int row, int dark)
{
	if (r->count == RUNS_MAX)
		return;
	r->at[r->count] = (struct run){from, to, row, r->count, dark};
	r->count++;
	join_above(r);
}

/* How much darker: everywhere, or (each not NULL) by place. */
struct limit {
	int darker;
	const struct raster *each;
};

/* What one row is told by: sums of the columns left of each, and whether each
 * pixel is dark. */
struct told {
	uint32_t *before;
	uint8_t *dark;
};

static void
told_clear(struct told *t)
{
	free(t->before);
	free(t->dark);
}
DEFINE_AUTO_CLEAR(told_clear, struct told)

/* The columns around one, within the picture. */
static inline uint32_t
around(const struct told *t, int x, int half, int width, uint32_t *columns)
{
	int left = x > half ? x - half : 0;
	int right = x + half < width ? x + half + 1 : width;
	*columns = (uint32_t)(right - left);
	return t->before[right] - t->before[left];
}

/* Away from the edges, where as many columns lie around each. */
WIDE static void
tell_middle(const struct told *t, const uint8_t *restrict row,
    const uint8_t *restrict darker, int half, int width, uint32_t area)
{
	const uint32_t *before = t->before;
	uint8_t *dark = t->dark;
	for (int x = half; x < width - half; x++)
		dark[x] = (row[x] + (uint32_t)darker[x]) * area <
		    before[x + half + 1] - before[x - half];
}

static void
tell_row(const struct told *t, const uint8_t *row, const uint8_t *darker,
    int half, int width, const struct band *b)
{
	uint32_t columns, rows = (uint32_t)(b->last - b->first);
	for (int x = 0; x < width; x++)
		t->before[x + 1] = t->before[x] + b->sums[x];
	for (int x = 0; x < width; x++) {
		if (x == half && width > 2 * half)
			x = width - half;
		uint32_t sum = around(t, x, half, width, &columns);
		t->dark[x] = (row[x] + (uint32_t)darker[x]) * columns * rows <
		    sum;
	}
	tell_middle(t, row, darker, half, width,
	    (uint32_t)(2 * half + 1) * rows);
}

/* How much darker the run is than what lies around, over its pixels. */
static int
depth_of(const struct told *t, const uint8_t *row, int from, int to,
    int half, int width, const struct band *b)
{
	uint32_t columns, rows = (uint32_t)(b->last - b->first);
	int depth = 0;
	for (int x = from; x < to; x++) {
		uint32_t sum = around(t, x, half, width, &columns);
		depth += (int)(sum / (columns * rows)) - row[x];
	}
	return depth;
}

/* The dark runs of one row. */
static void
scan_row(const struct raster *grey, int y, int half, const uint8_t *darker,
    const struct band *b, const struct told *t, struct runs *r)
{
	const uint8_t *row = raster_row(grey, y);
	int width = grey->width;
	bool above = r->here < r->count && r->at[r->here].row == y - 1;
	r->above = above ? r->here : r->count;
	r->here = r->count;
	tell_row(t, row, darker, half, width, b);
	for (int x = 0, from; x < width; x++) {
		for (from = x; x < width && t->dark[x];)
			x++;
		if (x > from)
			add_run(r, from, x, y, depth_of(t, row, from, x,
			    half, width, b));
	}
}

static RESULT
find_runs(const struct raster *grey, int half, const struct limit *limit,
    struct runs *r)
{
	size_t width = (size_t)grey->width;
	AUTO(free) uint32_t *sums = calloc(width, sizeof(*sums));
	AUTO(free) uint8_t *everywhere = malloc(width);
	AUTO(told_clear) struct told told = {
	    calloc(width + 1, sizeof(*told.before)), malloc(width)};
	struct band band = {0, 0, sums};
	if (!sums || !everywhere || !told.before || !told.dark)
		return FAIL(ERR_TOO_LARGE, "no memory");
	memset(everywhere, limit->darker, width);
	for (int y = 0; y < grey->height; y++) {
		move_band(grey, y, half, &band);
		scan_row(grey, y, half, limit->each ?
		    raster_row(limit->each, y) : everywhere, &band, &told, r);
	}
	return OK;
}

/* Where a run lies on the turned page: where the middles of its first and last
 * pixels come to lie. */
static struct spot
place(const struct run *run, const struct turn *t)
{
	if (!t)
		return (struct spot){run->from, run->row, run->to,
		    run->row + 1, run->to - run->from, run->dark};
	float x = (float)run->from + 0.5f - t->from[0];
	float y = (float)run->row + 0.5f - t->from[1];
	float along = (float)(run->to - run->from - 1);
	float left = t->to + x * t->cosine + y * t->sine;
	float top = t->to - x * t->sine + y * t->cosine;
	float right = left + along * t->cosine;
	float bottom = top - along * t->sine;
	return (struct spot){(int)floorf(fminf(left, right)),
	    (int)floorf(fminf(top, bottom)),
	    (int)floorf(fmaxf(left, right)) + 1,
	    (int)floorf(fmaxf(top, bottom)) + 1, run->to - run->from,
	    run->dark};
}

static void
grow(struct spot *s, const struct spot *run)
{
	if (s->area == 0) {
		*s = *run;
		return;
	}
	s->left = run->left < s->left ? run->left : s->left;
	s->top = run->top < s->top ? run->top : s->top;
	s->right = run->right > s->right ? run->right : s->right;
	s->bottom = run->bottom > s->bottom ? run->bottom : s->bottom;
	s->area += run->area;
	s->dark += run->dark;
}

/* A spot is kept at the place of its first run until all are grown. */
static RESULT
collect(const struct runs *r, const struct turn *t, int least, int most,
    struct spots *out)
{
	AUTO(free) struct spot *all = calloc((size_t)r->count + 1,
	    sizeof(*all));
	out->count = 0;
	if (!all)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (int i = 0; i < r->count; i++) {
		struct spot here = place(&r->at[i], t);
		grow(&all[root(r, i)], &here);
	}
	for (int i = 0; i < r->count && out->count < SPOTS_MAX; i++) {
		const struct spot *s = &all[i];
		int w = s->right - s->left, h = s->bottom - s->top;
		if (s->area == 0 || (w < least && h < least) || h > most)
			continue;
		out->at[out->count] = *s;
		out->at[out->count++].dark /= s->area;
	}
	return OK;
}

static RESULT
find_spots(const struct raster *grey, int side, const struct limit *limit,
    int least, int most, struct spots *out)
{
	AUTO(free) struct run *at = malloc(RUNS_MAX * sizeof(*at));
	struct runs runs = {0, 0, 0, at};
	out->count = 0;
	if (!at)
		return FAIL(ERR_TOO_LARGE, "no memory");
	TRY(find_runs(grey, side / 2, limit, &runs));
	return collect(&runs, NULL, least, most, out);
}

RESULT
ink_spots(const struct raster *grey, int side, int darker, int least,
    int most, struct spots *out)
{
	const struct limit limit = {darker, NULL};
	return find_spots(grey, side, &limit, least, most, out);
}

RESULT
ink_spots_above(const struct raster *grey, int side,
    const struct raster *darker, int least, int most, struct spots *out)
{
	const struct limit limit = {0, darker};
	if (darker->width != grey->width || darker->height != grey->height)
		return FAIL(ERR_INTERNAL, "limits of another picture");
	return find_spots(grey, side, &limit, least, most, out);
}

RESULT
ink_of(const struct raster *grey, int side, int darker, struct ink *out)
{
	const struct limit limit = {darker, NULL};
	struct runs runs = {0, 0, 0, malloc(RUNS_MAX * sizeof(struct run))};
	*out = (struct ink){grey->width, grey->height, 0, runs.at};
	if (!runs.at)
		return FAIL(ERR_TOO_LARGE, "no memory");
	TRY(find_runs(grey, side / 2, &limit, &runs));
	out->count = runs.count;
	return OK;
}

void
ink_clear(struct ink *ink)
{
	free(ink->runs);
	*ink = (struct ink){0};
}

int
ink_side(const struct raster *grey)
{
	return (int)ceilf(hypotf((float)grey->width, (float)grey->height));
}

RESULT
ink_turned(const struct ink *ink, int degrees, int least, int most,
    struct spots *out)
{
	const struct runs runs = {ink->count, 0, 0, ink->runs};
	const struct raster whole = {.width = ink->width,
	    .height = ink->height};
	float angle = (float)degrees * (float)M_PI / 180;
	const struct turn t = {cosf(angle), sinf(angle),
	    {(float)ink->width / 2, (float)ink->height / 2},
	    (float)ink_side(&whole) / 2};
	return collect(&runs, &t, least, most, out);
}
