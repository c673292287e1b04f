/*
 * The part of ONNX that our networks are written in: one chain of layers.
 *
 * The files are ours, but a file is a file: every length is held against what
 * is there, and an operation that is not known refuses the whole network
 * rather than being passed over.
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>

#define ONNX_LAYERS_MAX 32
#define ONNX_CHANNELS_MAX 2048
#define ONNX_KERNEL_MAX 32
/* Bytes of all layers: a file may name one tensor as often as it has layers */
#define ONNX_WEIGHTS_MAX ((size_t)16 * 1024 * 1024)

/* The kernel's sides and steps: down, then across. */
struct onnx_layer {
	bool mean;          /* over the kernel; else a convolution */
	int kernel[2], step[2];
	int before[2], after[2]; /* zeros around, of a convolution */
	bool rectified;     /* what is below zero becomes zero */
	int in, out;        /* channels, of a convolution */
	const uint8_t *weights; /* float32, little-endian, in the file: */
	const uint8_t *bias;    /* out x in x down x across; out, or NULL */
};

/* ERR_UNREADABLE: no such chain; ERR_TOO_LARGE: more than ours ever have. */
RESULT onnx_chain(struct span file,
    struct onnx_layer out[ONNX_LAYERS_MAX], size_t *count);
