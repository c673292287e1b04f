/*
 * Straight edges, by a vote: each step of brightness speaks for the lines
 * through it that run as it does; lines with most votes are drawn again
 * through what voted for them.
 */
#include "vision/page/edges.h"

#include <math.h>
#include <string.h>

#define DEGREES 180
#define SPREAD 4      /* degrees to each side that a step speaks for */
#define FAINT 5       /* levels: below it is noise of a sensor */
#define STRONG 30     /* levels: above it a step is no better */
#define NEAR_DEGREES 2
#define NEAR_PIXELS 4
#define BORDER_SHARE 0.12f
#define GUESS_SHARE 0.2f
#define BOW 2         /* pixels that a side may be bent out of its line */
#define ALIKE 0.92f   /* cosine of the angle between step and normal */

struct vote {
	int across; /* cells of rho */
	uint16_t *cells;
	float cosine[DEGREES], sine[DEGREES];
};

void
edges_clear(struct edges *e)
{
	free(e->gx);
	free(e->gy);
	for (size_t i = 0; i < e->count; i++)
		free(e->lines[i].up);
	*e = (struct edges){0};
}

/* Means of three pixels, weighted 1 2 1, along a row or down a column. */
static void
soften(const struct raster *r, uint8_t *out)
{
	int pitch = r->width * 3;
	for (int y = 1; y < r->height - 1; y++) {
		const uint8_t *in = raster_row(r, y);
		uint8_t *to = out + (size_t)y * (size_t)pitch;
		for (int x = 3; x < pitch - 3; x++) {
			int middle = in[x - pitch] + 2 * in[x] +
			    in[x + pitch];
			int left = in[x - 3 - pitch] + 2 * in[x - 3] +
			    in[x - 3 + pitch];
			int right = in[x + 3 - pitch] + 2 * in[x + 3] +
			    in[x + 3 + pitch];
			to[x] = (uint8_t)((left + 2 * middle + right + 8) >>
			    4);
		}
	}
}

static int
clamp(int value)
{
	return value < -127 ? -127 : value > 127 ? 127 : value;
}

/* The step of the colour that steps most. */
static void
step_at(const uint8_t *at, int pitch, int *gx, int *gy)
{
	int most = 0;
	*gx = *gy = 0;
	for (int c = 0; c < 3; c++) {
		int x = at[c + 3] - at[c - 3], y = at[c + pitch] -
		    at[c - pitch];
		int size = abs(x) + abs(y);
		if (size > most) {
			most = size;
			*gx = x;
			*gy = y;
		}
	}
}

static void
find_steps(const struct raster *r, const uint8_t *soft, struct edges *e)
{
	int pitch = r->width * 3;
	for (int y = 2; y < r->height - 2; y++) {
		size_t row = (size_t)y * (size_t)r->width;
		for (int x = 2; x < r->width - 2; x++) {
			int gx, gy;
			step_at(soft + row * 3 + (size_t)x * 3, pitch, &gx,
			    &gy);
			if (gx * gx + gy * gy < FAINT * FAINT)
				continue;
			e->gx[row + (size_t)x] = (int8_t)clamp(gx);
			e->gy[row + (size_t)x] = (int8_t)clamp(gy);
		}
	}
}

static int
size_at(const struct edges *e, int x, int y)
{
	size_t i = (size_t)y * (size_t)e->width + (size_t)x;
	return e->gx[i] * e->gx[i] + e->gy[i] * e->gy[i];
}

/* Whether the step is steepest here, across itself. */
static bool
is_ridge(const struct edges *e, int x, int y)
{
	size_t i = (size_t)y * (size_t)e->width + (size_t)x;
	int gx = e->gx[i], gy = e->gy[i], own = size_at(e, x, y);
	if (own == 0)
		return false;
	int dx = 2 * abs(gx) > abs(gy) ? (gx > 0 ? 1 : -1) : 0;
	int dy = 2 * abs(gy) > abs(gx) ? (gy > 0 ? 1 : -1) : 0;
	return own >= size_at(e, x + dx, y + dy) &&
	    own > size_at(e, x - dx, y - dy);
}

