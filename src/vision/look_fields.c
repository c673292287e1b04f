/*
 * Printed fields beside one another: one that was typed later stands out,
 * one that was made of copied letters repeats itself.
 */
#include "vision/sight.h"

#include <math.h>

#include "vision/copies.h"
#include "vision/fields.h"
#include "vision/retyped.h"

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
report_outlier(struct sight *s, const struct field_looks *f)
{
	double values[PATCHES_MAX];
	for (size_t i = 0; i < f->count; i++)
		values[i] = fields_outlier(f, i);
	return report_most(s, f, values, FINDING_field_outlier);
}

static RESULT
report_network(struct sight *s, const struct raster *card,
    const struct field_looks *f)
{
	double scores[PATCHES_MAX];
	enum err seen = retyped_scores(s->tools->nets[MODEL_retyped], card, f,
	    scores);
	if (seen == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(seen);
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

/* The piece that speaks most against what the file went through. */
static RESULT
report_history(struct sight *s, const struct patches *prints)
{
	struct plane plane;
	struct apart a, most = {.against = -1};
	plane_of(&s->page, &plane);
	for (size_t i = 0; i < prints->count; i++) {
		float corners[8];
		patch_corners(&plane, &prints->at[i], corners);
		if (history_apart(&s->history, &s->still, corners, 4,
		    &a) == OK && a.against > most.against)
			most = a;
	}
	err_clear();
	return most.against < 0 ? OK : sight_add_apart(s,
	    FINDING_history_field, &most);
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
	TRY(report_outlier(s, &f));
	TRY(report_network(s, card, &f));
	return report_copies(s, &prints);
}
