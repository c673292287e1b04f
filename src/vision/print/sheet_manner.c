/*
 * Where a page's values stand: below their labels, as nearly everywhere; above
 * them, as on permits of the uniform format and some passports; or beside
 * them.
 *
 * One label does not tell: between two rows it has a value on either side.
 * All together do, as each is nearer to its own.
 */
#include "vision/print/sheet_parts.h"

#include <math.h>

#define NEARER 1.4f     /* times: of two values the nearer one votes */
#define NEAR_MM 0.3f    /* as near as that is as near as it gets */
#define ABOVE_LEAST 2   /* votes */
#define BESIDE_LEAST 3
#define SHARE 3         /* times the votes for below */

static bool
may_be_its_value(const struct sheet *s, const struct label *l, size_t i)
{
	const struct print *p = &s->prints.at[i];
	struct value v;
	return i != l->print && !s->is_label[i] && sheet_among(p, 0, p->count,
	    sheet_shape_of(l->field), &v);
}

/* How near the nearest thing is that looks like the label's values, straight
 * above or below; negative: there is none. */
static float
nearest(const struct sheet *s, const struct label *l, bool above)
{
	float near = -1;
	for (size_t i = 0; i < s->prints.count; i++) {
		float far = sheet_column(&l->where, &s->prints.at[i].where,
		    s->per_mm, above);
		if (far >= 0 && (near < 0 || far < near) &&
		    may_be_its_value(s, l, i))
			near = far;
	}
	return near;
}

static bool
has_value_beside(const struct sheet *s, const struct label *l)
{
	for (size_t i = 0; i < s->prints.count; i++)
		if (sheet_aside(&l->where, &s->prints.at[i].where,
			s->per_mm) >= 0 && may_be_its_value(s, l, i))
			return true;
	return false;
}

/* "Date of birth 12.03.1990" in one piece. */
static bool
has_value_behind(const struct sheet *s, const struct label *l)
{
	enum shape shape = sheet_shape_of(l->field);
	struct value v;
	return shape != SHAPE_NAME && shape != SHAPE_TEXT &&
	    sheet_among(&s->prints.at[l->print], l->to, l->next, shape, &v);
}

/* Where its value stands; false: it does not say. */
static bool
vote(const struct sheet *s, const struct label *l, enum manner *out)
{
	if (l->field == FIELD_other || l->field == FIELD_title ||
	    l->field == FIELD_period)
		return false;
	*out = MANNER_BESIDE;
	if (has_value_behind(s, l) || has_value_beside(s, l))
		return true;
	float above = nearest(s, l, true), below = nearest(s, l, false);
	*out = below < 0 ? MANNER_ABOVE : MANNER_BELOW;
	if (above < 0 || below < 0)
		return above >= 0 || below >= 0;
	above = fmaxf(above, NEAR_MM);
	below = fmaxf(below, NEAR_MM);
	*out = above < below ? MANNER_ABOVE : MANNER_BELOW;
	return NEARER * above < below || NEARER * below < above;
}

void
sheet_settle_manner(struct sheet *s)
{
	int votes[] = {[MANNER_BELOW] = 0, [MANNER_ABOVE] = 0,
	    [MANNER_BESIDE] = 0};
	enum manner manner = MANNER_BELOW;
	for (size_t i = 0; i < s->label_count; i++)
		if (vote(s, &s->labels[i], &manner))
			votes[manner]++;
	int below = votes[MANNER_BELOW], above = votes[MANNER_ABOVE];
	int beside = votes[MANNER_BESIDE];
	manner = MANNER_BELOW;
	if (above >= ABOVE_LEAST && above >= SHARE * below)
		manner = MANNER_ABOVE;
	if (beside >= BESIDE_LEAST && beside >= SHARE * (above + below))
		manner = MANNER_BESIDE;
	for (size_t i = 0; i < s->label_count; i++)
		s->labels[i].manner = manner;
}
