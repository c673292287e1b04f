/*
 * The picture's imprint, by which it is known again under another name.
 */
#include "vision/look/look.h"

#include "ident/imprint.h"

RESULT
look_imprint(struct sight *s)
{
	AUTO(raster_clear) struct raster small = {0};
	char text[IMPRINT_SIZE];
	TRY(opencv_resize(&s->still.grey, IMPRINT_COLUMNS, IMPRINT_ROWS,
	    &small));
	imprint_of(small.data, text);
	return findings_add_text(s->out, FINDING_imprint_picture, text, 1,
	    (struct box){0});
}
