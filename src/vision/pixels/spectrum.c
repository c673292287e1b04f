/*
 * Spectra of several squares, added up.
 *
 * Each is divided by its own median at each distance from zero, because all
 * pictures fall off with frequency and have more along the axes; each peak is widened by two samples,
 * because perspective and lens move it a little from square to square; and
 * the logarithm is capped, so that one square cannot speak for all.
 */
#include "vision/pixels/spectrum.h"

#include "vision/pixels/opencv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RING 2        /* samples of radius to a median */
#define RINGS 32
#define NO_GROUP (RINGS * 2) /* too far from zero */
#define WIDEN 2       /* samples */
#define CAP 40.0f     /* times the median */
#define TOP 0.97f     /* of a peak's logarithm: still its top */
#define SIDE_MOST 128

RESULT
spectrum_make(int side, struct spectrum *out)
{
	size_t size = (size_t)side * (size_t)side;
	float *sum = calloc(size, sizeof(float));
	if (!sum || (side != SIDE_MOST && side != SIDE_MOST / 2)) {
		free(sum);
		return FAIL(ERR_TOO_LARGE, "no memory for a spectrum");
	}
	*out = (struct spectrum){.side = side, .sum = sum};
	return OK;
}

void
spectrum_clear(struct spectrum *s)
{
	free(s->sum);
	free(s->each);
	*s = (struct spectrum){0};
}

/* Rows of a half, and those that widening reaches into. */
static int
half_rows(const struct spectrum *s)
{
	return s->side / 2 + WIDEN + 1;
}

RESULT
spectrum_keep(struct spectrum *s, int squares)
{
	s->each = calloc((size_t)squares, (size_t)(s->side * half_rows(s)) *
	    sizeof(float));
	s->room = s->each ? squares : 0;
	return s->each ? OK : FAIL(ERR_TOO_LARGE, "no memory for spectra");
}

/*
 * Samples that are measured against each other: a ring around zero. Along the
 * two axes, where all straight edges of a picture lie, rings of their own.
 */
static uint8_t
group_of(int x, int y, int side)
{
	int ring = (int)sqrtf((float)(x * x + y * y)) / RING;
	if (ring >= side / 2 / RING)
		return NO_GROUP;
	if (abs(x) <= WIDEN)
		return (uint8_t)(RINGS + ring / 2);
	if (abs(y) <= WIDEN)
		return (uint8_t)(RINGS + RINGS / 2 + ring / 2);
	return (uint8_t)ring;
}

static const uint8_t *
groups_of(int side)
{
	static uint8_t groups[2][SIDE_MOST * SIDE_MOST];
	static bool made[2];
	int which = side == SIDE_MOST;
	for (int i = 0; !made[which] && i < side * side; i++) {
		int x = i % side, y = i / side;
		groups[which][i] = group_of(x < side / 2 ? x : x - side,
		    y < side / 2 ? y : y - side, side);
	}
	made[which] = true;
	return groups[which];
}

/* The k-th smallest; orders values a little on its way. */
static float
nth(float *values, int count, int k)
{
	int low = 0, high = count - 1;
	while (low < high) {
		float pivot = values[(low + high) / 2];
		int i = low, j = high;
		while (i <= j) {
			while (values[i] < pivot)
				i++;
			while (values[j] > pivot)
				j--;
			if (i <= j) {
				float held = values[i];
				values[i++] = values[j];
				values[j--] = held;
			}
		}
		if (k <= j)
			high = j;
		else if (k >= i)
			low = i;
		else
			break;
	}
	return values[k];
}

/* Medians of the magnitude by group, of so many rows. */
static void
usual(const float *m, int side, int rows, float out[NO_GROUP + 1])
{
	static float values[SIDE_MOST * SIDE_MOST];
	const uint8_t *group = groups_of(side);
	int first[NO_GROUP + 2] = {0}, filled[NO_GROUP + 1] = {0};
	for (int i = 0; i < side * rows; i++)
		first[group[i] + 1]++;
	for (int g = 0; g <= NO_GROUP; g++)
		first[g + 1] += first[g];
	for (int i = 0; i < side * rows; i++)
		values[first[group[i]] + filled[group[i]]++] = m[i];
	for (int g = 0; g < NO_GROUP; g++)
		out[g] = filled[g] > 0 ? nth(values + first[g], filled[g],
		    filled[g] / 2) : 0;
}

static float
larger(float a, float b)
{
	return a > b ? a : b;
}

