/*
 * Letters in a reflection, and what the zone itself tells of them.
 *
 * Check digits weigh letters by 7, 3 and 1, none of which shares a factor
 * with 10: so a letter taken for one of another value modulo 10 is always
 * seen, while two may cancel. A digit has no other of its value; a letter has,
 * and it is for the reader to say how likely those are.
 */
#include "vision/zone/dazzle.h"

#include "base/enum.h"
#include "ident/mrz_layout.h"
#include "vision/pixels/median.h"

#include <string.h>

#define CELL_ROWS 20      /* of a letter's cell */
#define BURNT 244.0f      /* levels of its paper */
#define PAPER_MOST 232.0f /* of a line's: above it no reflection is told */
#define WEAK_INK 0.7f     /* by the line's */
#define GONE_INK 0.35f    /* no print fades so far, whatever its paper */
#define RIVAL_MOST 1e-4f  /* of a letter of the same value, by the one read */
#define FILLERS_LEAST 3   /* on either side of one that is beyond doubt */

struct cell {
	float paper, ink; /* levels; how much darker its ink is */
};

/* A letter's paper and ink, of its cell in a strip of its line. */
static struct cell
cell_of(const float *strip, int width, int letter)
{
	unsigned counts[256] = {0}, seen = 0;
	int dark = 0, light = 255;
	for (int y = 0; y < CELL_ROWS; y++)
		for (int x = 0; x < STRIP_PITCH; x++)
			counts[(int)strip[y * width + letter * STRIP_PITCH +
			    x]]++;
	for (; (seen += counts[dark]) < CELL_ROWS * STRIP_PITCH / 20; dark++)
		continue;
	seen = 0;
	for (; (seen += counts[light]) < CELL_ROWS * STRIP_PITCH / 8; light--)
		continue;
	return (struct cell){(float)light, (float)(light - dark)};
}

RESULT
dazzle_see(struct reader *r, const struct line *l, int columns,
    bool out[MRZ_LINE_SIZE - 1])
{
	float strip[CELL_ROWS * STRIP_PITCH * (MRZ_LINE_SIZE - 1)];
	float papers[MRZ_LINE_SIZE], inks[MRZ_LINE_SIZE];
	struct cell cells[MRZ_LINE_SIZE];
	TRY(reader_cut(r, l, 0, columns, CELL_ROWS, strip));
	for (int k = 0; k < columns; k++) {
		cells[k] = cell_of(strip, columns * STRIP_PITCH, k);
		papers[k] = cells[k].paper;
		inks[k] = cells[k].ink;
	}
	float paper = median_of(papers, (size_t)columns);
	float ink = median_of(inks, (size_t)columns);
	for (int k = 0; k < columns; k++)
		out[k] = cells[k].paper >= BURNT && cells[k].ink <
		    (paper < PAPER_MOST ? WEAK_INK : GONE_INK) * ink;
	return OK;
}

/* A zone of which some letters are in doubt. */
struct view {
	const struct dazzle *dazzle;
	const struct mrz_seen *seen;
	const struct mrz_reading *reading;
};

/* Counted from 0, unlike the tables. */
struct place {
	size_t line, column;
};

static char
letter_at(const struct view *v, struct place p)
{
	return v->reading->lines[p.line][p.column];
}

static bool
is_digit(char letter)
{
	return letter >= '0' && letter <= '9';
}

static bool
within(const struct mrz_range *range, struct place p)
{
	return range->line == p.line + 1 && p.column + 1 >= range->first &&
	    p.column + 1 <= range->last;
}

static unsigned
dazzled_within(const struct view *v, const struct mrz_range *range)
{
	unsigned count = 0;
	for (size_t k = range->first; k <= range->last; k++)
		count += v->dazzle->at[range->line - 1][k - 1];
	return count;
}

/* What a letter weighs, modulo 10. */
static int
value_of(size_t index)
{
	return mrz_letters[index] == '<' ? 0 : (int)index % 10;
}

/* May this letter stand here, by the fields that have this place? */
static bool
allowed(const struct view *v, struct place p, char letter)
{
	for (size_t i = 0; i < mrz_field_count; i++)
		if (mrz_fields[i].format == v->reading->mrz.format &&
		    within(&mrz_fields[i].at, p) &&
		    !mrz_alphabet_has(mrz_fields[i].alphabet, letter))
			return false;
	return true;
}

