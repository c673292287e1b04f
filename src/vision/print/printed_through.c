/*
 * Print below a word across the page.
 *
 * The word's ink is translucent and its strokes are wide. In the brightest
 * channel of each place a coloured word is paler, most in its own colour,
 * while print in black is as dark as before; what is wider than a stroke of
 * print is then taken for ground. Small letters that blurred lose by it, so
 * that the page is read both ways.
 */
#include "vision/print/printed_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/enum.h"

#define DIFFER_MOST 0.5f /* of a value of which another reading differs */

/* Whether the zone tells it too. */
static bool
zone_tells(enum finding_name name)
{
	static const enum finding_name told[] = {FINDING_printed_surname,
	    FINDING_printed_given_names, FINDING_printed_number,
	    FINDING_printed_birth_date, FINDING_printed_expiry};
	for (size_t i = 0; i < COUNT_OF(told); i++)
		if (told[i] == name)
			return true;
	return false;
}

/* A value that was looked for and found; others are only read. */
static bool
is_the_zones(const struct printed_field *f)
{
	return f->read[0] == '\0';
}

/* What lies across it would stand out as if it had been typed later. */
static void
take(const struct printed_field *new, struct printed_field *to)
{
	*to = *new;
	to->through = true;
}

static void
settle(const struct printed_field *new, struct printed_field *old)
{
	float sure = fmaxf(old->sure, new->sure);
	bool same = strcmp(old->text, new->text) == 0;
	if (is_the_zones(new) != is_the_zones(old)) {
		if (is_the_zones(new))
			take(new, old);
		return;
	}
	if (new->sure > old->sure && !same)
		take(new, old);
	old->sure = same ? sure : fminf(sure, DIFFER_MOST);
}

void
printed_merge(const struct mrz *zone, const struct printed *second,
    struct printed *first)
{
	for (size_t i = 0; i < second->count; i++) {
		const struct printed_field *new = &second->at[i];
		struct printed_field *old = printed_reported(first,
		    new->name);
		if (zone && zone_tells(new->name) && !is_the_zones(new))
			continue;
		if (old)
			settle(new, old);
		else if (first->count < PRINTED_MAX)
			take(new, &first->at[first->count++]);
	}
	if (!first->country[0])
		first->country = second->country;
	if (!first->kind[0])
		first->kind = second->kind;
}

RESULT
printed_read_through(const struct inspector *tools,
    const struct raster *colour, const struct mrz *zone, struct page *page,
    struct printed *io)
{
	AUTO(raster_clear) struct raster bright = {0};
	AUTO(free) struct sheet *s = calloc(1, sizeof(*s));
	AUTO(free) struct printed *out = calloc(1, sizeof(*out));
	if (!s || !out)
		return FAIL(ERR_TOO_LARGE, "no memory");
	if (io->twofold)
		return OK;
	TRY(raster_brightest(colour, &bright));
	s->through = true;
	enum err code = sheet_read(tools, &bright, zone, page, s);
	if (code == OK)
		code = printed_tell(s, &bright, zone, out);
	sheet_clear(s);
	if (code == OK)
		printed_merge(zone, out, io);
	return code;
}
