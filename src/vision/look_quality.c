/*
 * What look_gate measured, told of the place that it speaks of.
 */
#include "vision/sight.h"

#include "base/enum.h"

RESULT
look_quality(struct sight *s)
{
	const struct quality *q = &s->quality;
	struct box page = sight_page_box(s), shining = page, dark = page;
	struct box fingers = page;
	if (s->has_page) {
		shining = view_box(&s->view, s->shining, 4);
		dark = view_box(&s->view, s->dark, 4);
		fingers = view_box(&s->view, s->fingers, 4);
	}
	const struct {
		enum finding_name name;
		double value;
		struct box box;
	} rows[] = {{FINDING_quality_blur, q->blur, page},
	    {FINDING_quality_brightness, q->brightness, page},
	    {FINDING_quality_evenness, q->evenness, dark},
	    {FINDING_quality_glare, q->glare, shining},
	    {FINDING_quality_covered, q->covered, fingers},
	    {FINDING_quality_cut_off, q->cut_off, page},
	    {FINDING_quality_others, s->page.has_other, page}};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		TRY(findings_add_number(s->out, rows[i].name, rows[i].value,
		    rows[i].box));
	if (!s->has_page)
		return OK;
	return findings_add_number(s->out, FINDING_quality_scale, q->scale,
	    page);
}
