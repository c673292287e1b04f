/*
 * The word across a specimen, and the print that lies under it. It is looked
 * for when print has told which end is up.
 */
#include "vision/look/look.h"

#include "base/enum.h"

/* Words in white and mere outlines are not found, but take print away. */
static bool
lacks_print(const struct sight *s)
{
	static const enum finding_name usual[] = {FINDING_printed_surname,
	    FINDING_printed_given_names, FINDING_printed_number,
	    FINDING_printed_birth_date, FINDING_printed_expiry};
	size_t there = 0;
	for (size_t i = 0; i < COUNT_OF(usual); i++)
		for (size_t k = 0; k < s->printed.count; k++)
			there += s->printed.at[k].name == usual[i];
	return there > 0 && there < COUNT_OF(usual);
}

/* What was read of a card's back stands on the front beside it, not here. */
static bool
hides_print(const struct sight *s)
{
	return !s->back && ((s->across.large && s->printed.count > 0) ||
	    lacks_print(s));
}

RESULT
look_word(struct sight *s)
{
	if (s->hopeless || !s->has_page)
		return OK;
	TRY(across_find(s->tools, &s->still.colour, &s->page, &s->across));
	return hides_print(s) ?
	    printed_read_through(s->tools, &s->still.colour, s->has_zone ?
		&s->zone.reading.mrz : NULL, &s->page, &s->printed) : OK;
}
