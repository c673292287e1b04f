/*
 * A number in two: "SERIA RX NR 561375" on a card whose zone has RX561375.
 * Both parts must stand on one line, the letters first, each as surely as a
 * number in one has to.
 */
#include "vision/print/printed_parts.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define SERIES_MOST 3   /* letters */
#define DIGITS_LEAST 5
#define SERIES "SERIA "
#define LINE_MOST 0.6f  /* of the capitals' height, off the line */

static float
foot_at(const struct print *p, float along)
{
	return p->where.y + p->where.slope * (along - p->where.x);
}

/* Whether it begins before the other does, on the same line. */
static bool
leads(const struct print *series, const struct print *number)
{
	float off = foot_at(series, number->where.x) - number->where.y;
	return series->where.x <= number->where.x &&
	    fabsf(off) <= LINE_MOST * number->where.capital;
}

static bool
search_series(const struct outlook *o, const char *letters,
    const struct print *number, struct match *out)
{
	const struct search what = {.text = letters};
	const struct prints *prints = &o->sheet->prints;
	*out = (struct match){.score = SEARCH_NOTHING};
	for (size_t i = 0; i < prints->count; i++) {
		struct match m;
		if (!leads(&prints->at[i], number))
			continue;
		if (search_in(&prints->at[i], &what, &m) != OK)
			err_clear();
		else if (m.score > out->score)
			*out = m;
	}
	return out->score >= SHORT_LEAST; /* as for names as short */
}

static bool
in_one_piece(const struct outlook *o, const char *series, const char *digits,
    const struct print **where, struct match *out)
{
	char text[SEARCH_TEXT_MAX];
	const struct search what = {.text = text};
	snprintf(text, sizeof(text), "%s NR %.20s", series, digits);
	return printed_search(o, &what, where, out) &&
	    out->score >= MATCH_LEAST;
}

/* The letters behind "SERIA", at most three; "": no series. */
static void
series_of(const struct print *p, char out[SERIES_MOST + 1])
{
	const char *rest = p->plain + strlen(SERIES);
	size_t size = 0;
	out[0] = '\0';
	if (strncmp(p->plain, SERIES, strlen(SERIES)) != 0)
		return;
	while (isupper((unsigned char)rest[size]))
		size++;
	if (size == 0 || size > SERIES_MOST || (rest[size] != '\0' &&
		strncmp(rest + size, " NR ", 4) != 0))
		return;
	memcpy(out, rest, size);
	out[size] = '\0';
}

void
printed_join_series(const struct outlook *o, struct value *v)
{
	const struct prints *prints = &o->sheet->prints;
	char series[SERIES_MOST + 1], text[PRINT_TEXT_SIZE];
	if (!v->print || strspn(v->text, "0123456789") != strlen(v->text))
		return;
	for (size_t i = 0; i < prints->count; i++) {
		const struct print *p = &prints->at[i];
		series_of(p, series);
		if (!series[0] || !leads(p, v->print))
			continue;
		snprintf(text, sizeof(text), "%s%.40s", series, v->text);
		memcpy(v->text, text, sizeof(text));
		v->sure = fminf(v->sure, p->sure);
		return;
	}
}

bool
printed_series(const struct outlook *o, const char *number,
    const struct print **where, struct match *out)
{
	size_t letters = strcspn(number, "0123456789");
	char series[SERIES_MOST + 1] = "";
	const struct search what = {.text = number + letters};
	struct match m;
	if (letters < 2 || letters > SERIES_MOST ||
	    strspn(what.text, "0123456789") != strlen(what.text) ||
	    strlen(what.text) < DIGITS_LEAST)
		return false;
	memcpy(series, number, letters);
	if (in_one_piece(o, series, what.text, where, out))
		return true;
	if (!printed_search(o, &what, where, out) ||
	    out->score < MATCH_LEAST || !search_series(o, series, *where, &m))
		return false;
	out->sure = fminf(out->sure, m.sure);
	return true;
}