/* The highest of five in a row; the row goes round. */
static void
widen_row(const float *in, int side, float *out)
{
	float line[SIDE_MOST + 2 * WIDEN];
	memcpy(line, in + side - WIDEN, WIDEN * sizeof(float));
	memcpy(line + WIDEN, in, (size_t)side * sizeof(float));
	memcpy(line + WIDEN + side, in, WIDEN * sizeof(float));
	for (int x = 0; x < side; x++)
		out[x] = larger(larger(line[x], line[x + 1]),
		    larger(larger(line[x + 2], line[x + 3]), line[x + 4]));
}

/* Adds the logarithm of the highest within WIDEN of each sample. */
static void
add_widened(struct spectrum *s, const float *peaks, int rows)
{
	static float wide[SIDE_MOST * SIDE_MOST];
	int side = s->side;
	for (int y = 0; y < rows; y++)
		widen_row(peaks + y * side, side, wide + y * side);
	for (int y = 0; y < rows; y++) {
		float best[SIDE_MOST];
		memcpy(best, wide + y * side, (size_t)side * sizeof(float));
		for (int d = -WIDEN; d <= WIDEN; d++) {
			int from = rows < side ? y + d : (y + d) & (side - 1);
			if (from < 0 || from >= rows)
				continue;
			const float *row = wide + from * side;
			for (int x = 0; x < side; x++)
				best[x] = larger(best[x], row[x]);
		}
		if (s->count < s->room)
			memcpy(s->each + (s->count * rows + y) * side, best,
			    (size_t)side * sizeof(float));
		for (int x = 0; x < side; x++)
			s->sum[y * side + x] += best[x] > CAP ? logf(CAP) :
			    best[x] > 1 ? logf(best[x]) : 0;
	}
}

/* peaks over what is usual, into the sum. */
static void
add(struct spectrum *s, float *peaks, const float *medians, int rows)
{
	const uint8_t *group = groups_of(s->side);
	float over[NO_GROUP + 1] = {0};
	for (int g = 0; g < NO_GROUP; g++)
		over[g] = medians[g] > 1e-3f ? 1 / medians[g] : 0;
	for (int i = 0; i < s->side * rows; i++)
		peaks[i] *= over[group[i]];
	add_widened(s, peaks, rows);
	s->count++;
}

/* Of one plane both halves are alike: half is enough, and a little more. */
RESULT
spectrum_add(struct spectrum *s, const float *plane)
{
	static float m[SIDE_MOST * SIDE_MOST];
	float medians[NO_GROUP + 1] = {0};
	int rows = half_rows(s);
	TRY(opencv_spectrum_of(plane, NULL, s->side, m));
	usual(m, s->side, rows, medians);
	add(s, m, medians, rows);
	s->halved = true;
	return OK;
}

RESULT
spectrum_add_turning(struct spectrum *s, const float *blue, const float *red)
{
	static float m[SIDE_MOST * SIDE_MOST], one[SIDE_MOST * SIDE_MOST];
	int side = s->side, mask = side - 1;
	float medians[NO_GROUP + 1] = {0};
	TRY(opencv_spectrum_of(blue, red, side, m));
	usual(m, side, side, medians);
	for (int y = 0; y < side; y++)
		for (int x = 0; x < side; x++)
			one[y * side + x] = larger(0, m[y * side + x] -
			    m[(-y & mask) * side + (-x & mask)]);
	add(s, one, medians, side);
	return OK;
}

static float
at(const struct spectrum *s, int x, int y)
{
	int mask = s->side - 1;
	if (s->halved && y < 0) {
		x = -x;
		y = -y;
	}
	return s->sum[(y & mask) * s->side + (x & mask)] / (float)s->count;
}

/* Where the edges of a file's 8 x 8 blocks show, along either axis. */
static bool
is_block_edge(int x, int y, int side)
{
	int along = abs(x) > abs(y) ? abs(x) : abs(y);
	int across = abs(x) > abs(y) ? abs(y) : abs(x);
	int off = along % (side / 8);
	return across <= WIDEN && (off <= WIDEN || off >= side / 8 - WIDEN);
}

/* How high a sample is: alone, or with another. */
typedef float height_of(const void *with, int x, int y);

