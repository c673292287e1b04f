/*
 * A line of spots, measured.
 *
 * The base line is fitted twice: letters that reach below it are then left
 * out; the lines of one page lean alike.
 */
#include "vision/print/chain.h"

#include <math.h>
#include <stdlib.h>

#define SLOPE_MOST 0.12f
#define SLOPE_APART 0.012f /* from the page's, and it is not believed */

static int
compare_floats(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;
	return (x > y) - (x < y);
}

float
chain_middle(float *values, int count)
{
	qsort(values, (size_t)count, sizeof(*values), compare_floats);
	return values[count / 2];
}

/* Least squares over the spots whose foot is near the line so far. */
static void
fit(const struct chain *c, float near, float *at, float *slope)
{
	float n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
	float x0 = (float)c->at[0]->left;
	for (int i = 0; i < c->count; i++) {
		float x = (float)(c->at[i]->left + c->at[i]->right) / 2 - x0;
		float y = (float)c->at[i]->bottom;
		if (near > 0 && fabsf(y - *at - *slope * x) > near)
			continue;
		n++;
		sx += x;
		sy += y;
		sxx += x * x;
		sxy += x * y;
	}
	float spread = n * sxx - sx * sx;
	if (n < 1)
		return;
	*slope = n >= 4 && spread > 1 ? (n * sxy - sx * sy) / spread : 0;
	*slope = fminf(fmaxf(*slope, -SLOPE_MOST), SLOPE_MOST);
	*at = (sy - *slope * sx) / n;
}

void
chain_base(const struct chain *c, const float *page_slope, float *at,
    float *slope)
{
	float feet[MEMBERS_MAX], heights[MEMBERS_MAX];
	float x0 = (float)c->at[0]->left;
	for (int i = 0; i < c->count; i++)
		heights[i] = (float)spot_height(c->at[i]);
	float usual = chain_middle(heights, c->count);
	*slope = 0;
	for (int i = 0; i < c->count; i++)
		feet[i] = (float)c->at[i]->bottom;
	*at = chain_middle(feet, c->count);
	if (c->count >= 6)
		fit(c, 0, at, slope);
	fit(c, 0.45f * usual, at, slope);
	fit(c, 0.2f * usual, at, slope);
	if (!page_slope || (c->count >= 6 &&
	    fabsf(*slope - *page_slope) < SLOPE_APART))
		return;
	*slope = *page_slope;
	for (int i = 0; i < c->count; i++)
		feet[i] = (float)c->at[i]->bottom - *slope *
		    ((float)(c->at[i]->left + c->at[i]->right) / 2 - x0);
	*at = chain_middle(feet, c->count);
}

float
chain_foot(const struct chain *c, const struct spot *s, float at, float slope)
{
	return at + slope * ((float)(s->left + s->right) / 2 -
	    (float)c->at[0]->left);
}

float
chain_usual(const struct chain *c, int from, int to)
{
	float heights[MEMBERS_MAX];
	for (int i = from; i < to; i++)
		heights[i - from] = (float)spot_height(c->at[i]);
	return chain_middle(heights, to - from);
}

float
chain_capital(const struct chain *c, int from, int to, float at, float slope,
    float usual)
{
	float tallest = 0, any = 0;
	for (int i = from; i < to; i++) {
		float foot = chain_foot(c, c->at[i], at, slope);
		float up = foot - (float)c->at[i]->top;
		if (up > 1.62f * usual)
			continue;
		any = fmaxf(any, up);
		if ((float)c->at[i]->bottom - foot < 0.1f * usual)
			tallest = fmaxf(tallest, up);
	}
	return tallest > 0.5f * any ? tallest : any;
}

void
chain_drop_strays(struct chain *c, float at, float slope)
{
	const struct spot *first = c->at[0];
	float usual = chain_usual(c, 0, c->count);
	int kept = 0;
	for (int i = 0; i < c->count; i++) {
		const struct spot *s = c->at[i];
		float foot = at + slope * ((float)(s->left + s->right) / 2 -
		    (float)first->left);
		float off = foot - (float)s->bottom;
		float up = foot - (float)s->top;
		if (fabsf(off) < 0.5f * usual && up > 0.45f * usual &&
		    up < 2 * usual)
			c->at[kept++] = s;
	}
	c->count = kept;
}

float
chain_gap(const struct chain *c, int i)
{
	return (float)(c->at[i + 1]->left - c->at[i]->right);
}

float
chain_usual_gap(const struct chain *c)
{
	float gaps[MEMBERS_MAX];
	for (int i = 0; i + 1 < c->count; i++)
		gaps[i] = chain_gap(c, i);
	return c->count > 1 ? chain_middle(gaps, c->count - 1) : 0;
}
