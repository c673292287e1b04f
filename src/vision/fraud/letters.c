/*
 * Letters of a zone against OCR-B.
 */
#include "vision/fraud/letters.h"

#include <math.h>

#include "vision/fraud/seats.h"

#define MOVE 3                 /* pixels, each way */
#define CELL_WIDE (GLYPH_WIDE + 2 * MOVE)
#define CELL_HIGH (GLYPH_HIGH + 2 * MOVE)
#define LETTERS_LEAST 20
#define REACH 4                /* letters of each side that are looked at */
#define UNLIKE 0.5f            /* below: the place means nothing */
#define LIKE_ENOUGH 0.9f       /* letters sit where the lines say */

/* Where between three values their parabola is highest, -0.5 to 0.5. */
static float
peak(float before, float here, float after)
{
	float bend = before - 2 * here + after;
	if (bend > -1e-6f)
		return 0;
	float at = 0.5f * (before - after) / bend;
	return fmaxf(-0.5f, fminf(0.5f, at));
}

struct grid {
	float at[2 * MOVE + 1][2 * MOVE + 1];
};

static float
lay_over(const float *cell, const float *drawing, struct grid *g, int *bx,
    int *by)
{
	float best = -1;
	for (int dy = 0; dy <= 2 * MOVE; dy++)
		for (int dx = 0; dx <= 2 * MOVE; dx++) {
			g->at[dy][dx] = glyph_correlate(cell, CELL_WIDE, dx,
			    dy, drawing);
			if (g->at[dy][dx] > best) {
				best = g->at[dy][dx];
				*bx = dx;
				*by = dy;
			}
		}
	return best;
}

/* Ink over paper: between the darkest and the lightest tenth. */
static float
ink_of(const float *cell)
{
	int counts[256] = {0}, seen = 0, tenth = CELL_HIGH * CELL_WIDE / 10;
	int low = 0, high = 255;
	for (int i = 0; i < CELL_HIGH * CELL_WIDE; i++)
		counts[(int)fmaxf(0, fminf(255, cell[i]))]++;
	for (; low < 255 && (seen += counts[low]) < 3 * tenth; low++)
		;
	for (seen = 0; high > 0 && (seen += counts[high]) < tenth / 2; high--)
		;
	return (float)(high - low);
}

static void
measure_letter(const float *cell, const struct glyph *g,
    struct letter *out)
{
	struct grid at;
	out->likeness = -1;
	for (int blur = 0; blur < GLYPH_BLURS; blur++) {
		int bx = 0, by = 0;
		float likeness = lay_over(cell, g->level[blur], &at, &bx, &by);
		if (likeness <= out->likeness)
			continue;
		out->likeness = likeness;
		float fx = 0, fy = 0;
		if (bx > 0 && bx < 2 * MOVE)
			fx = peak(at.at[by][bx - 1], likeness,
			    at.at[by][bx + 1]);
		if (by > 0 && by < 2 * MOVE)
			fy = peak(at.at[by - 1][bx], likeness,
			    at.at[by + 1][bx]);
		out->along = ((float)(bx - MOVE) + fx) / GLYPH_WIDE;
		out->down = ((float)(by - MOVE) + fy) / GLYPH_WIDE;
	}
	out->ink = ink_of(cell);
}

static void
measure_line(const struct raster *grey, const char *text, int line,
    const struct seat at[SEATS_COLUMNS], struct letters *out)
{
	float cell[CELL_HIGH * CELL_WIDE];
	struct glyph g;
	for (int k = 0; text[k] && k < SEATS_COLUMNS; k++) {
		if (text[k] == '<' || !glyph_draw(text[k], &g) ||
		    out->count == LETTERS_MAX)
			continue;
		struct letter *l = &out->at[out->count++];
		*l = (struct letter){.line = line, .at = k};
		glyph_cut(grey, &at[k], MOVE, MOVE, cell);
		measure_letter(cell, &g, l);
	}
}

static void
measure_all(const struct raster *grey, const struct mrz_found *zone,
    const struct seats *seats, struct letters *out)
{
	*out = (struct letters){0};
	for (size_t i = 0; i < zone->reading.line_count; i++)
		measure_line(grey, zone->reading.lines[i], (int)i,
		    seats->at[i], out);
	for (size_t i = 0; i < out->count; i++)
		out->likeness += out->at[i].likeness / (float)out->count;
}

static int
ascending(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;
	return (x > y) - (x < y);
}

static float
middle(float *values, size_t count)
{
	if (count == 0)
		return 0;
	qsort(values, count, sizeof(*values), ascending);
	return values[count / 2];
}

/* What stands beside a letter on its own line, on one side of it. */
struct beside {
	size_t count;
	float along[REACH], down[REACH], ink[REACH];
};

static void
look_beside(const struct letters *s, size_t of, int step, struct beside *out)
{
	out->count = 0;
	for (int k = 1; k <= REACH; k++) {
		size_t i = of + (size_t)(k * step); /* wraps below 0 */
		if (i >= s->count || s->at[i].line != s->at[of].line)
			break;
		if (s->at[i].likeness < UNLIKE)
			continue;
		out->along[out->count] = s->at[i].along;
		out->down[out->count] = s->at[i].down;
		out->ink[out->count++] = s->at[i].ink;
	}
}

static float
off_line(const struct letter *me, struct beside *b)
{
	return hypotf(me->along - middle(b->along, b->count),
	    me->down - middle(b->down, b->count));
}

static float
off_ink(const struct letter *me, struct beside *b)
{
	float level = fmaxf(middle(b->ink, b->count), 1);
	return fabsf(me->ink - level) / level;
}

/* Only what is unlike both sides is the letter's: a shadow, a bend or a
 * glare goes on to one of them. */
static void
against_neighbours(struct letters *s, size_t of)
{
	struct beside left, right;
	const struct letter *me = &s->at[of];
	look_beside(s, of, -1, &left);
	look_beside(s, of, 1, &right);
	if (left.count < REACH / 2 || right.count < REACH / 2 ||
	    me->likeness < UNLIKE)
		return;
	float off = fminf(off_line(me, &left), off_line(me, &right));
	float step = fminf(off_ink(me, &left), off_ink(me, &right));
	if (off > s->unevenness) {
		s->unevenness = off;
		s->uneven = of;
	}
	if (step > s->ink_step) {
		s->ink_step = step;
		s->unlike = of;
	}
}

/* Where letters sit is sought where the lines' own places will not do: another
 * face is no more like OCR-B for it. */
RESULT
letters_measure(const struct raster *grey, const struct mrz_found *zone,
    struct letters *out)
{
	static struct letters sought; /* too large for a stack in a cage */
	struct seats seats;
	seats_plain(zone, &seats);
	measure_all(grey, zone, &seats, out);
	if (out->count < LETTERS_LEAST)
		return FAIL(ERR_UNREADABLE, "too few letters in the zone");
	if (out->likeness < LIKE_ENOUGH && seats_sought(grey, zone, &seats)) {
		measure_all(grey, zone, &seats, &sought);
		if (sought.likeness > out->likeness)
			*out = sought;
	}
	for (size_t i = 0; i < out->count; i++)
		against_neighbours(out, i);
	return OK;
}
