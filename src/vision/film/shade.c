/*
 * Cheeks before a turn and in it: middles of several pictures, because points
 * tremble.
 */
#include "vision/film/shade.h"

#include "vision/pixels/median.h"

#include <math.h>

#define BEFORE_MS 2500 /* a turn */
#define AHEAD 6        /* degrees: at rest */
#define TURNED 12      /* degrees, at least */
#define FARTHEST 32    /* degrees: beyond, a cheek is an edge */
#define LEAST 2        /* pictures on both sides */
#define MOST 24

static float
apart(const struct skin *s)
{
	return logf(s->cheek[CHEEK_LEFT] / s->cheek[CHEEK_RIGHT]);
}

/* The middle of those within a span whose turn is in bounds. */
static bool
middle_in(const struct moment *moments, size_t count, uint32_t from_ms,
    uint32_t to_ms, const struct signals *rest, float least, float most,
    float *out)
{
	float values[MOST];
	size_t n = 0;
	for (size_t i = count; i-- > 0 && n < MOST;) {
		const struct moment *m = &moments[i];
		float turn = fabsf(m->signals.yaw - rest->yaw);
		if (m->time_ms >= from_ms && m->time_ms <= to_ms &&
		    m->skin.seen && turn >= least && turn <= most)
			values[n++] = apart(&m->skin);
	}
	if (n < LEAST)
		return false;
	*out = median_of(values, n);
	return true;
}

void
shade_measure(const struct moment *moments, size_t count,
    const struct event *events, size_t event_count,
    const struct signals *rest, struct shade *out)
{
	*out = (struct shade){.change = -1};
	for (size_t i = 0; i < event_count; i++) {
		const struct event *e = &events[i];
		float before, within;
		uint32_t from = e->from_ms > BEFORE_MS ?
		    e->from_ms - BEFORE_MS : 0;
		if ((e->name != PROMPT_turn_left &&
		    e->name != PROMPT_turn_right) ||
		    !middle_in(moments, count, from, e->from_ms, rest, 0,
		    AHEAD, &before) ||
		    !middle_in(moments, count, e->from_ms, e->to_ms, rest,
		    TURNED, FARTHEST, &within))
			continue;
		out->turns++;
		double change = fabs((double)within - (double)before);
		if (change <= out->change)
			continue;
		out->change = change;
		out->from_ms = e->from_ms;
		out->to_ms = e->to_ms;
	}
}
