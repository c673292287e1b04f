/*
 * Lines around a portrait.
 *
 * Many documents print a portrait with a hard edge or in a frame, so that how
 * hard a line is says nothing. But what is printed with the page is parallel
 * to it, as nearly as the outline was found. Along a line the rise is added
 * with its sign: print and fine patterns cancel out.
 */
#include "vision/border.h"

#include <math.h>
#include <stdlib.h>

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

/* The mean rise across one line, turned a little about its middle. */
static double
rise_across(const struct strip *s, int at, double slope)
{
	int sum = 0, count = 0, width = s->grey->width;
	int most = (s->upright ? width : s->grey->height) - APART - 1;
	int middle = (s->from + s->to) / 2;
	int by = s->upright ? APART : APART * width;
	for (int i = s->from; i < s->to; i += STEP) {
		int here = at + (int)lround((i - middle) * slope);
		if (here < APART || here > most)
			continue;
		const uint8_t *p = s->upright ? raster_row(s->grey, i) + here :
		    raster_row(s->grey, here) + i;
		sum += p[by] - p[-by];
		count++;
	}
	return count ? fabs((double)sum / count) : 0;
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
	size_t count = 0;
	for (int at = s->first; at < s->last; at++)
		rises[count++] = rise_across(s, at, 0);
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
		double slope = tan(angle_of(k) * M_PI / 180);
		for (int at = s.first; at < s.last; at++) {
			double rise = rise_across(&s, at, slope);
			if (rise > best.strength)
				best = (struct line){rise, angle_of(k)};
		}
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

RESULT
border_turned(const struct raster *card, float per_mm,
    const struct portrait *p, double *out)
{
	AUTO(raster_clear) struct raster grey = {0};
	const int box[4] = {(int)(p->x * per_mm), (int)(p->y * per_mm),
	    (int)((p->x + p->width) * per_mm),
	    (int)((p->y + p->height) * per_mm)};
	if (box[0] < 0 || box[1] < 0 || box[2] >= card->width - 3 ||
	    box[3] >= card->height - 3 || box[2] - box[0] < SIDE_LEAST ||
	    box[3] - box[1] < SIDE_LEAST)
		return FAIL(ERR_NOT_FOUND, "the portrait is cut off");
	TRY(raster_grey(card, &grey));
	*out = turned_of(&grey, box,
	    (int)(BEYOND * (float)(box[2] - box[0])),
	    (int)(WITHIN_MM * per_mm));
	return OK;
}
