/*
 * Letters of a zone against OCR-B.
 *
 * The drawings (ocrb.def) are 16 pixels to the pitch; cells are cut a little
 * larger, so that the drawing can be moved over them.
 */
#include "vision/fraud/letters.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"

#define WIDE 16
#define HIGH 24
#define MOVE 3                 /* pixels, each way */
#define CELL_WIDE (WIDE + 2 * MOVE)
#define CELL_HIGH (HIGH + 2 * MOVE)
#define BLURS 3
#define LETTERS_LEAST 20
#define REACH 4                /* letters of each side that are looked at */
#define UNLIKE 0.5f            /* below: the place means nothing */
#define FINER 2                /* samples a pixel, each way */
#define PAGE_COLUMNS 44        /* of a passport's or a visa's zone */
#define LINES_APART 2.5f       /* pitches there: 6.35 mm (ICAO 9303-4) */
#define TILTED_LEAST 0.1f      /* pitches off where it was thought to be */
#define TILTED_MOST 1.5f       /* more: these are no two lines of a zone */

static const struct {
	char character;
	const char *ink;
} drawings[] = {
#define LETTER(character, ink) {character, ink},
#include "vision/fraud/ocrb.def"
#undef LETTER
};

struct template {
	float level[BLURS][HIGH * WIDE]; /* mean 0, length 1 */
};

