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
#include <stdio.h>
#include <string.h>

#include "ident/country.h"

#define READ_LEAST 0.5f  /* what is found so is in doubt anyway */
#define GUESSED_SURE 0.55f /* nothing says which name it is: a doubt */
#define SIZE_LEAST 0.75f /* of the date's capitals */
#define SIZE_MOST 1.35f
#define ALIGNED 1.0f     /* capitals */
#define DOWN_LEAST 1.1f
#define DOWN_MOST 5.5f
#define UP_MOST 14.0f    /* from the first date to the surname */
#define TWICE_LEAST 8     /* letters of a state's name */
#define BOTH_LEAST 2      /* spaces in a line that has both names */
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

bool
names_is_code(const char *text)
{
	return (strlen(text) == 2 && text[0] == 'P') ||
	    (strlen(text) == 3 && country_find(text));
}

/* "STATE OF KUWAIT", and "KUWAIT" beside it: nobody is called "of". */
static bool
is_its_state(const struct sheet *s, const struct print *p)
{
	char end[PRINT_TEXT_SIZE + 4];
	if (strstr(p->plain, " OF "))
		return true;
	snprintf(end, sizeof(end), " OF %s", p->plain);
	for (size_t i = 0; i < s->prints.count; i++) {
		const char *text = s->prints.at[i].plain;
		size_t size = strlen(text), part = strlen(end);
		if (size > part && strcmp(text + size - part, end) == 0)
			return true;
	}
	return false;
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
		    names_is_code(v.text) || stands_twice(s, p) ||
		    is_its_state(s, p) ||
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

/* The first of two lines has the surname, but where the state prints given
 * names first. */
static void
add_both(const struct outlook *o, struct value *first, struct value *second)
{
	bool above = names_given_above(o->country) && !o->sheet->permit;
	add(o, FINDING_printed_surname, above ? second : first);
	add(o, FINDING_printed_given_names, above ? first : second);
}

static int
spaces_in(const char *text)
{
	int count = 0;
	for (; *text; text++)
		count += *text == ' ';
	return count;
}

/* A line of so many words without another name below it has both, in the
 * state's order. */
static bool
add_parted(const struct outlook *o, const struct value *line)
{
	struct value surname, given;
	if (o->sheet->permit || spaces_in(line->text) < BOTH_LEAST ||
	    !names_part_by_order(o->country, line, &surname, &given))
		return false;
	add(o, FINDING_printed_surname, &surname);
	add(o, FINDING_printed_given_names, &given);
	return true;
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
		if (!follows(s, date, &surname, &given)) {
			if (add_parted(o, &line))
				return;
			continue;
		}
		if ((printed_twice(o) || sheet_is_foreign(&surname)) &&
		    !two_of_two(o, date, &surname, &given))
			return;
		add_both(o, &surname, &given);
		return;
	}
}
