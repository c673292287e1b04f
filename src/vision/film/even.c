/*
 * A lamp from one side alone leaves half of a face in the dark. What finds
 * faces loses that half in the camera's noise, and the landmarks compare grey
 * levels, which are then those of the shadow's edge. Each pixel is held
 * against what is around it instead, a fifth of the face wide: less than a
 * cheek, more than an eye.
 *
 * Faces in even light stay as they are: what is evened there is their shape.
 */
#include "vision/film/even.h"

#include "vision/pixels/blur.h"
#include "vision/pixels/opencv.h"

#include <math.h>

#define EVEN_FROM 0.25f /* of light_aside: below, all is left as it is */
#define EVEN_ALL 0.5f
#define AROUND 0.2f     /* of the face's width */
#define SMALLER 8       /* times: what is so soft needs few pixels */
#define LEVEL 115       /* of grey, afterwards: bright skin's */
#define LEAST_LEVEL 8
#define GAIN_LEAST 0.4f
#define GAIN_MOST 4.0f

static double
mean_in(const struct raster *grey, float left, float top, float right,
    float bottom)
{
	int x0 = (int)raster_inside(left, (float)grey->width);
	int x1 = (int)raster_inside(right, (float)grey->width);
	int y0 = (int)raster_inside(top, (float)grey->height);
	int y1 = (int)raster_inside(bottom, (float)grey->height);
	double sum = 0;
	for (int y = y0; y < y1; y++)
		for (int x = x0; x < x1; x++)
			sum += raster_row(grey, y)[x];
	return x1 > x0 && y1 > y0 ? sum / (x1 - x0) / (y1 - y0) : 0;
}

float
light_aside(const struct raster *grey, const struct face *f)
{
	float middle = f->x + f->width / 2, aside = f->width * 0.35f;
	float top = f->y + f->height * 0.25f;
	float bottom = f->y + f->height * 0.85f;
	double left = mean_in(grey, middle - aside, top, middle, bottom);
	double right = mean_in(grey, middle, top, middle + aside, bottom);
	return fabsf(logf((float)((left + 1) / (right + 1))));
}

float
light_to_even(float aside)
{
	float share = (aside - EVEN_FROM) / (EVEN_ALL - EVEN_FROM);
	return fminf(fmaxf(share, 0), 1);
}

static void
gains_of(float share, float out[256])
{
	for (int i = 0; i < 256; i++) {
		float level = (float)(i > LEAST_LEVEL ? i : LEAST_LEVEL);
		float gain = powf(LEVEL / level, share);
		out[i] = fminf(fmaxf(gain, GAIN_LEAST), GAIN_MOST);
	}
}

RESULT
light_even(struct raster *grey, float width, float share)
{
	AUTO(raster_clear) struct raster small = {0};
	AUTO(raster_clear) struct raster soft = {0};
	AUTO(raster_clear) struct raster around = {0};
	float gains[256];
	if (!(share > 0) || !(width * AROUND > SMALLER))
		return OK;
	gains_of(share, gains);
	TRY(opencv_resize(grey, grey->width / SMALLER + 1,
	    grey->height / SMALLER + 1, &small));
	TRY(blur_by(&small, (double)(AROUND * width / SMALLER), &soft));
	TRY(opencv_resize(&soft, grey->width, grey->height, &around));
	for (int y = 0; y < grey->height; y++) {
		const uint8_t *level = raster_row(&around, y);
		uint8_t *row = raster_row(grey, y);
		for (int x = 0; x < grey->width; x++)
			row[x] = (uint8_t)fminf((float)row[x] *
			    gains[level[x]], 255);
	}
	return OK;
}
