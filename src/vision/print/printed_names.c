/*
 * Names as printed.
 *
 * Where the zone's name is spelt on the page, that counts. Without a zone, or
 * when the name is not there, what stands under the label does.
 */
#include "vision/print/printed_names.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "vision/print/wording.h"

#define NATIONAL_SURE 0.5f
#define STRANGE_SURE 0.5f
#define ORDER_SURE 0.5f
#define HALF_SURE 0.5f
#define CUT_SURE 0.5f /* somebody has to look */
#define UNPARTED_LEAST 2 /* spaces in a line that has both names, perhaps */
#define HALF_MOST 0.8f

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

/* "ép. DUPONT", "e/v Molenaar": the name of somebody's husband, or that at
 * birth, in a line of its own below the surname. */
bool
names_are_other(const char *text)
{
	static const char *const marks[] = {"E V", "EP", "EPOUSE", "GEB",
	    "NE", "NEE", "VEUVE", "VVE"};
	char word[WORDING_SIZE], plain[WORDING_SIZE];
	size_t size = strcspn(text, " ");
	if (size == 0 || size >= sizeof(word) || !text[size])
		return false;
	memcpy(word, text, size);
	word[size] = '\0';
	bool small = (*text >= 'a' && *text <= 'z') ||
	    strncmp(text, "\u00e9", 2) == 0;
	plain_of(word, plain, sizeof(plain));
	return (small || word[size - 1] == '.') &&
	    enum_find(marks, COUNT_OF(marks), plain) < COUNT_OF(marks);
}

/* Among capitals no small letter stands, but in "McKay" and "DeWITT": a word
 * with them was misread. Nor has a name small letters alone: the first one
 * was lost, as that of "shild". */
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
	return (turns > 0 && smalls > 0 && capitals > smalls + 1) ||
	    (*text >= 'a' && *text <= 'z' && capitals == 0);
}

/* Spaniards' second surname has a label of its own on older cards. */
static void
add_second_surname(const struct outlook *o, struct value *v)
{
	struct value second;
	sheet_value(o->sheet, FIELD_second_surname, o->country, o->layout,
	    &second);
	if (!second.print || second.print == v->print ||
	    sheet_is_foreign(&second))
		return;
	names_append(v->text, sizeof(v->text), second.text);
	v->sure = fminf(v->sure, second.sure);
}

/* Given names stand right below the surname on nearly all documents: a
 * name there, in its letters, is what it seems although its own label was not
 * read. */
bool
names_neighbour(const struct outlook *o, enum field known, struct value *out)
{
	const struct sheet *s = o->sheet;
	struct value at, v;
	float nearest = NAMES_NEIGHBOUR_MOST;
	sheet_value(s, known, o->country, o->layout, &at);
	for (size_t i = 0; at.print && i < s->prints.count; i++) {
		const struct print *p = &s->prints.at[i];
		float capital = at.print->where.capital;
		float down = (p->where.y - at.print->where.y) / capital;
		float size = p->where.capital / capital;
		if ((known == FIELD_given_names) !=
		    names_given_above(o->country))
			down = -down;
		if (p == at.print || s->is_label[i] || down < 1.2f ||
		    down > nearest || size < NAMES_SIZE_LEAST ||
		    size > NAMES_SIZE_MOST ||
		    fabsf(p->where.x - at.print->where.x) > capital ||
		    !sheet_shape(p, 0, p->count, SHAPE_NAME, &v) ||
		    names_are_other(v.text) || sheet_is_claimed(s, &v))
			continue;
		nearest = down;
		*out = v;
		out->sure *= NAMES_NEIGHBOUR_SURE;
	}
	return out->print;
}

/* German cards print "[a]" before the surname and, in the next line, "[b]" or
 * "geb." before that at birth. */
bool
names_are_marked(const struct outlook *o)
{
	return strcmp(o->country, "DEU") == 0;
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
		float gap = p->x > at->x ? p->x - at->x - at->length :
		    at->x - p->x - p->length;
		if (p != at && gap < at->capital &&
		    fabsf(p->y - at->y - (p->x - at->x) * at->slope) <
			0.4f * at->capital)
			return true;
	}
	return false;
}

/* "O'REIL", "NICCOL": letters at an end that a bar, a line or a reflection hides
 * are not another name. */
static bool
has_lost_an_end(const char *text, const char *name)
{
	char plain[WORDING_SIZE], part[WORDING_SIZE], whole[WORDING_SIZE];
	plain_of(text, plain, sizeof(plain));
	squeeze(plain, part, sizeof(part));
	squeeze(name, whole, sizeof(whole));
	size_t size = strlen(part), all = strlen(whole);
	return size > 0 && size < all && (strncmp(whole, part, size) == 0 ||
		strcmp(whole + all - size, part) == 0);
}

/* "NGUY N": between words that begin and end the name, letters were not read:
 * one that the reader has no class for. */
static bool
has_a_hole(const char *text, const char *name)
{
	char plain[WORDING_SIZE], end[WORDING_SIZE], whole[WORDING_SIZE];
	plain_of(text, plain, sizeof(plain));
	squeeze(name, whole, sizeof(whole));
	size_t all = strlen(whole);
	for (char *gap = plain; (gap = strchr(gap, ' ')) != NULL; gap++) {
		char begin[WORDING_SIZE];
		squeeze(gap, end, sizeof(end));
		*gap = '\0';
		squeeze(plain, begin, sizeof(begin));
		*gap = ' ';
		size_t before = strlen(begin), after = strlen(end);
		if (before + after < all &&
		    strncmp(whole, begin, before) == 0 &&
		    strcmp(whole + all - after, end) == 0)
			return true;
	}
	return false;
}

