/*
 * Likeness, by OpenCV's filters. The page is made smaller until a face of the
 * size that is looked for is as wide as the one it is held against: features
 * are then as fine in both, and large faces cost little.
 */
#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

/* Last, and as C: what it includes has no such words of its own. */
extern "C" {
#include "vision/likeness.h"
}

#define FINE 0.034     /* of a face's width */
#define COARSE 4       /* times that */
#define ACROSS 0.20    /* the weight's spread, of the width and the height */
#define DOWN 0.22
#define MIDDLE_DOWN 0.48
#define NOISE 0.3      /* of a place without any feature, squared levels */
#define EACH 3         /* places of one size */
#define APART 0.3f     /* of its size: two places are one */
#define EVEN_FINE 1.2
#define EVEN_COARSE 61
#define EVEN_LEVELS 50
#define EVEN_NOISE 1.5

struct weighed {
	cv::Mat across, down; /* each sums up to 1 */
	cv::Mat kernel;       /* of the face, of no mean and unit spread */
};

static cv::Mat
view(const struct raster *r)
{
	return cv::Mat(r->height, r->width, CV_8UC1, r->data);
}

static cv::Mat
features(const cv::Mat &grey, int width, int height, double wide)
{
	cv::Mat small, real, fine, coarse;
	cv::resize(grey, small, cv::Size(width, height), 0, 0,
	    width < grey.cols ? cv::INTER_AREA : cv::INTER_LINEAR);
	small.convertTo(real, CV_32F);
	cv::GaussianBlur(real, fine, cv::Size(), FINE * wide);
	cv::GaussianBlur(real, coarse, cv::Size(), COARSE * FINE * wide);
	return fine - coarse;
}

static cv::Mat
bell(int size, double middle, double spread)
{
	cv::Mat out(size, 1, CV_32F);
	for (int i = 0; i < size; i++) {
		double away = ((i + 0.5) / size - middle) / spread;
		out.at<float>(i) = static_cast<float>(
		    std::exp(-away * away / 2));
	}
	return out / cv::sum(out)[0];
}

static struct weighed
weigh(const cv::Mat &face, int wide)
{
	int high = std::max(8, cvRound(
	    static_cast<double>(wide) * face.rows / face.cols));
	struct weighed w = {bell(wide, 0.5, ACROSS),
	    bell(high, MIDDLE_DOWN, DOWN), cv::Mat()};
	cv::Mat weight = w.down * w.across.t();
	cv::Mat seen = features(face, wide, high, wide);
	seen -= cv::sum(seen.mul(weight))[0];
	double spread = cv::sum(seen.mul(seen).mul(weight))[0];
	w.kernel = seen.mul(weight) / std::sqrt(spread + NOISE);
	return w;
}

/* The correlation at each place, -1 where a face would not be whole. */
static cv::Mat
correlate(const cv::Mat &seen, const struct weighed &w)
{
	cv::Mat with, mean, square, out;
	cv::filter2D(seen, with, CV_32F, w.kernel, cv::Point(-1, -1), 0,
	    cv::BORDER_REPLICATE);
	cv::sepFilter2D(seen, mean, CV_32F, w.across, w.down,
	    cv::Point(-1, -1), 0, cv::BORDER_REPLICATE);
	cv::sepFilter2D(seen.mul(seen), square, CV_32F, w.across, w.down,
	    cv::Point(-1, -1), 0, cv::BORDER_REPLICATE);
	square -= mean.mul(mean);
	cv::max(square, NOISE, square);
	cv::sqrt(square, square);
	out = with / square;
	int x = w.kernel.cols * 3 / 8, y = w.kernel.rows * 3 / 8;
	cv::Mat whole(out.size(), CV_32F, cv::Scalar(-1));
	if (out.cols > 2 * x && out.rows > 2 * y) {
		cv::Rect inner(x, y, out.cols - 2 * x, out.rows - 2 * y);
		out(inner).copyTo(whole(inner));
	}
	return whole;
}

static void
forget(cv::Mat &map, cv::Rect place)
{
	place &= cv::Rect(0, 0, map.cols, map.rows);
	if (place.area() > 0)
		map(place).setTo(-1);
}

static void
at_size(const cv::Mat &page, const cv::Mat &face, const struct weighed &w,
    float share, const struct likeness_how *how,
    std::vector<struct likeness_place> &all)
{
	double scale = how->wide / (static_cast<double>(share) * face.cols);
	int width = cvRound(page.cols * scale);
	int height = cvRound(page.rows * scale);
	if (width < how->wide || height < w.kernel.rows)
		return;
	const float *no = how->not_in;
	cv::Mat map = correlate(features(page, width, height, how->wide), w);
	forget(map, cv::Rect(cvRound(no[0] * scale), cvRound(no[1] * scale),
	    cvRound(no[2] * scale), cvRound(no[3] * scale)));
	for (int i = 0; i < EACH; i++) {
		double alike;
		cv::Point at;
		cv::minMaxLoc(map, nullptr, &alike, nullptr, &at);
		if (alike <= 0)
			return;
		double x = at.x - w.kernel.cols / 2 + w.kernel.cols / 2.0;
		double y = at.y - w.kernel.rows / 2 + w.kernel.rows / 2.0;
		all.push_back({static_cast<float>(x / scale),
		    static_cast<float>(y / scale), share, alike});
		forget(map, cv::Rect(at.x - how->wide / 3, at.y -
		    how->wide / 2, how->wide * 2 / 3, how->wide));
	}
}

static bool
is_known(const struct likeness_place *places, size_t count,
    const struct likeness_place &p, float wide)
{
	for (size_t i = 0; i < count; i++)
		if (std::hypot(places[i].x - p.x, places[i].y - p.y) <
		    APART * wide * std::max(places[i].share, p.share))
			return true;
	return false;
}

enum err
likeness_seek(const struct raster *page, const struct raster *face,
    const struct likeness_how *how, struct likeness_place out[LIKENESS_PLACES],
    size_t *count)
{
	*count = 0;
	try {
		std::vector<struct likeness_place> all;
		struct weighed w = weigh(view(face), how->wide);
		for (float s = how->least; s <= how->most; s *= how->step)
			at_size(view(page), view(face), w, s, how, all);
		std::stable_sort(all.begin(), all.end(),
		    [](const struct likeness_place &a,
		    const struct likeness_place &b) {
			return a.alike > b.alike;
		});
		for (const struct likeness_place &p : all)
			if (*count < LIKENESS_PLACES && !is_known(out, *count,
			    p, static_cast<float>(face->width)))
				out[(*count)++] = p;
		return OK;
	} catch (const std::exception &) {
		return FAIL(ERR_UNREADABLE, "the picture cannot be analysed");
	}
}

enum err
likeness_even(const struct raster *grey, struct raster *out)
{
	TRY(raster_make(grey->width, grey->height, 1, out));
	try {
		cv::Mat real, fine, coarse, around, levels = view(out);
		view(grey).convertTo(real, CV_32F);
		cv::GaussianBlur(real, fine, cv::Size(), EVEN_FINE);
		cv::blur(real, coarse, cv::Size(EVEN_COARSE, EVEN_COARSE));
		fine -= coarse;
		cv::blur(fine.mul(fine), around, cv::Size(EVEN_COARSE,
		    EVEN_COARSE));
		cv::sqrt(around, around);
		fine = EVEN_LEVELS * fine / (around + EVEN_NOISE);
		fine.convertTo(levels, CV_8U, 1, 128);
		return OK;
	} catch (const std::exception &) {
		return FAIL(ERR_UNREADABLE, "the picture cannot be analysed");
	}
}
