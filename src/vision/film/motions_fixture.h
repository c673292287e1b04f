/*
 * Six seconds of a face, of which tests say what it did.
 */
#pragma once

#include "vision/film/motions.h"

#include <string.h>

#define COUNT 60 /* six seconds */

static struct moment moments[COUNT];

/* A face at rest for all of it. */
static void
rest(void)
{
	memset(moments, 0, sizeof(moments));
	for (int i = 0; i < COUNT; i++) {
		moments[i].time_ms = (uint32_t)i * 100;
		moments[i].has_face = moments[i].face.has_points = true;
		moments[i].signals = (struct signals){.jaw = 160, .up = -0.34f,
		    .mouth = 0.02f, .chin = 0.52f, .eyes = 0.35f};
	}
}

static size_t
find(struct event *events)
{
	return events_find(moments, COUNT, 0, events);
}
