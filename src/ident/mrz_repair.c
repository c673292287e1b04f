/*
 * Mending what a recogniser read, within narrow limits.
 *
 * The risk is not a wrong letter but a right one: a forger's zone with one
 * digit that disagrees looks just like a misread one. So the number of
 * changes is capped, every one is counted, and whoever decides is told: a
 * mended zone is a doubt, never a pass.
 */
#include "base/enum.h"
#include "ident/mrz_layout.h"

#include <string.h>

/* A digit and the letter it is taken for. */
static const char pairs[][2] = {{'0', 'O'}, {'1', 'I'}, {'2', 'Z'}, {'5', 'S'},
    {'8', 'B'}};

static char
look_alike(char letter)
{
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		if (pairs[i][0] == letter)
			return pairs[i][1];
		if (pairs[i][1] == letter)
			return pairs[i][0];
	}
	return letter;
}

struct work {
	char text[MRZ_LINES_MAX][MRZ_LINE_SIZE];
	const char *lines[MRZ_LINES_MAX];
	size_t count;
	int64_t now;
};

static RESULT
work_init(struct work *w, const char *const lines[], size_t count,
    int64_t now)
{
	if (count > MRZ_LINES_MAX)
		return FAIL(ERR_UNREADABLE, "too many lines");
	w->count = count;
	w->now = now;
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(lines[i]);
		if (length >= MRZ_LINE_SIZE)
			return FAIL(ERR_UNREADABLE, "a line is too long");
		memcpy(w->text[i], lines[i], length + 1);
		w->lines[i] = w->text[i];
	}
	return OK;
}

/* Exchanges one letter if its alphabet lacks it and has its look-alike. */
static unsigned
coerce_letter(char *letter, enum mrz_alphabet alphabet)
{
	char other = look_alike(*letter);

	if (mrz_alphabet_has(alphabet, *letter) ||
	    !mrz_alphabet_has(alphabet, other))
		return 0;
	*letter = other;
	return 1;
}

static unsigned
coerce_range(struct work *w, struct mrz_range at, enum mrz_alphabet alphabet)
{
	unsigned changed = 0;

	for (size_t i = at.first; i <= at.last; i++)
		changed += coerce_letter(&w->text[at.line - 1][i - 1],
		    alphabet);
	return changed;
}

/* The format; code and issuer are letters in all of those that count. */
static enum mrz_format
recognise(struct work *w, unsigned *changed)
{
	enum mrz_format format = mrz_recognise(w->lines, w->count);

	if (format != MRZ_NONE || w->count == 0 || strlen(w->text[0]) < 30)
		return format;
	*changed += coerce_range(w, (struct mrz_range){1, 1, 5}, LETTERS);
	return mrz_recognise(w->lines, w->count);
}

static unsigned
coerce(struct work *w)
{
	unsigned changed = 0;
	enum mrz_format format = recognise(w, &changed);

	for (size_t i = 0; i < mrz_field_count; i++) {
		const struct mrz_field *f = &mrz_fields[i];
		if (f->format == format && f->alphabet != SEX)
			changed += coerce_range(w, f->at, f->alphabet);
	}
	return changed;
}

static bool
parses(struct work *w, struct mrz *out)
{
	if (mrz_parse(w->lines, w->count, w->now, out) == OK)
		return true;
	err_clear();
	return false;
}

/* Tries a range's letters one by one; counts what satisfies all digits. */
static void
try_range(struct work *w, struct mrz_range at, unsigned *solutions,
    char **where)
{
	struct mrz m;

	for (size_t i = at.first; i <= at.last; i++) {
		char *letter = &w->text[at.line - 1][i - 1];
		char was = *letter;
		*letter = look_alike(was);
		if (*letter != was && parses(w, &m) && m.bad_digits == 0 &&
		    *where != letter) {
			(*solutions)++;
			*where = letter;
		}
		*letter = was;
	}
}

/* One exchange where letters and digits may both stand, if it is the only. */
static unsigned
substitute(struct work *w, enum mrz_format format)
{
	unsigned solutions = 0;
	char *where = NULL;

	for (size_t i = 0; i < mrz_field_count; i++)
		if (mrz_fields[i].format == format &&
		    mrz_fields[i].alphabet == ANY)
			try_range(w, mrz_fields[i].at, &solutions, &where);
	if (solutions != 1)
		return 0;
	*where = look_alike(*where);
	return 1;
}

static bool
is_fine(const struct mrz *m)
{
	return m->bad_digits == 0 && (m->flaws & 1u << MRZ_FLAW_alphabet) == 0;
}

static void
keep(const struct work *w, unsigned repaired, struct mrz_reading *out)
{
	memcpy(out->lines, w->text, sizeof(out->lines));
	out->line_count = w->count;
	out->repaired = repaired;
}

RESULT
mrz_repair(const char *const lines[], size_t count, int64_t now,
    struct mrz_reading *out)
{
	struct mrz_reading reading = {0};
	struct work raw = {0}, w = {0};

	TRY(work_init(&raw, lines, count, now));
	TRY(work_init(&w, lines, count, now));
	keep(&raw, 0, &reading);
	bool readable = parses(&raw, &reading.raw);
	reading.mrz = reading.raw;
	if (readable && is_fine(&reading.raw)) {
		*out = reading;
		return OK;
	}
	struct mrz mended;
	unsigned changed = coerce(&w);
	if (changed <= MRZ_COERCED_MAX && parses(&w, &mended)) {
		if (mended.bad_digits > 0)
			changed += substitute(&w, mended.format);
		TRY(mrz_parse(w.lines, w.count, now, &reading.mrz));
		keep(&w, changed, &reading);
	} else if (!readable) {
		return FAIL(ERR_UNREADABLE, "lines of no known layout");
	}
	*out = reading;
	return OK;
}
