/*
 * Chains: from two neighbouring letters, look where the next one should be,
 * and go on while it is there. Letters of other print stand at changing
 * distances, so only a zone makes long chains.
 */
#include "vision/zone/locate.h"

#include <math.h>
#include <string.h>

#include "vision/pixels/specks.h"

#define CELL 24          /* of the index, pixels */
#define CHAIN_MAX 64     /* letters */
#define CHAIN_LEAST 9
#define SKIP_MAX 3       /* letters missing in a row */
#define NEAR 0.27f       /* of the pitch: how far off a letter may stand */
#define NEXT_LEAST (0.75f * 0.75f) /* squares: the next letter's distance */
#define NEXT_MOST (2.1f * 2.1f)    /* by this one's size */
#define WALK_BACK 6      /* letters that the step is measured over */
/* Longer side of a letter by the pitch, the mean of a chain. On tuning seeds
 * chains on zones had 0.77 to 1.3; of all others nine in ten had less. */
#define SIZE_LEAST 0.7f
#define SIZE_MOST 1.35f
#define ARCH_LETTERS 22  /* of a chain that may be one */
#define ARCH_LEAST 0.15f /* pitches from its ends' line to its middle */
#define NONE (-1)

struct field {
	const struct glyph *glyphs;
	size_t count;
	int across, down;  /* cells */
	int *head, *after; /* lists of glyphs in a cell */
	uint8_t *used;
};

struct chain {
	int count;
	int glyph[CHAIN_MAX];
	int place[CHAIN_MAX]; /* number of the letter in the line */
};

static void
field_clear(struct field *f)
{
	free(f->head);
	free(f->after);
	free(f->used);
}

DEFINE_AUTO_CLEAR(field_clear, struct field)

static int
cell_of(const struct field *f, float x, float y)
{
	int column = (int)x / CELL, row = (int)y / CELL;
	if (x < 0 || y < 0 || column >= f->across || row >= f->down)
		return NONE;
	return row * f->across + column;
}

static RESULT
field_make(const struct raster *grey, const struct glyph *glyphs,
    size_t count, struct field *f)
{
	*f = (struct field){.glyphs = glyphs, .count = count};
	f->across = grey->width / CELL + 1;
	f->down = grey->height / CELL + 1;
	size_t cells = (size_t)f->across * (size_t)f->down;
	f->head = malloc(cells * sizeof(*f->head));
	f->after = malloc((count + 1) * sizeof(*f->after));
	f->used = calloc(count + 1, 1);
	if (!f->head || !f->after || !f->used)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (size_t i = 0; i < cells; i++)
		f->head[i] = NONE;
	for (size_t i = 0; i < count; i++) {
		int cell = cell_of(f, glyphs[i].x, glyphs[i].y);
		f->after[i] = f->head[cell];
		f->head[cell] = (int)i;
	}
	return OK;
}

static bool
alike(const struct glyph *a, const struct glyph *b)
{
	float first = fmaxf(a->w, a->h), second = fmaxf(b->w, b->h);
	return first < 2.2f * second && second < 2.2f * first;
}

/* The glyph nearest to a place, within reach, like another; NONE. */
static int
find_at(const struct field *f, float x, float y, float reach, int like)
{
	int best = NONE;
	float nearest = reach * reach;
	for (float cy = y - CELL; cy <= y + CELL; cy += CELL) {
		for (float cx = x - CELL; cx <= x + CELL; cx += CELL) {
			int cell = cell_of(f, cx, cy);
			int i = cell == NONE ? NONE : f->head[cell];
			for (; i != NONE; i = f->after[i]) {
				const struct glyph *g = &f->glyphs[i];
				float dx = g->x - x, dy = g->y - y;
				float far = dx * dx + dy * dy;
				if (far >= nearest ||
				    !alike(g, &f->glyphs[like]))
					continue;
				nearest = far;
				best = i;
			}
		}
	}
	return best;
}

/* One more letter at the end of the chain; false when there is none. */
static bool
grow(const struct field *f, struct chain *c)
{
	int last = c->count - 1;
	int from = last > WALK_BACK ? last - WALK_BACK : 0;
	const struct glyph *a = &f->glyphs[c->glyph[from]];
	const struct glyph *b = &f->glyphs[c->glyph[last]];
	float places = (float)(c->place[last] - c->place[from]);
	float sx = (b->x - a->x) / places, sy = (b->y - a->y) / places;
	float reach = NEAR * hypotf(sx, sy);
	int skips = c->count < 6 ? 1 : SKIP_MAX;
	for (int skip = 1; skip <= skips && c->count < CHAIN_MAX; skip++) {
		float n = (float)skip;
		int found = find_at(f, b->x + n * sx, b->y + n * sy,
		    reach * (1 + 0.15f * n), c->glyph[last]);
		if (found == NONE || found == c->glyph[last])
			continue;
		c->glyph[c->count] = found;
		c->place[c->count++] = c->place[last] + skip;
		return true;
	}
	return false;
}

