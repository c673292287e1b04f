/*
 * zxing-cpp. Only the three kinds that identity documents carry are looked
 * for: each kind costs time, and those of shops prove nothing.
 *
 * The library tries every three corner marks of a QR code together and every
 * start of a PDF417: a picture tiled with them holds it for minutes. So the
 * picture is made black and white here, marks are counted on just what the
 * library will see, and a kind with more of them than a document has is not
 * looked for.
 */
#define ZX_USE_UTF8 1
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <ZXing/ReadBarcode.h>

/* Last, and as C: what it includes has no such words of its own. */
extern "C" {
#include "vision/pixels/barcodes.h"
}

static const size_t corner_marks_max = 120; /* a code has 3 */
static const size_t starts_max = 4;        /* a code has 1 */
static const int start_rows = 3;           /* of every second one */
static const size_t marks_max = 400;       /* then they are not counted */
static const int threshold_block = 61, threshold_darker = 15;

struct mark {
	int x, y, size;
	int rows; /* in how many of the rows looked at */
};

/* Lengths of runs of one colour, the first one white (it may be 0). */
static void
runs_of(const uint8_t *row, int width, std::vector<int> &out)
{
	out.clear();
	bool white = true;
	int length = 0;
	for (int x = 0; x < width; x++) {
		if ((row[x] != 0) == white) {
			length++;
			continue;
		}
		out.push_back(length);
		white = !white;
		length = 1;
	}
	out.push_back(length);
}

/* Whether runs stand to each other like a pattern of so many modules. More
 * is forgiven than the library forgives. */
static bool
is_like(const int *runs, const int *pattern, int count, int modules)
{
	int whole = 0;
	float off = 0;
	for (int i = 0; i < count; i++)
		whole += runs[i];
	if (whole < modules)
		return false;
	float module = static_cast<float>(whole) /
	    static_cast<float>(modules);
	for (int i = 0; i < count; i++) {
		float one = std::fabs(static_cast<float>(runs[i]) -
		    module * static_cast<float>(pattern[i]));
		if (one > module * 0.85f + 0.5f)
			return false;
		off += one;
	}
	return off <= static_cast<float>(whole) * 0.5f;
}

static const int corner[] = {1, 1, 3, 1, 1};
static const int start[] = {8, 1, 1, 1, 1, 1, 1, 3};
static const int back[] = {3, 1, 1, 1, 1, 1, 1, 8};

/* How far one colour goes from a place, up or down; y ends behind it. */
static int
run_from(const cv::Mat &ink, int x, int *y, int step)
{
	uint8_t colour = ink.at<uint8_t>(*y, x);
	int length = 0;
	for (; *y >= 0 && *y < ink.rows && ink.at<uint8_t>(*y, x) == colour;
	     *y += step)
		length++;
	return length;
}

/* The same pattern through a corner mark's middle, downwards. */
static bool
stands(const cv::Mat &ink, int x, int y)
{
	int runs[5] = {0}, up = y, down = y;
	runs[2] = run_from(ink, x, &up, -1) + run_from(ink, x, &down, 1) - 1;
	for (int i = 1; i >= 0 && up >= 0; i--)
		runs[i] = run_from(ink, x, &up, -1);
	for (int i = 3; i < 5 && down < ink.rows; i++)
		runs[i] = run_from(ink, x, &down, 1);
	return is_like(runs, corner, 5, 7);
}

/* Remembers a mark that is not one of those already seen; a mark goes on in
 * the rows below. Past every limit there is nothing more to know. */
static void
remember(std::vector<struct mark> &all, struct mark m)
{
	for (struct mark &seen : all)
		if (std::abs(seen.x - m.x) < m.size &&
		    std::abs(seen.y - m.y) < m.size) {
			seen.y = m.y;
			seen.rows++;
			return;
		}
	if (all.size() < marks_max)
		all.push_back(m);
}

struct marks {
	std::vector<struct mark> corners, starts;
};