static bool
tells(const struct sheet *s, enum field field)
{
	for (size_t i = 0; i < s->label_count; i++)
		if (s->labels[i].field == field)
			return true;
	return false;
}

/* "Name: MARYAM SAEED KHALFAN AL MAZROUEI": so many words below a label, and
 * none of given names on the page, may be both names, in either order. On
 * permits either name's label may be half of one for both. */
static bool
is_unparted(const struct outlook *o, enum field field, const char *text)
{
	int spaces = 0;
	for (; *text; text++)
		spaces += *text == ' ';
	if (spaces < UNPARTED_LEAST)
		return false;
	return field == FIELD_surname ? !tells(o->sheet, FIELD_given_names) :
	    o->sheet->permit && !tells(o->sheet, FIELD_surname);
}

/* Then what stands below them is another field. */
static bool
is_below_unparted(const struct outlook *o)
{
	struct value surname;
	sheet_value(o->sheet, FIELD_surname, o->country, o->layout, &surname);
	return surname.print && is_unparted(o, FIELD_surname, surname.text);
}

static void
add_labelled(const struct outlook *o, const struct wanted *w)
{
	const struct search what = {w->name, true, w->truncated};
	struct value v, more;
	struct match m;
	sheet_value(o->sheet, w->field, o->country, o->layout, &v);
	if (!v.print && !names_neighbour(o, w->field == FIELD_surname ?
		FIELD_given_names : FIELD_surname, &v))
		return;
	if (w->field == FIELD_given_names && (names_are_other(v.text) ||
		(!w->name[0] && is_below_unparted(o))))
		return; /* of a surname in two lines */
	bool foreign = sheet_is_foreign(&v);
	if (foreign && w->name[0] && !printed_twice(o))
		return; /* print in one script, of which a letter was misread */
	bool national = foreign || (printed_twice(o) &&
	    !beside_label(o->sheet, w->field, &v));
	bool marked = w->field == FIELD_surname && names_are_marked(o);
	bool second = !marked && names_second_line(o->sheet, v.print, national ?
	    NAMES_LINE_MOST : NAMES_TIGHT_MOST, SHAPE_NAME, &more);
	if (foreign && second && sheet_is_anothers(o->sheet, &more, w->field))
		second = false; /* the other name, not this one in Latin */
	if (marked)
		drop_mark(&v);
	if (national && second) {
		v = more;
	} else if (national) {
		v.sure *= NATIONAL_SURE; /* perhaps not Latin letters */
	} else if (!w->name[0] && second && !printed_twice(o) &&
	    !sheet_is_foreign(&more)) {
		names_append(v.text, sizeof(v.text), more.text);
		v.sure = fminf(v.sure, more.sure);
	}
	if (w->name[0] && (v.sure < OTHER_SURE || is_piece_of(o->sheet, &v,
		w->name) ||
	    search_in(v.print, &what, &m) != OK || m.score > OTHER_LEAST)) {
		err_clear();
		return;
	}
	if (!w->name[0] && !national && !marked)
		names_to_the_end(o->sheet, v.print, w->field, v.text,
		    sizeof(v.text), &v.sure);
	cut_birth_name(v.text);
	if (w->field == FIELD_surname)
		add_second_surname(o, &v);
	if (!w->name[0] && strangely_cased(v.text))
		v.sure *= STRANGE_SURE;
	if (!w->name[0] && is_unparted(o, w->field, v.text))
		v.sure = fminf(v.sure, UNPARTED_SURE);
	if (w->name[0] && (has_lost_an_end(v.text, w->name) ||
		has_a_hole(v.text, w->name)))
		v.sure = fminf(v.sure, CUT_SURE);
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

/* One name in doubt or not read, the other may be the wrong one of the two: a
 * label was missed, and somebody has to look anyway. */
void
printed_doubt_half(struct printed *out)
{
	struct printed_field *both[2] = {
	    printed_reported(out, FINDING_printed_surname),
	    printed_reported(out, FINDING_printed_given_names)};
	for (size_t i = 0; i < 2; i++) {
		const struct printed_field *other = both[1 - i];
		if (both[i] && (!other || other->sure < HALF_SURE))
			both[i]->sure = fminf(both[i]->sure, HALF_MOST);
	}
}

/* Few states print given names above the surname: elsewhere a label of one of
 * them was taken for the other's, "Name" of "Given name" for the surname's. */
static void
doubt_order(const struct outlook *o)
{
	struct printed_field *s = printed_reported(o->out,
	    FINDING_printed_surname);
	struct printed_field *g = printed_reported(o->out,
	    FINDING_printed_given_names);
	if (!s || !g || names_given_above(o->country) ||
	    fabsf(s->where.x - g->where.x) > s->where.capital ||
	    s->where.y - g->where.y < s->where.capital)
		return;
	s->sure *= ORDER_SURE;
	g->sure *= ORDER_SURE;
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
	if (!zone && (names_by_one_label(o) || names_above_given(o)))
		return;
	for (size_t i = 0; i < 2; i++) {
		const struct wanted *w = &both[i];
		if (zone && !w->name[0])
			continue;
		if (w->name[0] && names_spelt(o, w))
			continue;
		add_labelled(o, w);
	}
	if (!zone && !has_names(o->out))
		printed_guess_names(o);
	if (!zone) {
		doubt_order(o);
		printed_doubt_half(o->out);
	}
}
