/*
 * How values look: whether letters of a piece could be a name, a number, a
 * date, a sex or a place, and what they say then.
 *
 * What readers take for one another is set right by what may stand there: a
 * name has no digits, a number no small letters.
 */
#include "vision/print/sheet_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "ident/person.h"
#include "vision/print/wording.h"

#define SERIES_MOST 3        /* letters before or behind a number's digits */
#define BEHIND_MOST 2
#define NUMBER_LEAST 6
#define DATE_MOST 11         /* letters of one badly read */
#define NUMBER_MOST 16
#define LONE_DAY_SURE 0.5f
#define PACKED_SURE 0.5f     /* "19810101": the begin of a person's number */
#define YEAR_SIZE 4
#define WORD_LEAST 4         /* letters of a word in no number */
#define TEXT_LEAST 3         /* letters of a place or a nationality */

static bool
has_small(const char *text)
{
	for (; *text; text++)
		if (islower((unsigned char)*text))
			return true;
	return false;
}

/* A name has no digits: what was read as 0 or 1 is O or a stroke. */
static void
digits_to_letters(char *text)
{
	bool small = has_small(text);
	for (char *c = text; *c; c++) {
		if (*c == '0')
			*c = small && c > text ? 'o' : 'O';
		if (*c == '1')
			*c = small && c > text ? 'l' : 'I';
	}
}

/* Whether the letter before that place is a small one, of Western Europe. */
static bool
is_small_end(const char *text, const char *at)
{
	unsigned char last = (unsigned char)at[-1];
	if (last < 128)
		return islower(last);
	return at - 1 > text && (unsigned char)at[-2] == 0xc3 && last >= 0xa0;
}

/* No capital stands behind a small letter at a word's end: "JoeI", "PauI". */
static void
capitals_to_small(char *text)
{
	for (char *c = text; *c; c++)
		if (*c == 'I' && c > text && !isalpha((unsigned char)c[1]) &&
		    (unsigned char)c[1] < 128 && is_small_end(text, c))
			*c = 'l';
}

/* Nor does a word begin with a small l before such a consonant: "ltaliana",
 * "lsabelle". */
static void
small_to_capitals(char *text)
{
	for (char *c = text; *c; c++)
		if (*c == 'l' && (c == text || c[-1] == ' ' || c[-1] == '-') &&
		    c[1] && strchr("bcdgkmnrstv", c[1]))
			*c = 'I';
}

bool
sheet_is_foreign(const struct value *v)
{
	for (int i = v->from; i < v->to; i++)
		if (v->print->at[i].glyph == GLYPH_FOREIGN)
			return true;
	return false;
}

/* A name in another script has the shape of one, so that the Latin one below
 * it is found. */
static void
foreign_to_letters(char *text)
{
	const char *sign = glyph_text(GLYPH_FOREIGN);
	for (char *c; (c = strstr(text, sign)) != NULL;) {
		*c = 'X';
		memmove(c + 1, c + strlen(sign), strlen(c + strlen(sign)) + 1);
	}
}

/* "MUTHU S/O RAMAN", "SITI A/P KUMAR": son or daughter of, as documents of
 * Malaysia and Singapore have it between two names. */
static void
part_strokes(char *text)
{
	for (char *c = strchr(text, '/'); c; c = strchr(c + 1, '/'))
		if (c - text >= 3 && c[-2] == ' ' && c[1] && c[2] == ' ' &&
		    strchr("ADSW", c[-1]) && strchr("LOP", c[1]))
			*c = ' ';
}

/* Letters, at least two; "MARIE, CLAIRE" counts as two names. */
static bool
name_shaped(struct value *v)
{
	char clean[PERSON_NAME_SIZE];
	int letters = 0, digits = 0;
	for (int i = v->from; i < v->to; i++) {
		bool digit = glyph_is_digit(v->print->at[i].glyph);
		digits += digit;
		letters += v->print->at[i].glyph == GLYPH_FOREIGN ||
		    (!digit && glyph_is_letter(v->print->at[i].glyph));
	}
	if (3 * digits > letters)
		return false;
	foreign_to_letters(v->text);
	digits_to_letters(v->text);
	part_strokes(v->text);
	capitals_to_small(v->text);
	small_to_capitals(v->text);
	if (letters < 2 || person_name_clean(v->text, clean) != OK) {
		err_clear();
		return false;
	}
	if (strlen(clean) < sizeof(v->text))
		memcpy(v->text, clean, strlen(clean) + 1);
	return true;
}

