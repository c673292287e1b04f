/*
 * Points followed from picture to picture, and what flat thing could move
 * like them. OpenCV behind a C header.
 */
#pragma once

#include "base/err.h"
#include "vision/film/faces.h"
#include "vision/still/raster.h"

/*
 * What a stretch of pictures does to a face, from its first to its last. By
 * the width of the jaw in the first.
 */
struct tracks {
	size_t face, ground; /* points that could be followed to the end */
	double moved;     /* how far the points of the face went, middle */
	double flat;      /* how far they are from a plane in perspective; the
	                     ninetieth of a hundred */
	double alike;     /* ... from a plane that only turns, grows, shifts */
	double follows;   /* how far the ground is from where that plane of
	                     the face would put it, middle; -1: no ground */
	double ground_moved; /* middle */
};

/*
 * Greys of one size; face: in the first of them, with points. ERR_NOT_FOUND:
 * too little could be followed.
 */
RESULT tracks_follow(const struct raster *const *greys, size_t count,
    const struct face *face, struct tracks *out);

/*
 * A picture of a plane laid over another of it, both grey and nearly in place
 * already; colour: the first one's, which comes out as it lies then.
 * ERR_NOT_FOUND: too little of them agrees.
 */
RESULT tracks_lay(const struct raster *grey, const struct raster *colour,
    const struct raster *onto, struct raster *out);

/* The turn of a head whose points these are, in degrees, positive to the
 * participant's own left, by fitting a head of usual form. Of a picture so
 * wide and high. */
RESULT tracks_fitted_yaw(const struct face *face, int width, int height,
    double *out);
