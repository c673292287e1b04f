/*
 * Finding the face of a recording from picture to picture.
 *
 * Each is searched anew, but around where the face was: there a small face
 * can be enlarged, a turned one may be less sure, and whoever hangs on the
 * wall is not taken for the participant. Every second picture is searched as
 * a whole for somebody else.
 */
#pragma once

#include "ident/finding.h"
#include "vision/film/signals.h"

struct seek {
	struct face last; /* as it was seen last, in pixels of the picture */
	uint32_t last_ms;
	bool seen;        /* ever */
	float jaw;        /* when it was surely one */
	bool strayed;     /* its points were not to be believed the last time */
	float aside;      /* how far its light stands aside; even.h */
	size_t pictures;
};

/* Face, second face, light and blur of a picture at m->time_ms, into *m. The
 * pictures of one recording in their order. long_film: look less closely. */
RESULT seek_face(struct seek *s, const struct faces *faces,
    const struct raster *colour, bool long_film, struct moment *m);

/* A part of a grey picture that may lie beyond it, where its border goes on:
 * the detector does not know faces that a border cuts. */
RESULT seek_cut(const struct raster *grey, struct box part,
    struct raster *out);

/* Whether two boxes can be one face. */
bool seek_is_near(const struct face *a, const struct face *b);

/* How little of a face a blur takes away, 0 to 1; in pixels of grey. */
float face_blur(const struct raster *grey, const struct face *face);
