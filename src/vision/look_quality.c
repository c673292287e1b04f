/*
 * Whether the picture is fit to be judged.
 */
#include "vision/sight.h"

#include "base/enum.h"
#include "vision/quality.h"

RESULT
look_quality(struct sight *s)
{
	struct quality q;
	struct box page = sight_page_box(s);
	TRY(quality_measure(&s->still, s->has_page ? &s->page : NULL,
	    s->has_zone ? &s->zone : NULL, &q));
	const struct {
		enum finding_name name;
		double value;
	} rows[] = {{FINDING_quality_blur, q.blur},
	    {FINDING_quality_brightness, q.brightness},
	    {FINDING_quality_colour, q.colour},
	    {FINDING_quality_glare, q.glare},
	    {FINDING_quality_moire, q.moire}};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		TRY(findings_add_number(s->out, rows[i].name, rows[i].value,
		    page));
	return OK;
}
