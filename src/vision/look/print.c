/*
 * What is printed for people. Reading also tells which end is up where no
 * zone did.
 */
#include "vision/look/look.h"

#include <string.h>

#include "ident/country.h"

#define NATION_SURE 0.8f

/* The issuer of an identity card is its holder's state; "": not known. */
static const char *
nation_of(const struct printed *p)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct printed_field *f = &p->at[i];
		const struct country *c = strlen(f->text) == 3 &&
		    f->name == FINDING_printed_nationality &&
		    f->sure >= NATION_SURE ? country_find(f->text) : NULL;
		if (c)
			return c->code;
	}
	return "";
}

/* Where no zone tells whose document it is, its own words do. */
static RESULT
report_title(struct sight *s)
{
	struct box none = {0};
	const char *country = s->printed.country;
	if (!country[0] && strcmp(s->printed.kind, "identity_card") == 0)
		country = nation_of(&s->printed);
	if (country[0])
		TRY(findings_add_text(s->out, FINDING_page_country, country,
		    1, none));
	return s->printed.kind[0] ? findings_add_text(s->out,
	    FINDING_page_kind, s->printed.kind, 1, none) : OK;
}

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
	TRY(printed_read(s->tools, &s->still.grey,
	    s->has_zone ? &s->zone.reading.mrz : NULL,
	    s->has_page ? &s->page : NULL, &s->printed));
	return s->has_zone ? OK : report_title(s);
}
