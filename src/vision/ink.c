/*
 * Dark spots.
 *
 * Runs of dark pixels in a row are joined with those they touch in the row
 * above; a run's number leads, through what it was joined with, to the number
 * of its spot. The number of runs is bounded: a page of noise stops early.
 */
#include "vision/ink.h"

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

/* Sums of the columns over the rows of the neighbourhood. */
struct band {
	int first, last; /* rows last not counted */
	uint32_t *sums;
};

static void
add_row(const struct raster *grey, int y, int sign, uint32_t *sums)
{
	const uint8_t *row = raster_row(grey, y);
	for (int x = 0; x < grey->width; x++)
		sums[x] += (uint32_t)(sign * row[x]);
}

static void
move_band(const struct raster *grey, int y, int half, struct band *b)
{
	int first = y - half < 0 ? 0 : y - half;
	int last = y + half + 1 > grey->height ? grey->height : y + half + 1;
	for (; b->last < last; b->last++)
		add_row(grey, b->last, 1, b->sums);
	for (; b->first < first; b->first++)
		add_row(grey, b->first, -1, b->sums);
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

/* The dark runs of one row. */
static void
scan_row(const struct raster *grey, int y, int half,
    const struct limit *limit, const struct band *b, struct runs *r)
{
	const uint8_t *row = raster_row(grey, y);
	const uint8_t *each = limit->each ? raster_row(limit->each, y) : NULL;
	uint64_t sum = 0;
	int from = -1, left = 0, right = 0, depth = 0;
	bool above = r->here < r->count && r->at[r->here].row == y - 1;
	r->above = above ? r->here : r->count;
	r->here = r->count;
	for (int x = 0; x < grey->width; x++) {
		for (; right < grey->width && right <= x + half; right++)
			sum += b->sums[right];
		for (; left < x - half; left++)
			sum -= b->sums[left];
		uint64_t area = (uint64_t)(right - left) *
		    (uint64_t)(b->last - b->first);
		uint64_t darker = each ? each[x] : (uint64_t)limit->darker;
		bool dark = (row[x] + darker) * area < sum;
		if (dark && from < 0) {
			from = x;
			depth = 0;
		}
		if (dark)
			depth += (int)(sum / area) - row[x];
		if (!dark && from >= 0) {
			add_run(r, from, x, y, depth);
			from = -1;
		}
	}
	if (from >= 0)
		add_run(r, from, grey->width, y, depth);
}

static RESULT
find_runs(const struct raster *grey, int half, const struct limit *limit,
    struct runs *r)
{
	AUTO(free) uint32_t *sums = calloc((size_t)grey->width,
	    sizeof(*sums));
	struct band band = {0, 0, sums};
	if (!sums)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (int y = 0; y < grey->height; y++) {
		move_band(grey, y, half, &band);
		scan_row(grey, y, half, limit, &band, r);
	}
	return OK;
}

static void
grow(struct spot *s, const struct run *r)
{
	if (s->area == 0)
		*s = (struct spot){r->from, r->row, r->to, r->row + 1, 0, 0};
	s->left = r->from < s->left ? r->from : s->left;
	s->right = r->to > s->right ? r->to : s->right;
	s->bottom = r->row + 1;
	s->area += r->to - r->from;
	s->dark += r->dark;
}

/* A spot is kept at the place of its first run until all are grown. */
static RESULT
collect(struct runs *r, int least, int most, struct spots *out)
{
	AUTO(free) struct spot *all = calloc((size_t)r->count + 1,
	    sizeof(*all));
	if (!all)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (int i = 0; i < r->count; i++) {
		int top = root(r, i);
		r->at[i].parent = top;
		grow(&all[top], &r->at[i]);
	}
	out->count = 0;
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
	return collect(&runs, least, most, out);
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
