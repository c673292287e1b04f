/*
 * The network that compares faces: one that the administrator installed, with
 * the thresholds that came with it. Without one nothing is compared.
 *
 * What is to be known of it stands in a small file beside it, written by
 * `paraph model add` (docs/face-comparison.md). Its bytes are read before a
 * cage closes; only a process that is locked in makes a network of them,
 * because a damaged one can end whoever loads it.
 */
#pragma once

#include "vision/film/faces.h"
#include "vision/film/graph.h"

#define EMBEDDING_MODEL_MAX ((size_t)512 << 20)
#define EMBEDDING_MOST 4096 /* numbers of a face */
#define EMBEDDING_LEAST 16

struct embedding_input {
	int width, height; /* pixels of a face */
	double mean, scale; /* of what it is given: (value - mean) * scale */
	bool bgr;
};

struct embedding {
	struct embedding_input input;
	double same_from, other_below; /* of the cosine */
	struct buf onnx;
};

/* ERR_NOT_FOUND: none is installed. ERR_INVALID: the description makes no
 * sense. ERR_UNAVAILABLE: the network is not the one that it names. */
RESULT embedding_load(const char *description, struct embedding **out);
void embedding_free(struct embedding *e);

/* The description, as it is written. file: beside it. */
RESULT embedding_describe(const struct embedding *e, const char *file,
    const char *sha256, struct buf *out);

/* "same_from 0.4" and "other_below 0.3", a line each; # begins a remark. */
RESULT embedding_thresholds(const char *text, struct embedding *out);

/* A face of a picture, turned and scaled as networks want it. */
RESULT embedding_align(const struct raster *colour, const struct face *face,
    int width, int height, struct raster *out);

/* The numbers of a face of the network's size, of length one together. */
RESULT embedding_of(const struct embedding *e, struct graph *net,
    const struct raster *aligned, float out[EMBEDDING_MOST], size_t *count);

/* Whether it is a network of the kind at all: it runs, its numbers are
 * finite, and a face is like itself. For processes that are locked in. */
RESULT embedding_try(const struct embedding *e);

/* The same in a process of its own. strict: only in a cage. */
RESULT embedding_trial(const struct embedding *e, bool strict);

DEFINE_AUTO(embedding_free, struct embedding *)
