/*
 * A face that turns shows other sides of its nose; a photograph that is
 * turned does not: all its points keep moving as one plane. So points of the
 * face are followed through a turn, and a plane in perspective is fitted to
 * where they went: what is left over is depth.
 */
#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/calib3d.hpp>
#include <opencv2/core.hpp>
#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

/* Last, and as C: what it includes has no such words of its own. */
extern "C" {
#include "vision/film/tracks.h"
}

static const int points_most = 160;
static const size_t face_least = 20, ground_least = 12;
static const float back_most = 0.7f;   /* pixels, there and back again */
static const double gross = 0.12;      /* of the jaw: a lost point */
static const float inner = 0.85f;      /* of the outline: no edge of it */
static const float outside = 1.7f;     /* times the box: ground */

typedef std::vector<cv::Point2f> points;

template <class Body>
static enum err
guarded(Body body)
{
	try {
		return body();
	} catch (const std::bad_alloc &) {
		return FAIL(ERR_TOO_LARGE, "no memory for the picture");
	} catch (const std::exception &) {
		return FAIL(ERR_NOT_FOUND, "nothing could be followed");
	}
}

static cv::Mat
view(const struct raster *r)
{
	return cv::Mat(r->height, r->width, CV_8UC1, r->data);
}

static double
jaw_of(const struct face *f)
{
	return std::hypot(f->points[16][0] - f->points[0][0],
	    f->points[16][1] - f->points[0][1]);
}

/* The face within its outline, whose own edge slides over the cheek. */
static cv::Mat
face_mask(const cv::Mat &grey, const struct face *f)
{
	cv::Mat mask = cv::Mat::zeros(grey.size(), CV_8UC1);
	cv::Point2f middle(0, 0);
	for (int i = 0; i < 27; i++)
		middle += cv::Point2f(f->points[i][0], f->points[i][1]);
	middle *= 1.f / 27;
	std::vector<cv::Point> outline, hull;
	for (int i = 0; i < 27; i++) {
		cv::Point2f p(f->points[i][0], f->points[i][1]);
		outline.push_back(middle + (p - middle) * inner);
	}
	cv::convexHull(outline, hull);
	cv::fillConvexPoly(mask, hull, cv::Scalar(255));
	return mask;
}

/* Beside and above the head: shoulders turn with it. */
static cv::Mat
ground_mask(const cv::Mat &grey, const struct face *f)
{
	cv::Mat mask(grey.size(), CV_8UC1, cv::Scalar(255));
	float x = f->x + f->width / 2, half = f->width * outside / 2;
	int left = static_cast<int>(x - half), right =
	    static_cast<int>(x + half);
	int top = static_cast<int>(f->y - f->height * 0.5f);
	int chin = static_cast<int>(f->y + f->height * 0.9f);
	cv::Rect all(0, 0, grey.cols, grey.rows);
	cv::Rect head(left, top, right - left, grey.rows - top);
	mask(head & all).setTo(0);
	mask(cv::Rect(0, chin, grey.cols, grey.rows) & all).setTo(0);
	return mask;
}

static points
corners_in(const cv::Mat &grey, const cv::Mat &mask, double apart)
{
	points out;
	cv::goodFeaturesToTrack(grey, out, points_most, 0.0003, apart, mask);
	return out;
}

/* Follows from picture to picture, there and back; from keeps those that
 * arrive. */
static points
follow(const std::vector<cv::Mat> &greys, points &from)
{
	points now = from, kept_from, kept;
	for (size_t i = 1; i < greys.size() && !now.empty(); i++) {
		points next, back;
		std::vector<unsigned char> there, again;
		std::vector<float> error;
		cv::Size window(13, 13);
		cv::calcOpticalFlowPyrLK(greys[i - 1], greys[i], now, next,
		    there, error, window, 3);
		cv::calcOpticalFlowPyrLK(greys[i], greys[i - 1], next, back,
		    again, error, window, 3);
		kept.clear();
		kept_from.clear();
		for (size_t k = 0; k < now.size(); k++) {
			cv::Point2f off = back[k] - now[k];
			if (!there[k] || !again[k] ||
			    std::hypot(off.x, off.y) > back_most)
				continue;
			kept.push_back(next[k]);
			kept_from.push_back(from[k]);
		}
		now = kept;
		from = kept_from;
	}
	return now;
}

static double
nth(std::vector<double> values, double share)
{
	if (values.empty())
		return 0;
	size_t k = static_cast<size_t>(share *
	    static_cast<double>(values.size() - 1));
	std::nth_element(values.begin(), values.begin() +
	    static_cast<std::ptrdiff_t>(k), values.end());
	return values[k];
}

static std::vector<double>
left_over(const points &from, const points &to, const cv::Mat &map)
{
	points put;
	std::vector<double> out;
	cv::perspectiveTransform(from, put, map);
	for (size_t i = 0; i < to.size(); i++) {
		cv::Point2f off = put[i] - to[i];
		out.push_back(std::hypot(off.x, off.y));
	}
	return out;
}

