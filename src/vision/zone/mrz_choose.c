/*
 * The choice of a format: which lines of a zone, cut at which ends, make one
 * of the known layouts and agree with themselves.
 */
#include "vision/zone/mrz_choose.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "vision/pixels/median.h"

#define GOOD_SURE 0.97f   /* with right digits: look no further */
#define SPACING_LEAST 1.2f
#define SPACING_MOST 3.6f
#define PARTED_BAD_MOST 2 /* digits, and flaws */
#define PARTED_LEAST 0.5f /* of a zone's letters that are there */

/* Layouts looked for; one line alone is a French driving licence. */
static const struct {
	int columns;
	size_t lines;
} shapes[] = {{44, 2}, {36, 2}, {30, 3}, {30, 1}};

float
mrz_worth(const struct mrz_found *m)
{
	const struct mrz_reading *reading = &m->reading;
	if (reading->mrz.format == MRZ_NONE ||
	    reading->sure < MRZ_SURE_LEAST)
		return 0;
	float bad = reading->raw.format == MRZ_NONE ? 3 :
	    (float)reading->raw.bad_digits;
	return 10 - bad - 0.5f * (float)reading->mrz.bad_digits -
	    0.5f * (float)reading->repaired + 2 * reading->sure;
}

bool
mrz_settled(const struct mrz_found *m)
{
	const struct mrz_reading *reading = &m->reading;
	if (reading->raw.format == MRZ_NONE || reading->repaired > 0)
		return false;
	bool agrees = reading->raw.bad_digits == 0 && reading->raw.flaws == 0;
	return agrees ? reading->sure >= GOOD_SURE :
	    reading->sure >= MRZ_CLEAR_SURE && reading->least >= MRZ_CLEAR_LEAST;
}

/* The lines of the choice, cut at exact ends. */
struct cut {
	const struct zone_line *from[MRZ_LINES_MAX];
	size_t count;
	int columns;
	float start; /* of all lines, in letters of the zone's first line */
};

static void
place_line(const struct zone_line *from, float start, int columns,
    struct line *out)
{
	float step = from->end > from->start ?
	    (from->end - from->start) / (float)(from->line.letters - 1) : 1;
	float shift = roundf((start - from->start) / step);
	*out = line_shifted(&from->line, shift);
	out->letters = columns;
}

/* Adds what one line's cells say to what is known of it. */
static void
note_cells(const struct ctc_cells *cells, size_t line, float weight,
    struct mrz_seen *out)
{
	for (int i = 0; i < cells->count; i++)
		for (int c = 0; c < MRZ_LETTERS; c++)
			out->p[line][i][c] += weight * cells->p[i][c];
	out->columns[line] = cells->count;
}

/*
 * Reads the lines of m. Where a letter is missing, those behind it move up and
 * the last one is read twice; so if anything is wrong, each letter is held to
 * its place. Not at once, since a line may be placed badly.
 */
RESULT
mrz_read_lines(struct reader *r, int64_t now, struct mrz_found *m)
{
	struct mrz_found held;
	m->look = r->look;
	m->held = false;
	memset(m->seen.p, 0, sizeof(m->seen.p));
	held = *m;
	held.held = true;
	for (size_t i = 0; i < m->seen.count; i++) {
		struct ctc_cells cells, placed;
		TRY(recognise_exact(r, &m->lines[i], m->columns, &cells,
		    &placed));
		note_cells(&cells, i, 1, &m->seen);
		note_cells(&placed, i, 1, &held.seen);
	}
	TRY(mrz_decide(&m->seen, now, &m->reading));
	if (mrz_settled(m))
		return OK;
	TRY(mrz_decide(&held.seen, now, &held.reading));
	if (mrz_worth(&held) > mrz_worth(m))
		*m = held;
	return OK;
}

/* Reads one choice of lines; m is filled even when it fits no format. */
static RESULT
try_cut(struct reader *r, const struct cut *c, int64_t now,
    struct mrz_found *m)
{
	*m = (struct mrz_found){.columns = c->columns};
	m->seen.count = c->count;
	for (size_t i = 0; i < c->count; i++)
		place_line(c->from[i], c->start, c->columns, &m->lines[i]);
	return mrz_read_lines(r, now, m);
}

