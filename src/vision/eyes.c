/*
 * Eyes laid over each other.
 *
 * Landmarks tremble by more than a lid is high. So each part is shifted until
 * it fits best, its own light is taken off, and what the parts around the
 * eyes do in the same pictures, for noise, a new exposure or a turn, is
 * counted as no motion of the eyes.
 */
#include "vision/eyes.h"

#include "base/enum.h"
#include "vision/median.h"

#include <math.h>
#include <stdlib.h>

#define APART 48.0f    /* of the eyes, in the strip */
#define MIDDLE_X 40.0f /* between them */
#define MIDDLE_Y 24.0f
#define SHIFT 2        /* at most, either way */
#define SIDE_LEAST_MS 220 /* a blink is over */
#define SIDE_MOST_MS 440
#define AHEAD 12       /* degrees from rest: both eyes are seen alike */
#define LEVEL 0.06f    /* of up, between moments that are compared */
#define USUAL_LEAST 0.006f /* below, noise in the parts around is nothing */
#define DARK 8.0f      /* grey levels added to a part's mean */
#define SEEN_MOST 1000
#define SEEN_LEAST 15

struct piece {
	int left, top, right, bottom; /* the last two are outside */
};

static const struct piece eyes[] = {{4, 16, 28, 32}, {52, 16, 76, 32}};
static const struct piece around[] = {
    {28, 18, 52, 54}, /* nose */
    {4, 3, 28, 14}, {52, 3, 76, 14}, /* brows */
};

static void
middle_of(const struct face *f, int first, float *x, float *y)
{
	*x = *y = 0;
	for (int i = first; i < first + 6; i++) {
		*x += f->points[i][0] / 6;
		*y += f->points[i][1] / 6;
	}
}

static float
between(const struct raster *r, float x, float y)
{
	if (!(x >= 0 && y >= 0 && x < (float)r->width - 1 &&
	    y < (float)r->height - 1))
		return 0;
	int left = (int)x, top = (int)y;
	float across = x - (float)left, down = y - (float)top;
	const uint8_t *one = raster_row(r, top) + left;
	const uint8_t *next = raster_row(r, top + 1) + left;
	float high = (float)one[0] + across * (float)(one[1] - one[0]);
	float low = (float)next[0] + across * (float)(next[1] - next[0]);
	return high + down * (low - high);
}

/* Of a pixel, one beside it and the other beside it. */
static uint8_t
smooth(int before, int at, int after)
{
	return (uint8_t)((before + 2 * at + after + 2) / 4);
}

/* Noise of single pixels would count as much as a lid. The rim stays. */
static void
smooth_all(struct eyes_strip *s)
{
	struct eyes_strip across = *s;
	for (int y = 0; y < EYES_HIGH; y++)
		for (int x = 1; x < EYES_WIDE - 1; x++)
			across.at[y][x] = smooth(s->at[y][x - 1],
			    s->at[y][x], s->at[y][x + 1]);
	for (int y = 1; y < EYES_HIGH - 1; y++)
		for (int x = 0; x < EYES_WIDE; x++)
			s->at[y][x] = smooth(across.at[y - 1][x],
			    across.at[y][x], across.at[y + 1][x]);
}

void
eyes_take(const struct raster *grey, const struct face *face,
    struct eyes_strip *out)
{
	float x, y, other_x, other_y;
	middle_of(face, 36, &x, &y);
	middle_of(face, 42, &other_x, &other_y);
	float ax = (other_x - x) / APART, ay = (other_y - y) / APART;
	x = (x + other_x) / 2;
	y = (y + other_y) / 2;
	for (int v = 0; v < EYES_HIGH; v++)
		for (int u = 0; u < EYES_WIDE; u++) {
			float a = (float)u - MIDDLE_X, b = (float)v - MIDDLE_Y;
			out->at[v][u] = (uint8_t)between(grey,
			    x + a * ax - b * ay, y + a * ay + b * ax);
		}
	smooth_all(out);
}

static float
mean_of(const struct eyes_strip *s, const struct piece *p, int right, int down)
{
	int sum = 0;
	for (int y = p->top; y < p->bottom; y++)
		for (int x = p->left; x < p->right; x++)
			sum += s->at[y + down][x + right];
	return (float)sum / (float)((p->right - p->left) *
	    (p->bottom - p->top));
}

