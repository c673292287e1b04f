/*
 * Features of a face.
 *
 * Levels are whole numbers and ghosts are weak: what is to be told apart within
 * a narrow band is stretched first, or most of it is rounded away.
 */
#include "vision/fraud/features.h"

#include <math.h>

#include "vision/pixels/blur.h"

#define FINE 0.034         /* of a face's width: what a ghost still shows */
#define FINE_LEAST 0.6
#define COARSE 4           /* times that: a part of a face */
#define GAIN 3             /* ghosts are weak */

/*
 * By 125 genuine tuning pictures and 103 of another's ghost, the ghost's place
 * known: between these two sizes four fifths of the others are less alike than
 * all but four of the genuine ones, two thirds between those above.
 */
#define LARGE_FINE 0.06
#define LARGE_COARSE 0.12

struct feature_band
features_all(double wide)
{
	double fine = fmax(FINE_LEAST, FINE * wide);
	return (struct feature_band){fine, COARSE * fine};
}

struct feature_band
features_large(double wide)
{
	double fine = fmax(FINE_LEAST, LARGE_FINE * wide);
	return (struct feature_band){fine, LARGE_COARSE / LARGE_FINE * fine};
}

RESULT
features_of(const struct raster *grey, struct feature_band band,
    struct raster *out)
{
	AUTO(raster_clear) struct raster a = {0};
	AUTO(raster_clear) struct raster b = {0};
	TRY(blur_by(grey, band.fine, &a));
	TRY(blur_by(grey, band.coarse, &b));
	TRY(raster_make(grey->width, grey->height, 1, out));
	for (int i = 0; i < grey->width * grey->height; i++) {
		int v = 128 + GAIN * (a.data[i] - b.data[i]);
		out->data[i] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
	}
	return OK;
}

void
features_stretch(struct raster *r)
{
	int counts[256] = {0}, all = r->width * r->height, seen = 0;
	int dark = 0, bright = 255;
	for (int i = 0; i < all; i++)
		counts[r->data[i]]++;
	while (dark < 254 && (seen += counts[dark]) * 50 < all)
		dark++;
	for (seen = 0; bright > dark + 1 &&
	    (seen += counts[bright]) * 50 < all;)
		bright--;
	for (int i = 0; i < all; i++) {
		int v = 255 * (r->data[i] - dark) / (bright - dark);
		r->data[i] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
	}
}
