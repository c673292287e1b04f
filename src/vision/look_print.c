/*
 * What is printed for people. Reading also tells which end is up where no
 * zone did.
 */
#include "vision/sight.h"

RESULT
look_print(struct sight *s)
{
	/* the back of a card has nothing but its zone to tell */
	if (s->hopeless || s->back || (s->has_zone && !s->page.zone_apart &&
	    s->zone.reading.mrz.format == MRZ_TD1))
		return OK;
	return printed_read(s->tools, &s->still.grey,
	    s->has_zone ? &s->zone.reading.mrz : NULL,
	    s->has_page ? &s->page : NULL, &s->printed);
}
