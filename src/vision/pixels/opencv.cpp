/*
 * OpenCV; like what other libraries want (draw, graph, barcodes and what
 * recordings need) in C++.
 *
 * Every entry runs inside guarded(), which turns an exception into an error:
 * nothing may unwind into C.
 */
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>
#include <malloc.h>
#include <unistd.h>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

/* Last, and as C: what it includes has no such words of its own. */
extern "C" {
#include "vision/pixels/cascade.h"
#include "vision/pixels/opencv.h"
}

template <class Body>
static enum err
guarded(Body body)
{
	try {
		return body();
	} catch (const std::bad_alloc &) {
		return FAIL(ERR_TOO_LARGE, "no memory for the picture");
	} catch (const std::exception &) {
		return FAIL(ERR_UNREADABLE, "the picture cannot be analysed");
	}
}

struct cascade {
	cv::CascadeClassifier stages;
};

static cv::Mat
view(const struct raster *r)
{
	return cv::Mat(r->height, r->width,
	    r->channels == 1 ? CV_8UC1 : CV_8UC3, r->data);
}

/*
 * Pictures are made and dropped by the dozen. Fresh pages from the kernel for
 * each of them cost a tenth of all the time, so their memory is kept.
 */
#define KEPT_PICTURE (32 * 1024 * 1024)
#define KEPT_ALL (64 * 1024 * 1024)

void
opencv_start(void)
{
	mallopt(M_MMAP_THRESHOLD, KEPT_PICTURE);
	mallopt(M_TRIM_THRESHOLD, KEPT_ALL);
	cv::setNumThreads(0);
	cv::redirectError([](int, const char *, const char *, const char *,
	    int, void *) { return 0; });
}

enum err
cascade_load(struct span xml, struct cascade **out)
{
	return guarded([&]() -> enum err {
		cv::FileStorage file(std::string(
		    reinterpret_cast<const char *>(xml.data), xml.size),
		    cv::FileStorage::READ | cv::FileStorage::MEMORY |
		    cv::FileStorage::FORMAT_XML);
		auto *c = new struct cascade;
		if (!c->stages.read(file.getFirstTopLevelNode())) {
			delete c;
			return FAIL(ERR_UNREADABLE, "no cascade");
		}
		*out = c;
		return OK;
	});
}

void
cascade_free(struct cascade *c)
{
	delete c;
}

enum err
cascade_sees(struct cascade *c, const struct raster *grey, int least,
    bool *out)
{
	return guarded([&]() -> enum err {
		std::vector<cv::Rect> found;
		c->stages.detectMultiScale(view(grey), found, 1.08, 2, 0,
		    cv::Size(least, least));
		*out = !found.empty();
		return OK;
	});
}

enum err
cascade_find(struct cascade *c, const struct raster *grey,
    const int widths[2], struct face_at out[FACES_AT_MAX], size_t *count)
{
	return guarded([&]() -> enum err {
		std::vector<cv::Rect> found;
		c->stages.detectMultiScale(view(grey), found, 1.1, 3, 0,
		    cv::Size(widths[0], widths[0]),
		    cv::Size(widths[1], widths[1]));
		std::stable_sort(found.begin(), found.end(),
		    [](const cv::Rect &a, const cv::Rect &b) {
			    return a.width > b.width;
		    });
		*count = 0;
		for (const cv::Rect &f : found)
			if (*count < FACES_AT_MAX)
				out[(*count)++] = {f.x, f.y, f.width};
		return OK;
	});
}

/* Where dark strokes of about that width stand close together, so near. */
static cv::Mat
stroke_areas(const cv::Mat &grey, int stroke, int near)
{
	cv::Mat hat, dense, areas;
	cv::Mat element = cv::getStructuringElement(cv::MORPH_ELLIPSE,
	    cv::Size(stroke * 2 + 1, stroke * 2 + 1));
	cv::morphologyEx(grey, hat, cv::MORPH_BLACKHAT, element);
	cv::boxFilter(hat, dense, -1, cv::Size(near * 2 + 1, near * 2 + 1));
	cv::threshold(dense, areas, 0, 255,
	    cv::THRESH_BINARY | cv::THRESH_OTSU);
	return areas;
}

