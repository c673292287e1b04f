/*
 * Outlines out of lines: two that run together crossed by two others.
 *
 * A side counts by how much of it is seen, so that a finger over it does not
 * hide the document, and by its ending at the corners, as sides do and the
 * edges of tables do not. The shape, with perspective undone, is a
 * document's; the ground within differs from the ground without.
 */
#include "vision/page/outline.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"

#define LEAST_AREA 0.05f /* of the picture */
#define LENS 0.95f       /* focal length by the longer side */
#define BANDS 18         /* places along a side where grounds are compared */
#define PAIRS_MAX 900
#define KEPT 40
#define LIKE_OVERLAP 0.6f /* of two outlines of one document */
#define SEEN_LEAST 0.3f
#define OVERRUN 0.25f    /* of a side that goes on beyond its corners */
#define LARGER 0.3f      /* power of the area: a part of a page is none */

struct pair {
	uint8_t a, b;
	float nx, ny; /* mean normal */
};

struct search {
	const struct edges *e;
	const struct outline_hint *hint;
	const float *apart; /* corners, or NULL */
	struct pair pairs[PAIRS_MAX];
	size_t pair_count;
	struct outline kept[KEPT];
	size_t count;
};

static float
side(const float c[8], int a, int b)
{
	return hypotf(c[2 * a] - c[2 * b], c[2 * a + 1] - c[2 * b + 1]);
}

static float
area_of(const float c[8])
{
	float sum = 0;
	for (int i = 0; i < 4; i++) {
		int k = (i + 1) & 3;
		sum += c[2 * i] * c[2 * k + 1] - c[2 * k] * c[2 * i + 1];
	}
	return sum / 2;
}

/* (a x b) . c, never 0 */
static float
triple(const float a[3], const float b[3], const float c[3])
{
	float t = (a[1] * b[2] - a[2] * b[1]) * c[0] +
	    (a[2] * b[0] - a[0] * b[2]) * c[1] +
	    (a[0] * b[1] - a[1] * b[0]) * c[2];
	return fabsf(t) > 1e-9f ? t : 1e-9f;
}

float
outline_aspect(const float c[8], float width, float height)
{
	float f = LENS * fmaxf(width, height);
	float m[4][3];
	static const int order[4] = {0, 1, 3, 2}; /* rows, as Zhang has it */
	for (int i = 0; i < 4; i++) {
		m[i][0] = (c[2 * order[i]] - width / 2) / f;
		m[i][1] = (c[2 * order[i] + 1] - height / 2) / f;
		m[i][2] = 1;
	}
	float k[2] = {triple(m[0], m[3], m[2]) / triple(m[1], m[3], m[2]),
	    triple(m[0], m[3], m[1]) / triple(m[2], m[3], m[1])};
	float across = 0, down = 0;
	for (int i = 0; i < 3; i++) {
		float a = k[0] * m[1][i] - m[0][i];
		float b = k[1] * m[2][i] - m[0][i];
		across += a * a;
		down += b * b;
	}
	if (across < 1e-9f || down < 1e-9f)
		return 100;
	float ratio = sqrtf(across / down);
	return ratio < 1 ? 1 / ratio : ratio;
}

/* ISO 7810: ID-1, ID-3, ID-2; 1 when it is one of them. */
static float
shape_factor(float aspect)
{
	static const float shapes[] = {1.586f, 1.42f};
	float least = 10;
	for (size_t i = 0; i < COUNT_OF(shapes); i++)
		least = fminf(least, fabsf(logf(aspect / shapes[i])));
	least = fmaxf(least - 0.02f, 0) / 0.09f;
	return 0.15f + 0.85f * expf(-least * least);
}

