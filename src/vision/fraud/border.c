/*
 * Lines around a portrait.
 *
 * Many documents print a portrait with a hard edge or in a frame, so that how
 * hard a line is says nothing. But what is printed with the page is parallel
 * to it, as nearly as the outline was found. Along a line the rise is added
 * with its sign: print and fine patterns cancel out.
 */
#include "vision/fraud/border.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/enum.h"

#define STEP 2             /* pixels along a line */
#define APART 2            /* a rise is between what lies so far each way */
#define ANGLES 25
#define ANGLE_STEP 0.25
#define POSITIONS_MAX 512
#define POSITIONS_LEAST 24
#define RISE_LEAST 0.7     /* levels: noise of a picture without any */
#define STRONG 10.0        /* times what is usual beside it */
#define TOLERANCE 0.8      /* degrees between sides that agree */
#define BEYOND 0.4f        /* of the portrait's width, looked at outside */
#define WITHIN_MM 3
#define ROOM 16            /* pixels more, for lines that are turned */
#define SIDE_LEAST 40      /* pixels */

/* Lines that cross a strip: positions first..last, each from..to along. */
struct strip {
	const struct raster *grey;
	bool upright;
	int first, last, from, to;
};

struct line {
	double strength, turned;
};

static double
angle_of(int which)
{
	return (which - ANGLES / 2) * ANGLE_STEP;
}

/* The mean rise across each line of the strip, all turned alike. */
static size_t
rises_across(const struct strip *s, double turned, double out[POSITIONS_MAX])
{
	static int sums[POSITIONS_MAX], counts[POSITIONS_MAX];
	double slope = tan(turned * M_PI / 180);
	int width = s->grey->width, middle = (s->from + s->to) / 2;
	int most = (s->upright ? width : s->grey->height) - APART - 1;
	int by = s->upright ? APART : APART * width;
	int lines = s->last - s->first;
	memset(sums, 0, sizeof(sums));
	memset(counts, 0, sizeof(counts));
	for (int i = s->from; i < s->to; i += STEP) {
		int move = s->first + (int)lround((i - middle) * slope);
		int first = move < APART ? APART - move : 0;
		int last = move + lines - 1 > most ? most - move : lines - 1;
		int step = s->upright ? 1 : width;
		int origin = s->upright ? i * width + move : move * width + i;
		for (int at = first; at <= last; at++) {
			const uint8_t *p = s->grey->data + origin + at * step;
			sums[at] += p[by] - p[-by];
			counts[at]++;
		}
	}
	for (int at = 0; at < lines; at++)
		out[at] = counts[at] ? fabs((double)sums[at] / counts[at]) : 0;
	return (size_t)lines;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double
usual_rise(const struct strip *s)
{
	double rises[POSITIONS_MAX];
	size_t count = rises_across(s, 0, rises);
	qsort(rises, count, sizeof(*rises), ascending);
	return fmax(rises[count / 2], RISE_LEAST);
}

static struct line
strongest(struct strip s)
{
	struct line best = {0, 0};
	int most = (s.upright ? s.grey->width : s.grey->height) - APART - 1;
	s.first = s.first < APART ? APART : s.first;
	s.last = s.last > most ? most : s.last;
	if (s.last - s.first < POSITIONS_LEAST ||
	    s.last - s.first > POSITIONS_MAX)
		return best;
	for (int k = 0; k < ANGLES; k++) {
		double rises[POSITIONS_MAX];
		size_t count = rises_across(&s, angle_of(k), rises);
		for (size_t at = 0; at < count; at++)
			if (rises[at] > best.strength)
				best = (struct line){rises[at], angle_of(k)};
	}
	best.strength /= usual_rise(&s);
	if (!s.upright) /* the same turn, seen along the other side */
		best.turned = -best.turned;
	return best;
}

/* Three of the four sides, the one left out by its number. */
static double
three_agree(const struct line lines[4], int without)
{
	double least = HUGE_VAL, most = -HUGE_VAL, sum = 0;
	for (int i = 0; i < 4; i++) {
		if (i == without)
			continue;
		if (lines[i].strength < STRONG)
			return 0;
		least = fmin(least, lines[i].turned);
		most = fmax(most, lines[i].turned);
		sum += lines[i].turned;
	}
	return most - least > TOLERANCE ? 0 : fabs(sum / 3);
}

static double
turned_of(const struct raster *grey, const int box[4], int beyond, int in)
{
	int x0 = box[0], y0 = box[1], x1 = box[2], y1 = box[3];
	const struct strip strips[4] = {
	    {grey, true, x0 - beyond, x0 + in, y0, y1},
	    {grey, true, x1 - in, x1 + beyond, y0, y1},
	    {grey, false, y0 - beyond, y0 + in, x0, x1},
	    {grey, false, y1 - in, y1 + beyond, x0, x1}};
	struct line lines[4];
	double most = 0;
	for (int i = 0; i < 4; i++)
		lines[i] = strongest(strips[i]);
	for (int i = 0; i < 4; i++)
		most = fmax(most, three_agree(lines, i));
	return most;
}

/* The portrait and what is looked at beside it, in grey; box becomes its place
 * there. */
static RESULT
cut_grey(const struct raster *card, int more, int box[4], struct raster *out)
{
	AUTO(raster_clear) struct raster part = {0};
	int left = box[0] > more ? box[0] - more : 0;
	int top = box[1] > more ? box[1] - more : 0;
	int right = box[2] + more < card->width ? box[2] + more : card->width;
	int low = box[3] + more < card->height ? box[3] + more : card->height;
	TRY(raster_cut(card, left, top, right - left, low - top, &part));
	for (int i = 0; i < 4; i++)
		box[i] -= i & 1 ? top : left;
	return raster_grey(&part, out);
}

RESULT
border_turned(const struct raster *card, float per_mm,
    const struct portrait *p, double *out)
{
	AUTO(raster_clear) struct raster grey = {0};
	int box[4] = {(int)(p->x * per_mm), (int)(p->y * per_mm),
	    (int)((p->x + p->width) * per_mm),
	    (int)((p->y + p->height) * per_mm)};
	int beyond = (int)(BEYOND * (float)(box[2] - box[0]));
	if (box[0] < 0 || box[1] < 0 || box[2] >= card->width - 3 ||
	    box[3] >= card->height - 3 || box[2] - box[0] < SIDE_LEAST ||
	    box[3] - box[1] < SIDE_LEAST)
		return FAIL(ERR_NOT_FOUND, "the portrait is cut off");
	TRY(cut_grey(card, beyond + ROOM, box, &grey));
	*out = turned_of(&grey, box, beyond, (int)(WITHIN_MM * per_mm));
	return OK;
}
