/*
 * The portrait is laid on the other as exactly as their pixels allow. Of its
 * features only what is finer than the shape of a head and coarser than
 * either's blur is compared: two pictures of one print have the same eyes in
 * the same place, those of two people have the head alone, and that is
 * filtered out. Where the film is blurred the tones still tell; each of the
 * two is wrong where the other is not.
 */

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

/* Last, and as C: what it includes has no such words of its own. */
extern "C" {
#include "vision/film/same_print.h"
}

static const int wide_least = 40;   /* pixels of a portrait */
static const double around = 0.12;  /* of it: looked at for laying */
static const int rounds = 60;
static const double rest = 1e-4;    /* of the laying's own likeness */
static const double least_there = 0.05; /* of features; tones have 1 */
static const int smooth = 5;        /* pixels, while laying */
/* Of the portrait's width: the finest that both have, the head's shape. */
static const double fine = 0.0125, coarse = 0.045;
/* Of the portrait: where features are, whoever it is. */
static const cv::Rect2d features(0.15, 0.12, 0.7, 0.7);

static cv::Mat
view(const struct raster *r)
{
	return cv::Mat(r->height, r->width, CV_8UC1, r->data);
}

/* What is finer than a head and coarser than a blur, of equal strength
 * everywhere: a reflection takes no more weight than its place. */
static cv::Mat
features_of(const cv::Mat &grey, double width)
{
	cv::Mat whole, low, high, power;
	grey.convertTo(whole, CV_32F);
	cv::GaussianBlur(whole, low, cv::Size(), coarse * width);
	cv::GaussianBlur(whole, high, cv::Size(), fine * width);
	high -= low;
	cv::GaussianBlur(high.mul(high), power, cv::Size(),
	    2 * coarse * width);
	cv::sqrt(power, power);
	cv::divide(high, power + 1, high);
	return high;
}

/* Turned and shifted, no more: what else is asked of it would make two people
 * alike. A map from one's pixels to the other's. */
static cv::Mat
lay(const cv::Mat &one, const cv::Mat &other)
{
	cv::Mat map = cv::Mat::eye(2, 3, CV_32F);
	try {
		cv::findTransformECC(one, other, map, cv::MOTION_EUCLIDEAN,
		    cv::TermCriteria(cv::TermCriteria::COUNT |
		    cv::TermCriteria::EPS, rounds, rest), cv::noArray(),
		    smooth);
	} catch (const cv::Exception &) {
		map = cv::Mat::eye(2, 3, CV_32F); /* it does not settle */
	}
	return map;
}

/* 0 where one of them shows nothing. */
static double
correlation(const cv::Mat &a, const cv::Mat &b)
{
	cv::Scalar middle, one, other;
	cv::Mat said;
	cv::meanStdDev(a, middle, one);
	cv::meanStdDev(b, middle, other);
	if (one[0] < least_there || other[0] < least_there)
		return 0;
	cv::matchTemplate(a, b, said, cv::TM_CCOEFF_NORMED);
	return said.at<float>(0, 0);
}

static enum err
compare(const cv::Mat &one, const cv::Mat &other, const int box[4],
    double *out)
{
	int off_x = static_cast<int>(around * box[2]);
	int off_y = static_cast<int>(around * box[3]);
	cv::Rect wide(box[0] - off_x, box[1] - off_y, box[2] + 2 * off_x,
	    box[3] + 2 * off_y);
	wide &= cv::Rect(0, 0, one.cols, one.rows);
	if (box[2] < wide_least || wide.width < wide_least ||
	    wide.height < wide_least)
		return FAIL(ERR_NOT_FOUND, "the portrait is too small");
	cv::Mat first = features_of(one(wide), box[2]);
	cv::Mat second = features_of(other(wide), box[2]), laid, tones;
	cv::Mat map = lay(first, second);
	cv::warpAffine(second, laid, map, first.size(),
	    cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
	cv::warpAffine(other(wide), tones, map, first.size(),
	    cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
	cv::Rect inner(
	    box[0] - wide.x + static_cast<int>(features.x * box[2]),
	    box[1] - wide.y + static_cast<int>(features.y * box[3]),
	    static_cast<int>(features.width * box[2]),
	    static_cast<int>(features.height * box[3]));
	inner &= cv::Rect(0, 0, wide.width, wide.height);
	if (inner.width < wide_least / 2 || inner.height < wide_least / 2)
		return FAIL(ERR_NOT_FOUND, "the portrait is cut off");
	*out = (correlation(first(inner), laid(inner)) +
	    correlation(one(wide)(inner), tones(inner))) / 2;
	return OK;
}

enum err
same_print(const struct raster *one, const struct raster *other,
    const int box[4], double *out)
{
	if (one->width != other->width || one->height != other->height)
		return FAIL(ERR_INVALID, "of two sizes");
	try {
		return compare(view(one), view(other), box, out);
	} catch (const std::bad_alloc &) {
		return FAIL(ERR_TOO_LARGE, "no memory for the picture");
	} catch (const std::exception &) {
		return FAIL(ERR_NOT_FOUND, "cannot be compared");
	}
}
