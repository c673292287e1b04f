/*
 * Printed fields beside one another: one that was typed later stands out,
 * one that was made of copied letters repeats itself.
 */
#include "vision/sight.h"

#include <math.h>

#include "vision/copies.h"
#include "vision/fields.h"

static RESULT
report_outlier(struct sight *s, const struct field_looks *f)
{
	double worst = -1;
	size_t which = 0;
	for (size_t i = 0; i < f->count; i++) {
		double off = fields_outlier(f, i);
		if (isfinite(off) && off > worst) {
			worst = off;
			which = i;
		}
	}
	return worst < 0 ? OK : findings_add_number(s->out,
	    FINDING_field_outlier, worst, patch_box(s, &f->at[which].spot));
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
	TRY(fields_measure(card, &prints, &f));
	TRY(report_outlier(s, &f));
	return report_copies(s, &prints);
}
