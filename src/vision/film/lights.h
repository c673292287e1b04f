/*
 * Whether a face takes on the light of the screen before it.
 *
 * The page shines in colours that the server drew, one after the other. Skin
 * sends some of that back; a display, and a film that is fed in, show what
 * they would have shown anyway.
 */
#pragma once

#include "ident/challenge.h"
#include "vision/film/signals.h"

struct lights {
	size_t seen;     /* lights in which the face was; below all: no more
	                    is known */
	double change;   /* of the skin's colour from light to light, less the
	                    ground's; in logarithms */
	double trembles; /* how uncertain a light's mean is, likewise */
	double likeness; /* of what was seen to what was shown: 1 the same */
	double another;  /* ... to the order of lights that fits best */
	uint32_t from_ms, to_ms;
};

void lights_measure(const struct moment *moments, size_t count,
    const struct challenge *c, struct lights *out);
