/*
 * Document numbers: the zone's, else what stands by its label, else the only
 * print that can be one.
 */
#include "vision/print/printed_parts.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "vision/print/wording.h"

#define ONE_WORD 9 /* letters of most document numbers */
#define PERSONAL_LEAST 10 /* digits of a number with a day of birth in it */
#define PERMIT_LEAST 7
#define OTHER_LEAST_SIZE 6 /* letters of what may be the number instead, */
#define OTHER_DIGITS 4     /* and its digits */
#define PERSONS_LEAST 15 /* letters that no number of a document has */
#define ALTERED_MOST 0.5f
#define LONELY_SURE 0.7f /* of a number that nothing names as one */

static const struct {
	const char *country, *layout, *pattern;
} patterns[] = {
#define NUMBER(country, layout, pattern) {#country, #layout, pattern},
#include "vision/print/numbers.def"
#undef NUMBER
};

/* Long enough, and with enough digits, to be no other code or word. */
static bool
lonely_number(const char *text)
{
	size_t digits = 0, size = strlen(text);
	for (const char *c = text; *c; c++)
		digits += *c >= '0' && *c <= '9';
	return (size >= 8 && digits >= 3) ||
	    (size == ONE_WORD && digits >= 2 && !strchr(text, ' '));
}

/* The number of a permit stands apart from all else, and may have seven digits
 * and nothing more. */
static bool
is_long_enough(const struct sheet *s, const char *text)
{
	return lonely_number(text) || (s->permit &&
	    strlen(text) >= PERMIT_LEAST &&
	    strspn(text, "0123456789") == strlen(text));
}

/* Numbers of persons begin with the day of birth in many states, and may
 * stand beside a label of the document's number: no document is numbered so. */
static bool
is_personal(const struct outlook *o, const struct value *v)
{
	char text[WORDING_SIZE];
	squeeze(v->text, text, sizeof(text));
	return strlen(text) >= PERSONAL_LEAST &&
	    printed_begins_with_date(o, text);
}

static bool
fits(const char *text, const char *pattern)
{
	for (; *text && *pattern; text++, pattern++)
		if ((*pattern == 'A' && !isupper((unsigned char)*text)) ||
		    (*pattern == '9' && !isdigit((unsigned char)*text)))
			return false;
	return *text == *pattern;
}

static bool
is_of(const struct outlook *o, size_t i)
{
	return strcmp(patterns[i].country, o->country) == 0 &&
	    strcmp(patterns[i].layout, o->layout) == 0;
}

/* Whether it is as its state's are; strict: by a pattern that says where its
 * digits are. */
static bool
is_made_so(const struct outlook *o, const char *text, bool strict)
{
	for (size_t i = 0; i < COUNT_OF(patterns); i++)
		if (is_of(o, i) && fits(text, patterns[i].pattern) &&
		    !(strict && strchr(patterns[i].pattern, 'X')))
			return true;
	return false;
}

/* The number as it is where it fits one of its state's patterns, else with O
 * and I where a pattern has letters, 0 and 1 where it has digits; false when
 * it fits none even so. */
static bool
fitted(const struct outlook *o, const char *text, char out[WORDING_SIZE])
{
	squeeze(text, out, WORDING_SIZE);
	if (is_made_so(o, out, false))
		return true;
	for (size_t i = 0; i < COUNT_OF(patterns); i++) {
		const char *pattern = patterns[i].pattern;
		squeeze(text, out, WORDING_SIZE);
		if (!is_of(o, i) || strlen(out) != strlen(pattern))
			continue;
		for (size_t k = 0; pattern[k]; k++)
			if (pattern[k] == 'A')
				out[k] = out[k] == '0' ? 'O' :
				    out[k] == '1' ? 'I' : out[k];
			else if (pattern[k] == '9')
				out[k] = out[k] == 'O' ? '0' :
				    out[k] == 'I' ? '1' : out[k];
		if (fits(out, pattern))
			return true;
	}
	return false;
}

/* Sets it right by its state's pattern; gaps stay where nothing changes. Where
 * either may stand, an I that was taken for a 1 is a doubt: "SPECI2021", and
 * "I23456789" of a state that begins with letters and with digits. */