static void
cast(struct vote *v, const struct edges *e, int x, int y)
{
	size_t i = (size_t)y * (size_t)e->width + (size_t)x;
	float gx = e->gx[i], gy = e->gy[i];
	int turn = (int)lroundf(atan2f(gy, gx) * (float)(DEGREES / M_PI));
	float size = fminf(sqrtf(gx * gx + gy * gy), STRONG);
	unsigned weight = 4 + (unsigned)(size / 4);
	for (int t = turn - SPREAD; t <= turn + SPREAD; t++) {
		int degree = (t + 2 * DEGREES) % DEGREES;
		float rho = (float)x * v->cosine[degree] +
		    (float)y * v->sine[degree];
		int cell = (int)(rho + (float)v->across / 2 + 0.5f);
		uint16_t *to = &v->cells[degree * v->across + cell];
		*to = (uint16_t)(*to + weight);
	}
}

static RESULT
vote(const struct edges *e, struct vote *v)
{
	v->across = 2 * (e->width + e->height);
	v->cells = calloc((size_t)(DEGREES * v->across), sizeof(*v->cells));
	if (!v->cells)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (int d = 0; d < DEGREES; d++) {
		v->cosine[d] = cosf((float)d * (float)M_PI / DEGREES);
		v->sine[d] = sinf((float)d * (float)M_PI / DEGREES);
	}
	for (int y = 3; y < e->height - 3; y++)
		for (int x = 3; x < e->width - 3; x++)
			if (is_ridge(e, x, y))
				cast(v, e, x, y);
	return OK;
}

float
edge_place(const struct edge_line *l, float x, float y)
{
	return -l->ny * x + l->nx * y;
}

static void
point_of(const struct edge_line *l, float t, float *x, float *y)
{
	*x = l->nx * l->rho - l->ny * t;
	*y = l->ny * l->rho + l->nx * t;
}

bool
edge_meet(const struct edge_line *a, const struct edge_line *b, float out[2])
{
	float det = a->nx * b->ny - a->ny * b->nx;
	if (fabsf(det) < 0.2f)
		return false;
	out[0] = (a->rho * b->ny - b->rho * a->ny) / det;
	out[1] = (b->rho * a->nx - a->rho * b->nx) / det;
	return true;
}

/* Where along the line the picture begins and ends. */
static void
clip(struct edge_line *l, int width, int height)
{
	float low = -1e6f, high = 1e6f;
	const float limits[2] = {(float)width - 1, (float)height - 1};
	const float start[2] = {l->nx * l->rho, l->ny * l->rho};
	const float way[2] = {-l->ny, l->nx};
	for (int i = 0; i < 2; i++) {
		if (fabsf(way[i]) < 1e-4f)
			continue;
		float a = -start[i] / way[i];
		float b = (limits[i] - start[i]) / way[i];
		low = fmaxf(low, fminf(a, b));
		high = fminf(high, fmaxf(a, b));
	}
	l->from = low;
	l->to = fmaxf(high, low);
}

/* -1 down, 1 up, 0: no step there that runs along the line. */
static int
step_on(const struct edges *e, const struct edge_line *l, float t)
{
	float x, y;
	point_of(l, t, &x, &y);
	int best = 0, most = 0;
	for (int k = -BOW; k <= BOW; k++) {
		int px = (int)(x + (float)k * l->nx + 0.5f);
		int py = (int)(y + (float)k * l->ny + 0.5f);
		if (px < 0 || py < 0 || px >= e->width || py >= e->height)
			continue;
		size_t i = (size_t)py * (size_t)e->width + (size_t)px;
		float gx = e->gx[i], gy = e->gy[i];
		float along = gx * l->nx + gy * l->ny;
		int size = (int)(gx * gx + gy * gy);
		if (size <= most || along * along < ALIKE * ALIKE *
		    (float)size)
			continue;
		most = size;
		best = along > 0 ? 1 : -1;
	}
	return best;
}