static bool
bar_of(const cv::RotatedRect &box, struct bar *out)
{
	float w = box.size.width, h = box.size.height;
	float longer = std::max(w, h), shorter = std::min(w, h);
	if (longer < 100 || longer < shorter * 3.5f)
		return false;
	float angle = box.angle + (w >= h ? 0.f : 90.f);
	float turn = angle * static_cast<float>(CV_PI / 180);
	*out = {box.center.x, box.center.y, std::cos(turn) * longer / 2,
	    std::sin(turn) * longer / 2, shorter / 2};
	return true;
}

enum err
opencv_bars(const struct raster *grey, int stroke, int near,
    struct bar *out, size_t *count)
{
	return guarded([&]() -> enum err {
		cv::Mat areas = stroke_areas(view(grey), stroke, near);
		std::vector<std::vector<cv::Point>> edges;
		cv::findContours(areas, edges, cv::RETR_EXTERNAL,
		    cv::CHAIN_APPROX_SIMPLE);
		std::vector<struct bar> bars;
		for (const auto &edge : edges) {
			struct bar b;
			if (bar_of(cv::minAreaRect(edge), &b))
				bars.push_back(b);
		}
		std::sort(bars.begin(), bars.end(),
		    [](const struct bar &a, const struct bar &b) {
			    return std::hypot(a.along_x, a.along_y) >
			        std::hypot(b.along_x, b.along_y);
		    });
		*count = std::min(bars.size(), static_cast<size_t>(BARS_MAX));
		std::copy_n(bars.begin(), *count, out);
		return OK;
	});
}

/* By area, which is slow where every pixel has its own share. */
static int
how_to_scale(int to, int from)
{
	return to > from ? cv::INTER_CUBIC :
	    to * 4 > from * 3 ? cv::INTER_LINEAR : cv::INTER_AREA;
}

/* By halves as long as that is not too small: four pixels into one is several
 * times as fast as any other share of them. */
static cv::Mat
halved(cv::Mat from, int width, int height)
{
	while (from.cols >= 2 * width && from.rows >= 2 * height) {
		cv::Size half(from.cols / 2, from.rows / 2);
		cv::Mat even = from(cv::Rect(0, 0, 2 * half.width,
		    2 * half.height)), small;
		cv::resize(even, small, half, 0, 0, cv::INTER_AREA);
		from = small;
	}
	return from;
}

enum err
opencv_resize(const struct raster *in, int width, int height,
    struct raster *out)
{
	return guarded([&]() -> enum err {
		TRY(raster_room(width, height, in->channels, out));
		cv::Mat to = view(out), from = halved(view(in), width,
		    height);
		cv::resize(from, to, to.size(), 0, 0,
		    how_to_scale(width, from.cols));
		return OK;
	});
}

enum err
opencv_flatten(const struct raster *grey, int radius, struct raster *out)
{
	return guarded([&]() -> enum err {
		TRY(raster_room(grey->width, grey->height, 1, out));
		cv::Mat small, ground, to = view(out);
		cv::Mat from = view(grey);
		cv::resize(from, small, cv::Size(), 0.25, 0.25,
		    cv::INTER_AREA);
		cv::medianBlur(small, small, radius / 4 * 2 + 1);
		cv::GaussianBlur(small, small, cv::Size(), radius / 8.0);
		cv::resize(small, ground, from.size());
		cv::divide(from, ground, to, 230);
		return OK;
	});
}

enum err
opencv_even(const struct raster *grey, int across, struct raster *out)
{
	return guarded([&]() -> enum err {
		TRY(raster_room(grey->width, grey->height, 1, out));
		cv::Mat small, ground, to = view(out);
		cv::Mat from = view(grey);
		int side = across / 2 | 1;
		cv::resize(from, small, cv::Size(), 0.5, 0.5, cv::INTER_AREA);
		cv::morphologyEx(small, small, cv::MORPH_CLOSE,
		    cv::getStructuringElement(cv::MORPH_ELLIPSE,
			cv::Size(side, side)));
		cv::resize(small, ground, from.size());
		cv::divide(from, ground, to, 230);
		return OK;
	});
}