static void
mend(const struct outlook *o, struct value *v)
{
	char text[WORDING_SIZE], plain[WORDING_SIZE], read[PRINT_TEXT_SIZE];
	if (!v->print || !fitted(o, v->text, text))
		return;
	squeeze(v->text, plain, sizeof(plain));
	if (strcmp(plain, text) != 0)
		memcpy(v->text, text, strlen(text) + 1);
	print_text(v->print, v->from, v->to, read, sizeof(read));
	squeeze(read, plain, sizeof(plain));
	if (strcmp(plain, text) != 0 && (is_made_so(o, plain, false) ||
	    !is_made_so(o, text, true)))
		v->sure = fminf(v->sure, ALTERED_MOST);
}

/* Whether an I or an O was read that the value has as a digit. */
static bool
was_letter(int glyph, char digit)
{
	const char *read = glyph_text(glyph);
	return read[1] == '\0' && ((digit == '1' && strchr("Il", read[0])) ||
	    (digit == '0' && strchr("Oo", read[0])));
}

/* Between digits an I is a 1. At the begin or the end, or beside a letter, it
 * may be either, as "I23456789" of a permit, unless its state's pattern says
 * which. Letters are counted from the end, as a series may have been put
 * before them. */
static void
doubt_alike(const struct outlook *o, struct value *v)
{
	char text[WORDING_SIZE];
	squeeze(v->text, text, sizeof(text));
	size_t at = strlen(text);
	if (is_made_so(o, text, true))
		return;
	for (int i = v->to - 1; i >= v->from && at > 0; i--) {
		int glyph = v->print->at[i].glyph;
		if (!glyph_is_letter(glyph))
			continue;
		at--;
		bool between = at > 0 &&
		    isdigit((unsigned char)text[at - 1]) &&
		    isdigit((unsigned char)text[at + 1]);
		if (!between && was_letter(glyph, text[at]))
			v->sure = fminf(v->sure, ALTERED_MOST);
	}
}

/* Without label or zone: the only number that is made as its state's are. */
static bool
patterned_number(const struct outlook *o, struct value *out)
{
	const struct sheet *s = o->sheet;
	char text[WORDING_SIZE], first[WORDING_SIZE] = "";
	for (size_t i = 0; i < s->prints.count; i++) {
		struct value v;
		const struct print *p = &s->prints.at[i];
		if (s->is_label[i] ||
		    !sheet_among(p, 0, p->count, SHAPE_NUMBER, &v) ||
		    !fitted(o, v.text, text) || is_personal(o, &v) ||
		    strcmp(first, text) == 0)
			continue;
		if (first[0])
			return false;
		memcpy(first, text, sizeof(first));
		*out = v;
	}
	return first[0] && out->sure >= LONELY_SURE;
}

/* "J854174" beside "4 6979 9960": too short to be told as a number by itself,
 * but as likely the document's as the other one. */
static bool
may_be_number(const char *text)
{
	size_t digits = 0;
	for (const char *c = text; *c; c++)
		digits += isdigit((unsigned char)*c) != 0;
	return strlen(text) >= OTHER_LEAST_SIZE && digits >= OTHER_DIGITS;
}

/* Without label or zone: the only thing of that shape, or on a permit the
 * uppermost, Regulation (EC) 1030/2002. */
static bool
only_number(const struct outlook *o, struct value *out)
{
	const struct sheet *s = o->sheet;
	bool found = false, another = false;
	for (size_t i = 0; i < s->prints.count; i++) {
		struct value v;
		const struct print *p = &s->prints.at[i];
		if (s->is_label[i] ||
		    !sheet_among(p, 0, p->count, SHAPE_NUMBER, &v) ||
		    sheet_is_claimed(s, &v) || is_personal(o, &v))
			continue;
		bool fits = is_long_enough(s, v.text);
		if (!fits || v.sure < ALONE_SURE) {
			another |= fits || (!s->permit &&
			    may_be_number(v.text));
			continue;
		}
		if (found && !s->permit)
			return false;
		if (!found || p->where.y < out->print->where.y)
			*out = v;
		found = true;
	}
	if (!found || out->sure < (s->permit ? ALONE_SURE : LONELY_SURE))
		return false;
	if (another) /* which may be the document's as well */
		out->sure = fminf(out->sure, ALTERED_MOST);
	return true;
}

