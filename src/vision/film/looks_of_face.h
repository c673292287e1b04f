/*
 * How a face looks, as local patterns of its skin (LBP): for telling whether
 * it stays the same within one recording. It cannot tell people apart from
 * one day to another, and is used for nothing else.
 */
#pragma once

#include "vision/film/faces.h"
#include "vision/still/raster.h"

#define FACE_CELLS 8 /* across and down */
#define FACE_BINS 59
#define FACE_LOOK (FACE_CELLS * FACE_CELLS * FACE_BINS)

struct face_look {
	float share[FACE_LOOK]; /* of each pattern in each cell */
	float size;             /* of the face, in pixels; 0: not known */
};

/* grey: what the face's points are in. ERR_NOT_FOUND: too near the edge. */
RESULT face_look_of(const struct raster *grey, const struct face *face,
    struct face_look *out);

/* 0: the same, 1: nothing in common. */
double face_look_apart(const struct face_look *a, const struct face_look *b);

/*
 * Looks of very unlike size are compared in neither: who comes near shows more
 * of the skin.
 *
 * The split of a list that sets its two sides furthest apart: mean difference
 * across by mean difference within, of the nearest few on each side. 1: no
 * such place. at: the first one behind it.
 */
double face_look_split(const struct face_look *looks, size_t count,
    size_t *at);

/*
 * The same of the whole list, in calm stretches of a second each, of which
 * all before a moment are compared with all after it: somebody who changes
 * within a motion is never in two looks that are neighbours. ms: when each
 * look was; at: the first one behind the change. 0: too few stretches.
 */
double face_look_change(const struct face_look *looks, const uint32_t *ms,
    size_t count, size_t *at);
