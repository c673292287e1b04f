/*
 * What is printed for people. Reading also tells which end is up where no
 * zone did.
 */
#include "vision/sight.h"

/* Of a picture given as a card's back: the front that lies beside it. */
static bool
front_beside(const struct sight *s, struct page *out)
{
	*out = s->page;
	out->zone_apart = s->back && s->has_zone && s->has_page &&
	    s->zone.reading.mrz.format == MRZ_TD1 &&
	    page_take_other(out, &s->still.grey);
	return out->zone_apart;
}

RESULT
look_print(struct sight *s)
{
	struct page front;
	if (!s->hopeless && front_beside(s, &front))
		return printed_read(s->tools, &s->still.grey,
		    &s->zone.reading.mrz, &front, &s->printed);
	/* the back of a card has nothing but its zone to tell */
	if (s->hopeless || s->back || (s->has_zone && !s->page.zone_apart &&
	    s->zone.reading.mrz.format == MRZ_TD1))
		return OK;
	return printed_read(s->tools, &s->still.grey,
	    s->has_zone ? &s->zone.reading.mrz : NULL,
	    s->has_page ? &s->page : NULL, &s->printed);
}