static void
turn_round(struct chain *c)
{
	struct chain back = {.count = c->count};
	int end = c->place[c->count - 1];
	for (int i = 0; i < c->count; i++) {
		back.glyph[i] = c->glyph[c->count - 1 - i];
		back.place[i] = end - c->place[c->count - 1 - i];
	}
	*c = back;
}

static void
grow_both_ways(const struct field *f, struct chain *c)
{
	while (grow(f, c))
		continue;
	if (c->count < 4)
		return;
	turn_round(c);
	while (grow(f, c))
		continue;
	turn_round(c);
}

/* Sums for y = a + b t + c t t by least squares. */
struct fit {
	double t[5], y[3];
};

static void
fit_add(struct fit *f, double t, double y)
{
	double power = 1;
	for (int i = 0; i < 5; i++, power *= t) {
		f->t[i] += power;
		if (i < 3)
			f->y[i] += power * y;
	}
}

static void
fit_line(const struct fit *f, float *a, float *b)
{
	double d = f->t[0] * f->t[2] - f->t[1] * f->t[1];
	*b = (float)((f->t[0] * f->y[1] - f->t[1] * f->y[0]) / d);
	*a = (float)((f->y[0] - (double)*b * f->t[1]) / f->t[0]);
}

/* How much an arch takes of what a line leaves: c of c t t. */
static float
fit_arch(const struct fit *f)
{
	const double *t = f->t, *y = f->y;
	double flat = t[0] * t[2] - t[1] * t[1];
	double p = t[0] * t[3] - t[1] * t[2];
	double q = t[0] * t[4] - t[2] * t[2];
	double u = t[0] * y[1] - t[1] * y[0];
	double v = t[0] * y[2] - t[2] * y[0];
	double det = flat * q - p * p;
	return fabs(det) > 1e-6 ? (float)((flat * v - p * u) / det) : 0;
}

/* With c t t taken away, so that a line is left. */
static void
fit_without(struct fit *f, float c)
{
	for (int i = 0; i < 3; i++)
		f->y[i] -= (double)c * f->t[i + 2];
}

/*
 * The line of a chain. A page near its gutter is bent, and its lines with it:
 * a long chain that stands higher in its middle than at both ends, or lower,
 * is an arch. Along the line letters are fitted evenly, reading tells better.
 */
static struct line
line_of(const struct field *f, const struct chain *c)
{
	struct fit x = {0}, y = {0};
	for (int i = 0; i < c->count; i++) {
		const struct glyph *g = &f->glyphs[c->glyph[i]];
		fit_add(&x, c->place[i], (double)g->x);
		fit_add(&y, c->place[i], (double)g->y);
	}
	struct line l = {.letters = c->place[c->count - 1] + 1};
	fit_line(&x, &l.x, &l.sx);
	fit_line(&y, &l.y, &l.sy);
	float squared = l.sx * l.sx + l.sy * l.sy;
	float off = (fit_arch(&y) * l.sx - fit_arch(&x) * l.sy) / squared;
	float half = (float)l.letters / 2;
	if (c->count >= ARCH_LETTERS && fabsf(off) * half * half > ARCH_LEAST) {
		l.qx = -off * l.sy;
		l.qy = off * l.sx;
		fit_without(&x, l.qx);
		fit_without(&y, l.qy);
		fit_line(&x, &l.x, &l.sx);
		fit_line(&y, &l.y, &l.sy);
	}
	line_square(&l, 1);
	return l;
}

struct lines {
	struct line *out;
	int seen[LOCATE_LINES_MAX]; /* letters really there */
	size_t count;
};

/* Keeps the longest, in order. */
static void
keep(struct lines *ls, const struct line *l, int seen)
{
	size_t at = ls->count;
	while (at > 0 && ls->seen[at - 1] < seen)
		at--;
	if (at == LOCATE_LINES_MAX)
		return;
	size_t moved = ls->count - at;
	if (ls->count == LOCATE_LINES_MAX)
		moved--;
	else
		ls->count++;
	memmove(&ls->out[at + 1], &ls->out[at], moved * sizeof(*l));
	memmove(&ls->seen[at + 1], &ls->seen[at], moved * sizeof(int));
	ls->out[at] = *l;
	ls->seen[at] = seen;
}

