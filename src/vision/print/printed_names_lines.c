/*
 * The lines of a name: what stands further on in one, and in the next.
 */
#include "vision/print/printed_names.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "vision/print/wording.h"

#define FURTHER_MOST 2.5f /* capitals from one name to the next in a line */

static const char *const twice[] = {
#define SIGN(country, words)
#define TWICE(country) #country,
#define LAST(words)
#define LAYOUT(country, layout, field, left, top, right, bottom)
#include "vision/print/layouts.def"
#undef SIGN
#undef TWICE
#undef LAST
#undef LAYOUT
};

void
names_append(char *out, size_t size, const char *text)
{
	size_t used = strlen(out), length = strlen(text);
	if (used + length + 2 > size)
		return;
	if (used > 0)
		out[used++] = ' ';
	memcpy(out + used, text, length + 1);
}

/* What stands further on in the same line, after a comma or a wide space. */
static const struct print *
further(const struct sheet *s, const struct print *p, enum field field,
    struct value *out)
{
	for (size_t i = 0; i < s->prints.count; i++) {
		const struct print *other = &s->prints.at[i];
		float aside = other->where.x - p->where.x - p->where.length;
		float level = other->where.y - p->where.y -
		    (other->where.x - p->where.x) * p->where.slope;
		float size = other->where.capital / p->where.capital;
		if (other == p || s->is_label[i] || aside < 0 ||
		    aside > FURTHER_MOST * p->where.capital ||
		    fabsf(level) > 0.4f * p->where.capital || size < NAMES_SIZE_LEAST ||
		    size > NAMES_SIZE_MOST ||
		    !sheet_shape(other, 0, other->count, SHAPE_NAME, out) ||
		    out->sure < ALONE_SURE || sheet_is_foreign(out) ||
		    sheet_is_anothers(s, out, field))
			continue;
		return other;
	}
	return NULL;
}

/* Names to the end of the line; the least sure counts. */
void
names_to_the_end(const struct sheet *s, const struct print *p, enum field field,
    char *text, size_t size, float *sure)
{
	struct value v;
	for (int i = 0; i < NAMES_WORDS_MAX; i++) {
		p = further(s, p, field, &v);
		if (!p)
			return;
		names_append(text, size, v.text);
		*sure = fminf(*sure, v.sure);
	}
}

bool
names_next_line(const struct print *a, const struct print *b)
{
	float down = b->where.y - a->where.y;
	return down > 0.5f * a->where.capital &&
	    down < NAMES_LINE_MOST * a->where.capital &&
	    fabsf(b->where.x - a->where.x) < 3 * a->where.capital;
}

/* The second line of a name, at most so many capitals below the first. */
const struct print *
names_second_line(const struct sheet *s, const struct print *p, float most,
    enum shape shape, struct value *out)
{
	for (size_t i = 0; i < s->prints.count; i++) {
		const struct print *other = &s->prints.at[i];
		float size = other->where.capital / p->where.capital;
		if (other == p || s->is_label[i] ||
		    other->where.y - p->where.y > most * p->where.capital ||
		    !names_next_line(p, other) || size < NAMES_SIZE_LEAST || size > NAMES_SIZE_MOST ||
		    !sheet_among(other, 0, other->count, shape, out))
			continue;
		return other;
	}
	return NULL;
}

/* Permits are for those whose names the state's own script does not have. */
bool
printed_twice(const struct outlook *o)
{
	return !o->sheet->permit && enum_find(twice, COUNT_OF(twice),
	    o->country) < COUNT_OF(twice);
}

bool
printed_second_line(const struct outlook *o, const struct value *first,
    enum shape shape, struct value *out)
{
	struct value more;
	if (!names_second_line(o->sheet, first->print, NAMES_LINE_MOST, shape, &more))
		return false;
	*out = more;
	return true;
}
