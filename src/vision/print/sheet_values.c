/*
 * Values: what stands behind, beside or below a label, or where a layout says
 * that it stands, and looks as the field's values do.
 */
#include "vision/print/sheet_parts.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/enum.h"

#define SAME_SIZE 1.3f       /* of a label's capitals: names are larger ... */
#define SMALL 80.0f          /* ... those beside come before what is not */
#define LATER 6.0f           /* other words stand before the value */
#define LARGER 1.35f         /* than its mark is a value */
#define OTHER_TONGUE "/-"    /* "Nome(i) - Given name(s)": the same label again */
#define MARK_MOST 4
#define BEHIND_LEAST 2       /* letters of a name; more stand behind a label */

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
#include "vision/print/layouts.def"
#undef SIGN
#undef TWICE
#undef LAST
#undef LAYOUT
};

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
	/* "Nome(i) Pr" is the begin of one more label */
	return sheet_among(p, l->to, l->next, shape, out) &&
	    (shape != SHAPE_NAME || out->to - out->from > BEHIND_LEAST);
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
		float far = sheet_distance(l, &where, s->per_mm);
		if (far < 0 && v.from > 0) { /* "Roma 30.12.1964" */
			where = p->where;
			far = sheet_distance(l, &where, s->per_mm);
			far = far < 0 ? far : far + LATER;
		}
		if (far < 0 || sheet_is_nearer(s, l, &v, &where, far))
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
		int to = sheet_may_be_value(s, l, i) ? p->count :
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
				sheet_shape_of(field), &v))
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
		    sheet_among(out->print, out->to,
			out->print->count, SHAPE_DATE, &v))
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
	enum shape shape = sheet_shape_of(field);
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