static void
look_at_row(const cv::Mat &ink, int y, const std::vector<int> &runs,
    struct marks &out)
{
	int x = runs[0];
	for (size_t i = 1; i + 4 < runs.size(); x += runs[i], i++) {
		const int *at = &runs[i];
		bool black = i % 2 == 1, eight = i + 8 <= runs.size();
		if (black && is_like(at, corner, 5, 7)) {
			int middle = x + at[0] + at[1] + at[2] / 2;
			if (stands(ink, middle, y))
				remember(out.corners, {middle, y, at[2], 1});
		}
		if (eight && black && is_like(at, start, 8, 17))
			remember(out.starts, {x, y, 2 * at[0], 1});
		/* upside down it begins with its white end */
		if (eight && !black && is_like(at, back, 8, 17))
			remember(out.starts, {x, y, 2 * at[7], 1});
	}
}

/* A start is a column of them: the library wants some height too. */
static size_t
count_starts(const std::vector<struct mark> &all)
{
	size_t count = 0;
	for (const struct mark &m : all)
		count += m.rows >= start_rows;
	return all.size() < marks_max ? count : marks_max;
}

static ZXing::BarcodeFormats
formats_for(const cv::Mat &ink)
{
	struct marks found;
	std::vector<int> runs;
	for (int y = 0; y < ink.rows; y += 2) {
		runs_of(ink.ptr<uint8_t>(y), ink.cols, runs);
		look_at_row(ink, y, runs, found);
	}
	ZXing::BarcodeFormats out = ZXing::BarcodeFormat::DataMatrix;
	if (found.corners.size() <= corner_marks_max)
		out |= ZXing::BarcodeFormat::QRCode;
	if (count_starts(found.starts) <= starts_max)
		out |= ZXing::BarcodeFormat::PDF417;
	return out;
}

static const char *
kind_of(ZXing::BarcodeFormat format)
{
	if (format == ZXing::BarcodeFormat::DataMatrix)
		return "data_matrix";
	return format == ZXing::BarcodeFormat::QRCode ? "qr_code" : "pdf417";
}

static void
note(const ZXing::Result &found, struct barcode *out)
{
	std::string text = found.text();
	bool whole = text.size() <= BARCODE_TEXT_MAX &&
	    text.find('\0') == std::string::npos;
	*out = {};
	out->kind = kind_of(found.format());
	out->size = whole ? text.size() : 0;
	memcpy(out->text, text.data(), out->size);
	for (size_t i = 0; i < 4; i++) {
		ZXing::PointI at = found.position()[static_cast<int>(i)];
		out->corners[2 * i] = static_cast<float>(at.x);
		out->corners[2 * i + 1] = static_cast<float>(at.y);
	}
}

static enum err
find(const struct raster *grey, struct barcode *out)
{
	cv::Mat ink, pixels(grey->height, grey->width, CV_8UC1, grey->data);
	cv::adaptiveThreshold(pixels, ink, 255, cv::ADAPTIVE_THRESH_MEAN_C,
	    cv::THRESH_BINARY, threshold_block, threshold_darker);
	ZXing::ImageView view(ink.data, ink.cols, ink.rows,
	    ZXing::ImageFormat::Lum, static_cast<int>(ink.step));
	ZXing::DecodeHints hints;
	hints.setFormats(formats_for(ink));
	hints.setBinarizer(ZXing::Binarizer::BoolCast);
	hints.setTryHarder(true).setTryRotate(false);
	hints.setTryDownscale(false).setMaxNumberOfSymbols(1);
	ZXing::Results all = ZXing::ReadBarcodes(view, hints);
	if (all.empty() || !all.front().isValid())
		return FAIL(ERR_NOT_FOUND, "no barcode was read");
	note(all.front(), out);
	return OK;
}

enum err
barcodes_find(const struct raster *grey, struct barcode *out)
{
	try {
		return find(grey, out);
	} catch (const std::bad_alloc &) {
		return FAIL(ERR_TOO_LARGE, "no memory for the picture");
	} catch (const std::exception &) {
		return FAIL(ERR_NOT_FOUND, "no barcode was read");
	}
}
