/*
 * A network that somebody else made, of any kind that OpenCV knows: what
 * compares faces. Ours run without it (vision/net/net.h), and a program that
 * has no such network does not load that part of OpenCV.
 */
#pragma once

#include "vision/net/net.h"

struct graph;
RESULT graph_load(struct span onnx, struct graph **out);
void graph_free(struct graph *g);

/* As net_run; sides that the answer does not have are 1. */
RESULT graph_run(struct graph *g, const float *in, struct net_shape shape,
    float **out, struct net_shape *out_shape);

DEFINE_AUTO(graph_free, struct graph *)
