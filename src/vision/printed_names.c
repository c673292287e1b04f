/*
 * Names as printed.
 *
 * The zone's name is looked for in the votes of each piece, so what is found
 * spells it, and the accents are those that were printed. Without a zone, or
 * when the name is not there, what stands under the label counts.
 */
#include "vision/printed_parts.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "ident/person.h"
#include "vision/wording.h"

#define WORDS_MAX 8

static const char *const twice[] = {
#define SIGN(country, words)
#define TWICE(country) #country,
#define LAST(words)
#define LAYOUT(country, layout, field, left, top, right, bottom)
#include "vision/layouts.def"
#undef SIGN
#undef TWICE
#undef LAST
#undef LAYOUT
};

#define NATIONAL_SURE 0.5f
#define STRANGE_SURE 0.5f
#define NEIGHBOUR_SURE 0.8f /* below PRINTED_SURE: it never contradicts */
#define NEIGHBOUR_MOST 6.0f /* capitals from one name to the other */
#define FURTHER_MOST 2.5f /* capitals from one name to the next in a line */
#define COLUMN_MOST 6.0f
#define SIZE_LEAST 0.66f /* of one line beside another: accents make one ... */
#define SIZE_MOST 1.5f   /* ... seem larger, labels are about half as large */
#define LINE_MOST 2.4f /* capitals from one line of a name to the next ... */
#define TIGHT_MOST 1.8f /* ... when no zone says that they belong together */

struct wanted {
	const char *name; /* the zone's, "" when none was read */
	bool truncated;
	enum finding_name finding;
	enum field field;
};

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

static void
append(char *out, size_t size, const char *text)
{
	size_t used = strlen(out), length = strlen(text);
	if (used + length + 2 > size)
		return;
	if (used > 0)
		out[used++] = ' ';
	memcpy(out + used, text, length + 1);
}

/* What stands further on in the same line, after a comma or a wide space. */
static const struct print *
further(const struct sheet *s, const struct print *p, enum field field,
    struct value *out)
{
	for (size_t i = 0; i < s->prints.count; i++) {
		const struct print *other = &s->prints.at[i];
		float aside = other->where.x - p->where.x - p->where.length;
		float level = other->where.y - p->where.y -
		    (other->where.x - p->where.x) * p->where.slope;
		float size = other->where.capital / p->where.capital;
		if (other == p || s->is_label[i] || aside < 0 ||
		    aside > FURTHER_MOST * p->where.capital ||
		    fabsf(level) > 0.4f * p->where.capital || size < SIZE_LEAST ||
		    size > SIZE_MOST ||
		    !sheet_shape(other, 0, other->count, SHAPE_NAME, out) ||
		    out->sure < ALONE_SURE ||
		    sheet_is_anothers(s, out, field))
			continue;
		return other;
	}
	return NULL;
}

