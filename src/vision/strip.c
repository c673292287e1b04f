/*
 * Cutting strips. The picture must not be much finer than the strip: the
 * caller blurs before, once, rather than here for every strip.
 */
#include "vision/strip.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/auto.h"

/* Smallest deviation divided by: flat paper is not blown up into noise. */
#define FLOOR 8.0
#define FLAT_REACH 7     /* pixels: no stroke is half as wide */
#define SPREAD_MAX (STRIP_COLUMNS_MAX * STRIP_PITCH + 2 * FLAT_REACH)
#define FLAT_EDGE 6      /* rows above and below the letters */
#define FLAT_FLOOR 3.0f  /* ink fainter than that is noise */
#define FLAT_INK 40.0f   /* levels that ink gets */

void
line_at(const struct line *l, float along, float down, float *x, float *y)
{
	*x = l->x + along * l->sx + along * along * l->qx + down * l->dx;
	*y = l->y + along * l->sy + along * along * l->qy + down * l->dy;
}

void
line_square(struct line *l, float stretch)
{
	float middle = (float)l->letters;
	float sx = l->sx + middle * l->qx, sy = l->sy + middle * l->qy;
	l->dx = -sy * stretch;
	l->dy = sx * stretch;
}

struct line
line_shifted(const struct line *l, float along)
{
	struct line out = *l;
	line_at(l, along, 0, &out.x, &out.y);
	out.sx += 2 * along * l->qx;
	out.sy += 2 * along * l->qy;
	return out;
}

struct line
line_reversed(const struct line *l)
{
	struct line out = line_shifted(l, (float)(l->letters - 1));
	out.sx = -out.sx;
	out.sy = -out.sy;
	out.dx = -out.dx;
	out.dy = -out.dy;
	return out;
}

struct line
line_below(const struct line *l, float down)
{
	struct line out = *l;
	out.x += down * l->dx;
	out.y += down * l->dy;
	return out;
}

float
line_pitch(const struct line *l)
{
	float middle = (float)l->letters;
	return hypotf(l->sx + middle * l->qx, l->sy + middle * l->qy);
}

void
strip_cut(const struct raster *grey, const struct line *l, float first,
    int columns, int rows, float *out)
{
	float half = (float)(rows - 1) / 2;
	for (int row = 0; row < rows; row++) {
		float down = ((float)row - half) / STRIP_PITCH;
		for (int i = 0; i < columns * STRIP_PITCH; i++) {
			float along = first - 0.5f +
			    ((float)i + 0.5f) / STRIP_PITCH;
			float x, y;
			line_at(l, along, down, &x, &y);
			*out++ = raster_at(grey, x, y);
		}
	}
}

void
strip_normalise(float *strip, size_t count)
{
	double sum = 0, squares = 0;
	for (size_t i = 0; i < count; i++) {
		sum += (double)strip[i];
		squares += (double)strip[i] * (double)strip[i];
	}
	double mean = sum / (double)count;
	double variance = squares / (double)count - mean * mean;
	double deviation = fmax(sqrt(fmax(variance, 0)), FLOOR);
	for (size_t i = 0; i < count; i++)
		strip[i] = (float)(((double)strip[i] - mean) / deviation);
}

/* The greater of each value and the one `ahead` further on. */
static void
join(float *v, int count, int ahead)
{
	for (int i = 0; i + ahead < count; i++)
		v[i] = v[i] > v[i + ahead] ? v[i] : v[i + ahead];
}

/*
 * Greatest (sign 1) or least (-1) value within reach, along one direction: of
 * two, of four, of eight, and of two eights. v: room for what is between.
 */
static void
spread(const float *in, float *out, int length, int pitch, float sign,
    float *v)
{
	int whole = length + 2 * FLAT_REACH;
	for (int i = 0; i < FLAT_REACH; i++) {
		v[i] = sign * in[0];
		v[whole - 1 - i] = sign * in[(length - 1) * pitch];
	}
	for (int i = 0; i < length; i++)
		v[FLAT_REACH + i] = sign * in[i * pitch];
	join(v, whole, 1);
	join(v, whole, 2);
	join(v, whole, 4);
	join(v, whole, FLAT_REACH);
	for (int i = 0; i < length; i++)
		out[i * pitch] = sign * v[i];
}

static void
spread_all(float *strip, float *spare, int width, int rows, float sign)
{
	float v[SPREAD_MAX];
	for (int y = 0; y < rows; y++)
		spread(strip + y * width, spare + y * width, width, 1, sign,
		    v);
	for (int x = 0; x < width; x++)
		spread(spare + x, strip + x, rows, width, sign, v);
}

/* How strong the ink of each column and its neighbours is. */
static void
strengths(const float *ink, int width, int rows, float *own, float *out)
{
	for (int x = 0; x < width; x++) {
		own[x] = 0;
		for (int y = FLAT_EDGE; y < rows - FLAT_EDGE; y++)
			own[x] += ink[y * width + x] * ink[y * width + x];
		own[x] /= (float)(rows - 2 * FLAT_EDGE);
	}
	for (int x = 0; x < width; x++) {
		float sum = 0, weights = 0;
		for (int k = -STRIP_PITCH; k <= STRIP_PITCH; k++) {
			float weight = (float)(STRIP_PITCH + 1 - abs(k));
			if (x + k < 0 || x + k >= width)
				continue;
			sum += weight * own[x + k];
			weights += weight;
		}
		out[x] = fmaxf(sqrtf(sum / weights), FLAT_FLOOR);
	}
}

/* The paper is what is left when everything as thin as strokes is closed. */
RESULT
strip_flatten(float *strip, int columns, int rows)
{
	int width = columns * STRIP_PITCH;
	size_t count = (size_t)width * (size_t)rows;
	AUTO(free) float *paper = malloc(2 * count * sizeof(*paper));
	if (!paper)
		return FAIL(ERR_TOO_LARGE, "no memory");
	float *spare = paper + count;
	memcpy(paper, strip, count * sizeof(*paper));
	spread_all(paper, spare, width, rows, 1);
	spread_all(paper, spare, width, rows, -1);
	for (size_t i = 0; i < count; i++)
		strip[i] -= paper[i];
	strengths(strip, width, rows, paper, spare);
	for (size_t i = 0; i < count; i++)
		strip[i] *= FLAT_INK / spare[i % (size_t)width];
	return OK;
}