static void
find_pairs(struct search *s)
{
	const struct edges *e = s->e;
	float short_side = (float)(e->width < e->height ? e->width :
	    e->height);
	for (size_t i = 0; i < e->count; i++) {
		for (size_t k = i + 1; k < e->count; k++) {
			const struct edge_line *a = &e->lines[i];
			const struct edge_line *b = &e->lines[k];
			float dot = a->nx * b->nx + a->ny * b->ny;
			float sign = dot < 0 ? -1 : 1;
			float apart = fabsf(a->rho - sign * b->rho);
			if (fabsf(dot) < 0.8f ||
			    (apart < 0.12f * short_side && fabsf(dot) > .98f)
			    || s->pair_count == PAIRS_MAX)
				continue;
			s->pairs[s->pair_count++] = (struct pair){(uint8_t)i,
			    (uint8_t)k, a->nx + sign * b->nx,
			    a->ny + sign * b->ny};
		}
	}
}

/* How much of a side is seen, less what goes on beyond its corners. */
static float
side_seen(const struct edge_line *l, const float *a, const float *b)
{
	float from = edge_place(l, a[0], a[1]);
	float to = edge_place(l, b[0], b[1]);
	if (from > to) {
		float t = from;
		from = to;
		to = t;
	}
	float length = to - from, corner = 0.05f * length;
	float seen = edge_share(l, from + corner, to - corner);
	if (l->given > 0)
		return seen;
	float before = edge_share(l, from - 3 * corner, from - corner);
	float after = edge_share(l, to + corner, to + 3 * corner);
	return seen - OVERRUN * (before + after);
}

/* Of one pair crossed by the other: 0, or the score of what comes out. */
static float
judge(const struct search *s, const struct pair *p, const struct pair *q,
    struct outline *out)
{
	const struct edges *e = s->e;
	const struct edge_line *l[4] = {&e->lines[p->a], &e->lines[q->a],
	    &e->lines[p->b], &e->lines[q->b]};
	float *c = out->corners;
	float w = (float)e->width, h = (float)e->height;
	for (int i = 0; i < 4; i++) {
		if (!edge_meet(l[i], l[(i + 1) & 3], &c[2 * i]))
			return 0;
		if (c[2 * i] < -0.03f * w || c[2 * i] > 1.03f * w ||
		    c[2 * i + 1] < -0.03f * h || c[2 * i + 1] > 1.03f * h)
			return 0;
	}
	float area = fabsf(area_of(c));
	if (area < LEAST_AREA * w * h)
		return 0;
	float across = side(c, 3, 0), down = side(c, 0, 1);
	float across2 = side(c, 1, 2), down2 = side(c, 2, 3);
	if (fminf(across, across2) < 0.5f * fmaxf(across, across2) ||
	    fminf(down, down2) < 0.5f * fmaxf(down, down2))
		return 0;
	float sum = 0, least = 1;
	for (int i = 0; i < 4; i++) { /* line i holds corners i - 1 and i */
		float seen = side_seen(l[i], &c[2 * ((i + 3) & 3)],
		    &c[2 * i]);
		sum += seen / 4;
		least = fminf(least, seen);
		out->unseen += l[i]->given > 0;
	}
	float seen = 0.65f * sum + 0.35f * fmaxf(least, 0);
	if (seen < SEEN_LEAST)
		return 0;
	return seen * powf(area / (w * h), LARGER);
}

static bool
is_convex(const float c[8])
{
	int turns = 0;
	for (int i = 0; i < 4; i++) {
		const float *a = &c[2 * i], *b = &c[2 * ((i + 1) & 3)];
		const float *d = &c[2 * ((i + 2) & 3)];
		turns += (b[0] - a[0]) * (d[1] - b[1]) -
		    (b[1] - a[1]) * (d[0] - b[0]) > 0;
	}
	return turns == 0 || turns == 4;
}

/* Clockwise as seen, beginning next to the upper left. */
static void
put_in_order(float c[8])
{
	if (area_of(c) < 0) {
		float t[2] = {c[2], c[3]};
		memcpy(&c[2], &c[6], sizeof(t));
		memcpy(&c[6], t, sizeof(t));
	}
	int first = 0;
	for (int i = 1; i < 4; i++)
		if (c[2 * i] + c[2 * i + 1] < c[2 * first] +
		    c[2 * first + 1])
			first = i;
	float from[8];
	memcpy(from, c, sizeof(from));
	for (int i = 0; i < 8; i++)
		c[i] = from[(i + 2 * first) & 7];
}