/* The middle of the flat top that widening gives a peak. */
static struct peak
middle_of_top(int side, int x, int y, float top, height_of *height,
    const void *with)
{
	double sum_x = 0, sum_y = 0, count = 0;
	for (int dy = -2 * WIDEN; dy <= 2 * WIDEN; dy++) {
		for (int dx = -2 * WIDEN; dx <= 2 * WIDEN; dx++) {
			if (height(with, x + dx, y + dy) < TOP * top)
				continue;
			sum_x += x + dx;
			sum_y += y + dy;
			count++;
		}
	}
	return (struct peak){exp((double)top), sum_x / count / side,
	    sum_y / count / side};
}

static struct peak
highest(const struct spectrum *s, double least, double most,
    height_of *height, const void *with)
{
	float top = 0;
	int side = s->side, reach = (int)(most * side), at_x = 0, at_y = 0;
	double low = least * side * least * side;
	double far = most * side * most * side;
	for (int y = -reach; s->count > 0 && y <= reach; y++) {
		for (int x = -reach; x <= reach; x++) {
			int away = x * x + y * y;
			if (away < low || away > far ||
			    is_block_edge(x, y, side))
				continue;
			float h = height(with, x, y);
			if (h <= top)
				continue;
			top = h;
			at_x = x;
			at_y = y;
		}
	}
	if (top <= 0)
		return (struct peak){1, 0, 0};
	return middle_of_top(side, at_x, at_y, top, height, with);
}

static float
alone(const void *with, int x, int y)
{
	return at(with, x, y);
}

struct peak
spectrum_peak(const struct spectrum *s, double least, double most)
{
	return highest(s, least, most, alone, s);
}

struct pair {
	const struct spectrum *a, *b;
	const double *turn;
};

static float
both(const void *with, int x, int y)
{
	const struct pair *p = with;
	return fminf(at(p->a, x, y), at(p->b, x, y));
}

struct peak
spectrum_common(const struct spectrum *a, const struct spectrum *b,
    double least, double most)
{
	struct pair p = {a, b, NULL};
	if (b->count == 0)
		return (struct peak){1, 0, 0};
	return highest(a, least, most, both, &p);
}

static float
with_twin(const void *with, int x, int y)
{
	const struct pair *p = with;
	const double *t = p->turn;
	int tx = (int)lround(t[0] * x + t[1] * y);
	int ty = (int)lround(t[2] * x + t[3] * y);
	int half = p->a->side / 2;
	if (tx <= -half || ty <= -half || tx >= half || ty >= half)
		return 0;
	return fminf(at(p->a, x, y), at(p->a, tx, ty));
}

struct peak
spectrum_grid(const struct spectrum *s, const double turn[4], double least,
    double most)
{
	struct pair p = {s, NULL, turn};
	return highest(s, least, most, with_twin, &p);
}

#define KEPT_MOST 32
#define WORTH 0.9f /* of the mean logarithm: below, few squares have it */

/* What all kept squares but so many have there. */
static float
reached(const struct spectrum *s, double but, int x, int y)
{
	float values[KEPT_MOST];
	int mask = s->side - 1, rows = half_rows(s);
	int count = s->count < s->room ? s->count : s->room;
	count = count < KEPT_MOST ? count : KEPT_MOST;
	if (y < 0) {
		x = -x;
		y = -y;
	}
	for (int i = 0; i < count; i++)
		values[i] = s->each[(i * rows + y) * s->side + (x & mask)];
	return count > 0 ? nth(values, count, (int)(but * count)) : 0;
}

struct reach {
	const struct spectrum *s;
	double but;
};

static float
everywhere(const void *with, int x, int y)
{
	const struct reach *r = with;
	float high = at(r->s, x, y) < WORTH ? 0 : reached(r->s, r->but, x, y);
	return high > 1 ? logf(high) : 0;
}

/* A quarter or half along an axis, over the odd eighths. */
static struct peak
octave(const struct spectrum *s, double but, bool down)
{
	float eighths[5];
	for (int k = 1; k <= 4; k++) {
		int f = k * s->side / 8;
		eighths[k] = reached(s, but, down ? 0 : f, down ? f : 0);
	}
	float blocks = larger(1, larger(eighths[1], eighths[3]));
	int most = eighths[4] > eighths[2] ? 4 : 2;
	return (struct peak){(double)(eighths[most] / blocks),
	    down ? 0 : most / 8.0, down ? most / 8.0 : 0};
}

struct peak
spectrum_everywhere(const struct spectrum *s, double but, double least,
    double most)
{
	struct reach r = {s, but};
	struct peak best = highest(s, least, most, everywhere, &r);
	for (int down = 0; down < 2; down++) {
		struct peak one = octave(s, but, down);
		if (one.height > best.height)
			best = one;
	}
	return best;
}
