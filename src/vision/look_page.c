/*
 * Where the document lies: by its contour and its zone, else by its print.
 */
#include "vision/sight.h"

/*
 * On one page of a PDF, as copiers make them, lie both sides of a card: the
 * front is the one without the zone. It is no second document.
 */
static void
take_side(struct sight *s)
{
	if (s->still.kind != STILL_PDF || !s->has_page)
		return;
	if (!s->back && s->has_zone &&
	    s->zone.reading.mrz.format == MRZ_TD1 &&
	    page_take_other(&s->page, &s->still.grey)) {
		s->has_zone = false; /* it is of the other side */
		s->zone.reading.line_count = 0;
	}
	s->page.has_other = false;
}

RESULT
look_page(struct sight *s)
{
	s->has_page = page_find(&s->still.colour, &s->still.grey,
	    s->has_zone ? &s->zone : NULL, &s->page) == OK;
	if (!s->has_page)
		s->has_page = page_by_print(&s->still.grey, &s->page) == OK;
	err_clear();
	take_side(s);
	return OK;
}
