/*
 * The machine-readable zone. A picture without one is no error: its findings
 * just say nothing of it.
 */
#include "vision/look/look.h"

#include "base/clock.h"

RESULT
look_zone(struct sight *s)
{
	struct net *net = s->tools->nets[MODEL_mrz];
	int64_t now = clock_now();
	enum err seen = mrz_read(net, &s->still.grey, now, &s->zone);
	if (seen == ERR_UNREADABLE) {
		err_clear();
		seen = mrz_read_dim(net, &s->still.grey, now, &s->zone);
	}
	/* lines of no layout are reported but are no measure of a document */
	s->has_zone = seen == OK && s->zone.reading.mrz.format != MRZ_NONE;
	err_clear();
	return OK;
}
