/*
 * Faces on a document by a network of our own: faint ones too, in lines or
 * dots, under print or glare, which no cascade sees.
 */
#pragma once

#include "vision/net/net.h"
#include "vision/still/raster.h"

#define HEAD_SPOTS_MAX 8

struct spot_of_head {
	float x, y, width; /* the middle of a face and its width, millimetres */
	float score;       /* above 0: rather one than none */
};

/* The likeliest first, none over another. net: heads.onnx. grey: the document
 * at per_mm pixels a millimetre, about three, as the network learned it. */
RESULT spots_find(const struct net *net, const struct raster *grey,
    float per_mm, struct spot_of_head out[HEAD_SPOTS_MAX], size_t *count);
