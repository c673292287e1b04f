/*
 * Values: what stands behind, beside or below a label, or where a layout says
 * that it stands, and looks as the field's values do.
 */
#include "vision/sheet.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/codec.h"
#include "base/enum.h"
#include "ident/person.h"
#include "vision/wording.h"

#define BELOW_MOST_MM 4.4f   /* from a label's foot to its value's head */
#define ASIDE_MOST_MM 26.0f
#define ASIDE 50.0f          /* below comes first */
#define SAME_SIZE 1.3f       /* of a label's capitals: names are larger ... */
#define SMALL 80.0f          /* ... those beside come before what is not */
#define SHIFT_MOST_MM 4.0f   /* a value may be indented so much ... */
#define UNDER_MOST_MM 12.0f  /* ... or so much while under its label */
#define LATER 6.0f           /* other words stand before the value */
#define LARGER 1.35f         /* a value that says what labels say */
#define SERIES_MOST 3        /* letters before or behind a number's digits */
#define BEHIND_MOST 2
#define OTHER_TONGUE "/-"    /* "Nome(i) - Given name(s)": the same label again */
#define ONE_WORD 9           /* letters of most document numbers */
#define MARK_MOST 4
#define NUMBER_LEAST 6
#define NUMBER_MOST 14
#define TEXT_LEAST 3         /* letters of a place or a nationality */

static const struct {
	const char *name;
	enum shape shape;
	bool any; /* of no use here: its values may look like anything */
} fields[] = {
#define FIELD(name, shape) {#name, SHAPE_##shape, false},
#define KNOWN(name) {#name, SHAPE_TEXT, true},
#include "vision/print_fields.def"
#undef FIELD
#undef KNOWN
};