/* Letters of such print nearly fill their pitch; textures do not. */
static bool
is_print(const struct field *f, const struct chain *c, float pitch)
{
	float sum = 0;
	for (int i = 0; i < c->count; i++) {
		const struct glyph *g = &f->glyphs[c->glyph[i]];
		sum += fmaxf(g->w, g->h);
	}
	float size = sum / ((float)c->count * pitch);
	return size > SIZE_LEAST && size < SIZE_MOST;
}

static void
try_pair(struct field *f, int a, int b, struct lines *ls)
{
	struct chain c = {2, {a, b}, {0, 1}};
	grow_both_ways(f, &c);
	if (c.count < CHAIN_LEAST ||
	    c.count * 3 < 2 * (c.place[c.count - 1] + 1))
		return;
	for (int i = 0; i < c.count; i++)
		f->used[c.glyph[i]] = 1;
	struct line l = line_of(f, &c);
	if (is_print(f, &c, hypotf(l.sx, l.sy)))
		keep(ls, &l, c.count);
}

/* Every pair that could be neighbours in a line starting to the right. */
static void
try_glyph(struct field *f, int i, struct lines *ls)
{
	const struct glyph *g = &f->glyphs[i];
	float size = fmaxf(g->w, g->h);
	for (int row = -2; row <= 2; row++) {
		for (int column = -2; column <= 2; column++) {
			int cell = cell_of(f, g->x + (float)(column * CELL),
			    g->y + (float)(row * CELL));
			int k = cell == NONE ? NONE : f->head[cell];
			for (; k != NONE && !f->used[i]; k = f->after[k]) {
				const struct glyph *h = &f->glyphs[k];
				float dx = h->x - g->x, dy = h->y - g->y;
				float far = dx * dx + dy * dy;
				if (k > i && !f->used[k] && alike(g, h) &&
				    far > NEXT_LEAST * size * size &&
				    far < NEXT_MOST * size * size)
					try_pair(f, i, k, ls);
			}
		}
	}
}

RESULT
locate_chains(const struct raster *grey, double darker, struct line *out,
    size_t *count, size_t *specks)
{
	AUTO(free) struct glyph *glyphs = malloc(GLYPHS_MAX *
	    sizeof(*glyphs));
	if (!glyphs)
		return FAIL(ERR_TOO_LARGE, "no memory");
	struct glyph_search how = {.block = 31, .darker = darker,
	    .least = 5, .most = 56};
	size_t found = 0;
	TRY(specks_find(grey, &how, glyphs, &found));
	AUTO(field_clear) struct field f = {0};
	TRY(field_make(grey, glyphs, found, &f));
	struct lines ls = {.out = out};
	for (size_t i = 0; i < found; i++)
		if (!f.used[i])
			try_glyph(&f, (int)i, &ls);
	*count = ls.count;
	*specks = found;
	return OK;
}

/* A bar is two or three lines of 30 to 44 letters, or one of them. */
static void
lines_of_bar(const struct bar *b, struct lines *ls)
{
	static const struct {
		int letters;
		float heights; /* pitches from top to bottom */
	} shapes[] = {{44, 3.4f}, {36, 3.4f}, {30, 5.4f}, {44, 1}, {30, 1}};
	float length = 2 * hypotf(b->along_x, b->along_y);
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		float pitch = length / (float)shapes[i].letters;
		float heights = 2 * b->half_width / pitch;
		if (heights < 0.5f * shapes[i].heights ||
		    heights > 1.8f * shapes[i].heights)
			continue;
		struct line l = {
		    b->x - b->along_x * (1 - pitch / length),
		    b->y - b->along_y * (1 - pitch / length),
		    2 * b->along_x / (float)shapes[i].letters,
		    2 * b->along_y / (float)shapes[i].letters,
		    .letters = shapes[i].letters};
		line_square(&l, 1);
		if (shapes[i].heights > 1 && shapes[i].heights < 5)
			l = line_below(&l, -heights / 2 + 0.6f);
		keep(ls, &l, l.letters);
	}
}

RESULT
locate_bars(const struct raster *grey, int near, struct line *out,
    size_t *count)
{
	struct lines ls = {.out = out};
	struct bar bars[BARS_MAX];
	size_t found = 0;
	TRY(opencv_bars(grey, 5, near, bars, &found));
	for (size_t i = 0; i < found && i < 5; i++)
		lines_of_bar(&bars[i], &ls);
	*count = ls.count;
	return OK;
}