/* Whoever asks for other documents wants each of them once: true when one
 * like it is known and as good, and one that is less good goes. */
static bool
known(struct search *s, const struct outline *o)
{
	for (size_t i = 0; i < s->count; i++) {
		struct outline *k = &s->kept[i];
		if (outline_overlap(o->corners, k->corners) < LIKE_OVERLAP)
			continue;
		if (k->score >= o->score)
			return true;
		s->count--;
		memmove(k, k + 1, (s->count - i) * sizeof(*k));
		i--; /* wraps at the first one, and back */
	}
	return false;
}

static void
keep(struct search *s, const struct outline *o)
{
	if (s->apart && known(s, o))
		return;
	size_t at = s->count;
	while (at > 0 && s->kept[at - 1].score < o->score)
		at--;
	if (at == KEPT)
		return;
	size_t moved = (s->count < KEPT ? s->count : KEPT - 1) - at;
	memmove(&s->kept[at + 1], &s->kept[at], moved * sizeof(*o));
	s->kept[at] = *o;
	if (s->count < KEPT)
		s->count++;
}

static void
try_pairs(struct search *s, const struct pair *p, const struct pair *q)
{
	struct outline o = {0};
	float dot = p->nx * q->nx + p->ny * q->ny;
	float size = hypotf(p->nx, p->ny) * hypotf(q->nx, q->ny);
	if (fabsf(dot) > 0.64f * size)
		return;
	o.score = judge(s, p, q, &o);
	if (o.score <= 0 || (s->count == KEPT &&
	    o.score <= s->kept[KEPT - 1].score))
		return;
	if (!is_convex(o.corners))
		return;
	put_in_order(o.corners);
	if (s->apart && outline_overlap(o.corners, s->apart) > 0.02f)
		return;
	o.aspect = outline_aspect(o.corners, (float)s->e->width,
	    (float)s->e->height);
	if (s->hint)
		o.score *= s->hint->factor(s->hint->user, o.corners);
	else
		o.score *= shape_factor(o.aspect);
	keep(s, &o);
}

/* Mean colour of a few pixels beside a side; to: into the outline. */
static bool
ground(const struct raster *r, float x, float y, float dx, float dy,
    float out[3])
{
	float sum[3] = {0}, count = 0;
	for (int k = 3; k <= 9; k++) {
		int px = (int)(x + dx * (float)k), py = (int)(y + dy *
		    (float)k);
		if (px < 0 || py < 0 || px >= r->width || py >= r->height)
			continue;
		const uint8_t *at = raster_row(r, py) + (size_t)px * 3;
		for (int c = 0; c < 3; c++)
			sum[c] += at[c];
		count++;
	}
	for (int c = 0; c < 3 && count > 0; c++)
		out[c] = sum[c] / count;
	return count >= 4;
}

/* How differently the grounds look on both sides of the outline. */
static float
contrast(const struct raster *r, const float c[8])
{
	float sum = 0, count = 0;
	for (int i = 0; i < 4; i++) {
		const float *a = &c[2 * i], *b = &c[2 * ((i + 1) & 3)];
		float length = hypotf(b[0] - a[0], b[1] - a[1]);
		float nx = -(b[1] - a[1]) / length;
		float ny = (b[0] - a[0]) / length;
		for (int k = 1; k < BANDS; k++) {
			float u = (float)k / BANDS, in[3], out[3];
			float x = a[0] + u * (b[0] - a[0]);
			float y = a[1] + u * (b[1] - a[1]);
			if (!ground(r, x, y, nx, ny, in) ||
			    !ground(r, x, y, -nx, -ny, out))
				continue;
			float differ = fabsf(in[0] - out[0]) +
			    fabsf(in[1] - out[1]) + fabsf(in[2] - out[2]);
			sum += differ / (differ + 20);
			count++;
		}
	}
	return count > 0 ? sum / count : 0.5f;
}

