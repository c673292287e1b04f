/*
 * Convolutional networks of our own: from ONNX bytes to numbers, without a
 * library.
 *
 * What is read is a chain of convolutions, each with or without a floor at
 * zero, and of means over squares: that is what all networks of models.def
 * are made of (vision/net/onnx.h). A network of somebody else's runs in OpenCV
 * (vision/film/graph.h), at twice the time.
 */
#pragma once

#include "base/buf.h"

struct net;

/* ERR_UNREADABLE: not such a chain, or weights that are no numbers;
 * ERR_TOO_LARGE: more than ours ever have. Copies what it needs. */
RESULT net_load(struct span onnx, struct net **out);
void net_free(struct net *n);

/* Of a block of numbers; the last one varies fastest. */
struct net_shape {
	int batch, channels, height, width; /* each 1 or more */
};

/*
 * Runs it, on any size that its kernels fit into. out is malloc'ed, the
 * caller's to free, and has the product of out_shape's sides, each a finite
 * number: ERR_INTERNAL where sums overflow, and for a block of another kind
 * than its first kernel wants. Holds no state: the same numbers give the same
 * answer, whatever was asked before.
 */
RESULT net_run(const struct net *n, const float *in, struct net_shape shape,
    float **out, struct net_shape *out_shape);

DEFINE_AUTO(net_free, struct net *)
