/*
 * dlib's frontal detector (histograms of gradients) and its regression trees
 * for landmarks.
 *
 * The predictor was trained on the boxes of this very detector: it is given
 * nothing else. Loading takes a second and some 70 MB, so it is done once, in
 * the process that forks the readers; what they only read stays shared.
 */
#include <algorithm>
#include <cstring>
#include <exception>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

/* Without the system's algebra: it would start by mapping 128 MB, and the
 * matrices here are of two rows. These two read the settings. */
#include <dlib/assert.h>
#include <dlib/test_for_odr_violations.h>
#undef DLIB_USE_BLAS
#undef DLIB_USE_LAPACK
#include <dlib/image_processing.h>

/* Last, and as C: what it includes has no such words of its own. */
extern "C" {
#include "vision/film/detector.h"
#include "vision/film/faces.h"
}

/* What dlib calls its frontal_face_detector. */
typedef dlib::object_detector<dlib::scan_fhog_pyramid<dlib::pyramid_down<6>>>
    frontal;

struct faces {
	frontal detector;
	dlib::shape_predictor predictor;
	bool has_points;
};

template <class Body>
static enum err
guarded(Body body)
{
	try {
		return body();
	} catch (const std::bad_alloc &) {
		return FAIL(ERR_TOO_LARGE, "no memory for the picture");
	} catch (const std::exception &) {
		return FAIL(ERR_UNAVAILABLE, "not a model of landmarks");
	}
}

static void
load_detector(struct faces *f)
{
	std::istringstream bytes(std::string(
	    reinterpret_cast<const char *>(detector_bytes), detector_size));
	dlib::deserialize(f->detector, bytes);
}

static void
load_points(const char *path, struct faces *f)
{
	std::ifstream file(path, std::ios::binary);
	if (!file)
		return;
	dlib::deserialize(f->predictor, file);
	if (f->predictor.num_parts() != FACE_POINTS)
		throw dlib::serialization_error("of another number");
	f->has_points = true;
}

enum err
faces_make(const char *path, struct faces **out)
{
	return guarded([&]() -> enum err {
		auto f = std::make_unique<struct faces>();
		load_detector(f.get());
		f->has_points = false;
		if (path[0])
			load_points(path, f.get());
		*out = f.release();
		return OK;
	});
}

void
faces_free(struct faces *f)
{
	delete f;
}

bool
faces_have_points(const struct faces *f)
{
	return f && f->has_points;
}

static dlib::array2d<unsigned char>
image_of(const struct raster *grey)
{
	dlib::array2d<unsigned char> out(grey->height, grey->width);
	for (int y = 0; y < grey->height; y++)
		memcpy(&out[y][0], raster_row(grey, y),
		    static_cast<size_t>(grey->width));
	return out;
}

static dlib::rectangle
box_of(const struct face *f)
{
	long left = static_cast<long>(f->x), top = static_cast<long>(f->y);
	return dlib::rectangle(left, top,
	    left + static_cast<long>(f->width) - 1,
	    top + static_cast<long>(f->height) - 1);
}

enum err
faces_find(const struct faces *f, const struct raster *grey, float sure,
    struct face out[FACES_MAX], size_t *count)
{
	return guarded([&]() -> enum err {
		/* it keeps its pyramid inside: a copy would be far dearer */
		auto &detector = const_cast<frontal &>(f->detector);
		std::vector<dlib::rect_detection> found;
		detector(image_of(grey), found, static_cast<double>(sure));
		std::sort(found.begin(), found.end(),
		    [](const dlib::rect_detection &a,
			const dlib::rect_detection &b) {
			    return a.detection_confidence >
			        b.detection_confidence;
		    });
		*count = std::min(found.size(),
		    static_cast<size_t>(FACES_MAX));
		for (size_t i = 0; i < *count; i++) {
			const dlib::rectangle &r = found[i].rect;
			out[i] = {};
			out[i].x = static_cast<float>(r.left());
			out[i].y = static_cast<float>(r.top());
			out[i].width = static_cast<float>(r.width());
			out[i].height = static_cast<float>(r.height());
			out[i].sure = static_cast<float>(
			    found[i].detection_confidence);
		}
		return OK;
	});
}

enum err
faces_points(const struct faces *f, const struct raster *grey,
    struct face *face)
{
	face->has_points = false;
	if (!f->has_points)
		return OK;
	return guarded([&]() -> enum err {
		auto shape = f->predictor(image_of(grey), box_of(face));
		for (unsigned long i = 0; i < FACE_POINTS; i++) {
			face->points[i][0] = static_cast<float>(
			    shape.part(i).x());
			face->points[i][1] = static_cast<float>(
			    shape.part(i).y());
		}
		face->has_points = true;
		return OK;
	});
}