static float
hex(char c)
{
	return (float)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static void
soften(float *level)
{
	float copy[HIGH * WIDE];
	memcpy(copy, level, sizeof(copy));
	for (int y = 0; y < HIGH; y++)
		for (int x = 0; x < WIDE; x++) {
			float sum = 0;
			for (int dy = -1; dy <= 1; dy++)
				for (int dx = -1; dx <= 1; dx++) {
					int yy = y + dy, xx = x + dx;
					if (yy >= 0 && yy < HIGH && xx >= 0 &&
					    xx < WIDE)
						sum += copy[yy * WIDE + xx];
				}
			level[y * WIDE + x] = sum / 9;
		}
}

static void
unit(float *level, size_t count)
{
	float sum = 0, squares = 0;
	for (size_t i = 0; i < count; i++)
		sum += level[i];
	for (size_t i = 0; i < count; i++) {
		level[i] -= sum / (float)count;
		squares += level[i] * level[i];
	}
	float length = fmaxf(sqrtf(squares), 1e-6f);
	for (size_t i = 0; i < count; i++)
		level[i] /= length;
}

static bool
draw(char character, struct template *out)
{
	for (size_t i = 0; i < COUNT_OF(drawings); i++) {
		if (drawings[i].character != character)
			continue;
		float level[HIGH * WIDE];
		for (size_t k = 0; k < COUNT_OF(level); k++)
			level[k] = hex(drawings[i].ink[k]);
		for (int blur = 0; blur < BLURS; blur++) {
			memcpy(out->level[blur], level, sizeof(level));
			unit(out->level[blur], HIGH * WIDE);
			soften(level);
			if (blur > 0)
				soften(level);
		}
		return true;
	}
	return false;
}

/* The cell around a letter, dark as positive. */
static void
cut_cell(const struct raster *grey, const struct line *l, int letter,
    float *out)
{
	for (int y = 0; y < CELL_HIGH; y++)
		for (int x = 0; x < CELL_WIDE; x++, out++) {
			float sum = 0;
			for (int k = 0; k < FINER * FINER; k++) {
				float u = (float)(k % FINER) / FINER + 0.25f;
				float v = (float)(k / FINER) / FINER + 0.25f;
				float px, py;
				line_at(l, (float)letter +
				    ((float)x + u - CELL_WIDE / 2.0f) / WIDE,
				    ((float)y + v - CELL_HIGH / 2.0f) / WIDE,
				    &px, &py);
				sum += raster_at(grey, px, py);
			}
			*out = 255 - sum / (FINER * FINER);
		}
}

static float
correlate(const float *cell, int dx, int dy, const float *drawing)
{
	float sum = 0, squares = 0, product = 0;
	for (int y = 0; y < HIGH; y++) {
		const float *row = cell + (y + dy) * CELL_WIDE + dx;
		for (int x = 0; x < WIDE; x++) {
			sum += row[x];
			squares += row[x] * row[x];
			product += row[x] * drawing[y * WIDE + x];
		}
	}
	float spread = squares - sum * sum / (HIGH * WIDE);
	return product / sqrtf(fmaxf(spread, 1));
}

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
			g->at[dy][dx] = correlate(cell, dx, dy, drawing);
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
measure_letter(const float *cell, const struct template *t,
    struct letter *out)
{
	struct grid g;
	out->likeness = -1;
	for (int blur = 0; blur < BLURS; blur++) {
		int bx = 0, by = 0;
		float likeness = lay_over(cell, t->level[blur], &g, &bx, &by);
		if (likeness <= out->likeness)
			continue;
		out->likeness = likeness;
		float fx = 0, fy = 0;
		if (bx > 0 && bx < 2 * MOVE)
			fx = peak(g.at[by][bx - 1], likeness,
			    g.at[by][bx + 1]);
		if (by > 0 && by < 2 * MOVE)
			fy = peak(g.at[by - 1][bx], likeness,
			    g.at[by + 1][bx]);
		out->along = ((float)(bx - MOVE) + fx) / WIDE;
		out->down = ((float)(by - MOVE) + fy) / WIDE;
	}
	out->ink = ink_of(cell);
}

/*
 * A page tilted away shows its letters flatter than they are wide, turned
 * sideways narrower, and tilted over a corner leaning. Its lines stand as much
 * nearer to each other, farther apart, or beside each other: what is from one
 * to the other says how a letter stands, whatever its face is. Not on cards,
 * whose lines stand at more than one distance.
 */
static struct line
tilted(const struct mrz_found *zone, int line)
{
	struct line own = zone->lines[line];
	float half = (float)zone->columns / 2, x0, y0, x1, y1;
	if (zone->columns != PAGE_COLUMNS || zone->reading.line_count != 2)
		return own;
	line_at(&zone->lines[0], half, 0, &x0, &y0);
	line_at(&zone->lines[1], half, 0, &x1, &y1);
	float dx = (x1 - x0) / LINES_APART, dy = (y1 - y0) / LINES_APART;
	float off = hypotf(dx - own.dx, dy - own.dy) /
	    fmaxf(hypotf(own.dx, own.dy), 1e-6f);
	if (off > TILTED_LEAST && off < TILTED_MOST) {
		own.dx = dx;
		own.dy = dy;
	}
	return own;
}

static void
measure_line(const struct raster *grey, const struct mrz_found *zone,
    int line, struct letters *out)
{
	const char *text = zone->reading.lines[line];
	float cell[CELL_HIGH * CELL_WIDE];
	struct line own = tilted(zone, line);
	struct template t;
	for (int k = 0; text[k] && k < zone->columns; k++) {
		if (text[k] == '<' || !draw(text[k], &t) ||
		    out->count == LETTERS_MAX)
			continue;
		struct letter *l = &out->at[out->count++];
		*l = (struct letter){.line = line, .at = k};
		cut_cell(grey, &own, k, cell);
		measure_letter(cell, &t, l);
	}
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

RESULT
letters_measure(const struct raster *grey, const struct mrz_found *zone,
    struct letters *out)
{
	*out = (struct letters){0};
	for (size_t i = 0; i < zone->reading.line_count; i++)
		measure_line(grey, zone, (int)i, out);
	if (out->count < LETTERS_LEAST)
		return FAIL(ERR_UNREADABLE, "too few letters in the zone");
	for (size_t i = 0; i < out->count; i++)
		out->likeness += out->at[i].likeness / (float)out->count;
	for (size_t i = 0; i < out->count; i++)
		against_neighbours(out, i);
	return OK;
}
