/*
 * Printed fields beside one another: one that was typed later stands out,
 * one that was made of copied letters repeats itself.
 */
#include "vision/look/look.h"

#include <math.h>

#include "vision/fraud/copies.h"
#include "vision/fraud/fields.h"
#include "vision/fraud/retyped.h"
#include "vision/fraud/rims.h"
#include "vision/fraud/unlike.h"

/* The field that stands out most, if any was measured. */
static RESULT
report_most(struct sight *s, const struct field_looks *f,
    const double values[PATCHES_MAX], enum finding_name name)
{
	size_t which = PATCHES_MAX;
	for (size_t i = 0; i < f->count; i++)
		if (isfinite(values[i]) && (which == PATCHES_MAX ||
		    values[i] > values[which]))
			which = i;
	return which == PATCHES_MAX ? OK : findings_add_number(s->out, name,
	    values[which], patch_box(s, &f->at[which].spot));
}

static RESULT
report_outlier(struct sight *s, const struct field_looks *f,
    const struct unlike *all, const double scores[PATCHES_MAX])
{
	const char *word = NULL;
	double most = -1;
	size_t which = 0;
	for (size_t i = 0; i < f->count; i++) {
		struct unlike one = all[i];
		double value = unlike_counted(&f->at[i], scores[i], &one);
		if (value <= most)
			continue;
		most = value;
		word = one.by;
		which = i;
	}
	if (!word)
		return OK;
	struct box box = patch_box(s, &f->at[which].spot);
	TRY(findings_add_number(s->out, FINDING_field_outlier, most, box));
	return findings_add_text(s->out, FINDING_field_outlier_by, word, 1,
	    box);
}

/* Few fields are too few for the network, and enough for the measures. */
static RESULT
ask_network(struct sight *s, const struct field_looks *f,
    double scores[PATCHES_MAX])
{
	struct plane plane;
	plane_of(&s->page, &plane);
	enum err seen = retyped_scores(s->tools->nets[MODEL_retyped],
	    &s->still, &plane, f, scores);
	if (seen != ERR_NOT_FOUND)
		return seen;
	err_clear();
	return OK;
}

/* What the network makes of the fields, and what is measured of them. */
static RESULT
report_fields(struct sight *s, const struct raster *card,
    const struct field_looks *f)
{
	static struct rims rims[PATCHES_MAX];
	static struct unlike all[PATCHES_MAX];
	double scores[PATCHES_MAX];
	struct plane plane;
	plane_of(&s->page, &plane);
	TRY(ask_network(s, f, scores));
	unlike_hear(scores, f->count);
	TRY(rims_measure(&s->still, &plane, card, f, rims));
	for (size_t i = 0; i < f->count; i++)
		all[i] = unlike_measure(f, rims, i);
	TRY(report_outlier(s, f, all, scores));
	for (size_t i = 0; i < f->count; i++)
		scores[i] = unlike_network(scores[i], &all[i]);
	return report_most(s, f, scores, FINDING_field_network);
}

static RESULT
report_copies(struct sight *s, const struct patches *prints)
{
	struct copies c;
	if (copies_find(s, prints, &c) != OK) {
		err_clear();
		return OK;
	}
	struct box box = view_box(&s->view, c.corners, 4);
	return findings_add_number(s->out, FINDING_copied_closeness,
	    c.usual / fmax(c.closest, 1e-3), box);
}

/* The piece that speaks most against what the file went through, beside the
 * others. */
static RESULT
report_history(struct sight *s, const struct patches *prints)
{
	struct plane plane;
	struct apart a, most = {.against = -1};
	float against[PATCHES_MAX];
	size_t count = 0;
	plane_of(&s->page, &plane);
	for (size_t i = 0; i < prints->count; i++) {
		float corners[8];
		patch_corners(&plane, &prints->at[i], corners);
		if (history_apart(&s->history, &s->still, corners, 4,
		    &a) != OK)
			continue;
		against[count++] = (float)a.against;
		if (a.against > most.against)
			most = a;
	}
	err_clear();
	if (count == 0)
		return OK;
	most.against = history_alone(against, count);
	return sight_add_apart(s, FINDING_history_field, &most);
}

RESULT
look_fields(struct sight *s)
{
	const struct raster *card;
	struct patches prints;
	struct field_looks f;
	if (sight_card(s, &card) != OK) {
		err_clear();
		return OK;
	}
	TRY(patches_find(s, card, &prints));
	TRY(report_history(s, &prints));
	TRY(fields_measure(card, &prints, &f));
	TRY(report_fields(s, card, &f));
	return report_copies(s, &prints);
}
