/*
 * Drawing by OpenCV; the letters are its Hershey strokes, which need no font
 * file. As in opencv.cpp no exception leaves it.
 */
#include <algorithm>
#include <exception>
#include <string>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

/* Last, and as C: what it includes has no such words of its own. */
extern "C" {
#include "vision/draw.h"
}

static const int font = cv::FONT_HERSHEY_SIMPLEX;

static cv::Mat
view(struct raster *r)
{
	return cv::Mat(r->height, r->width, CV_8UC3, r->data);
}

/* A raster holds red first. */
static cv::Scalar
colour_of(struct ink ink)
{
	return cv::Scalar(ink.red, ink.green, ink.blue);
}

enum err
draw_polygon(struct raster *colour, const int *points, size_t count,
    struct ink ink, int width)
{
	try {
		std::vector<cv::Point> corners;
		for (size_t i = 0; i < count; i++)
			corners.emplace_back(points[2 * i],
			    points[2 * i + 1]);
		cv::Mat pixels = view(colour);
		cv::polylines(pixels, corners, true, colour_of(ink), width,
		    cv::LINE_AA);
		return OK;
	} catch (const std::exception &) {
		return FAIL(ERR_INTERNAL, "this cannot be drawn");
	}
}

void
plates_keep(struct plates *plates, struct box box)
{
	if (plates->count < PLATES_MAX)
		plates->of[plates->count++] = box;
}

/* The plate that lies there; NULL: none. */
static const struct box *
taken(const struct plates &plates, const cv::Rect &r)
{
	for (size_t i = 0; i < plates.count; i++) {
		const struct box &b = plates.of[i];
		if ((r & cv::Rect(b.x, b.y, b.width, b.height)).area() > 0)
			return &b;
	}
	return NULL;
}

/* Behind those that lie there; where the picture ends, under them. */
static cv::Rect
place_along(
    const struct plates &plates, const cv::Rect &wanted, const cv::Rect &whole)
{
	cv::Rect at = wanted;

	while (const struct box *there = taken(plates, at)) {
		at.x = there->x + there->width;
		if (at.br().x <= whole.width)
			continue;
		at.x = wanted.x;
		at.y += at.height;
		if (at.br().y > whole.height)
			return wanted;
	}
	return at;
}

/* As near to the box as there is room. */
static cv::Rect
place(const struct plates &plates, const struct box &b, cv::Size size,
    const cv::Rect &whole)
{
	const int w = size.width, h = size.height;
	const int under = b.y + b.height + 1, right = b.x + b.width + 2;
	const int middle = b.y + (b.height - h) / 2;
	const cv::Point around[] = {{right, middle}, {b.x - w - 2, middle},
	    {b.x, b.y - h - 1}, {b.x, under}};

	for (const cv::Point &p : around) {
		cv::Rect at(p, size);
		if ((at & whole) == at && !taken(plates, at))
			return at;
	}
	cv::Rect at(std::max(0, std::min(b.x, whole.width - w)),
	    std::max(0, std::min(b.y - h - 1, whole.height - h)), w, h);
	return place_along(plates, at, whole);
}

enum err
draw_label(struct raster *colour, struct plates *plates, struct box beside,
    const char *text, struct ink ink, int height)
{
	try {
		cv::Mat pixels = view(colour);
		int below = 0, rim = std::max(2, height / 5);
		double scale = height / 22.0;
		cv::Size size = cv::getTextSize(text, font, scale, 1, &below);
		cv::Rect at = place(*plates, beside,
		    cv::Size(size.width + 2 * rim, size.height + below + rim),
		    cv::Rect(cv::Point(), pixels.size()));
		if (!taken(*plates, at))
			plates_keep(plates, {at.x, at.y, at.width, at.height});
		cv::rectangle(pixels, at, colour_of(ink), cv::FILLED);
		bool dark = ink.red * 3 + ink.green * 6 + ink.blue < 1500;
		cv::putText(pixels, text,
		    cv::Point(at.x + rim, at.br().y - below), font, scale,
		    dark ? cv::Scalar::all(255) : cv::Scalar::all(0), 1,
		    cv::LINE_AA);
		return OK;
	} catch (const std::exception &) {
		return FAIL(ERR_INTERNAL, "this cannot be drawn");
	}
}

enum err
draw_larger(const struct raster *colour, int times, struct raster *out)
{
	TRY(raster_make(
	    colour->width * times, colour->height * times, 3, out));
	try {
		cv::Mat to = view(out);
		cv::resize(cv::Mat(colour->height, colour->width, CV_8UC3,
			       colour->data),
		    to, to.size(), 0, 0, cv::INTER_CUBIC);
		return OK;
	} catch (const std::exception &) {
		return FAIL(ERR_INTERNAL, "this cannot be drawn");
	}
}