static const struct {
	const char *country, *layout;
	enum field field;
	float left, top, right, bottom;
} layouts[] = {
#define SIGN(country, words)
#define TWICE(country)
#define LAST(words)
#define LAYOUT(country, layout, field, left, top, right, bottom)              \
	{#country, #layout, FIELD_##field, left, top, right, bottom},
#include "vision/layouts.def"
#undef SIGN
#undef TWICE
#undef LAST
#undef LAYOUT
};

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

/* Letters, at least two; "MARIE, CLAIRE" counts as two names. */
static bool
name_shaped(struct value *v)
{
	char clean[PERSON_NAME_SIZE];
	int letters = 0, digits = 0;
	for (int i = v->from; i < v->to; i++) {
		bool digit = glyph_is_digit(v->print->at[i].glyph);
		digits += digit;
		letters += !digit && glyph_is_letter(v->print->at[i].glyph);
	}
	if (3 * digits > letters)
		return false;
	digits_to_letters(v->text);
	capitals_to_small(v->text);
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

/* "1L.04.2033": a date, badly read, is no number. */
static bool
like_a_date(const char *plain)
{
	size_t size = strlen(plain);
	const char *year = plain + size - 4;
	return size == 10 && plain[2] == ' ' && plain[5] == ' ' &&
	    (strncmp(year, "19", 2) == 0 || strncmp(year, "20", 2) == 0);
}

/* Could this be a document number? */
static bool
number_shaped(struct value *v)
{
	char plain[WORDING_SIZE], text[WORDING_SIZE], date[11];
	size_t digits = 0; /* an O that becomes one is none */
	for (int i = v->from; i < v->to; i++)
		digits += glyph_is_digit(v->print->at[i].glyph);
	small_to_digits(v->text);
	plain_of(v->text, plain, sizeof(plain));
	squeeze(plain, text, sizeof(text));
	return strlen(text) >= NUMBER_LEAST && strlen(text) <= NUMBER_MOST &&
	    digits >= 1 && !strpbrk(v->text, "(),") && !has_small(v->text) &&
	    !date_in(plain, date, NULL) && !like_a_date(plain) &&
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

static bool
date_shaped(struct value *v)
{
	char plain[WORDING_SIZE], date[11];
	plain_of(v->text, plain, sizeof(plain));
	if (!date_in(plain, date, NULL) && !date_without_gaps(plain, date))
		return false;
	memcpy(v->text, date, sizeof(date));
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
text_shaped(const struct value *v)
{
	char plain[WORDING_SIZE];
	int letters = 0, digits = 0;
	for (int i = v->from; i < v->to; i++) {
		bool digit = glyph_is_digit(v->print->at[i].glyph);
		digits += digit;
		letters += !digit && glyph_is_letter(v->print->at[i].glyph);
	}
	plain_of(v->text, plain, sizeof(plain));
	return letters >= TEXT_LEAST && letters >= digits &&
	    !day_and_month_in(plain);
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
		return letters > ONE_WORD || (letters > NUMBER_LEAST &&
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

bool
sheet_shape(const struct print *p, int from, int to, enum shape shape,
    struct value *out)
{
	if (shape == SHAPE_NAME)
		to = before_spouse(p, from, to);
	trim(p, &from, &to);
	if (shape == SHAPE_NUMBER)
		drop_from_number(p, &from, &to);
	if (shape == SHAPE_NAME && drop_from_name(p, &from, &to))
		trim(p, &from, &to);
	*out = (struct value){p, from, to, least_sure(p, from, to), ""};
	if (from == to)
		return false;
	print_text(p, from, to, out->text, sizeof(out->text));
	switch (shape) {
	case SHAPE_DATE:
		return date_shaped(out);
	case SHAPE_NAME:
		raise_accents(out);
		return name_shaped(out);
	case SHAPE_NUMBER:
		return number_shaped(out);
	case SHAPE_SEX:
		return sex_shaped(out);
	case SHAPE_TEXT:
		return text_shaped(out);
	}
	return false;
}

/* The first date in letters from..to-1: as few of them as make it. */
static bool
date_among(const struct print *p, int from, int to, struct value *out)
{
	struct value all, part;
	if (!sheet_shape(p, from, to, SHAPE_DATE, &all))
		return false;
	int last = from + 1, first = from;
	while (last < to && !sheet_shape(p, from, last, SHAPE_DATE, out))
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

/* Behind the label's own words. A word in a language that labels.def lacks
 * is not a name: only a colon says that a name follows. */
static bool
value_behind(const struct sheet *s, const struct label *l, enum shape shape,
    struct value *out)
{
	const struct print *p = &s->prints.at[l->print];
	/* "DURAND épouse PETIT" has no sign before the second name */
	bool colon = l->field == FIELD_usage_name && l->from > 3;
	for (int i = l->to; i < l->next && !glyph_is_letter(p->at[i].glyph);
	    i++) {
		const char *sign = glyph_text(p->at[i].glyph);
		colon |= strchr(":)", sign[0]) != NULL;
		if (strchr(OTHER_TONGUE, sign[0]))
			colon = false;
	}
	if ((shape == SHAPE_NAME || shape == SHAPE_TEXT) && !colon)
		return false;
	return sheet_among(p, l->to, l->next, shape, out);
}

static float
head_of(const struct piece *p)
{
	return p->y - p->capital;
}

/* How far a piece is from where the label's value should be, in millimetres;
 * negative: it is nowhere near. Below first, then to the right. */
static float
distance(const struct piece *label, const struct piece *p, float per_mm)
{
	float shift = (p->x - label->x) / per_mm;
	float down = (head_of(p) - label->y -
	    (p->x - label->x) * label->slope) / per_mm;
	float aside = (p->x - label->x - label->length) / per_mm;
	float level = fabsf(p->y - label->y -
	    (p->x - label->x) * label->slope);
	bool under = p->x < label->x + label->length &&
	    p->x + p->length > label->x && fabsf(shift) < UNDER_MOST_MM;
	if (down > -0.8f && down < BELOW_MOST_MM &&
	    (fabsf(shift) < SHIFT_MOST_MM || under))
		return fmaxf(down, 0) + 0.4f * fabsf(shift);
	if (aside > -0.5f && aside < ASIDE_MOST_MM &&
	    level < 0.8f * fmaxf(p->capital, label->capital))
		return ASIDE + aside;
	return -1;
}

/* A label's words in larger letters are a value: somebody is called Born. */
static bool
may_be_value(const struct sheet *s, const struct label *l, size_t i)
{
	if (!s->is_label[i])
		return true;
	return s->prints.at[i].where.capital > LARGER * l->where.capital &&
	    s->prints.at[i].count <= 8;
}

/* A label claims what looks as its values do. */
static bool
looks_like(const struct value *v, enum field field)
{
	struct value other;
	return fields[field].any || sheet_shape(v->print, v->from, v->to,
	    fields[field].shape, &other);
}

/* Another label that is nearer to the value than this one claims it. */
static bool
claimed(const struct sheet *s, const struct label *l, const struct value *v,
    const struct piece *where, float far)
{
	for (size_t k = 0; k < s->label_count; k++) {
		const struct label *other = &s->labels[k];
		if (other->print == (size_t)(v->print - s->prints.at) ||
		    other->field == l->field || (other->print == l->print &&
			other->from == l->from) ||
		    may_be_value(s, l, other->print))
			continue;
		float near = distance(&other->where, where, s->per_mm);
		if (near >= 0 && near < far && looks_like(v, other->field))
			return true;
	}
	return false;
}

bool
sheet_is_claimed(const struct sheet *s, const struct value *v)
{
	const struct piece where = sheet_part(v->print, v->from, v->to);
	for (size_t k = 0; k < s->label_count; k++)
		if (s->labels[k].field != FIELD_title &&
		    looks_like(v, s->labels[k].field) &&
		    distance(&s->labels[k].where, &where, s->per_mm) >= 0)
			return true;
	return false;
}

bool
sheet_is_anothers(const struct sheet *s, const struct value *v,
    enum field field)
{
	const struct piece where = sheet_part(v->print, v->from, v->to);
	for (size_t k = 0; k < s->label_count; k++) {
		float far = distance(&s->labels[k].where, &where, s->per_mm);
		if (s->labels[k].field != field && far >= 0 && far < ASIDE)
			return true;
	}
	return false;
}

/* "[a]", "(1)" and the like, small before the value that they name. */
static bool
is_mark(const struct sheet *s, const struct print *p)
{
	for (size_t i = 0; i < s->prints.count && p->count <= MARK_MOST; i++) {
		const struct piece *value = &s->prints.at[i].where;
		float gap = value->x - p->where.x - p->where.length;
		if (gap > -0.5f * value->capital && gap < 2 * value->capital &&
		    value->x > p->where.x &&
		    fabsf(value->y - p->where.y) < 0.5f * value->capital &&
		    value->capital > LARGER * p->where.capital)
			return true;
	}
	return false;
}

/* Two columns' values may stand in one piece: each for itself. */
static void
values_of_piece(const struct sheet *s, const struct label *l,
    const struct print *p, int to, enum shape shape, struct value *out,
    float *nearest)
{
	struct value v;
	for (int from = 0; sheet_among(p, from, to, shape, &v); from = v.to) {
		struct piece where = v.from == 0 && v.to == p->count ?
		    p->where : sheet_part(p, v.from, v.to);
		float far = distance(&l->where, &where, s->per_mm);
		if (far < 0 && v.from > 0) { /* "Roma 30.12.1964" */
			where = p->where;
			far = distance(&l->where, &where, s->per_mm);
			far = far < 0 ? far : far + LATER;
		}
		if (far < 0 || claimed(s, l, &v, &where, far))
			continue;
		if (shape == SHAPE_NAME &&
		    where.capital < SAME_SIZE * l->where.capital)
			far += SMALL; /* the label in a script not read here */
		if (out->print && far >= *nearest)
			continue;
		*out = v;
		*nearest = far;
	}
}

/* Letters of a name before "épouse" and the like; 0: it is a label. */
static int
before_usage_name(const struct sheet *s, const struct label *l, size_t i)
{
	for (size_t k = 0; k < s->label_count; k++)
		if (s->labels[k].print == i)
			return s->labels[k].field == FIELD_usage_name &&
			    l->field == FIELD_surname ? s->labels[k].from : 0;
	return 0;
}

static void
value_near(const struct sheet *s, const struct label *l, enum shape shape,
    struct value *out, float *nearest)
{
	for (size_t i = 0; i < s->prints.count; i++) {
		const struct print *p = &s->prints.at[i];
		int to = may_be_value(s, l, i) ? p->count :
		    before_usage_name(s, l, i);
		if (i != l->print && to > 0 &&
		    (shape != SHAPE_NAME || !is_mark(s, p)))
			values_of_piece(s, l, p, to, shape, out, nearest);
	}
}

static void
value_laid(const struct sheet *s, enum field field, const char *country,
    const char *layout, struct value *out)
{
	for (size_t k = 0; k < COUNT_OF(layouts); k++) {
		if (layouts[k].field != field ||
		    strcmp(layouts[k].country, country) != 0 ||
		    strcmp(layouts[k].layout, layout) != 0)
			continue;
		for (size_t i = 0; i < s->prints.count; i++) {
			const struct print *p = &s->prints.at[i];
			float x = (p->where.x + p->where.length / 2) /
			    s->per_mm;
			float y = (p->where.y - p->where.capital / 2) /
			    s->per_mm;
			struct value v;
			if (x < layouts[k].left || x > layouts[k].right ||
			    y < layouts[k].top || y > layouts[k].bottom ||
			    s->is_label[i] || !sheet_among(p, 0, p->count,
				fields[field].shape, &v))
				continue;
			if (!out->print || v.sure > out->sure)
				*out = v;
		}
	}
}

/* "14.03.13-25.08.2023": a day of issue with a short year, not read as one,
 * stands before this date. */
static bool
is_second_of_two(const struct value *v)
{
	int digits = 0;
	for (int i = 0; i < v->from; i++)
		digits += isdigit((unsigned char)*glyph_text(
			      v->print->at[i].glyph)) != 0;
	return digits >= 5;
}

/* "01.02.2015 - 01.02.2025" under one label: the first is the day of issue,
 * the last one that of expiry. */
static void
value_of_period(const struct sheet *s, enum field field, struct value *out)
{
	struct value v;
	float nearest = 0;
	for (size_t i = 0; i < s->label_count && !out->print; i++) {
		const struct label *l = &s->labels[i];
		if (l->field != FIELD_period)
			continue;
		if (!value_behind(s, l, SHAPE_DATE, out))
			value_near(s, l, SHAPE_DATE, out, &nearest);
		while (out->print && field == FIELD_expiry &&
		    date_among(out->print, out->to, out->print->count, &v))
			*out = v;
		if (out->print && field == FIELD_issue_date &&
		    is_second_of_two(out))
			*out = (struct value){0};
	}
}

void
sheet_value(const struct sheet *s, enum field field, const char *country,
    const char *layout, struct value *out)
{
	enum shape shape = fields[field].shape;
	float nearest = 0;
	*out = (struct value){0};
	for (size_t i = 0; i < s->label_count; i++) {
		if (s->labels[i].field != field)
			continue;
		if (value_behind(s, &s->labels[i], shape, out))
			return;
		*out = (struct value){0};
	}
	for (size_t i = 0; i < s->label_count; i++)
		if (s->labels[i].field == field)
			value_near(s, &s->labels[i], shape, out, &nearest);
	if (!out->print && (field == FIELD_expiry || field == FIELD_issue_date))
		value_of_period(s, field, out);
	if (!out->print)
		value_laid(s, field, country, layout, out);
}
