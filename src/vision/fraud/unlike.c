/*
 * What is measured and what the network says are asked about one another: a
 * document may have several inks and faces by design, which both of them see,
 * while what is set later differs in more than that.
 *
 * Lines are from tuning pictures; docs/checks.md has what they find.
 */
#include "vision/fraud/unlike.h"

#include <math.h>

#define OF_THEM (-1)  /* a score at which the network sees nothing odd */
#define BESIDE 2.5    /* usual deviations that bear the network out */
#define ALONE 5.5     /* what its word counts less without them */

struct unlike
unlike_measure(const struct field_looks *f, const struct rims rims[PATCHES_MAX],
    size_t which)
{
	static const char *const words[FIELD_PARTS] = {
	    [FIELD_INK] = "ink", [FIELD_PAPER] = "paper",
	    [FIELD_SHARP] = "sharpness", [FIELD_STROKE] = "stroke"};
	struct unlike out = {.by = "rims"};
	double edges = rims_apart(f, rims, which);
	out.rims = isfinite(edges) ? edges : 0;
	out.all = hypot(fields_outlier(f, which, out.parts), out.rims);
	double most = out.rims;
	for (int k = 0; k < FIELD_PARTS; k++)
		if (out.parts[k] > most) {
			most = out.parts[k];
			out.by = words[k];
		}
	return out;
}

/* Often set in a face of its own, which changes strokes and rims. */
static bool
is_number(const struct field_look *f)
{
	return f->spot.field &&
	    f->spot.field->name == FINDING_printed_number;
}

/*
 * Titles and headings have inks and faces of their own, what is filled in
 * seldom, but for the document's number. So a number, or a piece of print that
 * was not read as a field, counts by its ink alone where the network takes it
 * for one of the others or was not asked about it; and what was not read only
 * where its letters are as high as the fields'.
 */
double
unlike_counted(const struct field_look *f, double score, struct unlike *s)
{
	if (!isfinite(s->all))
		return -1;
	if (score > OF_THEM || (f->spot.field && !is_number(f)))
		return s->all;
	s->by = "ink";
	return is_number(f) || f->even ? s->parts[FIELD_INK] : 0;
}

/*
 * Such a picture went through something that the network did not learn: small
 * scans, strong smoothing, a screen's own print. Whoever forges changes a
 * field or two; where all were changed, none is left to compare them with.
 */
void
unlike_hear(double *scores, size_t count)
{
	size_t asked = 0, speak = 0;
	for (size_t i = 0; i < count; i++) {
		if (isfinite(scores[i]))
			asked++;
		speak += scores[i] > 0;
	}
	for (size_t i = 0; i < count && 2 * speak > asked; i++)
		scores[i] = NAN;
}

/*
 * What is set later is sharper or softer than the rest, or its rims are. Where
 * neither is, the network may see another face or a colour of the document's
 * own, and must say so much more.
 */
double
unlike_network(double score, const struct unlike *s)
{
	bool borne_out = hypot(s->parts[FIELD_SHARP], s->rims) >= BESIDE;
	return borne_out ? score : score - ALONE;
}
