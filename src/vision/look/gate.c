/*
 * Whether the picture is fit to be judged, before the slowest look: print in
 * a picture that will be turned back anyhow is not read, so that the answer
 * comes while the document is still in the hand.
 */
#include "vision/look/look.h"

/* Well past what the check of quality allows (quality.def). */
#define HOPELESS_BLUR_MM 0.45
#define HOPELESS_BRIGHTNESS 0.1

static void
corners_of(const struct page *p, const struct area *part, float out[8])
{
	const float at[4][2] = {{part->x, part->y},
	    {part->x + part->width, part->y},
	    {part->x + part->width, part->y + part->height},
	    {part->x, part->y + part->height}};
	for (int i = 0; i < 4; i++)
		page_point(p, at[i][0], at[i][1], &out[2 * i],
		    &out[2 * i + 1]);
}

RESULT
look_gate(struct sight *s)
{
	const struct page *page = s->has_page ? &s->page : NULL;
	TRY(quality_measure(&s->still, page, &s->quality));
	/* in pixels, since the page may be turned when its print is read */
	if (page) {
		corners_of(page, &s->quality.shining, s->shining);
		corners_of(page, &s->quality.dark, s->dark);
		corners_of(page, &s->quality.fingers, s->fingers);
	}
	s->hopeless = !s->has_zone &&
	    (s->quality.blur > HOPELESS_BLUR_MM ||
	    s->quality.brightness < HOPELESS_BRIGHTNESS);
	return OK;
}
