/*
 * Names whose labels nobody can read: print of a few tenths of a millimetre
 * in pictures of the web.
 *
 * On the fronts of Europe the surname is the first value of its column, the
 * given names are the next one, and both stand above the first date, in its
 * letters' size. What is found so is never sure enough to contradict.
 */
#include "vision/print/printed_names.h"

#include <math.h>
#include <string.h>

#include "ident/country.h"

#define READ_LEAST 0.5f  /* what is found so is in doubt anyway */
#define GUESSED_SURE 0.7f
#define SIZE_LEAST 0.75f /* of the date's capitals */
#define SIZE_MOST 1.35f
#define ALIGNED 1.0f     /* capitals */
#define DOWN_LEAST 1.1f
#define DOWN_MOST 5.5f
#define UP_MOST 14.0f    /* from the first date to the surname */
#define TWICE_LEAST 8     /* letters of a state's name */
#define TIGHT 2.0f       /* a line in another script stands so near */

/* The uppermost date: the size of values, and where names end. */
static const struct print *
first_date(const struct sheet *s)
{
	const struct print *first = NULL;
	for (size_t i = 0; i < s->prints.count; i++) {
		const struct print *p = &s->prints.at[i];
		struct value v;
		if ((!first || p->where.y < first->where.y) &&
		    sheet_among(p, 0, p->count, SHAPE_DATE, &v))
			first = p;
	}
	return first;
}

/* "LVA": a nationality. "PM", "PA" beside it: the kind of passport, where no
 * label was read that says so. "NG", "LI" are names. */
static bool
is_code(const struct value *v)
{
	return (strlen(v->text) == 2 && v->text[0] == 'P') ||
	    (strlen(v->text) == 3 && country_find(v->text));
}

/* The same words elsewhere on the page: its state, and the holder's. */
static bool
stands_twice(const struct sheet *s, const struct print *p)
{
	if (strlen(p->plain) < TWICE_LEAST)
		return false;
	for (size_t i = 0; i < s->prints.count; i++)
		if (&s->prints.at[i] != p &&
		    strcmp(s->prints.at[i].plain, p->plain) == 0)
			return true;
	return false;
}

/* The next name down from y, in the column of `above` if that is given. */
static bool
next_name(const struct sheet *s, const struct print *date, float y,
    const struct print *above, struct value *out)
{
	float unit = date->where.capital, nearest = 0;
	bool found = false;
	for (size_t i = 0; i < s->prints.count; i++) {
		const struct print *p = &s->prints.at[i];
		float size = p->where.capital / unit;
		struct value v;
		if (s->is_label[i] || p->where.y <= y || size < SIZE_LEAST ||
		    size > SIZE_MOST || p->where.y > date->where.y -
			DOWN_LEAST * unit || (above &&
			fabsf(p->where.x - above->where.x) > ALIGNED * unit) ||
		    (found && p->where.y >= nearest) ||
		    !sheet_shape(p, 0, p->count, SHAPE_NAME, &v) ||
		    v.sure < READ_LEAST || sheet_is_claimed(s, &v) ||
		    is_code(&v) || stands_twice(s, p) ||
		    names_are_other(v.text))
			continue;
		*out = v;
		nearest = p->where.y;
		found = true;
	}
	return found;
}

static float
down(const struct value *a, const struct value *b)
{
	return (b->print->where.y - a->print->where.y) /
	    a->print->where.capital;
}

/* The next line of the column, near enough. */
static bool
follows(const struct sheet *s, const struct print *date,
    const struct value *a, struct value *out)
{
	float least = DOWN_LEAST * a->print->where.capital;
	return next_name(s, date, a->print->where.y + least, a->print, out) &&
	    down(a, out) < DOWN_MOST;
}

static void
add(const struct outlook *o, enum finding_name name, struct value *v)
{
	v->sure *= GUESSED_SURE;
	printed_add_value(o, name, v);
}

/* In two scripts: the second line of each. */
static bool
two_of_two(const struct outlook *o, const struct print *date,
    struct value *surname, struct value *given)
{
	struct value national;
	if (down(surname, given) > TIGHT)
		return false;
	*surname = *given;
	return follows(o->sheet, date, surname, &national) &&
	    follows(o->sheet, date, &national, given) &&
	    down(&national, given) < TIGHT;
}

void
printed_guess_names(const struct outlook *o)
{
	const struct sheet *s = o->sheet;
	const struct print *date = first_date(s);
	struct value surname, given;
	if (!date)
		return;
	float y = date->where.y - UP_MOST * date->where.capital;
	while (next_name(s, date, y, NULL, &surname)) {
		y = surname.print->where.y;
		struct value line = surname;
		if (s->permit &&
		    names_part_at_comma(&line, &surname, &given)) {
			add(o, FINDING_printed_surname, &surname);
			add(o, FINDING_printed_given_names, &given);
			return;
		}
		surname = line;
		if (!follows(s, date, &surname, &given))
			continue;
		if ((printed_twice(o) || sheet_is_foreign(&surname)) &&
		    !two_of_two(o, date, &surname, &given))
			return;
		add(o, FINDING_printed_surname, &surname);
		add(o, FINDING_printed_given_names, &given);
		return;
	}
}
