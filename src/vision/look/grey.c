/*
 * Whether the document has colours of its own, or is a grey copy in coloured
 * light.
 */
#include "vision/look/look.h"

#include "vision/fraud/chroma.h"

RESULT
look_grey(struct sight *s)
{
	AUTO(raster_clear) struct raster cut = {0};
	const struct raster *card = &cut;
	struct chroma chroma;
	if (!s->has_page)
		return OK;
	if (sight_card(s, &card) != OK) {
		err_clear();
		TRY(page_cut(&s->still.colour, &s->page, CARD_PER_MM, &cut));
	}
	enum err seen = chroma_measure(card->data ? card : &cut, &chroma);
	if (seen == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(seen);
	TRY(findings_add_number(s->out, FINDING_colour_rest, chroma.rest,
	    sight_page_box(s)));
	return findings_add_number(s->out, FINDING_colour_chroma, chroma.all,
	    sight_page_box(s));
}
