/*
 * The zone's name is looked for in the votes of each piece, so what is found
 * spells it, and the accents are those that were printed.
 */
#include "vision/print/printed_names.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "ident/person.h"
#include "vision/print/wording.h"

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

static size_t
count_words(const char *name)
{
	size_t count = 1;
	for (; *name; name++)
		count += *name == ' ';
	return count;
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

/* Whether the surname stands under a label of its own, elsewhere. */
static bool
surname_is_apart(const struct outlook *o, const struct print *given)
{
	const struct search what = {o->zone->surname, true, false};
	struct value v;
	struct match m;
	sheet_value(o->sheet, FIELD_surname, o->country, o->layout, &v);
	if (!v.print || v.print == given)
		return false;
	if (search_in(v.print, &what, &m) != OK) {
		err_clear();
		return false;
	}
	return m.score >= MATCH_LEAST;
}

/* "Full name": the surname stands in the same line, behind the given names,
 * and what goes on to its end has it too. */
static void
drop_surname(const struct outlook *o, const struct wanted *w,
    const struct print *where, char *text)
{
	char plain[WORDING_SIZE];
	const char *surname = o->zone->surname;
	size_t words = count_words(surname), size = strlen(surname);
	plain_of(text, plain, sizeof(plain));
	size_t used = strlen(plain);
	if (w->field != FIELD_given_names || !surname[0] || used < size + 2 ||
	    strcmp(plain + used - size, surname) != 0 ||
	    plain[used - size - 1] != ' ' || surname_is_apart(o, where))
		return;
	while (words-- > 0) {
		char *gap = strrchr(text, ' ');
		if (!gap)
			return;
		*gap = '\0';
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
		drop_surname(o, w, where, m.text);
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
		if (w->truncated) {
			go_on(second, &b);
			names_to_the_end(o->sheet, second, w->field, b.text,
			    sizeof(b.text), &b.sure);
			drop_surname(o, w, second, b.text);
		}
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