/* Moves the line through the steps that it runs along. */
static void
straighten(const struct edges *e, struct edge_line *l, float reach)
{
	double n = 0, st = 0, sd = 0, stt = 0, std = 0;
	for (float t = l->from; t < l->to; t += 2) {
		float x, y;
		point_of(l, t, &x, &y);
		float best = 0, place = 0;
		for (float k = -reach; k <= reach; k++) {
			int px = (int)(x + k * l->nx + 0.5f);
			int py = (int)(y + k * l->ny + 0.5f);
			if (px < 0 || py < 0 || px >= e->width ||
			    py >= e->height)
				continue;
			size_t i = (size_t)py * (size_t)e->width +
			    (size_t)px;
			float along = fabsf(e->gx[i] * l->nx +
			    e->gy[i] * l->ny);
			float size = sqrtf((float)(e->gx[i] * e->gx[i] +
			    e->gy[i] * e->gy[i]));
			if (along > best && along > ALIKE * size) {
				best = along;
				place = ((float)px * l->nx +
				    (float)py * l->ny) - l->rho;
			}
		}
		if (best <= 0)
			continue;
		n++;
		st += (double)t;
		sd += (double)place;
		stt += (double)(t * t);
		std += (double)(t * place);
	}
	double det = n * stt - st * st;
	if (n < 12 || det < 1)
		return;
	float slope = (float)((n * std - st * sd) / det);
	float shift = (float)((sd - (double)slope * st) / n);
	if (fabsf(slope) > 0.1f)
		return;
	/* the point at parameter 0 moves by shift, the normal turns */
	float x = l->nx * (l->rho + shift), y = l->ny * (l->rho + shift);
	float nx = l->nx + slope * l->ny, ny = l->ny - slope * l->nx;
	float size = hypotf(nx, ny);
	l->nx = nx / size;
	l->ny = ny / size;
	l->rho = x * l->nx + y * l->ny;
	clip(l, e->width, e->height);
}

static RESULT
sum_up(const struct edges *e, struct edge_line *l)
{
	size_t count = (size_t)(l->to - l->from) + 2;
	l->up = calloc(2 * count, sizeof(*l->up));
	if (!l->up)
		return FAIL(ERR_TOO_LARGE, "no memory");
	l->down = l->up + count;
	for (size_t i = 0; i + 1 < count; i++) {
		int step = step_on(e, l, l->from + (float)i);
		l->up[i + 1] = (uint16_t)(l->up[i] + (step > 0));
		l->down[i + 1] = (uint16_t)(l->down[i] + (step < 0));
	}
	return OK;
}

float
edge_share(const struct edge_line *l, float from, float to)
{
	float whole = to - from;
	if (whole < 1)
		return 0;
	if (l->given > 0)
		return l->given;
	from = fmaxf(from, l->from);
	to = fminf(to, l->to);
	if (to - from < 1)
		return 0;
	size_t a = (size_t)(from - l->from), b = (size_t)(to - l->from);
	int up = l->up[b] - l->up[a], down = l->down[b] - l->down[a];
	int more = up > down ? up : down, less = up + down - more;
	return fminf(((float)more + (float)less / 2) / whole, 1);
}

static RESULT
add_line(struct edges *e, float nx, float ny, float rho, float given)
{
	struct edge_line *l = &e->lines[e->count];
	if (e->count == EDGE_LINES_MAX)
		return OK;
	*l = (struct edge_line){nx, ny, rho, 0, 0, given, NULL, NULL};
	clip(l, e->width, e->height);
	if (given <= 0) {
		straighten(e, l, 3);
		straighten(e, l, 2);
	}
	if (l->to - l->from < 8)
		return OK;
	e->count++;
	return sum_up(e, l);
}

struct top {
	unsigned most;
	int cell;
};

static void
find_top(const struct vote *v, int degree, struct top *out)
{
	const uint16_t *row = &v->cells[degree * v->across];
	*out = (struct top){0};
	for (int i = 0; i < v->across; i++) {
		if (row[i] <= out->most)
			continue;
		out->most = row[i];
		out->cell = i;
	}
}

static void
forget_around(struct vote *v, int degree, int cell, struct top *tops)
{
	for (int d = degree - NEAR_DEGREES; d <= degree + NEAR_DEGREES; d++) {
		int row = (d + DEGREES) % DEGREES;
		int at = d < 0 || d >= DEGREES ? v->across - cell : cell;
		for (int k = at - NEAR_PIXELS; k <= at + NEAR_PIXELS; k++)
			if (k >= 0 && k < v->across)
				v->cells[row * v->across + k] = 0;
		find_top(v, row, &tops[row]);
	}
}

