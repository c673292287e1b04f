/*
 * A document shown in a recording: the sharpest frames of it, read by the
 * same looks as photographs.
 */
#pragma once

#include "ident/challenge.h"
#include "vision/film/video.h"
#include "vision/sight.h"

#define SHOTS_MAX 30

/* A sharp frame, and what was read in it. */
struct shot {
	struct raster colour;
	uint32_t time_ms;
	float sharp;
	bool back;       /* shown after the back was asked for */
	bool has_page;   /* the document's outline was seen */
	bool upright;    /* and it is known which end is up */
	struct page page;
};

struct shown {
	struct video_facts facts;
	struct shot shots[SHOTS_MAX];
	size_t count;
	struct raster sides[2]; /* rectified: front, back; the best of each */
	uint32_t side_ms[2];
};

void shown_clear(struct shown *s);

/* When the back was asked for and a hand had turned it; UINT32_MAX for
 * documents of one side. */
uint32_t shown_back_from(const struct challenge *c);

/* Differences between neighbours in the middle of a frame: the sharper it is,
 * the more. */
float shown_sharpness(const struct raster *colour);

/* Where to keep a frame: one of each stretch of slot_ms and of each side, the
 * sharpest. NULL: there is a better one already, or no room. */
struct shot *shown_place(struct shown *s, float sharp, uint32_t time_ms,
    uint32_t slot_ms, uint32_t back_ms);

/* How the optically variable parts behave while it is tilted. */
struct tilt {
	size_t pictures;   /* of the front, rectified and laid together */
	double turned;     /* largest by smallest of its apparent aspects */
	double change;     /* grey levels between channels by which the part
	                      that changes most strays from its usual colour */
	struct box cell;   /* of it, in pixels of the rectified front */
};

/* ERR_NOT_FOUND: too few pictures of the front. */
RESULT tilt_measure(const struct shown *s, struct tilt *out);

DEFINE_AUTO_CLEAR(shown_clear, struct shown)
