/*
 * Whose value something is: how far it stands from where a label's value
 * should, and whether another label has the better claim.
 */
#include "vision/print/sheet_parts.h"

#include <math.h>

#define BELOW_MOST_MM 4.4f   /* from a label's foot to its value's head, or
			      * from this one's foot to the label's head */
#define ASIDE_MOST_MM 26.0f
#define ASIDE 50.0f          /* below comes first */
#define SHIFT_MOST_MM 4.0f   /* a value may be indented so much ... */
#define UNDER_MOST_MM 12.0f  /* ... or so much while under its label */
#define LARGER 1.35f         /* a value that says what labels say */

static const struct {
	enum shape shape;
	bool any; /* of no use here: its values may look like anything */
} fields[] = {
#define FIELD(name, shape) {SHAPE_##shape, false},
#define KNOWN(name) {SHAPE_TEXT, true},
#include "vision/print/print_fields.def"
#undef FIELD
#undef KNOWN
};

enum shape
sheet_shape_of(enum field field)
{
	return fields[field].shape;
}

static float
head_of(const struct piece *p)
{
	return p->y - p->capital;
}

float
sheet_column(const struct piece *label, const struct piece *p, float per_mm,
    bool above)
{
	float shift = (p->x - label->x) / per_mm;
	float lean = (p->x - label->x) * label->slope;
	float gap = (above ? head_of(label) + lean - p->y :
	    head_of(p) - label->y - lean) / per_mm;
	bool over = p->x < label->x + label->length &&
	    p->x + p->length > label->x && fabsf(shift) < UNDER_MOST_MM;
	if (gap > -0.8f && gap < BELOW_MOST_MM &&
	    (fabsf(shift) < SHIFT_MOST_MM || over))
		return fmaxf(gap, 0) + 0.4f * fabsf(shift);
	return -1;
}

float
sheet_aside(const struct piece *label, const struct piece *p, float per_mm)
{
	float aside = (p->x - label->x - label->length) / per_mm;
	float level = fabsf(p->y - label->y -
	    (p->x - label->x) * label->slope);
	if (aside > -0.5f && aside < ASIDE_MOST_MM &&
	    level < 0.8f * fmaxf(p->capital, label->capital))
		return fmaxf(aside, 0);
	return -1;
}

static float
distance(const struct label *l, const struct piece *p, float per_mm)
{
	bool beside = l->manner == MANNER_BESIDE;
	float column = sheet_column(&l->where, p, per_mm,
	    l->manner == MANNER_ABOVE);
	float aside = sheet_aside(&l->where, p, per_mm);
	if (aside >= 0 && (beside || column < 0))
		return aside + (beside ? 0 : ASIDE);
	return column < 0 ? -1 : column + (beside ? ASIDE : 0);
}

float
sheet_distance(const struct label *label, const struct piece *p, float per_mm)
{
	float far = distance(label, p, per_mm);
	return far < 0 ? far : far + label->later;
}

/* A label's words in larger letters are a value: somebody is called Born. */
bool
sheet_may_be_value(const struct sheet *s, const struct label *l, size_t i)
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
bool
sheet_is_nearer(const struct sheet *s, const struct label *l,
    const struct value *v, const struct piece *where, float far)
{
	for (size_t k = 0; k < s->label_count; k++) {
		const struct label *other = &s->labels[k];
		if (other->print == (size_t)(v->print - s->prints.at) ||
		    other->field == l->field || (other->print == l->print &&
			other->from == l->from) ||
		    sheet_may_be_value(s, l, other->print))
			continue;
		float near = sheet_distance(other, where, s->per_mm);
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
		    sheet_distance(&s->labels[k], &where, s->per_mm) >= 0)
			return true;
	return false;
}

bool
sheet_is_anothers(const struct sheet *s, const struct value *v,
    enum field field)
{
	const struct piece where = sheet_part(v->print, v->from, v->to);
	for (size_t k = 0; k < s->label_count; k++) {
		float far = sheet_distance(&s->labels[k], &where, s->per_mm);
		if (s->labels[k].field != field && far >= 0 && far < ASIDE)
			return true;
	}
	return false;
}
