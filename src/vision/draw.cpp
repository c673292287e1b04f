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

enum err
draw_label(struct raster *colour, int x, int y, const char *text,
    struct ink ink, int height)
{
	try {
		cv::Mat pixels = view(colour);
		int below = 0, rim = std::max(2, height / 5);
		double scale = height / 22.0;
		cv::Size size = cv::getTextSize(text, font, scale, 1, &below);
		int w = size.width + 2 * rim;
		int h = size.height + below + rim;
		x = std::max(0, std::min(x, pixels.cols - w));
		y = std::max(h, std::min(y, pixels.rows));
		cv::rectangle(pixels, cv::Point(x, y - h), cv::Point(x + w, y),
		    colour_of(ink), cv::FILLED);
		bool dark = ink.red * 3 + ink.green * 6 + ink.blue < 1500;
		cv::putText(pixels, text, cv::Point(x + rim, y - below), font,
		    scale, dark ? cv::Scalar::all(255) : cv::Scalar::all(0),
		    1, cv::LINE_AA);
		return OK;
	} catch (const std::exception &) {
		return FAIL(ERR_INTERNAL, "this cannot be drawn");
	}
}
