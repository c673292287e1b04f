/*
 * Networks by OpenCV: see graph.h.
 *
 * Like every C++ file here it lets no exception out: guarded() makes an error
 * of it.
 */
#include <cstdlib>
#include <cstring>

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

/* Last, and as C: what it includes has no such words of its own. */
extern "C" {
#include "vision/film/graph.h"
}

struct graph {
	cv::dnn::Net layers;
};

template <class Body>
static enum err
guarded(Body body)
{
	try {
		return body();
	} catch (const std::bad_alloc &) {
		return FAIL(ERR_TOO_LARGE, "no memory for the network");
	} catch (const std::exception &) {
		return FAIL(ERR_UNREADABLE, "the network cannot be run");
	}
}

enum err
graph_load(struct span onnx, struct graph **out)
{
	return guarded([&]() -> enum err {
		auto *n = new struct graph;
		try {
			n->layers = cv::dnn::readNetFromONNX(
			    reinterpret_cast<const char *>(onnx.data),
			    onnx.size);
			n->layers.setPreferableBackend(
			    cv::dnn::DNN_BACKEND_OPENCV);
			n->layers.setPreferableTarget(
			    cv::dnn::DNN_TARGET_CPU);
		} catch (...) {
			delete n;
			throw;
		}
		*out = n;
		return OK;
	});
}

void
graph_free(struct graph *n)
{
	delete n;
}

enum err
graph_run(struct graph *n, const float *in, struct net_shape shape, float **out,
    struct net_shape *out_shape)
{
	return guarded([&]() -> enum err {
		int sides[4] = {shape.batch, shape.channels, shape.height,
		    shape.width};
		cv::Mat given(4, sides, CV_32F, const_cast<float *>(in));
		n->layers.setInput(given);
		cv::Mat said = n->layers.forward();
		if (said.dims < 2 || said.dims > 4)
			return FAIL(ERR_INTERNAL, "a network of another kind");
		*out_shape = {said.size[0], said.size[1],
		    said.dims > 2 ? said.size[2] : 1,
		    said.dims > 3 ? said.size[3] : 1};
		size_t size = said.total() * sizeof(float);
		*out = static_cast<float *>(malloc(size));
		if (!*out)
			throw std::bad_alloc();
		memcpy(*out, said.ptr<float>(), size);
		return OK;
	});
}
