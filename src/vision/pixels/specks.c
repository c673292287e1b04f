/*
 * Things darker than the mean of what lies around them, outside the picture
 * its nearest edge; pixels that touch, by a corner too, are one thing.
 *
 * It is asked for three times on the way to a zone, over megapixels: so the
 * threshold of a row is a loop that does many pixels at once, and what is
 * joined are runs of a row, not pixels. Chains of letters begin with the
 * first that are told: the order matters, and is by squares of two pixels.
 */
#include "vision/pixels/specks.h"
#include "vision/still/wide.h"

#include <endian.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RUNS_FIRST 16384

struct run {
	int from, to, row; /* columns from..to-1 */
	int parent;        /* an earlier run of its thing, or itself */
	int thing;         /* of those without an earlier one */
};

struct runs {
	struct run *at;
	int count, room;
	int above, here; /* first of the row above, and of this row */
};

/* What a row is held against. */
struct ground {
	const struct raster *grey;
	int half, area, darker;
	uint32_t *columns; /* sums over the rows around */
	uint32_t *before;  /* sums of columns left of each */
	uint8_t *dark;     /* of the row: 1 or 0; eight more, 0 */
};

struct thing {
	int left, right, top, bottom, area;
	int first; /* leftmost in its first two rows, which begin evenly */
};

static void
runs_clear(struct runs *r)
{
	free(r->at);
}
DEFINE_AUTO_CLEAR(runs_clear, struct runs)

static void
ground_clear(struct ground *g)
{
	free(g->columns);
	free(g->before);
	free(g->dark);
}
DEFINE_AUTO_CLEAR(ground_clear, struct ground)

static const uint8_t *
row_near(const struct raster *grey, int y)
{
	return raster_row(grey, y < 0 ? 0 :
	    y < grey->height ? y : grey->height - 1);
}

WIDE static void
move_down(uint32_t *restrict columns, const uint8_t *restrict in,
    const uint8_t *restrict out, int width)
{
	for (int x = 0; x < width; x++)
		columns[x] += (uint32_t)(in[x] - out[x]);
}

WIDE static void
hold_against(const uint32_t *restrict before, const uint8_t *restrict row,
    const struct ground *g, uint8_t *restrict dark)
{
	int width = g->grey->width, side = 2 * g->half + 1;
	uint32_t area = (uint32_t)g->area, darker = (uint32_t)g->darker;
	for (int x = 0; x < width; x++)
		dark[x] = before[x + side] - before[x] + area / 2 >=
		    area * (row[x] + darker);
}

static RESULT
ground_make(const struct raster *grey, const struct glyph_search *how,
    struct ground *out)
{
	int half = how->block / 2, width = grey->width;
	*out = (struct ground){grey, half, (2 * half + 1) * (2 * half + 1),
	    (int)floor(how->darker),
	    calloc((size_t)width, sizeof(*out->columns)),
	    calloc((size_t)(width + 2 * half + 1), sizeof(*out->before)),
	    calloc((size_t)width + 8, 1)};
	if (!out->columns || !out->before || !out->dark)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (int y = -half - 1; y < half; y++)
		for (int x = 0; x < width; x++)
			out->columns[x] += row_near(grey, y)[x];
	return OK;
}

/* The row below: columns hold those around the row above it. */
static void
look_at_row(struct ground *g, int y)
{
	int width = g->grey->width, half = g->half;
	uint32_t *before = g->before;
	move_down(g->columns, row_near(g->grey, y + half),
	    row_near(g->grey, y - half - 1), width);
	for (int x = -half; x < width + half; x++, before++)
		before[1] = before[0] + g->columns[x < 0 ? 0 :
		    x < width ? x : width - 1];
	hold_against(g->before, raster_row(g->grey, y), g, g->dark);
}

static int
root(struct runs *r, int i)
{
	while (r->at[i].parent != i) {
		r->at[i].parent = r->at[r->at[i].parent].parent;
		i = r->at[i].parent;
	}
	return i;
}

static void
join(struct runs *r, int i, int k)
{
	int a = root(r, i), b = root(r, k);
	if (a < b)
		r->at[b].parent = a;
	else
		r->at[a].parent = b;
}

