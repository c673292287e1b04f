/*
 * Networks that nobody made: what is read of one is run on a small block,
 * so that a chain that was wrongly believed reads beyond its weights.
 */
#include "vision/net/net.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SIDE 16

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const float in[4 * SIDE * SIDE];
	AUTO(net_free) struct net *n = NULL;
	AUTO(free) float *out = NULL;
	struct net_shape shape = {1, 1, SIDE, SIDE}, said;
	if (net_load(SPAN(data, size), &n) != OK) {
		err_clear();
		return 0;
	}
	for (; shape.channels <= 4 && !out; shape.channels++)
		IGNORE(net_run(n, in, shape, &out, &said));
	return 0;
}
