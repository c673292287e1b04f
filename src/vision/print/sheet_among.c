/*
 * Which letters of a piece make a value: specks and lines of the ground at
 * its ends are left out, and of several values in one piece each is found.
 */
#include "vision/print/sheet_parts.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "vision/print/wording.h"

#define ONE_WORD 9           /* letters of most document numbers */
#define NUMBER_SHORT 6       /* of the shortest */
#define NUMBERING_MOST 2     /* digits of a field's number */
#define SHORT_DIGITS 6       /* of a date whose year has two */

static float
least_sure(const struct print *p, int from, int to)
{
	float least = 1;
	for (int i = from; i < to; i++)
		if (glyph_is_letter(p->at[i].glyph))
			least = fminf(least, p->at[i].sure);
	return least;
}

/* Signs at both ends are specks, colons, parts of a label. */
static void
trim(const struct print *p, int *from, int *to)
{
	while (*from < *to && !glyph_is_letter(p->at[*from].glyph))
		(*from)++;
	while (*to > *from && !glyph_is_letter(p->at[*to - 1].glyph))
		(*to)--;
}

/* A letter of another script that adjoins what is left is no speck: without it
 * the rest of that word, or a number without its series, would pass for all. */
static void
keep_foreign(const struct print *p, int first, int last, int *from, int *to)
{
	while (*from > first && p->at[*from - 1].glyph == GLYPH_FOREIGN)
		(*from)--;
	while (*to < last && p->at[*to].glyph == GLYPH_FOREIGN)
		(*to)++;
}

static bool
is_small(int glyph)
{
	return glyph_is_letter(glyph) && !glyph_is_digit(glyph) &&
	    !glyph_is_capital(glyph);
}

/* "De Bruijn e/v Molenaar": the husband's or wife's name is another field. */
static int
before_spouse(const struct print *p, int from, int to)
{
	for (int i = from + 1; i + 2 < to; i++) {
		char mark[8];
		print_text(p, i, i + 3, mark, sizeof(mark));
		if (strcasecmp(mark, "e/v") == 0 &&
		    glyph_text(p->at[i - 1].glyph)[0] == ' ')
			return i;
	}
	return to;
}

/* Lines of the ground beside a number are read as small letters, or as such
 * with an accent. */
static bool
beside_number(int glyph, int letters)
{
	const char *text = glyph_text(glyph);
	if (is_small(glyph))
		return letters > ONE_WORD || (letters > NUMBER_SHORT &&
		    !strchr("lo", text[0]));
	return letters > ONE_WORD && (unsigned char)text[0] >= 128;
}

static void
drop_from_number(const struct print *p, int *from, int *to)
{
	while (*to > *from && beside_number(p->at[*to - 1].glyph, *to - *from))
		(*to)--;
	while (*to > *from && beside_number(p->at[*from].glyph, *to - *from))
		(*from)++;
}

static bool
is_space(const struct print *p, int i)
{
	return glyph_text(p->at[i].glyph)[0] == ' ';
}

