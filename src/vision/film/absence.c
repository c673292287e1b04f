/*
 * Detectors know faces that look ahead: whoever turns as far as people turn,
 * looks up, or comes as near as was asked is lost to them for a moment. That
 * is what was asked for, so it is not counted against anybody, as long as it
 * ends soon, the face is there before it, and most of the recording shows it.
 */
#include "vision/film/absence.h"

#include <math.h>

#define FORGIVEN_MS 3000     /* at a time */
#define FORGIVEN_SHARE 0.5   /* of all pictures */
#define LATE_MS 1500         /* after the next prompt was shown */
#define LAST_MS 4000         /* after the last one was */
#define TURNED 8             /* degrees: on the way */
#define RAISED 0.04f         /* by the jaw */
#define NEARER 1.2f

struct run {
	size_t first, end; /* moments[first..end) show no face */
};

/* Whether the face is on its way out of what a detector knows. */
static bool
is_leaving(const struct moment *m, const struct signals *rest)
{
	if (!rest || !m->has_face || !m->face.has_points)
		return false;
	return fabsf(m->signals.yaw - rest->yaw) > TURNED ||
	    fabsf(m->signals.up - rest->up) > RAISED ||
	    m->signals.jaw > NEARER * rest->jaw;
}

static bool
turns_away(enum prompt_name name)
{
	return name == PROMPT_turn_left || name == PROMPT_turn_right ||
	    name == PROMPT_look_up || name == PROMPT_come_closer;
}

/* Whether a face may be lost then, by what was asked. */
static bool
is_asked(const struct challenge *c, uint32_t from_ms, uint32_t to_ms)
{
	for (size_t i = 0; c && i < c->count; i++) {
		uint32_t shown = c->prompts[i].shown_ms;
		uint32_t until = i + 1 < c->count ?
		    c->prompts[i + 1].shown_ms + LATE_MS : shown + LAST_MS;
		if (shown > 0 && turns_away(c->prompts[i].name) &&
		    from_ms >= shown && to_ms <= until)
			return true;
	}
	return false;
}

static bool
is_forgiven(const struct moment *moments, size_t count, struct run r,
    const struct signals *rest, const struct challenge *c)
{
	if (r.first == 0 || r.end == count)
		return false;
	const struct moment *before = &moments[r.first - 1];
	const struct moment *after = &moments[r.end];
	if (after->time_ms - before->time_ms > FORGIVEN_MS)
		return false;
	return is_leaving(before, rest) || is_leaving(after, rest) ||
	    is_asked(c, moments[r.first].time_ms, after->time_ms);
}

static bool
next_run(const struct moment *moments, size_t count, struct run *r)
{
	r->first = r->end;
	while (r->first < count && moments[r->first].has_face)
		r->first++;
	r->end = r->first;
	while (r->end < count && !moments[r->end].has_face)
		r->end++;
	return r->end > r->first;
}

void
absence_measure(const struct moment *moments, size_t count,
    const struct signals *rest, const struct challenge *c,
    struct absence *out)
{
	size_t lost = 0, forgiven = 0;
	*out = (struct absence){0};
	for (struct run r = {0}; next_run(moments, count, &r);) {
		size_t last = r.end < count ? r.end : r.end - 1;
		uint32_t from = moments[r.first].time_ms;
		lost += r.end - r.first;
		if (is_forgiven(moments, count, r, rest, c)) {
			forgiven += r.end - r.first;
			continue;
		}
		if (moments[last].time_ms - from > out->to_ms - out->from_ms) {
			out->from_ms = from;
			out->to_ms = moments[last].time_ms;
		}
	}
	if ((double)forgiven > FORGIVEN_SHARE * (double)count)
		forgiven = 0;
	if (count > forgiven)
		out->seen = (double)(count - lost) / (double)(count -
		    forgiven);
}
