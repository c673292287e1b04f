/*
 * What may hide an action.
 *
 * Mouths are shut for most of a recording, so the middle of all pictures tells
 * of shut lips, however often a mouth was opened between: a person is asked
 * for it twice at most, and holds it for a second.
 */
#include "vision/film/hidden.h"

#include "vision/pixels/median.h"

#include <math.h>

#define AHEAD 12      /* degrees */
#define MOST 512      /* pictures of which the middle is taken */
#define LEAST 10

float
hidden_lips(const struct moment *moments, size_t count,
    const struct signals *rest)
{
	float gaps[MOST];
	size_t n = 0, step = count / MOST + 1;
	for (size_t i = 0; i < count; i += step)
		if (moment_has_signals(&moments[i]) &&
		    fabsf(moments[i].signals.yaw - rest->yaw) < AHEAD)
			gaps[n++] = moments[i].signals.mouth;
	return n < LEAST ? -1 : median_of(gaps, n);
}

uint32_t
hidden_longest(const struct moment *moments, size_t count, uint32_t from_ms,
    uint32_t to_ms)
{
	uint32_t longest = 0, last = from_ms;
	uint32_t end = count > 0 ? moments[count - 1].time_ms : from_ms;
	to_ms = to_ms < end ? to_ms : end;
	for (size_t i = 0; i < count && moments[i].time_ms < to_ms; i++) {
		if (moments[i].time_ms < from_ms ||
		    !moment_has_signals(&moments[i]))
			continue;
		if (moments[i].time_ms - last > longest)
			longest = moments[i].time_ms - last;
		last = moments[i].time_ms;
	}
	if (to_ms > last && to_ms - last > longest)
		longest = to_ms - last;
	return longest;
}
