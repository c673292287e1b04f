/*
 * Where the document lies: by its contour and its zone, else by its print.
 */
#include "vision/sight.h"

RESULT
look_page(struct sight *s)
{
	s->has_page = page_find(&s->still.colour, &s->still.grey,
	    s->has_zone ? &s->zone : NULL, &s->page) == OK;
	if (!s->has_page)
		s->has_page = page_by_print(&s->still.grey, &s->page) == OK;
	err_clear();
	return OK;
}
