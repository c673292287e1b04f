/*
 * The file into pixels.
 */
#include "vision/look/look.h"

RESULT
look_picture(struct sight *s)
{
	TRY(still_decode(s->file, s->back, &s->still));
	TRY(sight_add_number(s, FINDING_width, s->still.width));
	return sight_add_number(s, FINDING_height, s->still.height);
}