/* Difference of a part, shifted so, by its light. */
static float
differs_at(const struct eyes_strip *a, const struct eyes_strip *b,
    const struct piece *p, int right, int down)
{
	float one = mean_of(a, p, 0, 0), other = mean_of(b, p, right, down);
	float by_one = 1 / (one + DARK), by_other = 1 / (other + DARK);
	float less = one * by_one - other * by_other, sum = 0;
	for (int y = p->top; y < p->bottom; y++)
		for (int x = p->left; x < p->right; x++)
			sum += fabsf((float)a->at[y][x] * by_one -
			    (float)b->at[y + down][x + right] * by_other -
			    less);
	return sum / (float)((p->right - p->left) * (p->bottom - p->top));
}

static float
differs(const struct eyes_strip *a, const struct eyes_strip *b,
    const struct piece *p)
{
	float least = INFINITY;
	for (int down = -SHIFT; down <= SHIFT; down++)
		for (int right = -SHIFT; right <= SHIFT; right++)
			least = fminf(least, differs_at(a, b, p, right, down));
	return least;
}

/* By how much a part differs from before and from after, less what these
 * differ by. */
static float
passing(const struct eyes_strip *before, const struct eyes_strip *now,
    const struct eyes_strip *after, const struct piece *p)
{
	return fminf(differs(before, now, p), differs(now, after, p)) -
	    differs(before, after, p);
}

static bool
is_ahead(const struct moment *m, const struct signals *rest)
{
	return m->has_face && m->face.has_points &&
	    fabsf(m->signals.yaw - rest->yaw) < AHEAD;
}

/* The nearest that is far enough away in time, and level with it; itself
 * where there is none. */
static size_t
beside(const struct moment *moments, size_t count, size_t at, int step,
    const struct signals *rest)
{
	const struct moment *now = &moments[at];
	for (size_t i = at + (size_t)step; i < count; i += (size_t)step) {
		const struct moment *m = &moments[i];
		int64_t away = llabs((int64_t)m->time_ms - now->time_ms);
		if (away > SIDE_MOST_MS)
			return at;
		if (away >= SIDE_LEAST_MS && is_ahead(m, rest) &&
		    fabsf(m->signals.up - now->signals.up) < LEVEL)
			return i;
	}
	return at;
}

/* Of one moment: what both eyes do, less what is around them. */
static bool
compare(const struct moment *moments, const struct eyes_strip *strips,
    size_t count, size_t at, const struct signals *rest, float *both,
    float *usual)
{
	size_t before = beside(moments, count, at, -1, rest);
	size_t after = beside(moments, count, at, 1, rest);
	if (!is_ahead(&moments[at], rest) || before == at || after == at)
		return false;
	*both = INFINITY;
	*usual = 0;
	float others = 0;
	for (size_t i = 0; i < COUNT_OF(eyes); i++)
		*both = fminf(*both, passing(&strips[before], &strips[at],
		    &strips[after], &eyes[i]));
	for (size_t i = 0; i < COUNT_OF(around); i++) {
		others = fmaxf(others, passing(&strips[before], &strips[at],
		    &strips[after], &around[i]));
		*usual += differs(&strips[before], &strips[at], &around[i]) /
		    (float)COUNT_OF(around);
	}
	*both -= others;
	return true;
}

static int
by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;
	return (x > y) - (x < y);
}

void
eyes_measure(const struct moment *moments, const struct eyes_strip *strips,
    size_t count, const struct signals *rest, struct eyes_moved *out)
{
	static float usual[SEEN_MOST];
	size_t n = 0;
	*out = (struct eyes_moved){0};
	for (size_t i = 0; i < count && n < SEEN_MOST; i++) {
		float both;
		if (!compare(moments, strips, count, i, rest, &both,
		    &usual[n]))
			continue;
		n++;
		if (both > out->most) {
			out->most = both;
			out->at_ms = moments[i].time_ms;
		}
	}
	if (n < SEEN_LEAST)
		return;
	out->seen = n;
	qsort(usual, n, sizeof(*usual), by_value);
	out->most /= fmaxf(usual[n / 2], USUAL_LEAST);
}