static RESULT
add_run(struct runs *r, struct run new)
{
	if (r->count == r->room) {
		int room = r->room ? 2 * r->room : RUNS_FIRST;
		struct run *at = realloc(r->at, (size_t)room * sizeof(*at));
		if (!at)
			return FAIL(ERR_TOO_LARGE, "no memory");
		r->at = at;
		r->room = room;
	}
	int mine = r->count++;
	new.parent = mine;
	r->at[mine] = new;
	while (r->above < r->here && r->at[r->above].to < new.from)
		r->above++;
	for (int i = r->above; i < r->here && r->at[i].from <= new.to; i++)
		join(r, mine, i);
	return OK;
}

/* The next pixel from x on that is, or is not, dark; or the width. */
static int
next(const uint8_t *dark, int x, int width, bool is)
{
	uint64_t eight, same = is ? 0 : 0x0101010101010101;
	for (; x < width; x += 8) {
		memcpy(&eight, dark + x, 8);
		if (eight == same)
			continue;
		x += __builtin_ctzll(le64toh(eight ^ same)) / 8;
		break;
	}
	return x < width ? x : width;
}

static RESULT
find_runs(struct ground *g, struct runs *out)
{
	int width = g->grey->width;
	for (int y = 0; y < g->grey->height; y++) {
		look_at_row(g, y);
		out->above = out->here;
		out->here = out->count;
		for (int x = 0; x < width;) {
			int from = next(g->dark, x, width, true);
			x = from < width ? next(g->dark, from, width, false) :
			    width;
			if (from < width)
				TRY(add_run(out, (struct run){from, x, y,
				    0, 0}));
		}
	}
	return OK;
}

static void
grow(struct thing *t, const struct run *r)
{
	if (t->area == 0)
		*t = (struct thing){r->from, r->to, r->row, r->row, 0,
		    r->from};
	t->left = r->from < t->left ? r->from : t->left;
	t->right = r->to > t->right ? r->to : t->right;
	t->bottom = r->row;
	t->area += r->to - r->from;
	if (r->row / 2 == t->top / 2 && r->from < t->first)
		t->first = r->from;
}

/* Numbers things as their first runs come, and grows them. */
static RESULT
collect(struct runs *r, struct thing **out, int *count)
{
	AUTO(free) struct thing *all = NULL;
	int things = 0;
	for (int i = 0; i < r->count; i++)
		if (r->at[i].parent == i)
			r->at[i].thing = things++;
	all = calloc((size_t)things + 1, sizeof(*all));
	if (!all)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (int i = 0; i < r->count; i++)
		grow(&all[r->at[root(r, i)].thing], &r->at[i]);
	*out = STEAL(all);
	*count = things;
	return OK;
}

/* Not a line, and of a letter's size. */
static bool
letter_sized(const struct thing *t, const struct glyph_search *how)
{
	int w = t->right - t->left, h = t->bottom - t->top + 1;
	int longer = w > h ? w : h;
	return longer >= how->least && longer <= how->most &&
	    t->area * 12 >= longer * longer / 2;
}

static int
by_place(const void *a, const void *b)
{
	const struct thing *one = a, *other = b;
	int down = one->top / 2 - other->top / 2;
	return down ? down : one->first / 2 - other->first / 2;
}

RESULT
specks_find(const struct raster *grey, const struct glyph_search *how,
    struct glyph *out, size_t *count)
{
	AUTO(ground_clear) struct ground ground = {0};
	AUTO(runs_clear) struct runs runs = {0};
	AUTO(free) struct thing *things = NULL;
	int all, kept = 0;
	TRY(ground_make(grey, how, &ground));
	TRY(find_runs(&ground, &runs));
	TRY(collect(&runs, &things, &all));
	for (int i = 0; i < all; i++)
		if (letter_sized(&things[i], how))
			things[kept++] = things[i];
	qsort(things, (size_t)kept, sizeof(*things), by_place);
	*count = 0;
	for (int i = 0; i < kept && *count < GLYPHS_MAX; i++) {
		const struct thing *t = &things[i];
		float w = (float)(t->right - t->left);
		float h = (float)(t->bottom - t->top + 1);
		out[(*count)++] = (struct glyph){(float)t->left + w / 2,
		    (float)t->top + h / 2, w, h, (float)t->area};
	}
	return OK;
}
