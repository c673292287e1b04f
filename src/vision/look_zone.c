/*
 * The machine-readable zone. A picture without one is no error: its findings
 * just say nothing of it.
 */
#include "vision/sight.h"

#include "base/clock.h"

RESULT
look_zone(struct sight *s)
{
	/* lines of no layout are reported but are no measure of a document */
	s->has_zone = mrz_read(s->tools->nets[MODEL_mrz], &s->still.grey,
	    clock_now(), &s->zone) == OK &&
	    s->zone.reading.mrz.format != MRZ_NONE;
	err_clear();
	return OK;
}
