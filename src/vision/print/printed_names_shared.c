/*
 * One label for both names, or one name's label that was not read: the names
 * are told by how they stand.
 */
#include "vision/print/printed_names.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "vision/print/wording.h"

#define COMMA_LEAST 3 /* letters behind one that is no misread letter */

/* "Családi és utónév": one label that names both; on permits so does "NOM,
 * Prén... SURNAME, Forenames", of which each half was read. */
static bool
names_both(const struct sheet *s)
{
	for (size_t i = 0; i < s->label_count; i++)
		for (size_t k = 0; k < s->label_count; k++)
			if (s->labels[i].print == s->labels[k].print &&
			    (s->labels[i].from == s->labels[k].from ||
				s->permit) &&
			    s->labels[i].field == FIELD_surname &&
			    s->labels[k].field == FIELD_given_names)
				return true;
	return false;
}

/* "NAME", and no label of given names on the page: British permits. Of
 * permits' one label for both, half may be read. */
static bool
names_one(const struct sheet *s)
{
	bool surname = false, given = false;
	for (size_t i = 0; i < s->label_count; i++) {
		surname |= s->labels[i].field == FIELD_surname;
		given |= s->labels[i].field == FIELD_given_names;
	}
	return surname != given && (surname || s->permit);
}

/* Words that are "name" alone: under the only one of a page, both may stand. */
static bool
is_bare(const struct sheet *s, const struct label *l)
{
	static const char *const words[] = {"IME", "JMENO", "NAFN", "NAMN",
	    "NAVN", "NOMBRE", "NOME"};
	char text[PRINT_TEXT_SIZE], plain[WORDING_SIZE];
	print_text(&s->prints.at[l->print], l->from, l->to, text,
	    sizeof(text));
	plain_of(text, plain, sizeof(plain));
	return enum_find(words, COUNT_OF(words), plain) < COUNT_OF(words);
}

static bool
names_bare(const struct sheet *s)
{
	size_t bare = 0;
	for (size_t i = 0; i < s->label_count; i++) {
		const struct label *l = &s->labels[i];
		if (l->field == FIELD_surname ||
		    (l->field == FIELD_given_names && !is_bare(s, l)))
			return false;
		bare += l->field == FIELD_given_names;
	}
	return bare > 0;
}

/* A name further down that no label claims: given names, when those two lines
 * were the surname. */
static bool
below_all(const struct sheet *s, const struct value *last)
{
	const struct piece *at = &last->print->where;
	for (size_t i = 0; i < s->prints.count; i++) {
		const struct print *p = &s->prints.at[i];
		float down = (p->where.y - at->y) / at->capital;
		float size = p->where.capital / at->capital;
		struct value v;
		if (!s->is_label[i] && down > NAMES_TIGHT_MOST &&
		    down < NAMES_NEIGHBOUR_MOST && size > NAMES_SIZE_LEAST &&
		    size < NAMES_SIZE_MOST &&
		    fabsf(p->where.x - at->x) < at->capital &&
		    sheet_shape(p, 0, p->count, SHAPE_NAME, &v) &&
		    !sheet_is_claimed(s, &v))
			return true;
	}
	return false;
}

bool
names_part_at_comma(const struct value *line, struct value *surname,
    struct value *given)
{
	const struct print *p = line->print;
	int at = -1;
	for (int i = line->from; i < line->to; i++) {
		if (glyph_text(p->at[i].glyph)[0] != ',')
			continue;
		if (at >= 0)
			return false;
		at = i;
	}
	return at >= 0 && sheet_shape(p, line->from, at, SHAPE_NAME, surname) &&
	    sheet_shape(p, at + 1, line->to, SHAPE_NAME, given);
}

bool
names_goes_before(const char *word)
{
	static const char *const words[] = {
#define PREFIX(word) word,
#include "vision/print/name_prefixes.def"
#undef PREFIX
	};
	char plain[WORDING_SIZE];
	plain_of(word, plain, sizeof(plain));
	return enum_find(words, COUNT_OF(words), plain) < COUNT_OF(words);
}

static void
doubt(struct value *v)
{
	v->sure = fminf(v->sure, UNPARTED_SURE);
}

/* "VO CUONG": two words are a surname and a given name. Of more nobody knows
 * where the surname ends. */
static bool
part_at_space(const struct value *line, struct value *surname,
    struct value *given)
{
	const struct print *p = line->print;
	int at = -1;
	for (int i = line->from; i < line->to; i++) {
		if (glyph_text(p->at[i].glyph)[0] != ' ')
			continue;
		if (at >= 0)
			return false;
		at = i;
	}
	if (at < 0 || !sheet_shape(p, line->from, at, SHAPE_NAME, surname) ||
	    !sheet_shape(p, at + 1, line->to, SHAPE_NAME, given) ||
	    names_goes_before(surname->text))
		return false;
	doubt(surname);
	doubt(given);
	return true;
}

static void
add_both(const struct outlook *o, const struct value *surname,
    const struct value *given)
{
	if (surname->sure >= ALONE_SURE)
		printed_add_value(o, FINDING_printed_surname, surname);
	if (given->sure >= ALONE_SURE)
		printed_add_value(o, FINDING_printed_given_names, given);
}

/* The line has both, unless given names stand below it. */
static bool
add_two_words(const struct outlook *o, const struct value *line)
{
	struct value surname, given;
	if (names_neighbour(o, FIELD_surname, &given) ||
	    !part_at_space(line, &surname, &given))
		return false;
	add_both(o, &surname, &given);
	return true;
}