static RESULT
take_best(struct edges *e, struct vote *v, size_t count, unsigned least)
{
	struct top tops[DEGREES];
	for (int d = 0; d < DEGREES; d++)
		find_top(v, d, &tops[d]);
	while (e->count < count) {
		int best = 0;
		for (int d = 0; d < DEGREES; d++)
			if (tops[d].most > tops[best].most)
				best = d;
		int cell = tops[best].cell;
		if (tops[best].most < least)
			return OK;
		forget_around(v, best, cell, tops);
		TRY(add_line(e, v->cosine[best], v->sine[best],
		    (float)cell - (float)v->across / 2, 0));
	}
	return OK;
}

static RESULT
add_borders(struct edges *e)
{
	float right = (float)e->width - 1, bottom = (float)e->height - 1;
	TRY(add_line(e, 1, 0, 0, BORDER_SHARE));
	TRY(add_line(e, 1, 0, right, BORDER_SHARE));
	TRY(add_line(e, 0, 1, 0, BORDER_SHARE));
	return add_line(e, 0, 1, bottom, BORDER_SHARE);
}

static RESULT
find_lines(struct edges *e)
{
	struct vote v = {0};
	unsigned least = (unsigned)(e->width < e->height ? e->width :
	    e->height); /* a fifth of the side at a middling weight */
	enum err code = vote(e, &v);
	if (code == OK)
		code = take_best(e, &v, EDGE_LINES_MAX - 12, least);
	free(v.cells);
	return code;
}

RESULT
edges_find(const struct raster *colour, struct edges *out)
{
	AUTO(edges_clear) struct edges e = {.width = colour->width,
	    .height = colour->height};
	size_t count = (size_t)e.width * (size_t)e.height;
	AUTO(free) uint8_t *soft = malloc(count * 3);
	e.gx = calloc(count, 1);
	e.gy = calloc(count, 1);
	if (!soft || !e.gx || !e.gy)
		return FAIL(ERR_TOO_LARGE, "no memory");
	memcpy(soft, colour->data, count * 3);
	soften(colour, soft);
	find_steps(colour, soft, &e);
	TRY(add_borders(&e));
	TRY(find_lines(&e));
	*out = e;
	e = (struct edges){0};
	return OK;
}

bool
edges_add_near(struct edges *e, const float a[2], const float b[2],
    float degrees, float pixels)
{
	float best = 0;
	struct edge_line chosen = {0};
	float mx = (a[0] + b[0]) / 2, my = (a[1] + b[1]) / 2;
	float length = hypotf(b[0] - a[0], b[1] - a[1]);
	float turn = atan2f(b[1] - a[1], b[0] - a[0]) + (float)M_PI_2;
	if (e->count == EDGE_LINES_MAX)
		return false;
	for (float d = -degrees; d <= degrees; d += 2) {
		float angle = turn + d * (float)M_PI / DEGREES;
		struct edge_line l = {.nx = cosf(angle), .ny = sinf(angle)};
		for (float k = -pixels; k <= pixels; k += 2.5f) {
			l.rho = mx * l.nx + my * l.ny + k;
			clip(&l, e->width, e->height);
			float at = edge_place(&l, mx, my), up = 0, down = 0;
			for (float t = at - length / 2; t < at + length / 2;
			    t += 6) {
				if (t < l.from || t > l.to)
					continue;
				int step = step_on(e, &l, t);
				up += step > 0;
				down += step < 0;
			}
			float share = fmaxf(up, down);
			if (share > best) {
				best = share;
				chosen = l;
			}
		}
	}
	if (best * 6 < length * 0.3f)
		return false;
	return add_line(e, chosen.nx, chosen.ny, chosen.rho, 0) == OK;
}

RESULT
edges_add_guess(struct edges *e, const float a[2], const float b[2])
{
	float dx = b[0] - a[0], dy = b[1] - a[1], length = hypotf(dx, dy);
	if (length < 1)
		return OK;
	float nx = -dy / length, ny = dx / length;
	return add_line(e, nx, ny, nx * a[0] + ny * a[1], GUESS_SHARE);
}
