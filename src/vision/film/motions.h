/*
 * What a face does over time: from signals to events. Pure numbers; nothing
 * here knows what was asked.
 */
#pragma once

#include "ident/challenge.h"
#include "vision/film/signals.h"

#define EVENTS_MAX 24

struct event {
	enum prompt_name name;
	uint32_t from_ms, to_ms;
	float peak; /* in the signal's own unit, less what is usual */
	float times; /* its line */
};

/*
 * What was done, in its order. at_rest_ms: until when the face looks ahead;
 * 0: the first second. Nothing where the face was never seen at rest.
 */
size_t events_find(const struct moment *moments, size_t count,
    uint32_t at_rest_ms, struct event out[EVENTS_MAX]);