/* "MéSZÁROS": among capitals an accented letter is one as well. */
static void
raise_accents(struct value *v)
{
	char text[PRINT_TEXT_SIZE] = "";
	size_t used = 0;
	for (int i = v->from; i < v->to; i++) {
		int glyph = v->print->at[i].glyph;
		if (is_small(glyph) && (unsigned char)*glyph_text(glyph) < 128)
			return;
		const char *one = glyph_text(is_small(glyph) ?
		    glyph_other_case(glyph) : glyph);
		size_t length = strlen(one);
		if (used + length >= sizeof(text))
			return;
		if (one[0] == ' ' && is_space(v->print, i - 1))
			continue;
		memcpy(text + used, one, length + 1);
		used += length;
	}
	if (strpbrk(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
		memcpy(v->text, text, used + 1);
}

/* The same beside a name in capitals, in which no small letter stands alone
 * at either end: "MARIA BIANCA e". */
static bool
drop_from_name(const struct print *p, int *from, int *to)
{
	int capitals = 0, smalls = 0;
	for (int i = *from; i < *to; i++) {
		smalls += is_small(p->at[i].glyph);
		capitals += glyph_is_letter(p->at[i].glyph) &&
		    glyph_is_capital(p->at[i].glyph);
	}
	if (*to - *from < 5 || capitals < 3)
		return false;
	bool last = is_small(p->at[*to - 1].glyph) && is_space(p, *to - 2);
	bool first = is_small(p->at[*from].glyph) && is_space(p, *from + 1);
	if (smalls == 0 || smalls != last + first)
		return false;
	*to -= last;
	*from += first;
	return true;
}

/* "2. VOLHA": a name begins behind the number of its field. */
static int
behind_number(const struct print *p, int from, int to)
{
	int at = from;
	while (at < to && at < from + NUMBERING_MOST &&
	    glyph_is_digit(p->at[at].glyph))
		at++;
	if (at == from || glyph_text(p->at[from].glyph)[0] == '0')
		return from;
	if (at < to && strchr(".):", glyph_text(p->at[at].glyph)[0]))
		at++;
	return at < to && is_space(p, at) ? at : from;
}

bool
sheet_shape(const struct print *p, int from, int to, enum shape shape,
    struct value *out)
{
	if (shape == SHAPE_NAME)
		to = before_spouse(p, from, to);
	int first = from, last = to;
	trim(p, &from, &to);
	if (shape == SHAPE_NAME) {
		int behind = behind_number(p, from, to);
		first = behind > from ? behind : first;
		from = behind;
		trim(p, &from, &to);
	}
	if (shape == SHAPE_NUMBER) {
		drop_from_number(p, &from, &to);
		if (from < to)
			keep_foreign(p, 0, p->count, &from, &to);
	}
	if (shape == SHAPE_NAME && drop_from_name(p, &from, &to))
		trim(p, &from, &to);
	if (from < to && (shape == SHAPE_NAME || shape == SHAPE_TEXT))
		keep_foreign(p, first, last, &from, &to);
	*out = (struct value){p, from, to, least_sure(p, from, to), ""};
	if (from == to)
		return false;
	print_text(p, from, to, out->text, sizeof(out->text));
	if (shape == SHAPE_NAME)
		raise_accents(out);
	return sheet_looks(out, shape);
}

bool
sheet_is_short(const struct value *v)
{
	char text[PRINT_TEXT_SIZE], date[11];
	int digits = 0;
	for (int i = v->from; i < v->to; i++)
		digits += glyph_is_letter(v->print->at[i].glyph);
	print_text(v->print, v->from, v->to, text, sizeof(text));
	return digits == SHORT_DIGITS || short_date_in(text, date);
}

/* The first date in letters from..to-1: as few of them as make it. One with
 * a short year stands alone, or it is the begin of another. */
static bool
date_among(const struct print *p, int from, int to, struct value *out)
{
	struct value all, part;
	if (!sheet_shape(p, from, to, SHAPE_DATE, &all))
		return false;
	int last = from + 1, first = from;
	*out = all;
	if (sheet_is_short(&all))
		return true;
	while (last < to && (!sheet_shape(p, from, last, SHAPE_DATE, out) ||
	    sheet_is_short(out)))
		last++;
	if (!sheet_shape(p, from, last, SHAPE_DATE, out))
		return false;
	while (first + 1 < last &&
	    sheet_shape(p, first + 1, last, SHAPE_DATE, &part) &&
	    strcmp(part.text, out->text) == 0) {
		*out = part;
		first++;
	}
	return true;
}

/* A date is no place and no nationality: what stands before it may be one, or
 * else what stands behind it. */
static bool
text_among(const struct print *p, int from, int to, struct value *out)
{
	struct value date;
	if (!date_among(p, from, to, &date))
		return sheet_shape(p, from, to, SHAPE_TEXT, out);
	return text_among(p, from, date.from, out) ||
	    text_among(p, date.to, to, out);
}

/* The next word of that shape from letter `from` on. */
static bool
word_among(const struct print *p, int from, int to, enum shape shape,
    struct value *out)
{
	for (int i = from; i < to; i++) {
		int first = i;
		while (i < to && glyph_text(p->at[i].glyph)[0] != ' ')
			i++;
		if (i > first && sheet_shape(p, first, i, shape, out))
			return true;
	}
	return false;
}

bool
sheet_among(const struct print *p, int from, int to, enum shape shape,
    struct value *out)
{
	if (from >= to)
		return false;
	if (shape == SHAPE_DATE)
		return date_among(p, from, to, out);
	if (shape == SHAPE_TEXT)
		return text_among(p, from, to, out);
	if (sheet_shape(p, from, to, shape, out))
		return true;
	return (shape == SHAPE_NUMBER || shape == SHAPE_SEX) &&
	    word_among(p, from, to, shape, out);
}
