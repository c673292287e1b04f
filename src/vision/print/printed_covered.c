/*
 * Names and numbers that something hides an end of.
 *
 * "SPECIMEN" across a picture, a caption's line or a stamp takes letters away,
 * and what is left is read with ease: ARAN for ARANTXA. Nothing in the letters
 * tells it, but where they end the paper is not bare.
 */
#include "vision/print/printed_parts.h"

#include <math.h>

#include "base/enum.h"

#define GROUND 230      /* of an evenly lit page */
#define APART 0.15f     /* capitals from the last letter to what is looked at */
#define ASIDE 0.75f     /* capitals, how much of it */
#define COVERED_LEAST 0.45f
#define COVERED_SURE 0.5f
#define LETTER_SURE 0.5f

/* Whether one of its letters was read in columns left..right. */
static bool
has_letter(const struct print *p, float left, float right)
{
	for (int k = 0; k < p->count; k++) {
		const struct piece at = sheet_part(p, k, k + 1);
		if (glyph_is_letter(p->at[k].glyph) &&
		    p->at[k].sure > LETTER_SURE && at.x < right &&
		    at.x + at.length > left)
			return true;
	}
	return false;
}

/* Whether print stands in columns left..right of the line. */
static bool
has_print(const struct sheet *s, const struct piece *line, float left,
    float right)
{
	for (size_t i = 0; i < s->prints.count; i++) {
		const struct piece *p = &s->prints.at[i].where;
		float foot = line->y + (p->x - line->x) * line->slope;
		if (fabsf(p->y - foot) < line->capital &&
		    has_letter(&s->prints.at[i], left, right))
			return true;
	}
	return false;
}

/* How dark columns left..right of a line are, between its foot and head, by
 * how dark its letters are; 0: bare, or nothing can be said. */
static float
darkness(const struct sheet *s, const struct piece *line, float left,
    float right)
{
	float sum = 0;
	int count = 0;
	for (int x = (int)ceilf(left); x < (int)right; x++) {
		float foot = line->y + ((float)x - line->x) * line->slope;
		for (int y = (int)(foot - line->capital); y < (int)foot; y++) {
			if (x < 0 || y < 0 || x >= s->pixels.width ||
			    y >= s->pixels.height)
				continue;
			int level = raster_row(&s->pixels, y)[x];
			sum += level < GROUND ? (float)(GROUND - level) : 0;
			count++;
		}
	}
	return count > 0 && line->dark > 0 ? sum / (float)count / line->dark :
	    0;
}

static bool
end_is_covered(const struct sheet *s, const struct piece *line, float left,
    float right)
{
	return !has_print(s, line, left, right) &&
	    darkness(s, line, left, right) > COVERED_LEAST;
}

static bool
is_covered(const struct sheet *s, const struct piece *line)
{
	float apart = APART * line->capital, aside = ASIDE * line->capital;
	float end = line->x + line->length;
	return end_is_covered(s, line, line->x - apart - aside,
	    line->x - apart) || end_is_covered(s, line, end + apart,
	    end + apart + aside);
}

void
printed_doubt_covered(const struct sheet *s, struct printed *fields)
{
	static const enum finding_name names[] = {FINDING_printed_surname,
	    FINDING_printed_given_names, FINDING_printed_number};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct printed_field *f = printed_reported(fields, names[i]);
		if (f && f->read[0] && is_covered(s, &f->where))
			f->sure = fminf(f->sure, COVERED_SURE);
	}
}
