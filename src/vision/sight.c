/*
 * What looks share.
 */
#include "vision/sight.h"

static const struct box nowhere = {0};

void
sight_clear(struct sight *s)
{
	still_clear(&s->still);
	raster_clear(&s->card);
	history_clear(&s->history);
}

RESULT
sight_card(struct sight *s, const struct raster **out)
{
	if (!s->has_page || !s->page.upright)
		return FAIL(ERR_NOT_FOUND, "no document lies there upright");
	if (!s->card.data)
		TRY(page_cut(&s->still.colour, &s->page, CARD_PER_MM,
		    &s->card));
	*out = &s->card;
	return OK;
}

struct box
sight_box(const struct sight *s, float x, float y, float width, float height)
{
	const float at[4][2] = {{x, y}, {x + width, y},
	    {x + width, y + height}, {x, y + height}};
	float corners[8];
	if (!s->has_page)
		return nowhere;
	for (int i = 0; i < 4; i++)
		page_point(&s->page, at[i][0], at[i][1], &corners[2 * i],
		    &corners[2 * i + 1]);
	return view_box(&s->view, corners, 4);
}

struct box
sight_page_box(const struct sight *s)
{
	return s->has_page ? view_box(&s->view, s->page.corners, 4) : nowhere;
}

RESULT
sight_add_apart(struct sight *s, enum finding_name name,
    const struct apart *a)
{
	return findings_add_number(s->out, name, a->against,
	    a->against > 0 ? view_box(&s->view, a->corners, 4) : nowhere);
}

RESULT
sight_add_number(struct sight *s, enum finding_name name, double value)
{
	return findings_add_number(s->out, name, value, nowhere);
}
