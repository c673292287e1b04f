/*
 * Whether a straight frame lies around the document: a display's bezel, or
 * the sheet of a copy.
 */
#include "vision/look/look.h"

#include "vision/page/frame.h"

RESULT
look_frame(struct sight *s)
{
	int sides;
	if (!s->has_page || !s->page.by_contour)
		return OK;
	if (frame_sides(&s->still.grey, &s->page, &sides) != OK) {
		err_clear();
		return OK;
	}
	return findings_add_number(s->out, FINDING_frame_sides, sides,
	    sight_page_box(s));
}
