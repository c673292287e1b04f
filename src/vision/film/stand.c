/*
 * Motion, not difference. An encoder goes on refining a picture that stands,
 * so that its frames differ for seconds, and a camera's noise makes those of
 * a living face differ too. But what is refined stays where it is, to a few
 * hundredths of a pixel, while a head sways by more than that with every
 * breath. So the face is divided into parts, and each is held against the
 * same part of the first picture of the run: small motions add up there.
 */
#include "vision/film/stand.h"

#include <math.h>

#define PARTS 3          /* of the face, each way */
#define PARTS_LEAST 4    /* with something in them to see a motion by */
#define SIDE_LEAST 8     /* pixels of a part */
#define MOVES 0.08       /* pixels of the small picture */
#define LEFT_MOST 4.0    /* grey levels that no small motion explains */
#define TEXTURE 1.5      /* grey levels from pixel to pixel */
#define LONG_MS 700      /* such a run need not be looked into again */

/* Sums over a part, for the motion that explains its differences best. */
struct sums {
	double xx, xy, yy, xt, yt, tt, x, y, t, n;
};

static void
add_row(const uint8_t *a, const uint8_t *b, int step, int from, int to,
    struct sums *s)
{
	for (int i = from; i < to; i++) {
		double gx = (a[i + 1] - a[i - 1]) / 2.0;
		double gy = (a[i + step] - a[i - step]) / 2.0;
		double t = b[i] - a[i];
		s->xx += gx * gx;
		s->xy += gx * gy;
		s->yy += gy * gy;
		s->xt += gx * t;
		s->yt += gy * t;
		s->tt += t * t;
		s->x += gx;
		s->y += gy;
		s->t += t;
		s->n++;
	}
}

/* The exposure that sways is no motion: what all pixels share is taken off. */
static void
centre(struct sums *s)
{
	s->xx -= s->x * s->x / s->n;
	s->xy -= s->x * s->y / s->n;
	s->yy -= s->y * s->y / s->n;
	s->xt -= s->x * s->t / s->n;
	s->yt -= s->y * s->t / s->n;
	s->tt -= s->t * s->t / s->n;
}

/* How far a part moved, in pixels; -1: nothing is to be seen in it. More than
 * a pixel is only known to be a motion. */
static double
motion_of(const struct raster *a, const struct raster *b, struct box part)
{
	struct sums s = {0};
	for (int y = part.y; y < part.y + part.height; y++)
		add_row(raster_row(a, y), raster_row(b, y), a->width, part.x,
		    part.x + part.width, &s);
	centre(&s);
	double det = s.xx * s.yy - s.xy * s.xy;
	double sum = s.xx + s.yy;
	/* the smaller of the two directions must be seen too */
	if (s.n < 1 || det <= TEXTURE * TEXTURE * s.n * sum / 2)
		return -1;
	double u = (s.yy * s.xt - s.xy * s.yt) / det;
	double v = (s.xx * s.yt - s.xy * s.xt) / det;
	double left = s.tt - u * s.xt - v * s.yt;
	if (left > LEFT_MOST * LEFT_MOST * s.n)
		return 1;
	return hypot(u, v);
}

/* Where the face is, in pixels of the small picture; within its edge. */
static struct box
place_of(const struct moment *m, int width)
{
	const struct raster *g = &m->grey;
	float scale = (float)g->width / (float)width;
	int left = (int)fmaxf(m->face.x * scale, 1);
	int top = (int)fmaxf(m->face.y * scale, 1);
	int right = (int)fminf((m->face.x + m->face.width) * scale,
	    (float)(g->width - 1));
	int bottom = (int)fminf((m->face.y + m->face.height) * scale,
	    (float)(g->height - 1));
	return (struct box){left, top, right - left, bottom - top};
}

/* Whether no part of the place moved. */
static bool
stands(const struct raster *a, const struct raster *b, struct box place)
{
	int wide = (int)place.width / PARTS, high = (int)place.height / PARTS;
	int seen = 0;
	if (!a->data || !b->data || a->width != b->width ||
	    a->height != b->height || wide < SIDE_LEAST || high < SIDE_LEAST)
		return false;
	for (int i = 0; i < PARTS * PARTS; i++) {
		struct box part = {place.x + i % PARTS * wide,
		    place.y + i / PARTS * high, wide, high};
		double moved = motion_of(a, b, part);
		if (moved > MOVES)
			return false;
		seen += moved >= 0;
	}
	return seen >= PARTS_LEAST;
}

void
stand_find(const struct moment *moments, size_t count, int width,
    struct seam *out)
{
	const struct moment *seen = NULL; /* where the face was last */
	*out = (struct seam){0};
	for (size_t i = 0; i + 1 < count && width > 0; i++) {
		const struct moment *m = &moments[i];
		size_t end = i;
		seen = m->has_face ? m : seen;
		if (!seen)
			continue;
		struct box place = place_of(seen, width);
		while (end + 1 < count && stands(&m->grey,
		    &moments[end + 1].grey, place))
			end++;
		uint32_t long_ms = moments[end].time_ms - m->time_ms;
		if (long_ms > out->value * 1000)
			*out = (struct seam){long_ms / 1000.0, m->time_ms,
			    moments[end].time_ms};
		if (long_ms >= LONG_MS)
			i = end - 1;
	}
}
