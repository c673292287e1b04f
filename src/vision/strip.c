/*
 * Cutting strips. The picture must not be much finer than the strip: the
 * caller blurs before, once, rather than here for every strip.
 */
#include "vision/strip.h"

#include <math.h>

/* Smallest deviation divided by: flat paper is not blown up into noise. */
#define FLOOR 8.0

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