/* How many letters stand at the begin of a number, or (step -1) at its end. */
static size_t
letters_at(const char *text, size_t size, int step)
{
	size_t count = 0;
	const char *c = step > 0 ? text : text + size - 1;
	while (count < size && isupper((unsigned char)c[step * (int)count]))
		count++;
	return count;
}

/* Numbers have capitals; l is 1 and o is 0 among them. States leave O and I
 * out of their numbers but where letters alone stand: a series before the
 * digits, a letter or two behind them. */
static void
small_to_digits(char *text)
{
	size_t size = strlen(text);
	for (char *c = text; *c; c++)
		*c = *c == 'l' ? '1' : *c == 'o' ? '0' : *c;
	size_t series = letters_at(text, size, 1);
	size_t behind = letters_at(text, size, -1);
	for (size_t i = 0; i < size; i++) {
		bool after = i > 0 && isdigit((unsigned char)text[i - 1]);
		bool beside = after || isdigit((unsigned char)text[i + 1]);
		bool spelled = (i < series && series <= SERIES_MOST) ||
		    (i >= size - behind && behind <= BEHIND_MOST && !after);
		if (size <= SERIES_MOST || (!beside && spelled))
			continue;
		text[i] = text[i] == 'O' ? '0' : text[i] == 'I' ? '1' :
		    text[i];
	}
}

/* "1L.04.2033", "27 015 1972": a date, badly read, is no number; nor is the
 * end of one, "09.1989". */
static bool
like_a_date(const char *plain)
{
	size_t size = strlen(plain);
	const char *year = plain + size - 4;
	if (size < 7 || size > DATE_MOST || plain[2] != ' ' ||
	    plain[size - 5] != ' ')
		return false;
	return strncmp(year, "19", 2) == 0 || strncmp(year, "20", 2) == 0;
}

/* "06.09.198", "006.09.1989", "609.1989": full stops as dates have them, or
 * one that is left before a year. Numbers have them before three digits. */
static bool
has_stops_of_a_date(const char *text)
{
	const char *stop = strchr(text, '.');
	const char *next = stop ? strchr(stop + 1, '.') : NULL;
	const char *last = strrchr(text, '.');
	if (next && next - stop <= 3)
		return true;
	return last && strlen(last) == YEAR_SIZE + 1 &&
	    (strncmp(last + 1, "19", 2) == 0 ||
		strncmp(last + 1, "20", 2) == 0);
}

/* "2021 - 2031": from one year to another. */
static bool
like_a_period(const char *plain)
{
	if (strlen(plain) != 2 * YEAR_SIZE + 1 || plain[YEAR_SIZE] != ' ')
		return false;
	for (int at = 0; at <= YEAR_SIZE + 1; at += YEAR_SIZE + 1)
		if ((strncmp(plain + at, "19", 2) != 0 &&
			strncmp(plain + at, "20", 2) != 0) ||
		    !isdigit((unsigned char)plain[at + 2]) ||
		    !isdigit((unsigned char)plain[at + 3]))
			return false;
	return true;
}

/* "APR/APR2018": a date that lost its day. */
static bool
like_a_month(const char *plain)
{
	char dated[WORDING_SIZE + 2], date[11];
	if (!isalpha((unsigned char)plain[0]))
		return false;
	snprintf(dated, sizeof(dated), "1 %s", plain);
	return date_in(dated, date, NULL);
}

/* "09 EMITIDO EM" is no number, nor a word of which an O is a digit: of the
 * words of a number none is so long and has letters alone. */
static bool
has_a_word(const struct value *v)
{
	int letters = 0;
	bool digit = false, found = false;
	for (int i = v->from; i <= v->to; i++) {
		int glyph = i < v->to ? v->print->at[i].glyph : 0;
		if (i < v->to && glyph_text(glyph)[0] != ' ') {
			digit |= glyph_is_digit(glyph);
			letters += glyph_is_letter(glyph);
			continue;
		}
		found |= !digit && letters >= WORD_LEAST;
		digit = false;
		letters = 0;
	}
	return found;
}

/* Could this be a document number? */
static bool
number_shaped(struct value *v)
{
	char plain[WORDING_SIZE], text[WORDING_SIZE], date[11];
	size_t digits = 0; /* an O that becomes one is none */
	plain_of(v->text, plain, sizeof(plain));
	/* before a stroke that was read as a letter becomes a digit of it */
	if (short_date_in(v->text, date) || date_in(plain, date, NULL))
		return false;
	for (int i = v->from; i < v->to; i++)
		digits += glyph_is_digit(v->print->at[i].glyph);
	small_to_digits(v->text);
	plain_of(v->text, plain, sizeof(plain));
	squeeze(plain, text, sizeof(text));
	return strlen(text) >= NUMBER_LEAST && strlen(text) <= NUMBER_MOST &&
	    digits >= 1 && !sheet_is_foreign(v) && !has_a_word(v) &&
	    !strpbrk(v->text, "(),") && !has_small(v->text) &&
	    !date_in(plain, date, NULL) && !like_a_date(plain) &&
	    !like_a_period(plain) &&
	    !has_stops_of_a_date(v->text) && !like_a_month(plain) &&
	    !day_and_month_in(plain);
}