static void
take_best(struct search *s, struct outlines *out)
{
	out->count = 0;
	while (out->count < OUTLINES_MAX) {
		struct outline *best = NULL;
		for (size_t i = 0; i < s->count; i++)
			if (s->kept[i].score > 0 &&
			    (!best || s->kept[i].score > best->score))
				best = &s->kept[i];
		if (!best)
			return;
		out->at[out->count++] = *best;
		best->score = 0;
	}
}

RESULT
outlines_find(const struct edges *e, const struct raster *colour,
    const struct outline_hint *hint, const float *apart,
    struct outlines *out)
{
	AUTO(free) struct search *s = calloc(1, sizeof(*s));
	if (!s)
		return FAIL(ERR_TOO_LARGE, "no memory");
	s->e = e;
	s->hint = hint;
	s->apart = apart;
	find_pairs(s);
	for (size_t i = 0; i < s->pair_count; i++)
		for (size_t k = i + 1; k < s->pair_count; k++)
			try_pairs(s, &s->pairs[i], &s->pairs[k]);
	for (size_t i = 0; i < s->count; i++)
		s->kept[i].score *= 0.5f + 0.5f * contrast(colour,
		    s->kept[i].corners);
	take_best(s, out);
	return OK;
}

/* refinement */

struct fit {
	float nx, ny, rho;
	int count;
};

/* Place of the steepest step across a side, in pixels from it. */
static bool
steepest(const struct raster *grey, float x, float y, float nx, float ny,
    float reach, float *out)
{
	float levels[64];
	int count = (int)(2 * reach) + 3, best = 0;
	float most = 0, sum = 0;
	if (count > 64)
		count = 64;
	for (int i = 0; i < count; i++) {
		float k = (float)i - (float)(count - 1) / 2;
		levels[i] = raster_at(grey, x + k * nx, y + k * ny);
	}
	for (int i = 1; i + 1 < count; i++) {
		float step = fabsf(levels[i + 1] - levels[i - 1]);
		sum += step;
		if (step > most) {
			most = step;
			best = i;
		}
	}
	if (most < 4 || most < 1.6f * sum / (float)(count - 2))
		return false;
	float before = best > 1 ? fabsf(levels[best] - levels[best - 2]) : 0;
	float after = best + 2 < count ?
	    fabsf(levels[best + 2] - levels[best]) : 0;
	float bend = before + after - 2 * most;
	float part = bend < -1e-3f ? (before - after) / (2 * bend) : 0;
	*out = (float)best - (float)(count - 1) / 2 +
	    fmaxf(-0.5f, fminf(part, 0.5f));
	return true;
}

#define SAMPLES 48

/* A straight line through most of the places. */
static bool
fit_line(const float *t, const float *d, size_t count, float *shift,
    float *slope)
{
	float weights[SAMPLES];
	for (size_t i = 0; i < count; i++)
		weights[i] = 1;
	if (count < 10)
		return false;
	for (int round = 0; round < 6; round++) {
		double n = 0, st = 0, sd = 0, stt = 0, std = 0;
		for (size_t i = 0; i < count; i++) {
			double w = (double)weights[i];
			n += w;
			st += w * (double)t[i];
			sd += w * (double)d[i];
			stt += w * (double)(t[i] * t[i]);
			std += w * (double)(t[i] * d[i]);
		}
		double det = n * stt - st * st;
		if (det < 1e-9)
			return false;
		*slope = (float)((n * std - st * sd) / det);
		*shift = (float)((sd - (double)*slope * st) / n);
		for (size_t i = 0; i < count; i++) {
			float off = d[i] - *shift - *slope * t[i];
			weights[i] = 1 / (1 + off * off);
		}
	}
	return true;
}

