/*
 * Colour less the colour of the light.
 *
 * A grey thing sends the light back as it comes: the ratios of its channels
 * are the light's everywhere, however warm the lamp and however deep the
 * shadow. So the ratios are compared with each other and with nothing else.
 * A second lamp makes them change slowly from one side to the other: a plane
 * through them is taken off as well.
 */
#include "vision/chroma.h"

#include "vision/opencv.h"

#include <math.h>
#include <string.h>

#define WIDTH 240      /* pixels; averages the noise of the sensor away */
#define HEIGHT_MAX 480
#define DARK 66        /* level: below, ratios are noise */
#define BURNT 250      /* level: above, a channel is cut off */
#define LEAST_SHARE 10 /* one pixel in so many must be left */
#define BINS 400
#define BIN 0.0025f

/* Red and blue to green, as logarithms of light, and where. */
struct ratio {
	float a, b, at[3];
};

/* Light as a * 1 + b * x + c * y, for each of the two ratios. */
struct plane {
	double a[3], b[3];
};

/* Pixels that say something of their colour. */
static size_t
read_ratios(const struct raster *r, struct ratio *out)
{
	float logs[256];
	size_t count = 0;
	for (int i = 0; i < 256; i++)
		logs[i] = 2.2f * logf((float)i + 1);
	for (int y = 0; y < r->height; y++) {
		const uint8_t *p = raster_row(r, y);
		for (int x = 0; x < r->width; x++, p += 3) {
			if (p[0] > BURNT || p[1] > BURNT || p[2] > BURNT ||
			    p[0] < DARK || p[1] < DARK || p[2] < DARK)
				continue;
			out[count++] = (struct ratio){
			    logs[p[0]] - logs[p[1]], logs[p[2]] - logs[p[1]],
			    {1, 2 * (float)x / (float)r->width - 1,
				2 * (float)y / (float)r->height - 1}};
		}
	}
	return count;
}

static double
determinant(double m[3][3])
{
	return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
	    m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
	    m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
}

static void
solve(double m[3][3], const double right[3], double out[3])
{
	double all = determinant(m);
	for (int k = 0; k < 3; k++) {
		double n[3][3];
		memcpy(n, m, sizeof(n));
		for (int i = 0; i < 3; i++)
			n[i][k] = right[i];
		out[k] = fabs(all) < 1e-9 ? 0 : determinant(n) / all;
	}
}

static float
away(const struct ratio *v, const struct plane *p)
{
	double a = (double)v->a, b = (double)v->b;
	for (int i = 0; i < 3; i++) {
		a -= p->a[i] * (double)v->at[i];
		b -= p->b[i] * (double)v->at[i];
	}
	return sqrtf((float)(a * a + b * b));
}

/* The light: a plane through the ratios that lie near the last one. */
static void
fit(const struct ratio *all, size_t count, float near, struct plane *p)
{
	double m[3][3] = {{0}}, a[3] = {0}, b[3] = {0};
	for (size_t k = 0; k < count; k++) {
		const struct ratio *v = &all[k];
		if (away(v, p) > near)
			continue;
		for (int i = 0; i < 3; i++) {
			double at = (double)v->at[i];
			for (int j = 0; j < 3; j++)
				m[i][j] += at * (double)v->at[j];
			a[i] += at * (double)v->a;
			b[i] += at * (double)v->b;
		}
	}
	solve(m, a, p->a);
	solve(m, b, p->b);
}

static float
percentile(const struct ratio *all, size_t count, const struct plane *p,
    double share)
{
	size_t bins[BINS] = {0}, seen = 0;
	for (size_t k = 0; k < count; k++) {
		int bin = (int)(away(&all[k], p) / BIN);
		bins[bin < BINS ? bin : BINS - 1]++;
	}
	for (int i = 0; i < BINS; i++) {
		seen += bins[i];
		if ((double)seen >= share * (double)count)
			return (float)(i + 1) * BIN;
	}
	return BINS * BIN;
}

RESULT
chroma_measure(const struct raster *colour, double *out)
{
	static struct ratio all[WIDTH * HEIGHT_MAX];
	AUTO(raster_clear) struct raster small = {0};
	struct plane light = {{0}, {0}};
	int height = colour->height * WIDTH / colour->width;
	height = height < 1 ? 1 : height > HEIGHT_MAX ? HEIGHT_MAX : height;
	TRY(opencv_resize(colour, WIDTH, height, &small));
	size_t count = read_ratios(&small, all);
	if (count * LEAST_SHARE < (size_t)(WIDTH * height))
		return FAIL(ERR_NOT_FOUND, "too dark or too bright");
	fit(all, count, HUGE_VALF, &light);
	fit(all, count, 2 * percentile(all, count, &light, 0.5), &light);
	*out = (double)percentile(all, count, &light, 0.9);
	return OK;
}