/* "NR 561375" beside "SERIA RX", of RX561375: not another number, but a part
 * of it, behind a word. */
static bool
is_part(const char *text, const char *number)
{
	if (strncmp(text, "NR", 2) == 0 && strncmp(number, "NR", 2) != 0)
		text += 2;
	return strlen(text) < strlen(number) && strstr(number, text);
}

/* The piece most like the zone's number, when it has as many letters. */
static bool
nearest_number(const struct outlook *o, struct value *out)
{
	const struct sheet *s = o->sheet;
	const char *number = o->zone->number;
	int least = 3;
	for (size_t i = 0; i < s->prints.count; i++) {
		char text[WORDING_SIZE];
		struct value v;
		const struct print *p = &s->prints.at[i];
		if (!sheet_among(p, 0, p->count, SHAPE_NUMBER, &v))
			continue;
		squeeze(v.text, text, sizeof(text));
		int edits = edits_between(text, number);
		if (edits < least && !is_part(text, number) &&
		    strlen(text) == strlen(number)) {
			least = edits;
			*out = v;
		}
	}
	return least < 3;
}

static bool
part_is_labelled(const struct outlook *o, const char *number)
{
	char text[WORDING_SIZE];
	struct value v;
	sheet_value(o->sheet, FIELD_number, o->country, o->layout, &v);
	squeeze(v.text, text, sizeof(text));
	return v.print && is_part(text, number);
}

/* A number that the zone has no room for: unsure, since whoever adds digits
 * to a number forges one. */
static bool
goes_on(const struct outlook *o, const char *number)
{
	char text[WORDING_SIZE];
	struct value v;
	sheet_value(o->sheet, FIELD_number, o->country, o->layout, &v);
	squeeze(v.text, text, sizeof(text));
	return v.print && strlen(number) == ONE_WORD &&
	    strlen(text) > ONE_WORD && strncmp(text, number, ONE_WORD) == 0;
}

static void
add_other_number(const struct outlook *o, const char *number)
{
	const struct renderings all = {.count = 0};
	struct search what = {.text = number};
	struct value v;
	struct match m;
	if (!nearest_number(o, &v)) {
		if (!part_is_labelled(o, number) && !goes_on(o, number))
			printed_add_other(o, FIELD_number, FINDING_printed_number,
			    number, &all);
		return;
	}
	if (v.sure < OTHER_SURE || search_in(v.print, &what, &m) != OK ||
	    m.score > OTHER_LEAST)
		return;
	printed_add_value(o, FINDING_printed_number, &v);
}

/* "3174096112900001", a card's only number: of so many digits one that was lost
 * is missed by nobody. */
static void
doubt_long(struct value *v)
{
	char text[WORDING_SIZE];
	squeeze(v->text, text, sizeof(text));
	if (strlen(text) >= PERSONS_LEAST)
		v->sure = fminf(v->sure, ALTERED_MOST);
}

void
printed_number(const struct outlook *o)
{
	const char *number = o->zone ? o->zone->number : "";
	const struct search what = {.text = number};
	const struct print *where = NULL;
	struct match m;
	struct value v;
	if (number[0]) {
		if (printed_search(o, &what, &where, &m) &&
		    m.score >= MATCH_LEAST)
			printed_add(o, FINDING_printed_number, number, m.sure,
			    where, m.from, m.to);
		else if (printed_series(o, number, &where, &m))
			printed_add(o, FINDING_printed_number, number, m.sure,
			    where, m.from, m.to);
		else
			add_other_number(o, number);
		return;
	}
	sheet_value(o->sheet, FIELD_number, o->country, o->layout, &v);
	if (v.print && is_personal(o, &v))
		v.print = NULL;
	printed_join_series(o, &v);
	if (!v.print && !patterned_number(o, &v) && !only_number(o, &v))
		return;
	mend(o, &v);
	doubt_alike(o, &v);
	doubt_long(&v);
	if (v.sure >= ALONE_SURE)
		printed_add_value(o, FINDING_printed_number, &v);
}
