/*
 * What look_gate measured, told of the place that it speaks of.
 */
#include "vision/look/look.h"

#include <ctype.h>
#include <string.h>

#include "base/enum.h"

#define SAME_LEAST 2 /* values that both sides of one card tell */

/* The same but for blanks and dots, which print puts into numbers. */
static bool
is_same(const char *printed, const char *coded)
{
	for (; *printed; printed++) {
		if (!isalnum((unsigned char)*printed) && *printed != *coded)
			continue;
		if (toupper((unsigned char)*printed) != *coded++)
			return false;
	}
	return *coded == '\0';
}

/*
 * Specimens are published with both sides in one picture, and copiers make
 * such. What lies beside a card is its other side, and no second document,
 * when its print tells what the zone does. Names are left out: families have
 * them together. A third one is a second document whatever it tells.
 */
static bool
is_other_side(const struct sight *s)
{
	const struct mrz *m = &s->zone.reading.mrz;
	const struct {
		enum finding_name name;
		const char *coded;
	} values[] = {{FINDING_printed_number, m->number},
	    {FINDING_printed_birth_date, m->birth_date},
	    {FINDING_printed_expiry, m->expiry}};
	int same = 0;
	if (!s->has_zone || s->page.has_third ||
	    !(s->page.zone_apart || s->back))
		return false;
	for (size_t k = 0; k < COUNT_OF(values); k++)
		for (size_t i = 0; i < s->printed.count; i++)
			same += s->printed.at[i].name == values[k].name &&
			    values[k].coded[0] &&
			    is_same(s->printed.at[i].text, values[k].coded);
	return same >= SAME_LEAST;
}

static bool
has_second(const struct sight *s)
{
	return (s->page.has_other || s->printed.twofold) && !is_other_side(s);
}

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
	    {FINDING_quality_others, has_second(s), page}};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		TRY(findings_add_number(s->out, rows[i].name, rows[i].value,
		    rows[i].box));
	if (!s->has_page)
		return OK;
	return findings_add_number(s->out, FINDING_quality_scale, q->scale,
	    page);
}
