/*
 * What a face does over time: from landmarks to signals, from signals to
 * events. Pure numbers; nothing here sees a picture, and nothing knows what
 * was asked.
 */
#pragma once

#include "ident/challenge.h"
#include "vision/faces.h"
#include "vision/skin.h"

/* Of one frame. Angles in degrees; the rest by the width of the jaw. */
struct signals {
	float jaw;   /* pixels from ear to ear */
	float yaw;   /* by where the nose stands between the sides of the jaw;
	                positive to the participant's own left */
	float up;    /* how far the nose stands above the line of the ears */
	float mouth; /* gap of the inner lips by their width */
	float chin;  /* from the nose down to the chin, by the jaw's width */
	float eyes;  /* openness, mean of both; by their width */
	float roll;  /* of the line of the eyes, clockwise */
};

struct moment {
	uint32_t time_ms;
	bool has_face;
	struct face face;    /* in pixels of the looked-at picture */
	bool searched;       /* for a second face */
	float second;        /* how sure of one; -1: none */
	float light;         /* mean grey of the face, 0 to 1 */
	float blur;          /* 0 to 1: how little is lost by blurring it */
	struct signals signals;
	struct skin skin;    /* where has_face */
	struct raster grey;  /* small, for following points; may be none */
};

#define EVENTS_MAX 24

struct event {
	enum prompt_name name;
	uint32_t from_ms, to_ms;
	float peak; /* in the signal's own unit, less what is usual */
};

void signals_of(const struct face *f, struct signals *out);

/*
 * What was done, in its order. at_rest_ms: until when the face looks ahead;
 * 0: the first second. Nothing where the face was never seen at rest.
 */
size_t events_find(const struct moment *moments, size_t count,
    uint32_t at_rest_ms, struct event out[EVENTS_MAX]);

/* The middle of what a signal was while the face rested; false: unknown. */
bool signals_at_rest(const struct moment *moments, size_t count,
    uint32_t at_rest_ms, struct signals *out);
