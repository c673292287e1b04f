/*
 * Letters are sought in runs, since one alone is found in others too; through
 * the places of the runs goes a curve, and a second one through those of the
 * letters, now that each is near its place. From one line to the other is
 * known (ICAO 9303-4), which says how a letter stands.
 */
#include "vision/fraud/seats.h"

#include <math.h>
#include <string.h>

#define LINES_APART 2.5f    /* pitches: 6.35 mm */
#define TILTED_LEAST 0.1f   /* pitches off where it was thought to be */
#define TILTED_MOST 1.5f    /* more: these are no two lines of a zone */
#define RUN 7               /* letters */
#define RUN_STEP 4
#define RUN_LEAST 0.45f     /* likeness: the run is there */
#define RUNS_LEAST 3        /* of a line */
#define WAY 36              /* pixels that a run is sought, each way */
#define RISE 5
#define STRIDE 2
#define NEAR 4              /* pixels that a letter is sought then */
#define LETTER_LEAST 0.6f
#define LETTERS_LEAST 12    /* of a line */
#define BLUR 1              /* drawings as soft as most pictures are */
#define LINES 2
#define OFFS_MAX (LINES * SEATS_COLUMNS)
#define TERMS 6             /* of a curve */
#define STEADY 1e-3         /* in letters: where few tell, nothing is far off */

/* A place, by how far it is from where the line says. */
struct off {
	int line, at;      /* which letter */
	float along, down; /* pitches */
};

struct offs {
	size_t count;
	struct off at[OFFS_MAX];
};

/*
 * How far letters are off, by their number: both lines are bent alike, each
 * has its own place and turn. One line's end of fillers, which look the same a
 * letter on, is known by the other.
 */
struct curve {
	double along[TERMS], down[TERMS];
};

static void
powers(int line, int at, double out[TERMS])
{
	double t = 2.0 * at / (SEATS_COLUMNS - 1) - 1;
	const double all[TERMS] = {line == 0, line == 0 ? t : 0, line == 1,
	    line == 1 ? t : 0, t * t, t * t * t};
	memcpy(out, all, sizeof(all));
}

/* Gauss, without pivots: the sums of powers are positive definite. */
static void
solve(double a[TERMS][TERMS + 2], struct curve *out)
{
	for (int i = 0; i < TERMS; i++)
		for (int k = i + 1; k < TERMS; k++) {
			double by = a[k][i] / a[i][i];
			for (int j = i; j < TERMS + 2; j++)
				a[k][j] -= by * a[i][j];
		}
	for (int i = TERMS - 1; i >= 0; i--) {
		out->along[i] = a[i][TERMS];
		out->down[i] = a[i][TERMS + 1];
		for (int j = i + 1; j < TERMS; j++) {
			out->along[i] -= a[i][j] * out->along[j];
			out->down[i] -= a[i][j] * out->down[j];
		}
		out->along[i] /= a[i][i];
		out->down[i] /= a[i][i];
	}
}

static void
curve_through(const struct offs *offs, struct curve *out)
{
	double a[TERMS][TERMS + 2] = {0}, p[TERMS];
	for (size_t n = 0; n < offs->count; n++) {
		const struct off *off = &offs->at[n];
		powers(off->line, off->at, p);
		for (int i = 0; i < TERMS; i++) {
			for (int j = 0; j < TERMS; j++)
				a[i][j] += p[i] * p[j];
			a[i][TERMS] += p[i] * (double)off->along;
			a[i][TERMS + 1] += p[i] * (double)off->down;
		}
	}
	for (int i = 0; i < TERMS; i++)
		a[i][i] += STEADY;
	solve(a, out);
}

static float
height_of(const double terms[TERMS], int line, int at)
{
	double p[TERMS], sum = 0;
	powers(line, at, p);
	for (int i = 0; i < TERMS; i++)
		sum += terms[i] * p[i];
	return (float)sum;
}

/* The steps from each letter to the next, by their places. */
static void
steps_along(struct seat at[SEATS_COLUMNS])
{
	for (int k = 0; k < SEATS_COLUMNS; k++) {
		int a = k > 0 ? k - 1 : 0;
		int b = k + 1 < SEATS_COLUMNS ? k + 1 : k;
		at[k].sx = (at[b].x - at[a].x) / (float)(b - a);
		at[k].sy = (at[b].y - at[a].y) / (float)(b - a);
	}
}

static void
move_along(struct seats *s, const struct offs *offs)
{
	struct curve c;
	curve_through(offs, &c);
	for (int line = 0; line < LINES; line++) {
		for (int k = 0; k < SEATS_COLUMNS; k++) {
			struct seat *at = &s->at[line][k];
			float along = height_of(c.along, line, k);
			float down = height_of(c.down, line, k);
			at->x += along * at->sx + down * at->dx;
			at->y += along * at->sy + down * at->dy;
		}
		steps_along(s->at[line]);
	}
}

/* Each letter stands as the other line's lies from it. */
static void
stand(struct seats *s)
{
	for (int k = 0; k < SEATS_COLUMNS; k++) {
		struct seat *a = &s->at[0][k], *b = &s->at[1][k];
		a->dx = b->dx = (b->x - a->x) / LINES_APART;
		a->dy = b->dy = (b->y - a->y) / LINES_APART;
	}
}

/* Where in its surroundings a run of letters is most like itself. */
struct sought {
	float sum[2 * WAY / STRIDE + 1][2 * RISE / STRIDE + 1];
	int letters;
};