static void
fit_side(const struct raster *grey, const float *a, const float *b,
    float reach, struct fit *out)
{
	float length = hypotf(b[0] - a[0], b[1] - a[1]);
	float nx = -(b[1] - a[1]) / length, ny = (b[0] - a[0]) / length;
	float t[SAMPLES], d[SAMPLES], shift = 0, slope = 0;
	size_t count = 0;
	for (int i = 0; i < SAMPLES; i++) {
		float u = 0.07f + 0.86f * (float)i / (SAMPLES - 1);
		float x = a[0] + u * (b[0] - a[0]);
		float y = a[1] + u * (b[1] - a[1]);
		t[count] = (u - 0.5f) * length;
		count += steepest(grey, x, y, nx, ny, reach, &d[count]);
	}
	if (!fit_line(t, d, count, &shift, &slope) ||
	    fabsf(shift) > reach || fabsf(slope) * length > 3 * reach)
		shift = slope = 0;
	float mx = (a[0] + b[0]) / 2 + shift * nx;
	float my = (a[1] + b[1]) / 2 + shift * ny;
	/* along (ny, -nx) the line rises by slope: its normal turns */
	float tx = (b[0] - a[0]) / length, ty = (b[1] - a[1]) / length;
	float x = nx - slope * tx, y = ny - slope * ty;
	float size = hypotf(x, y);
	*out = (struct fit){x / size, y / size, 0, (int)count};
	out->rho = out->nx * mx + out->ny * my;
}

void
outline_refine(const struct raster *grey, float c[8], float reach)
{
	struct fit sides[4];
	float made[8];
	for (int i = 0; i < 4; i++)
		fit_side(grey, &c[2 * i], &c[2 * ((i + 1) & 3)], reach,
		    &sides[i]);
	for (int i = 0; i < 4; i++) {
		const struct fit *p = &sides[(i + 3) & 3], *q = &sides[i];
		float det = p->nx * q->ny - p->ny * q->nx;
		if (fabsf(det) < 0.2f)
			return;
		made[2 * i] = (p->rho * q->ny - q->rho * p->ny) / det;
		made[2 * i + 1] = (q->rho * p->nx - p->rho * q->nx) / det;
		if (hypotf(made[2 * i] - c[2 * i], made[2 * i + 1] -
		    c[2 * i + 1]) > 4 * reach)
			return;
	}
	memcpy(c, made, sizeof(made));
}

/* overlap */

/* Cuts away what lies to the left of a directed side. */
static int
cut_away(const float *in, int count, const float *a, const float *b,
    float *out)
{
	int made = 0;
	for (int i = 0; i < count; i++) {
		const float *p = &in[2 * i], *q = &in[2 * ((i + 1) % count)];
		float dp = (b[0] - a[0]) * (p[1] - a[1]) -
		    (b[1] - a[1]) * (p[0] - a[0]);
		float dq = (b[0] - a[0]) * (q[1] - a[1]) -
		    (b[1] - a[1]) * (q[0] - a[0]);
		if (dp >= 0) {
			out[2 * made] = p[0];
			out[2 * made++ + 1] = p[1];
		}
		if ((dp >= 0) != (dq >= 0)) {
			float u = dp / (dp - dq);
			out[2 * made] = p[0] + u * (q[0] - p[0]);
			out[2 * made++ + 1] = p[1] + u * (q[1] - p[1]);
		}
	}
	return made;
}

float
outline_overlap(const float a[8], const float b[8])
{
	float now[32], next[32], common = 0;
	int count = 4;
	memcpy(now, a, 8 * sizeof(float));
	for (int i = 0; i < 4 && count > 0; i++) {
		count = cut_away(now, count, &b[2 * i],
		    &b[2 * ((i + 1) & 3)], next);
		memcpy(now, next, sizeof(now));
	}
	for (int i = 0; i < count; i++) {
		int k = (i + 1) % count;
		common += (now[2 * i] * now[2 * k + 1] -
		    now[2 * k] * now[2 * i + 1]) / 2;
	}
	float both = area_of(a) + area_of(b) - common;
	return both > 0 ? fmaxf(common, 0) / both : 0;
}