/* "0112196O", "01121960Y": eight digits as dates have them, one of them
 * misread or a letter or two of the ground behind them. Numbers of documents
 * look so too: for what a label calls a date alone. */
static bool
date_without_gaps(const char *plain, char date[11])
{
	char packed[WORDING_SIZE];
	squeeze(plain, packed, sizeof(packed));
	size_t size = strlen(packed);
	if (size < 8 || size > 10)
		return false;
	for (size_t i = 8; i < size; i++)
		if (isdigit((unsigned char)packed[i]))
			return false;
	packed[8] = '\0';
	for (char *c = packed; *c; c++)
		*c = *c == 'O' ? '0' : *c == 'I' ? '1' : *c;
	return date_in(packed, date, NULL);
}

/* "1I10I1983": strokes between numbers, read as letters; the day may have
 * lost its other digit to one of them. */
static bool
has_lone_day(const char *text)
{
	return isdigit((unsigned char)text[0]) && text[1] &&
	    strchr("IJLl", text[1]) && isdigit((unsigned char)text[2]);
}

/* Year, month and day in eight digits and no gap, as numbers of persons begin:
 * "19810101-1234" of which the end was not read. */
static bool
is_packed_year_first(const struct value *v)
{
	char text[PRINT_TEXT_SIZE];
	print_text(v->print, v->from, v->to, text, sizeof(text));
	return strlen(text) == 8 && strspn(text, "0123456789OI") == 8 &&
	    (strncmp(text, "19", 2) == 0 || strncmp(text, "20", 2) == 0) &&
	    strncmp(text, v->text, YEAR_SIZE) == 0;
}

/* "10.05.19-10", of "10.05.19-10.05.2029": eight digits, and the third sign
 * between them begins another date. */
static bool
is_begin_of_two(const char *text)
{
	int digits = 0, signs = 0;
	for (; *text; text++) {
		digits += isdigit((unsigned char)*text) != 0;
		signs += strchr(".-/", *text) != NULL;
	}
	return digits == 8 && signs >= 3;
}

static bool
date_shaped(struct value *v)
{
	char plain[WORDING_SIZE], date[11];
	if (is_begin_of_two(v->text))
		return false;
	plain_of(v->text, plain, sizeof(plain));
	if (!date_in(plain, date, NULL) && !date_without_gaps(plain, date) &&
	    !short_date_in(v->text, date))
		return false;
	if (has_lone_day(v->text))
		v->sure *= LONE_DAY_SURE;
	memcpy(v->text, date, sizeof(date));
	if (is_packed_year_first(v))
		v->sure *= PACKED_SURE;
	return true;
}

/* "K / F", "M/M", "F": zones' letters are the last ones in Europe. */
static bool
sex_shaped(struct value *v)
{
	char plain[WORDING_SIZE];
	plain_of(v->text, plain, sizeof(plain));
	size_t size = strlen(plain);
	if (size == 0 || size > 4)
		return false;
	char last = plain[size - 1];
	if ((size > 1 && plain[size - 2] != ' ') || !strchr("MFX", last))
		return false;
	v->text[0] = last;
	v->text[1] = '\0';
	return true;
}

static bool
text_shaped(struct value *v)
{
	char plain[WORDING_SIZE];
	int letters = 0, digits = 0;
	for (int i = v->from; i < v->to; i++) {
		bool digit = glyph_is_digit(v->print->at[i].glyph);
		digits += digit;
		letters += !digit && glyph_is_letter(v->print->at[i].glyph);
	}
	small_to_capitals(v->text);
	plain_of(v->text, plain, sizeof(plain));
	return letters >= TEXT_LEAST && letters >= digits &&
	    !day_and_month_in(plain);
}

bool
sheet_looks(struct value *v, enum shape shape)
{
	switch (shape) {
	case SHAPE_DATE:
		return date_shaped(v);
	case SHAPE_NAME:
		return name_shaped(v);
	case SHAPE_NUMBER:
		return number_shaped(v);
	case SHAPE_SEX:
		return sex_shaped(v);
	case SHAPE_TEXT:
		return text_shaped(v);
	}
	return false;
}