/* Less its mean, fading out towards the edges. */
static cv::Mat
windowed(const float *plane, int side)
{
	static cv::Mat window;
	if (window.rows != side)
		cv::createHanningWindow(window, cv::Size(side, side), CV_32F);
	cv::Mat in(side, side, CV_32F, const_cast<float *>(plane));
	return (in - cv::mean(in)[0]).mul(window);
}

#define RAISED_MOST 2.0 /* times the contrast there is */
#define RAISED_PARTS cv::Size(8, 6)

enum err
opencv_raise(const struct raster *grey, struct raster *out)
{
	return guarded([&]() -> enum err {
		TRY(raster_room(grey->width, grey->height, 1, out));
		cv::Mat raised = view(out);
		cv::createCLAHE(RAISED_MOST, RAISED_PARTS)->apply(
		    view(grey), raised);
		return OK;
	});
}

enum err
opencv_spectrum_of(const float *real, const float *imaginary, int side,
    float *out)
{
	return guarded([&]() -> enum err {
		cv::Mat in = windowed(real, side), both, parts[2];
		cv::Mat to(side, side, CV_32F, out);
		if (imaginary) {
			parts[0] = in;
			parts[1] = windowed(imaginary, side);
			cv::merge(parts, 2, in);
		}
		cv::dft(in, both, cv::DFT_COMPLEX_OUTPUT);
		cv::split(both, parts);
		cv::magnitude(parts[0], parts[1], to);
		return OK;
	});
}

enum err
opencv_unwarp(const struct raster *in, const float corners[8], int width,
    int height, struct raster *out)
{
	return guarded([&]() -> enum err {
		TRY(raster_room(width, height, in->channels, out));
		cv::Point2f from[4], to[4];
		for (int i = 0; i < 4; i++)
			from[i] = {corners[2 * i], corners[2 * i + 1]};
		float right = static_cast<float>(width);
		float bottom = static_cast<float>(height);
		to[0] = {0, 0};
		to[1] = {right, 0};
		to[2] = {right, bottom};
		to[3] = {0, bottom};
		cv::Mat map = cv::getPerspectiveTransform(from, to), pixels =
		    view(out);
		cv::warpPerspective(view(in), pixels, map, pixels.size(),
		    cv::INTER_LINEAR, cv::BORDER_REPLICATE);
		return OK;
	});
}

enum err
opencv_without_print(const struct raster *in, int radius, struct raster *out)
{
	return guarded([&]() -> enum err {
		TRY(raster_room(in->width, in->height, in->channels, out));
		cv::Mat to = view(out);
		cv::Size size(2 * radius + 1, 2 * radius + 1);
		cv::morphologyEx(view(in), to, cv::MORPH_CLOSE,
		    cv::getStructuringElement(cv::MORPH_RECT, size));
		return OK;
	});
}

enum err
opencv_match(const struct raster *large, const struct raster *small,
    const int not_in[4], int place[2], double *likeness)
{
	return guarded([&]() -> enum err {
		if (small->width >= large->width ||
		    small->height >= large->height)
			return FAIL(ERR_NOT_FOUND, "no room");
		cv::Mat said;
		cv::Scalar middle, spread;
		cv::meanStdDev(view(small), middle, spread);
		if (spread[0] <= 0) { /* which OpenCV finds everywhere */
			place[0] = place[1] = 0;
			*likeness = 0;
			return OK;
		}
		cv::matchTemplate(view(large), view(small), said,
		    cv::TM_CCOEFF_NORMED);
		cv::Rect out(not_in[0] - small->width / 2,
		    not_in[1] - small->height / 2, not_in[2], not_in[3]);
		out &= cv::Rect(0, 0, said.cols, said.rows);
		if (out.area() > 0)
			said(out).setTo(-1);
		cv::Point best;
		cv::minMaxLoc(said, nullptr, likeness, nullptr, &best);
		place[0] = best.x;
		place[1] = best.y;
		return OK;
	});
}
