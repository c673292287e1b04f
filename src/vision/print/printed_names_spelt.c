/*
 * The zone's name is looked for in the votes of each piece, so what is found
 * spells it, and the accents are those that were printed.
 */
#include "vision/print/printed_names.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "ident/person.h"

#define COLUMN_MOST 6.0f /* capitals from given names to the father's name */
#define REST_MOST 2      /* letters that the zone had room for */

/* As certificates carry it: no comma, single spaces. */
static void
add_name(const struct outlook *o, const struct wanted *w, const char *text,
    float sure, const struct print *where, int from, int to)
{
	char clean[PERSON_NAME_SIZE];
	if (person_name_clean(text, clean) != OK) {
		err_clear();
		return;
	}
	printed_add(o, w->finding, clean, sure, where, from, to);
}

/* A truncated zone: the print goes on to the end of its piece. */
static void
go_on(const struct print *p, struct match *m)
{
	char rest[PRINT_TEXT_SIZE];
	for (int i = 0; i < p->count; i++) {
		if (p->at[i].from <= m->to)
			continue;
		print_text(p, i, p->count, rest, sizeof(rest));
		bool apart = !glyph_is_letter(p->at[i].glyph);
		size_t used = strlen(m->text);
		if (used + strlen(rest) + 2 > sizeof(m->text))
			return;
		if (apart && rest[0] != ' ' && rest[0] != '-' &&
		    rest[0] != '\'')
			m->text[used++] = ' ';
		memcpy(m->text + used, rest, strlen(rest) + 1);
		m->to = p->columns - 1;
		return;
	}
}

/* Of a truncated name a letter or two may be all that the zone had room for,
 * and other words begin with them too: only below its label is it the name. */
static bool
find_place(const struct outlook *o, const struct wanted *w,
    const struct search *what, const struct print **where, struct match *m)
{
	struct value v;
	if (!w->truncated || strlen(w->name) > REST_MOST)
		return printed_search(o, what, where, m);
	sheet_value(o->sheet, w->field, o->country, o->layout, &v);
	*where = v.print;
	if (v.print && search_in(v.print, what, m) == OK)
		return true;
	err_clear();
	return false;
}

static bool
find_whole(const struct outlook *o, const struct wanted *w)
{
	const struct search what = {w->name, true, w->truncated};
	const struct print *where = NULL;
	struct match m;
	float least = strlen(w->name) <= SHORT_NAME ? SHORT_LEAST :
	    MATCH_LEAST;
	if (!find_place(o, w, &what, &where, &m) || m.score < least)
		return false;
	if (w->truncated) {
		go_on(where, &m);
		names_to_the_end(o->sheet, where, w->field, m.text, sizeof(m.text),
		    &m.sure);
	}
	add_name(o, w, m.text, m.sure, where, m.from, m.to);
	return true;
}

/* Words from..to of the name, with one space between them. */
static void
some_words(const char *name, size_t from, size_t to, char *out, size_t size)
{
	size_t word = 0, used = 0;
	for (; *name; name++) {
		if (*name == ' ')
			word++;
		if (word >= from && word < to && used + 1 < size &&
		    (used > 0 || *name != ' '))
			out[used++] = *name;
	}
	out[used] = '\0';
}

static size_t
count_words(const char *name)
{
	size_t count = 1;
	for (; *name; name++)
		count += *name == ' ';
	return count;
}

/* The next line, or further on in the same one after a wide gap. */
static bool
goes_on(const struct print *a, const struct print *b)
{
	float aside = b->where.x - a->where.x - a->where.length;
	float level = fabsf(b->where.y - a->where.y -
	    a->where.length * a->where.slope);
	return names_next_line(a, b) || (aside > 0 &&
	    aside < 4 * a->where.capital && level < 0.4f * a->where.capital);
}

/* Bulgarian cards have the father's name under a label of its own, in both
 * scripts, which zones have among the given names. */
static bool
below_in_column(const struct print *a, const struct print *b)
{
	float down = b->where.y - a->where.y;
	return down > 0 && down < COLUMN_MOST * a->where.capital &&
	    fabsf(b->where.x - a->where.x) < 3 * a->where.capital;
}

/* Spanish cards of 2006 have a label for each surname. */
static bool
parts_names(const struct outlook *o)
{
	for (size_t i = 0; i < o->sheet->label_count; i++)
		if (o->sheet->labels[i].field == FIELD_second_surname)
			return true;
	return printed_twice(o);
}

/* The name broken into two lines or pieces after some word. */
static bool
find_broken(const struct outlook *o, const struct wanted *w)
{
	size_t words = count_words(w->name);
	for (size_t k = 1; k < words && words <= NAMES_WORDS_MAX; k++) {
		char head[MRZ_NAME_SIZE], tail[MRZ_NAME_SIZE];
		const struct print *first = NULL, *second = NULL;
		struct match a, b;
		some_words(w->name, 0, k, head, sizeof(head));
		some_words(w->name, k, words, tail, sizeof(tail));
		const struct search one = {head, true, false};
		const struct search two = {tail, true, w->truncated};
		if (!printed_search(o, &one, &first, &a) ||
		    !printed_search(o, &two, &second, &b) ||
		    a.score + b.score < MATCH_LEAST ||
		    !(goes_on(first, second) || (parts_names(o) &&
			below_in_column(first, second))))
			continue;
		names_append(a.text, sizeof(a.text), b.text);
		add_name(o, w, a.text, fminf(a.sure, b.sure), first, a.from,
		    a.to);
		return true;
	}
	return false;
}

bool
names_spelt(const struct outlook *o, const struct wanted *w)
{
	return find_whole(o, w) || find_broken(o, w);
}
