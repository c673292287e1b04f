/*
 * Faces in a picture, by the cascade that opencv.h loads.
 */
#pragma once

#include "vision/pixels/opencv.h"

/* A square around a face, by its upper left corner; pixels. */
struct face_at {
	int x, y, width;
};

#define FACES_AT_MAX 8

/* Two that were taught by other pictures; either NULL: none. */
struct cascades {
	struct cascade *quick;
	struct cascade *again; /* sees more, and takes four times as long */
};

/* Faces that look ahead on a grey picture, of widths between two, the widest
 * first. */
RESULT cascade_find(struct cascade *c, const struct raster *grey,
    const int widths[2], struct face_at out[FACES_AT_MAX], size_t *count);