static RESULT
try_starts(struct reader *r, struct cut *c, float end, int64_t now,
    struct mrz_found *best)
{
	static const float shifts[] = {0, -1, 1};
	float start = c->start;
	float over = end - start + 1 - (float)c->columns;
	for (size_t i = 0; i < COUNT_OF(shifts); i++) {
		struct mrz_found m;
		if (i > 0 && fabsf(over - shifts[i]) > 0.7f)
			continue;
		c->start = start + shifts[i];
		TRY(try_cut(r, c, now, &m));
		if (mrz_worth(&m) > mrz_worth(best))
			*best = m;
		if (mrz_settled(best))
			return OK;
	}
	return OK;
}

/* Do so many lines, from `at` on, stand as far apart as a zone's do? */
static bool
are_spaced(const struct zone *z, size_t at, size_t count)
{
	if (at + count > z->count)
		return false;
	for (size_t i = at + 1; i < at + count; i++) {
		float space = z->lines[i].down - z->lines[i - 1].down;
		if (space < SPACING_LEAST || space > SPACING_MOST)
			return false;
	}
	return true;
}

/* Do these lines, from `at` on, stand as one zone of that width would? */
static bool
fits(const struct zone *z, size_t at, struct cut *c, float *end)
{
	float starts[MRZ_LINES_MAX], ends[MRZ_LINES_MAX];
	if (!are_spaced(z, at, c->count))
		return false;
	for (size_t i = 0; i < c->count; i++) {
		const struct zone_line *l = &z->lines[at + i];
		c->from[i] = l;
		starts[i] = l->start;
		ends[i] = l->end;
	}
	c->start = median_of(starts, c->count);
	*end = median_of(ends, c->count);
	if (c->count == 2) {
		c->start = fminf(starts[0], starts[1]);
		*end = fmaxf(ends[0], ends[1]);
	}
	return fabsf(*end - c->start + 1 - (float)c->columns) < 2.5f;
}

RESULT
mrz_choose(struct reader *r, const struct zone *z, int64_t now,
    struct mrz_found *best)
{
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		for (size_t at = 0; at < z->count; at++) {
			struct cut c = {.columns = shapes[i].columns,
			    .count = shapes[i].lines};
			float end;
			if (!fits(z, at, &c, &end))
				continue;
			TRY(try_starts(r, &c, end, now, best));
			if (mrz_settled(best))
				return OK;
		}
	}
	return OK;
}

/* Headings of a card read as lines of such print as well; but hardly any
 * check digit is right in them, and no state is one. */
static bool
is_plausible(const struct mrz_found *m)
{
	return m->reading.mrz.bad_digits <= PARTED_BAD_MOST &&
	    __builtin_popcount(m->reading.mrz.flaws) <= PARTED_BAD_MOST;
}

/* Could these lines, from `at` on, be what is left of one zone? */
static bool
parted(const struct zone *z, size_t at, struct cut *c, float *end)
{
	int letters = 0;
	*end = -MRZ_LINE_SIZE;
	c->start = MRZ_LINE_SIZE;
	if (!are_spaced(z, at, c->count))
		return false;
	for (size_t i = 0; i < c->count; i++) {
		const struct zone_line *l = &z->lines[at + i];
		c->from[i] = l;
		c->start = fminf(c->start, l->start);
		*end = fmaxf(*end, l->end);
		letters += l->text.count;
	}
	return *end - c->start < (float)c->columns + 0.5f &&
	    (float)letters >= PARTED_LEAST * (float)c->columns * (float)c->count;
}

/*
 * A reflection parts a line, and what is left of it fits no layout. Then the
 * lines are read as one would have them, from where the first of them begins
 * and to where the last one ends: the letters say whether that is right.
 */
RESULT
mrz_choose_parted(struct reader *r, const struct zone *z, int64_t now,
    struct mrz_found *best)
{
	for (size_t i = 0; i < COUNT_OF(shapes) && mrz_worth(best) <= 0;
	    i++) {
		for (size_t at = 0; at < z->count; at++) {
			struct cut c = {.columns = shapes[i].columns,
			    .count = shapes[i].lines};
			struct mrz_found m;
			float end;
			if (c.count < 2 || !parted(z, at, &c, &end))
				continue;
			TRY(try_cut(r, &c, now, &m));
			if (mrz_worth(&m) > mrz_worth(best) && is_plausible(&m))
				*best = m;
			c.start = end - (float)(c.columns - 1);
			TRY(try_cut(r, &c, now, &m));
			if (mrz_worth(&m) > mrz_worth(best) && is_plausible(&m))
				*best = m;
		}
	}
	return OK;
}

bool
mrz_known_width(int letters)
{
	for (size_t i = 0; i < COUNT_OF(shapes); i++)
		if (shapes[i].columns == letters)
			return true;
	return false;
}
