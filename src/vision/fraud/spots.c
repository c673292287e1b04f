/*
 * The network is asked about the page, the page half as large and a quarter as
 * large: it knows faces of some 10 to 28 pixels. Each cell of its answer
 * stands for the eighth pixel of every eighth row (tools/train-heads/train.c).
 */
#include "vision/fraud/spots.h"

#include <math.h>
#include <stdlib.h>

#define CELL 8
#define USUAL 16.0f       /* pixels: the width from which widths are told */
#define LEAST_DEVIATION 12.0
#define SCORE_LEAST (-1.0f)
#define SIDE_LEAST 24     /* pixels */
#define SIZES 3
#define NUMBERS 4         /* score, across, down, width */
#define APART 0.6f        /* of the wider: else it is one face twice */

/* Brightness less its mean, in units of its deviation. */
static RESULT
numbers_of(const struct raster *grey, float **out)
{
	size_t area = (size_t)grey->width * (size_t)grey->height;
	double sum = 0, squares = 0;
	for (size_t i = 0; i < area; i++) {
		sum += grey->data[i];
		squares += (double)grey->data[i] * grey->data[i];
	}
	double mean = sum / (double)area;
	double wild = sqrt(fmax(0, squares / (double)area - mean * mean));
	wild = fmax(wild, LEAST_DEVIATION);
	*out = malloc(area * sizeof(**out));
	if (!*out)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (size_t i = 0; i < area; i++)
		(*out)[i] = (float)((grey->data[i] - mean) / wild);
	return OK;
}

/* Puts one in its place; what lies over a likelier one is left out. */
static void
add(const struct spot_of_head *one, struct spot_of_head out[HEAD_SPOTS_MAX],
    size_t *count)
{
	size_t at = 0, kept;
	for (; at < *count && out[at].score >= one->score; at++)
		if (hypotf(out[at].x - one->x, out[at].y - one->y) <
		    APART * fmaxf(out[at].width, one->width))
			return;
	kept = at;
	for (size_t i = at; i < *count; i++)
		if (hypotf(out[i].x - one->x, out[i].y - one->y) >=
		    APART * fmaxf(out[i].width, one->width))
			out[kept++] = out[i];
	*count = kept < HEAD_SPOTS_MAX ? kept + 1 : HEAD_SPOTS_MAX;
	for (size_t i = *count - 1; i > at; i--)
		out[i] = out[i - 1];
	if (at < HEAD_SPOTS_MAX)
		out[at] = *one;
}

/* What the network says of a page. */
struct said {
	float *at;
	struct net_shape shape;
};

static void
said_clear(struct said *s)
{
	free(s->at);
}
DEFINE_AUTO_CLEAR(said_clear, struct said)

static float
score_at(const struct said *s, int x, int y)
{
	return x < 0 || y < 0 || x >= s->shape.width || y >= s->shape.height ?
	    -INFINITY : s->at[y * s->shape.width + x];
}

static bool
is_peak(const struct said *s, int x, int y)
{
	float mine = score_at(s, x, y);
	for (int k = 0; k < 9; k++)
		if (score_at(s, x + k % 3 - 1, y + k / 3 - 1) > mine)
			return false;
	return mine >= SCORE_LEAST;
}

static void
take_peaks(const struct said *s, float per_mm,
    struct spot_of_head out[HEAD_SPOTS_MAX], size_t *count)
{
	int wide = s->shape.width, area = wide * s->shape.height;
	for (int k = 0; k < area; k++) {
		const float *a = s->at + k;
		if (!is_peak(s, k % wide, k / wide))
			continue;
		float beside = fmaxf(-1, fminf(1, a[area]));
		float below = fmaxf(-1, fminf(1, a[2 * area]));
		float large = fmaxf(-3, fminf(3, a[3 * area]));
		struct spot_of_head one = {
		    ((float)(k % wide) + beside) * CELL / per_mm,
		    ((float)(k / wide) + below) * CELL / per_mm,
		    USUAL * exp2f(large / 2) / per_mm, a[0]};
		add(&one, out, count);
	}
}

static RESULT
ask(const struct net *net, const struct raster *grey, struct said *out)
{
	AUTO(free) float *in = NULL;
	TRY(numbers_of(grey, &in));
	TRY(net_run(net, in, (struct net_shape){1, 1, grey->height,
	    grey->width}, &out->at, &out->shape));
	return out->shape.channels == NUMBERS ? OK :
	    FAIL(ERR_INTERNAL, "a network of another kind");
}

RESULT
spots_find(const struct net *net, const struct raster *grey, float per_mm,
    struct spot_of_head out[HEAD_SPOTS_MAX], size_t *count)
{
	*count = 0;
	for (int size = 0, times = 1; size < SIZES; size++, times *= 2) {
		AUTO(raster_clear) struct raster small = {0};
		AUTO(said_clear) struct said said = {0};
		if (grey->width / times < SIDE_LEAST ||
		    grey->height / times < SIDE_LEAST)
			break;
		TRY(raster_shrink(grey, times, &small));
		TRY(ask(net, &small, &said));
		take_peaks(&said, per_mm / (float)times, out, count);
	}
	return OK;
}