/* Could another letter of the same value stand here? */
static bool
has_rival(const struct view *v, struct place p)
{
	const float *likely = v->seen->p[p.line][p.column];
	size_t own = (size_t)(strchr(mrz_letters, letter_at(v, p)) -
	    mrz_letters);
	for (size_t c = 0; c < MRZ_LETTERS; c++)
		if (c != own && value_of(c) == value_of(own) &&
		    likely[c] > RIVAL_MOST * likely[own] &&
		    allowed(v, p, mrz_letters[c]))
			return true;
	return false;
}

/* Does this check digit cover the place, and no other dazzled one? */
static bool
digit_covers(const struct view *v, const struct mrz_digit_rule *rule,
    struct place p)
{
	const struct mrz *m = &v->reading->mrz;
	const struct mrz_field *own = mrz_field_find(m->format, rule->field);
	bool covered = false;
	if (rule->format != m->format || m->bad[rule->digit] || !own)
		return false;
	struct place at = {own->at.line - 1u, own->at.first - 1u};
	unsigned dazzled = dazzled_within(v, &own->at);
	for (size_t i = 0; i < MRZ_RANGES_MAX && rule->over[i].line; i++) {
		dazzled += dazzled_within(v, &rule->over[i]);
		covered = covered || within(&rule->over[i], p);
	}
	return covered && dazzled == 1 && is_digit(letter_at(v, at));
}

/* A wrong letter here would make a check digit wrong. */
static bool
told_by_digit(const struct view *v, struct place p)
{
	for (size_t i = 0; i < mrz_digit_rule_count; i++)
		if (digit_covers(v, &mrz_digit_rules[i], p))
			return !has_rival(v, p);
	return false;
}

/*
 * A check digit says nothing of its own: a wrong one is a bad one, and while
 * it is dazzled it tells of no other letter that is.
 */
static bool
is_check_digit(const struct view *v, struct place p)
{
	for (size_t i = 0; i < mrz_digit_rule_count; i++) {
		const struct mrz_digit_rule *rule = &mrz_digit_rules[i];
		const struct mrz_field *own = mrz_field_find(rule->format,
		    rule->field);
		if (rule->format == v->reading->mrz.format && own &&
		    within(&own->at, p))
			return is_digit(letter_at(v, p));
	}
	return false;
}

static const struct mrz_field *
field_of(const struct view *v, size_t line, size_t column)
{
	for (size_t i = 0; i < mrz_field_count; i++)
		if (mrz_fields[i].format == v->reading->mrz.format &&
		    within(&mrz_fields[i].at, (struct place){line, column}))
			return &mrz_fields[i];
	return NULL;
}

/*
 * A filler among fillers of its field: three before it, which end a name, and
 * three behind it or nothing else up to the field's end.
 */
static bool
is_among_fillers(const struct view *v, struct place p)
{
	const char *line = v->reading->lines[p.line];
	const struct mrz_field *f = field_of(v, p.line, p.column);
	size_t from = p.column, to = p.column;
	if (line[p.column] != '<')
		return false;
	while (from > 0 && line[from - 1] == '<' &&
	    field_of(v, p.line, from - 1) == f)
		from--;
	while (line[to + 1] == '<' && field_of(v, p.line, to + 1) == f)
		to++;
	bool ends = !line[to + 1] || field_of(v, p.line, to + 1) != f;
	return p.column - from >= FILLERS_LEAST &&
	    (ends || to - p.column >= FILLERS_LEAST);
}

bool
dazzle_hides(const struct dazzle *d, const struct mrz_seen *seen,
    const struct mrz_reading *reading)
{
	struct view v = {d, seen, reading};
	for (size_t i = 0; i < reading->line_count; i++) {
		for (size_t k = 0; reading->lines[i][k]; k++) {
			struct place p = {i, k};
			if (d->at[i][k] && !is_check_digit(&v, p) &&
			    !told_by_digit(&v, p) && !is_among_fillers(&v, p))
				return true;
		}
	}
	return false;
}
