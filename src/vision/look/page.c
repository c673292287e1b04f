/*
 * Where the document lies: by its contour and its zone, else by its print.
 */
#include "vision/look/look.h"

/*
 * Both sides of a card lie on one page of a PDF, as copiers make them, and in
 * one picture, as specimens are published: the front is the one without the
 * zone. On a page it is no second document. In a picture it is, and whoever
 * holds the camera is told so; yet all that it shows is read.
 */
static void
take_side(struct sight *s)
{
	bool pages = s->still.kind == STILL_PDF;
	bool others = s->page.has_other && !pages;
	s->page.zone_apart = !s->back && s->has_zone &&
	    s->zone.reading.mrz.format == MRZ_TD1 &&
	    page_take_other(&s->page, &s->still.grey);
	if (s->page.zone_apart && pages) {
		s->has_zone = false;
		s->zone.reading.line_count = 0;
	}
	s->page.has_other = others;
}

RESULT
look_page(struct sight *s)
{
	s->has_page = page_find(&s->still.colour, &s->still.grey,
	    s->has_zone ? &s->zone : NULL, &s->page) == OK;
	if (!s->has_page)
		s->has_page = page_by_print(&s->still.grey, &s->page) == OK;
	err_clear();
	if (s->has_page && s->has_zone &&
	    s->zone.reading.mrz.format == MRZ_TD1)
		TRY(page_find_beside(&s->still.colour, &s->still.grey,
		    &s->page));
	take_side(s);
	return OK;
}