static double
moved(const points &from, const points &to)
{
	std::vector<double> steps;
	for (size_t i = 0; i < to.size(); i++) {
		cv::Point2f off = to[i] - from[i];
		steps.push_back(std::hypot(off.x, off.y));
	}
	return nth(steps, 0.5);
}

/* A plane that only turns, grows and shifts, as a map like the other. */
static cv::Mat
similarity(const points &from, const points &to)
{
	cv::Mat part = cv::estimateAffinePartial2D(from, to, cv::noArray(),
	    cv::LMEDS);
	cv::Mat map = cv::Mat::eye(3, 3, CV_64F);
	if (!part.empty())
		part.copyTo(map(cv::Rect(0, 0, 3, 2)));
	return map;
}

/* Points that were lost on the way pull a plane towards them. */
static void
drop_lost(points &from, points &to, double jaw)
{
	cv::Mat map = cv::findHomography(from, to, cv::LMEDS);
	if (map.empty())
		return;
	std::vector<double> off = left_over(from, to, map);
	points kept_from, kept_to;
	for (size_t i = 0; i < to.size(); i++) {
		if (off[i] > gross * jaw)
			continue;
		kept_from.push_back(from[i]);
		kept_to.push_back(to[i]);
	}
	from = kept_from;
	to = kept_to;
}

static void
measure_ground(const std::vector<cv::Mat> &pictures, const struct face *face,
    const cv::Mat &map, double jaw, struct tracks *out)
{
	points from = corners_in(pictures[0],
	    ground_mask(pictures[0], face), 6);
	points to = follow(pictures, from);
	out->ground = to.size();
	out->follows = -1;
	if (to.size() < ground_least)
		return;
	out->ground_moved = moved(from, to) / jaw;
	out->follows = nth(left_over(from, to, map), 0.5) / jaw;
}

enum err
tracks_follow(const struct raster *const *greys, size_t count,
    const struct face *face, struct tracks *out)
{
	return guarded([&]() -> enum err {
		std::vector<cv::Mat> pictures;
		for (size_t i = 0; i < count; i++)
			pictures.push_back(view(greys[i]));
		double jaw = jaw_of(face);
		points from = corners_in(pictures[0],
		    face_mask(pictures[0], face), 3);
		points to = follow(pictures, from);
		*out = {};
		if (jaw > 0 && to.size() >= face_least)
			drop_lost(from, to, jaw);
		if (jaw <= 0 || to.size() < face_least)
			return FAIL(ERR_NOT_FOUND, "too few points");
		out->face = to.size();
		out->moved = moved(from, to) / jaw;
		cv::Mat map = cv::findHomography(from, to, 0);
		if (map.empty())
			return FAIL(ERR_NOT_FOUND, "no plane fits");
		out->flat = nth(left_over(from, to, map), 0.9) / jaw;
		out->alike = nth(left_over(from, to, similarity(from, to)),
		    0.9) / jaw;
		measure_ground(pictures, face, map, jaw, out);
		return OK;
	});
}

static const size_t lay_least = 24;   /* points that must agree */
static const double lay_share = 0.5;  /* of those that were followed */
static const double mark_share = 0.25; /* of marks that look alike */
static const double lay_alike = 0.75; /* correlation, once laid */
static const double lay_off = 1.5;    /* pixels */
static const double mark_off = 3;
static const int marks_most = 700;
static const double seen_least = 0.5; /* of the picture */

/* The plane that so many of these points moved as; empty: none. */
static cv::Mat
plane_of(const points &from, const points &to, double share, double off)
{
	std::vector<unsigned char> agrees;
	if (to.size() < lay_least)
		return cv::Mat();
	cv::Mat map = cv::findHomography(from, to, agrees, cv::RANSAC, off);
	size_t count = static_cast<size_t>(std::count(agrees.begin(),
	    agrees.end(), 1));
	if (count < lay_least || static_cast<double>(count) < share *
	    static_cast<double>(to.size()))
		return cv::Mat();
	return map;
}

static cv::Mat
map_by_flow(const std::vector<cv::Mat> &both)
{
	cv::Mat all(both[0].size(), CV_8UC1, cv::Scalar(255));
	points from = corners_in(both[0], all, 5);
	points to = follow(both, from);
	return plane_of(from, to, lay_share, lay_off);
}

/* Where it lies far off, as a page whose lower end the frame cut away. */
static cv::Mat
map_by_marks(const std::vector<cv::Mat> &both)
{
	cv::Ptr<cv::ORB> orb = cv::ORB::create(marks_most, 1.2f, 6);
	std::vector<cv::KeyPoint> marks[2];
	std::vector<cv::DMatch> pairs;
	cv::Mat told[2];
	points from, to;
	for (int i = 0; i < 2; i++)
		orb->detectAndCompute(both[static_cast<size_t>(i)],
		    cv::noArray(), marks[i], told[i]);
	if (told[0].empty() || told[1].empty())
		return cv::Mat();
	cv::BFMatcher(cv::NORM_HAMMING, true).match(told[0], told[1], pairs);
	for (const cv::DMatch &pair : pairs) {
		from.push_back(
		    marks[0][static_cast<size_t>(pair.queryIdx)].pt);
		to.push_back(marks[1][static_cast<size_t>(pair.trainIdx)].pt);
	}
	return plane_of(from, to, mark_share, mark_off);
}

