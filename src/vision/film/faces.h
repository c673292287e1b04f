/*
 * Faces and their 68 landmarks: dlib behind a C header.
 *
 * The detector stands in the library; the landmarks come from a file that the
 * administrator names (any 68-point model of dlib). The points are numbered
 * as everywhere: 0-16 the jaw from the picture's left, 27-35 the nose, 36-47
 * the eyes, 48-67 the mouth. It never sees a recording, only pixels.
 */
#pragma once

#include "base/auto.h"
#include "base/err.h"
#include "vision/still/raster.h"

#define FACE_POINTS 68
#define FACES_MAX 4

struct face {
	float x, y, width, height; /* the detector's box; may reach outside */
	float sure;                /* 0: just a face; rarely above 3 */
	float points[FACE_POINTS][2];
	bool has_points;
	float strays; /* how far the points go when they are sought from another
	                 box, by its width; where they were sought twice */
};

/* What finds faces; shared by whoever is forked later. */
struct faces;

/*
 * path: of the landmarks; "" or a file that is not there: faces are found
 * without points. sha256: 64 hex digits that the file must have, "" for any.
 * ERR_UNAVAILABLE: it is another file, or no such model.
 */
RESULT faces_load(const char *path, const char *sha256, struct faces **out);
/* The same of a file that was judged already. */
RESULT faces_make(const char *path, struct faces **out);
void faces_free(struct faces *f);
bool faces_have_points(const struct faces *f);

/* Those at least so sure, the surest first, without points. */
RESULT faces_find(const struct faces *f, const struct raster *grey,
    float sure, struct face out[FACES_MAX], size_t *count);

/* Finds the points of a face; none without a model. */
RESULT faces_points(const struct faces *f, const struct raster *grey,
    struct face *face);

DEFINE_AUTO(faces_free, struct faces *)
