/*
 * What landmarks say of a face in one picture, and what that is while the face
 * rests. Pure numbers; nothing here sees a picture.
 */
#pragma once

#include "vision/film/faces.h"
#include "vision/film/skin.h"

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
	bool astray;         /* its points may lie anywhere; most often they do
	                        as if the head were turned by less */
	bool searched;       /* for a second face */
	float second;        /* how sure of one; -1: none */
	float light;         /* mean grey of the face, 0 to 1 */
	float blur;          /* 0 to 1: how little is lost by blurring it */
	struct signals signals;
	struct skin skin;    /* where has_face */
	struct raster grey;  /* small, for following points; may be none */
};

void signals_of(const struct face *f, struct signals *out);

/* Whether they are known of it, and to be believed. */
bool moment_has_signals(const struct moment *m);

/* The middle turn of all that is believed; 0 where nothing is. */
float signals_usual_yaw(const struct moment *moments, size_t count);

/* Each but yaw becomes the middle of what it is in the believed pictures around
 * it: landmarks tremble, most in faces that are seen from aside or have a
 * beard. */
void signals_steady(struct moment *moments, size_t count);

/* The middle of what each was while the face rested; false: unknown.
 * at_rest_ms: until when the face looks ahead; 0: the first second. */
bool signals_at_rest(const struct moment *moments, size_t count,
    uint32_t at_rest_ms, struct signals *out);