/* Correlation of two pictures where there is something of both. */
static double
alike_where(const cv::Mat &a, const cv::Mat &b, const cv::Mat &there)
{
	cv::Scalar middle[2], spread[2];
	cv::Mat x, y;
	cv::meanStdDev(a, middle[0], spread[0], there);
	cv::meanStdDev(b, middle[1], spread[1], there);
	a.convertTo(x, CV_32F, 1, -middle[0][0]);
	b.convertTo(y, CV_32F, 1, -middle[1][0]);
	double both = cv::mean(x.mul(y), there)[0];
	return both / (spread[0][0] * spread[1][0] + 1);
}

/* Whether they are one picture, laid so. */
static bool
fits(const std::vector<cv::Mat> &both, const cv::Mat &map)
{
	cv::Mat seen, there, blurred[2];
	if (map.empty())
		return false;
	cv::warpPerspective(both[1], seen, map, both[0].size(),
	    cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
	cv::warpPerspective(cv::Mat(both[1].size(), CV_8UC1,
	    cv::Scalar(255)), there, map, both[0].size(),
	    cv::INTER_NEAREST | cv::WARP_INVERSE_MAP);
	if (cv::countNonZero(there) < seen_least *
	    static_cast<double>(there.total()))
		return false;
	cv::GaussianBlur(seen, blurred[0], cv::Size(), 1.5);
	cv::GaussianBlur(both[0], blurred[1], cv::Size(), 1.5);
	return alike_where(blurred[0], blurred[1], there) >= lay_alike;
}

enum err
tracks_lay(const struct raster *grey, const struct raster *colour,
    const struct raster *onto, struct raster *out)
{
	return guarded([&]() -> enum err {
		std::vector<cv::Mat> both = {view(onto), view(grey)};
		cv::Mat map = map_by_flow(both);
		if (!fits(both, map))
			map = map_by_marks(both);
		if (!fits(both, map))
			return FAIL(ERR_NOT_FOUND, "another picture");
		TRY(raster_make(onto->width, onto->height, 3, out));
		cv::Mat in(colour->height, colour->width, CV_8UC3,
		    colour->data);
		cv::Mat laid(out->height, out->width, CV_8UC3, out->data);
		cv::warpPerspective(in, laid, map, laid.size(),
		    cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
		    cv::BORDER_REPLICATE);
		return OK;
	});
}

/* A usual head: millimetres from between the eyes, x to the picture's right,
 * y down, z away from the camera. */
struct spot {
	int point;
	float x, y, z;
};

static const struct spot head[] = {
    {30, 0, 45, -25},   /* tip of the nose */
    {33, 0, 55, -10},   /* below it */
    {27, 0, 5, -5},     /* its root */
    {36, -44, 0, 20}, {39, -16, 2, 12}, /* corners of the eyes */
    {42, 16, 2, 12}, {45, 44, 0, 20},
    {48, -26, 78, 10}, {54, 26, 78, 10}, /* corners of the mouth */
    {8, 0, 118, 15},    /* chin */
    {2, -66, 55, 85}, {14, 66, 55, 85}, /* sides of the jaw */
};

enum err
tracks_fitted_yaw(const struct face *face, int width, int height, double *out)
{
	return guarded([&]() -> enum err {
		std::vector<cv::Point3f> form;
		points seen;
		for (const struct spot &s : head) {
			form.push_back({s.x, s.y, s.z});
			seen.push_back({face->points[s.point][0],
			    face->points[s.point][1]});
		}
		double lens = 1.1 * std::max(width, height);
		cv::Mat camera = (cv::Mat_<double>(3, 3) << lens, 0,
		    width / 2.0, 0, lens, height / 2.0, 0, 0, 1);
		cv::Mat turn = (cv::Mat_<double>(3, 1) << 0.0, 0.0, 0.0);
		cv::Mat shift = (cv::Mat_<double>(3, 1) << 0.0, 0.0, 600.0);
		if (!cv::solvePnP(form, seen, camera, cv::noArray(), turn,
		    shift, true, cv::SOLVEPNP_ITERATIVE))
			return FAIL(ERR_NOT_FOUND, "no head fits");
		cv::Mat m;
		cv::Rodrigues(turn, m);
		/* where the nose points: away from -z */
		*out = std::atan2(-m.at<double>(0, 2), m.at<double>(2, 2)) *
		    180 / CV_PI;
		return OK;
	});
}
