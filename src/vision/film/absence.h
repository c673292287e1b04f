/*
 * How much of a recording shows no face, without what is nobody's fault.
 */
#pragma once

#include "ident/challenge.h"
#include "vision/film/signals.h"

struct absence {
	double seen;            /* share of the pictures that count */
	uint32_t from_ms, to_ms; /* the longest time without; 0, 0: none */
};

/* rest: how the face is at rest, NULL where not known. c: what was asked, and
 * when; may have no prompts. */
void absence_measure(const struct moment *moments, size_t count,
    const struct signals *rest, const struct challenge *c,
    struct absence *out);
