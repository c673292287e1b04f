/*
 * Cutting strips. The picture must not be much finer than the strip: the
 * caller blurs before, once, rather than here for every strip.
 */
#include "vision/pixels/strip.h"

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
#define EVEN_REACH 4     /* half a letter: what is darkest within it is ink */
#define EVEN_FLOOR 3.0f
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

/* Places are of pixels' middles. */
void
line_enlarge(struct line *l, float scale)
{
	l->x = (l->x + 0.5f) * scale - 0.5f;
	l->y = (l->y + 0.5f) * scale - 0.5f;
	l->sx *= scale;
	l->sy *= scale;
	l->qx *= scale;
	l->qy *= scale;
	l->dx *= scale;
	l->dy *= scale;
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
 * Greatest (sign 1) or least (-1) value within a reach of 4 to 7, along one
 * direction: of two, of four, of eight, and of two eights. v: room for what is
 * between.
 */
static void
spread(const float *in, float *out, int length, int pitch, int reach,
    float sign, float *v)
{
	int whole = length + 2 * reach;
	for (int i = 0; i < reach; i++) {
		v[i] = sign * in[0];
		v[whole - 1 - i] = sign * in[(length - 1) * pitch];
	}
	for (int i = 0; i < length; i++)
		v[reach + i] = sign * in[i * pitch];
	join(v, whole, 1);
	join(v, whole, 2);
	join(v, whole, 4);
	join(v, whole, 2 * reach - 7);
	for (int i = 0; i < length; i++)
		out[i * pitch] = sign * v[i];
}

static void
spread_all(float *strip, float *spare, int width, int rows, int reach,
    float sign)
{
	float v[SPREAD_MAX];
	for (int y = 0; y < rows; y++)
		spread(strip + y * width, spare + y * width, width, 1, reach,
		    sign, v);
	for (int x = 0; x < width; x++)
		spread(spare + x, strip + x, rows, width, reach, sign, v);
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

/* How much darker each level is than its paper, which is what is left when
 * everything as thin as strokes is closed. room: two strips. */
static void
take_paper(float *strip, int width, int rows, float *room)
{
	size_t count = (size_t)width * (size_t)rows;
	memcpy(room, strip, count * sizeof(*room));
	spread_all(room, room + count, width, rows, FLAT_REACH, 1);
	spread_all(room, room + count, width, rows, FLAT_REACH, -1);
	for (size_t i = 0; i < count; i++)
		strip[i] -= room[i];
}

RESULT
strip_flatten(float *strip, int columns, int rows)
{
	int width = columns * STRIP_PITCH;
	size_t count = (size_t)width * (size_t)rows;
	AUTO(free) float *room = malloc(2 * count * sizeof(*room));
	if (!room)
		return FAIL(ERR_TOO_LARGE, "no memory");
	take_paper(strip, width, rows, room);
	strengths(strip, width, rows, room, room + count);
	for (size_t i = 0; i < count; i++)
		strip[i] *= FLAT_INK / room[count + i % (size_t)width];
	return OK;
}

/* The mean within EVEN_REACH, along one direction. */
static void
mean_along(const float *in, float *out, int length, int pitch)
{
	float sum = 0;
	int size = 2 * EVEN_REACH + 1;
	for (int i = -EVEN_REACH; i < length + EVEN_REACH; i++) {
		int to = i + EVEN_REACH, from = to - size;
		sum += in[(to < length ? to : length - 1) * pitch];
		if (i == -EVEN_REACH)
			sum += (float)(size - 1) * in[0];
		else
			sum -= in[(from > 0 ? from : 0) * pitch];
		if (i >= 0 && i < length)
			out[i * pitch] = sum / (float)size;
	}
}

RESULT
strip_even(float *strip, int columns, int rows)
{
	int width = columns * STRIP_PITCH;
	size_t count = (size_t)width * (size_t)rows;
	AUTO(free) float *room = malloc(2 * count * sizeof(*room));
	if (!room)
		return FAIL(ERR_TOO_LARGE, "no memory");
	float *strongest = room, *spare = room + count;
	take_paper(strip, width, rows, room);
	memcpy(strongest, strip, count * sizeof(*strip));
	spread_all(strongest, spare, width, rows, EVEN_REACH, -1);
	for (int y = 0; y < rows; y++)
		mean_along(strongest + y * width, spare + y * width, width,
		    1);
	for (int x = 0; x < width; x++)
		mean_along(spare + x, strongest + x, rows, width);
	for (size_t i = 0; i < count; i++)
		strip[i] *= FLAT_INK / fmaxf(-strongest[i], EVEN_FLOOR);
	return OK;
}
