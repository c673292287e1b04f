/*
 * Whether light stays in the room while a face turns.
 *
 * A head turns under its lamps: the cheek that turns towards one becomes
 * brighter, the other darker. A photograph that is bent to look like a turn
 * carries the light of its one moment along on the skin.
 */
#pragma once

#include "vision/film/motions.h"

struct shade {
	size_t turns; /* that could be measured */
	double change; /* by how much one cheek became brighter against the
	                  other, in logarithms of light; the most of them */
	uint32_t from_ms, to_ms; /* of that turn */
};

void shade_measure(const struct moment *moments, size_t count,
    const struct event *events, size_t event_count,
    const struct signals *rest, struct shade *out);