static void
seek_letter(const struct raster *grey, const struct seat *at, char letter,
    struct sought *s)
{
	enum { WIDE = GLYPH_WIDE + 2 * WAY, HIGH = GLYPH_HIGH + 2 * RISE };
	float cell[WIDE * HIGH];
	struct glyph g;
	if (!glyph_draw(letter, &g))
		return;
	glyph_cut(grey, at, WAY, RISE, cell);
	for (int x = 0; x <= 2 * WAY / STRIDE; x++)
		for (int y = 0; y <= 2 * RISE / STRIDE; y++)
			s->sum[x][y] += glyph_correlate(cell, WIDE,
			    x * STRIDE, y * STRIDE, g.level[BLUR]);
	s->letters++;
}

static bool
seek_run(const struct raster *grey, const struct seat at[SEATS_COLUMNS],
    const char *text, int first, struct off *out)
{
	struct sought s = {0};
	float best = 0;
	for (int k = first; k < first + RUN; k++)
		seek_letter(grey, &at[k], text[k], &s);
	for (int x = 0; x <= 2 * WAY / STRIDE; x++)
		for (int y = 0; y <= 2 * RISE / STRIDE; y++) {
			if (s.sum[x][y] <= best)
				continue;
			best = s.sum[x][y];
			out->at = first + RUN / 2;
			out->along = (float)(x * STRIDE - WAY) / GLYPH_WIDE;
			out->down = (float)(y * STRIDE - RISE) / GLYPH_WIDE;
		}
	return best > RUN_LEAST * (float)s.letters;
}

/* A run of fillers alone looks the same a letter on. */
static bool
tells(const char *text, int first)
{
	int letters = 0;
	for (int k = first; k < first + RUN; k++)
		letters += text[k] != '<';
	return letters >= 2;
}

static bool
seek_runs(const struct raster *grey, const struct seat at[SEATS_COLUMNS],
    const char *text, int line, struct offs *out)
{
	size_t before = out->count;
	for (int first = 0; first + RUN <= SEATS_COLUMNS; first += RUN_STEP) {
		struct off *off = &out->at[out->count];
		off->line = line;
		if (tells(text, first) && seek_run(grey, at, text, first,
		    off))
			out->count++;
	}
	return out->count - before >= RUNS_LEAST;
}

static float
seek_near(const struct raster *grey, const struct seat *at, char letter,
    struct off *out)
{
	enum { WIDE = GLYPH_WIDE + 2 * NEAR };
	float cell[WIDE * (GLYPH_HIGH + 2 * NEAR)], best = -1;
	struct glyph g;
	if (!glyph_draw(letter, &g))
		return best;
	glyph_cut(grey, at, NEAR, NEAR, cell);
	for (int y = 0; y <= 2 * NEAR; y++)
		for (int x = 0; x <= 2 * NEAR; x++) {
			float like = glyph_correlate(cell, WIDE, x, y,
			    g.level[BLUR]);
			if (like <= best)
				continue;
			best = like;
			out->along = (float)(x - NEAR) / GLYPH_WIDE;
			out->down = (float)(y - NEAR) / GLYPH_WIDE;
		}
	return best;
}

static bool
seek_letters(const struct raster *grey, const struct seat at[SEATS_COLUMNS],
    const char *text, int line, struct offs *out)
{
	size_t before = out->count;
	for (int k = 0; k < SEATS_COLUMNS; k++) {
		struct off *off = &out->at[out->count];
		off->line = line;
		off->at = k;
		if (seek_near(grey, &at[k], text[k], off) > LETTER_LEAST)
			out->count++;
	}
	return out->count - before >= LETTERS_LEAST;
}

typedef bool seeks(const struct raster *, const struct seat[SEATS_COLUMNS],
    const char *, int, struct offs *);

static bool
seek(const struct raster *grey, const struct mrz_found *zone, seeks *by,
    struct seats *s)
{
	struct offs offs = {.count = 0};
	for (int line = 0; line < LINES; line++)
		if (!by(grey, s->at[line], zone->reading.lines[line], line,
		    &offs))
			return false;
	move_along(s, &offs);
	stand(s);
	return true;
}

/*
 * A line read some letters beside its place makes the other one lie aside and
 * letters lean that stand: upright they are found all the same.
 */
static void
stand_upright(struct seats *s)
{
	for (int k = 0; k < SEATS_COLUMNS; k++) {
		struct seat *a = &s->at[0][k], *b = &s->at[1][k];
		float step = fmaxf(hypotf(a->sx, a->sy), 1e-6f);
		float x = -a->sy / step, y = a->sx / step;
		float high = ((b->x - a->x) * x + (b->y - a->y) * y) /
		    LINES_APART;
		a->dx = b->dx = x * high;
		a->dy = b->dy = y * high;
	}
}

bool
seats_sought(const struct raster *grey, const struct mrz_found *zone,
    struct seats *out)
{
	struct seats s;
	if (zone->columns != SEATS_COLUMNS ||
	    zone->reading.line_count != LINES)
		return false;
	for (int way = 0; way < 2; way++) {
		seats_plain(zone, &s);
		if (way > 0)
			stand_upright(&s);
		if (seek(grey, zone, seek_runs, &s) &&
		    seek(grey, zone, seek_letters, &s)) {
			*out = s;
			return true;
		}
	}
	return false;
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
	if (zone->columns != SEATS_COLUMNS || zone->reading.line_count != LINES)
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

void
seats_plain(const struct mrz_found *zone, struct seats *out)
{
	for (size_t i = 0; i < zone->reading.line_count; i++) {
		struct line l = tilted(zone, (int)i);
		for (int k = 0; k < SEATS_COLUMNS; k++) {
			struct seat *s = &out->at[i][k];
			*s = (struct seat){.dx = l.dx, .dy = l.dy,
			    .sx = l.sx + 2 * (float)k * l.qx,
			    .sy = l.sy + 2 * (float)k * l.qy};
			line_at(&l, (float)k, 0, &s->x, &s->y);
		}
	}
}