/* Names to the end of the line; the least sure counts. */
static void
to_the_end(const struct sheet *s, const struct print *p, enum field field,
    char *text, size_t size, float *sure)
{
	struct value v;
	for (int i = 0; i < WORDS_MAX; i++) {
		p = further(s, p, field, &v);
		if (!p)
			return;
		append(text, size, v.text);
		*sure = fminf(*sure, v.sure);
	}
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

static bool
find_whole(const struct outlook *o, const struct wanted *w)
{
	const struct search what = {w->name, true, w->truncated};
	const struct print *where = NULL;
	struct match m;
	float least = strlen(w->name) <= SHORT_NAME ? SHORT_LEAST :
	    MATCH_LEAST;
	if (!printed_search(o, &what, &where, &m) || m.score < least)
		return false;
	if (w->truncated) {
		go_on(where, &m);
		to_the_end(o->sheet, where, w->field, m.text, sizeof(m.text),
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

static bool
next_line(const struct print *a, const struct print *b)
{
	float down = b->where.y - a->where.y;
	return down > 0.5f * a->where.capital &&
	    down < LINE_MOST * a->where.capital &&
	    fabsf(b->where.x - a->where.x) < 3 * a->where.capital;
}

/* The next line, or further on in the same one after a wide gap. */
static bool
goes_on(const struct print *a, const struct print *b)
{
	float aside = b->where.x - a->where.x - a->where.length;
	float level = fabsf(b->where.y - a->where.y -
	    a->where.length * a->where.slope);
	return next_line(a, b) || (aside > 0 &&
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
	for (size_t k = 1; k < words && words <= WORDS_MAX; k++) {
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
		append(a.text, sizeof(a.text), b.text);
		add_name(o, w, a.text, fminf(a.sure, b.sure), first, a.from,
		    a.to);
		return true;
	}
	return false;
}

/* Words after which another name of the same person follows. */
static void
cut_birth_name(char *text)
{
	static const char *const marks[] = {" GEB", " N\u00c9E", " N\u00c9 ",
	    " NEE ", " EP ", " EPSE ", " EPOUSE ", " VVE ", " \u00c9P", " geb",
	    " n\u00e9", " \u00e9p", " z d", " Z D",
	    " ROZ", " roz"};
	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		char *at = strstr(text, marks[i]);
		if (at && at > text)
			*at = '\0';
	}
}

/* The second line of a name, at most so many capitals below the first. */
static const struct print *
second_line(const struct sheet *s, const struct print *p, float most,
    enum shape shape, struct value *out)
{
	for (size_t i = 0; i < s->prints.count; i++) {
		const struct print *other = &s->prints.at[i];
		float size = other->where.capital / p->where.capital;
		if (other == p || s->is_label[i] ||
		    other->where.y - p->where.y > most * p->where.capital ||
		    !next_line(p, other) || size < SIZE_LEAST || size > SIZE_MOST ||
		    !sheet_among(other, 0, other->count, shape, out))
			continue;
		return other;
	}
	return NULL;
}

bool
printed_twice(const struct outlook *o)
{
	return enum_find(twice, COUNT_OF(twice), o->country) <
	    COUNT_OF(twice);
}

bool
printed_second_line(const struct outlook *o, const struct value *first,
    enum shape shape, struct value *out)
{
	struct value more;
	if (!second_line(o->sheet, first->print, LINE_MOST, shape, &more))
		return false;
	*out = more;
	return true;
}

/* Among capitals no small letter stands, but in "McKay" and "DeWITT": a word
 * with them was misread. */
static bool
strangely_cased(const char *text)
{
	int capitals = 0, smalls = 0, turns = 0;
	for (const char *c = text; *c; c++) {
		bool small = *c >= 'a' && *c <= 'z';
		capitals += *c >= 'A' && *c <= 'Z';
		smalls += small;
		turns += small && c[1] >= 'A' && c[1] <= 'Z';
	}
	return turns > 0 && smalls > 0 && capitals > smalls + 1;
}

/* Spaniards' second surname has a label of its own on older cards. */
static void
add_second_surname(const struct outlook *o, struct value *v)
{
	struct value second;
	sheet_value(o->sheet, FIELD_second_surname, o->country, o->layout,
	    &second);
	if (!second.print || second.print == v->print)
		return;
	append(v->text, sizeof(v->text), second.text);
	v->sure = fminf(v->sure, second.sure);
}

/* Given names stand right below the surname on the documents of Europe: a
 * name there, in its letters, is what it seems although its own label was not
 * read. */
static bool
neighbour(const struct outlook *o, enum field known, struct value *out)
{
	const struct sheet *s = o->sheet;
	struct value at, v;
	float nearest = NEIGHBOUR_MOST;
	sheet_value(s, known, o->country, o->layout, &at);
	for (size_t i = 0; at.print && i < s->prints.count; i++) {
		const struct print *p = &s->prints.at[i];
		float capital = at.print->where.capital;
		float down = (p->where.y - at.print->where.y) / capital;
		float size = p->where.capital / capital;
		if (known == FIELD_given_names)
			down = -down;
		if (p == at.print || s->is_label[i] || down < 1.2f ||
		    down > nearest || size < SIZE_LEAST || size > SIZE_MOST ||
		    fabsf(p->where.x - at.print->where.x) > capital ||
		    !sheet_shape(p, 0, p->count, SHAPE_NAME, &v) ||
		    sheet_is_claimed(s, &v))
			continue;
		nearest = down;
		*out = v;
		out->sure *= NEIGHBOUR_SURE;
	}
	return out->print;
}

/* "Családi és utónév": one label that names both; on permits so does "NOM,
 * Prén... SURNAME, Forenames", of which each half was read. */
static bool
names_both(const struct sheet *s)
{
	for (size_t i = 0; i < s->label_count; i++)
		for (size_t k = 0; k < s->label_count; k++)
			if (s->labels[i].print == s->labels[k].print &&
			    (s->labels[i].from == s->labels[k].from ||
				s->expiry_last) &&
			    s->labels[i].field == FIELD_surname &&
			    s->labels[k].field == FIELD_given_names)
				return true;
	return false;
}

/* German cards print "[a]" before the surname and, in the next line, "[b]" or
 * "geb." before that at birth. */
static bool
marks_names(const struct outlook *o)
{
	return strcmp(o->country, "DEU") == 0;
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
	return surname != given && (surname || s->expiry_last);
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
		if (!s->is_label[i] && down > TIGHT_MOST &&
		    down < NEIGHBOUR_MOST && size > SIZE_LEAST && size < SIZE_MOST &&
		    fabsf(p->where.x - at->x) < at->capital &&
		    sheet_shape(p, 0, p->count, SHAPE_NAME, &v) &&
		    !sheet_is_claimed(s, &v))
			return true;
	}
	return false;
}

/* Both stand below such a label, in two lines; of one line nobody knows where
 * the surname ends. */
static bool
add_both(const struct outlook *o)
{
	struct value surname, given;
	if (printed_twice(o) || marks_names(o) ||
	    !(names_both(o->sheet) || names_one(o->sheet)))
		return false;
	sheet_value(o->sheet, FIELD_given_names, o->country, o->layout,
	    &given);
	sheet_value(o->sheet, FIELD_surname, o->country, o->layout, &surname);
	if (!surname.print && given.print &&
	    !neighbour(o, FIELD_given_names, &surname))
		surname = given;
	if (!surname.print || (given.print && given.print != surname.print))
		return false;
	bool both = names_both(o->sheet);
	/* permits have one label for both, of which half was read */
	if (!second_line(o->sheet, surname.print, both ||
		o->sheet->expiry_last ? LINE_MOST : TIGHT_MOST, SHAPE_NAME,
		&given))
		return both;
	if (!both && below_all(o->sheet, &given))
		return false;
	if (surname.sure >= ALONE_SURE)
		printed_add_value(o, FINDING_printed_surname, &surname);
	if (given.sure >= ALONE_SURE)
		printed_add_value(o, FINDING_printed_given_names, &given);
	return true;
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

/* The name right above a value, in its column and letters, over the value's
 * own label; in two scripts the one in the national script lies between. */
static bool
name_above(const struct outlook *o, const struct value *below,
    struct value *out)
{
	const struct sheet *s = o->sheet;
	const struct piece *at = &below->print->where;
	float nearest = NEIGHBOUR_MOST;
	struct value v;
	out->print = NULL;
	for (size_t i = 0; i < s->prints.count; i++) {
		const struct print *p = &s->prints.at[i];
		float up = (at->y - p->where.y) / at->capital;
		float size = p->where.capital / at->capital;
		if (s->is_label[i] || up < TIGHT_MOST || up > nearest ||
		    size < SIZE_LEAST || size > SIZE_MOST ||
		    fabsf(p->where.x - at->x) > at->capital ||
		    !sheet_shape(p, 0, p->count, SHAPE_NAME, &v) ||
		    sheet_is_claimed(s, &v))
			continue;
		nearest = up;
		*out = v;
	}
	return out->print;
}

/* "Given name" of which "name" alone was read would make a given name the
 * surname, when that stands above without a label that can be read. */
static bool
add_from_given(const struct outlook *o)
{
	struct value given, surname, more;
	if (!names_nothing_more(o->sheet))
		return false;
	sheet_value(o->sheet, FIELD_surname, o->country, o->layout, &given);
	if (!given.print || !name_above(o, &given, &surname))
		return false;
	if (printed_twice(o) && second_line(o->sheet, given.print, LINE_MOST,
		SHAPE_NAME, &more))
		given = more;
	given.sure *= NEIGHBOUR_SURE;
	surname.sure *= NEIGHBOUR_SURE;
	printed_add_value(o, FINDING_printed_surname, &surname);
	printed_add_value(o, FINDING_printed_given_names, &given);
	return true;
}

/* "[a] MUSTERMANN": the mark is read as a letter or two. */
static void
drop_mark(struct value *v)
{
	struct value rest;
	for (int i = v->from + 1; i < v->to && i <= v->from + 3; i++)
		if (glyph_text(v->print->at[i].glyph)[0] == ' ' &&
		    v->to - i > 2 && sheet_shape(v->print, i, v->to,
			SHAPE_NAME, &rest))
			*v = rest;
}

/* Whether the value stands beside a label of that field, not below one. */
static bool
beside_label(const struct sheet *s, enum field field, const struct value *v)
{
	const struct piece *at = &v->print->where;
	for (size_t i = 0; i < s->label_count; i++) {
		const struct piece *l = &s->labels[i].where;
		float foot = l->y + (at->x - l->x) * l->slope;
		if (s->labels[i].field == field &&
		    l->x + l->length < at->x + at->capital &&
		    fabsf(at->y - foot) < 0.8f * at->capital)
			return true;
	}
	return false;
}

/* A name that was read in pieces, of which this is one: no other name. */
static bool
is_piece_of(const struct sheet *s, const struct value *v, const char *name)
{
	char text[WORDING_SIZE], whole[WORDING_SIZE];
	squeeze(v->print->plain, text, sizeof(text));
	squeeze(name, whole, sizeof(whole));
	if (strlen(text) >= strlen(whole) || !strstr(whole, text))
		return false;
	for (size_t i = 0; i < s->prints.count; i++) {
		const struct piece *p = &s->prints.at[i].where;
		const struct piece *at = &v->print->where;
		if (p->x > at->x && p->x - at->x - at->length < at->capital &&
		    fabsf(p->y - at->y - (p->x - at->x) * at->slope) <
			0.4f * at->capital)
			return true;
	}
	return false;
}

static void
add_labelled(const struct outlook *o, const struct wanted *w)
{
	const struct search what = {w->name, true, w->truncated};
	struct value v, more;
	struct match m;
	sheet_value(o->sheet, w->field, o->country, o->layout, &v);
	if (!v.print && !neighbour(o, w->field == FIELD_surname ?
		FIELD_given_names : FIELD_surname, &v))
		return;
	bool national = printed_twice(o) &&
	    !beside_label(o->sheet, w->field, &v);
	bool marked = w->field == FIELD_surname && marks_names(o);
	bool second = !marked && second_line(o->sheet, v.print, national ?
	    LINE_MOST : TIGHT_MOST, SHAPE_NAME, &more);
	if (marked)
		drop_mark(&v);
	if (national && second) {
		v = more;
	} else if (national) {
		v.sure *= NATIONAL_SURE; /* perhaps not Latin letters */
	} else if (!w->name[0] && second && !printed_twice(o)) {
		append(v.text, sizeof(v.text), more.text);
		v.sure = fminf(v.sure, more.sure);
	}
	if (w->name[0] && (v.sure < OTHER_SURE || is_piece_of(o->sheet, &v,
		w->name) ||
	    search_in(v.print, &what, &m) != OK || m.score > OTHER_LEAST)) {
		err_clear();
		return;
	}
	if (!w->name[0] && !national && !marked)
		to_the_end(o->sheet, v.print, w->field, v.text,
		    sizeof(v.text), &v.sure);
	cut_birth_name(v.text);
	if (w->field == FIELD_surname)
		add_second_surname(o, &v);
	if (!w->name[0] && strangely_cased(v.text))
		v.sure *= STRANGE_SURE;
	if (v.sure >= ALONE_SURE)
		printed_add_value(o, w->finding, &v);
}

static bool
has_names(const struct printed *out)
{
	for (size_t i = 0; i < out->count; i++)
		if (out->at[i].name == FINDING_printed_surname ||
		    out->at[i].name == FINDING_printed_given_names)
			return true;
	return false;
}

/* No letter of one more name would have had room in the zone. */
static bool
is_full(const struct mrz *zone)
{
	static const size_t room[] = {[MRZ_TD1] = 30, [MRZ_TD2] = 31,
	    [MRZ_TD3] = 39};
	size_t used = strlen(zone->surname) + 2 + strlen(zone->given_names);
	return zone->format < COUNT_OF(room) &&
	    used + 1 >= room[zone->format];
}

void
printed_names(const struct outlook *o)
{
	const struct mrz *zone = o->zone;
	const struct wanted both[2] = {
	    {zone ? zone->surname : "", zone && zone->truncated,
		FINDING_printed_surname, FIELD_surname},
	    /* the French card's zone ends given names after 14 letters */
	    {zone ? zone->given_names : "", zone && (zone->truncated ||
		is_full(zone) || zone->format == MRZ_FRA2),
		FINDING_printed_given_names, FIELD_given_names}};
	if (!zone && (add_both(o) || add_from_given(o)))
		return;
	for (size_t i = 0; i < 2; i++) {
		const struct wanted *w = &both[i];
		if (zone && !w->name[0])
			continue;
		if (w->name[0] && (find_whole(o, w) || find_broken(o, w)))
			continue;
		add_labelled(o, w);
	}
	if (!zone && !has_names(o->out))
		printed_guess_names(o);
}