/* The same of a state's own documents, whose names have an order. */
static bool
add_by_order(const struct outlook *o, const struct value *line)
{
	struct value surname, given;
	if (o->sheet->permit ||
	    !names_part_by_order(o->country, line, &surname, &given))
		return false;
	doubt(&surname);
	doubt(&given);
	add_both(o, &surname, &given);
	return true;
}

/* "NOMBRE" over two lines or three: the last one has the given names, and
 * surnames stand in the others. */
static void
add_lines(const struct outlook *o, struct value *surname, struct value *given)
{
	struct value third;
	if (names_second_line(o->sheet, given->print, NAMES_TIGHT_MOST,
		SHAPE_NAME, &third)) {
		names_append(surname->text, sizeof(surname->text),
		    given->text);
		surname->sure = fminf(surname->sure, given->sure);
		*given = third;
	}
	doubt(surname);
	doubt(given);
	add_both(o, surname, given);
}

/* Whether nothing but "NAME" was read of all labels of names. */
static bool
names_nothing_more(const struct sheet *s)
{
	size_t short_ones = 0;
	for (size_t i = 0; i < s->label_count; i++) {
		const struct label *l = &s->labels[i];
		if (l->field == FIELD_given_names || (l->field ==
			FIELD_surname && !l->name))
			return false;
		short_ones += l->field == FIELD_surname;
	}
	return short_ones > 0;
}

/* Both stand below such a label, in two lines, or in one with a comma; of one
 * without nobody knows where the surname ends. */
bool
names_by_one_label(const struct outlook *o)
{
	struct value surname, given;
	if (printed_twice(o) || names_are_marked(o) ||
	    !(names_both(o->sheet) || names_one(o->sheet) ||
		names_bare(o->sheet)))
		return false;
	sheet_value(o->sheet, FIELD_given_names, o->country, o->layout,
	    &given);
	sheet_value(o->sheet, FIELD_surname, o->country, o->layout, &surname);
	if (!surname.print && given.print &&
	    !names_neighbour(o, FIELD_given_names, &surname))
		surname = given;
	if (!surname.print || sheet_is_foreign(&surname) ||
	    (given.print && given.print != surname.print))
		return false;
	bool both = names_both(o->sheet);
	struct value line = surname;
	if (names_part_at_comma(&line, &surname, &given)) {
		if (given.to - given.from < COMMA_LEAST) {
			doubt(&surname);
			doubt(&given);
		}
		add_both(o, &surname, &given);
		return true;
	}
	surname = line;
	/* permits have one label for both, of which half was read */
	bool one = both || o->sheet->permit;
	if (!names_second_line(o->sheet, surname.print, one ?
		NAMES_LINE_MOST : NAMES_TIGHT_MOST, SHAPE_NAME, &given))
		return (one && add_two_words(o, &line)) || both ||
		    (names_nothing_more(o->sheet) && add_by_order(o, &line));
	if (!both && below_all(o->sheet, &given))
		return false;
	if (!both && !o->sheet->permit && names_bare(o->sheet)) {
		add_lines(o, &surname, &given);
		return true;
	}
	/* "Name": in Oman the given names stand above the surname */
	if (!o->sheet->permit && names_nothing_more(o->sheet)) {
		doubt(&surname);
		doubt(&given);
	}
	add_both(o, &surname, &given);
	return true;
}

/* The name right above a value, in its column and letters, over the value's
 * own label; in two scripts the one in the national script lies between. */
static bool
name_above(const struct outlook *o, const struct value *below,
    struct value *out)
{
	const struct sheet *s = o->sheet;
	const struct piece *at = &below->print->where;
	float nearest = NAMES_NEIGHBOUR_MOST;
	struct value v;
	out->print = NULL;
	for (size_t i = 0; i < s->prints.count; i++) {
		const struct print *p = &s->prints.at[i];
		float up = (at->y - p->where.y) / at->capital;
		float size = p->where.capital / at->capital;
		if (s->is_label[i] || up < NAMES_TIGHT_MOST || up > nearest ||
		    size < NAMES_SIZE_LEAST || size > NAMES_SIZE_MOST ||
		    fabsf(p->where.x - at->x) > at->capital ||
		    !sheet_shape(p, 0, p->count, SHAPE_NAME, &v) ||
		    names_is_code(v.text) || sheet_is_claimed(s, &v))
			continue;
		nearest = up;
		*out = v;
	}
	return out->print;
}

/* "Given name" of which "name" alone was read would make a given name the
 * surname, when that stands above without a label that can be read. */
bool
names_above_given(const struct outlook *o)
{
	struct value given, surname, more;
	if (!names_nothing_more(o->sheet) || names_given_above(o->country))
		return false;
	sheet_value(o->sheet, FIELD_surname, o->country, o->layout, &given);
	if (!given.print || !name_above(o, &given, &surname))
		return false;
	if ((printed_twice(o) || sheet_is_foreign(&given)) &&
	    names_second_line(o->sheet, given.print, NAMES_LINE_MOST,
		SHAPE_NAME, &more))
		given = more;
	given.sure *= NAMES_NEIGHBOUR_SURE;
	surname.sure *= NAMES_NEIGHBOUR_SURE;
	printed_add_value(o, FINDING_printed_surname, &surname);
	printed_add_value(o, FINDING_printed_given_names, &given);
	return true;
}
