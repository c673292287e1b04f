/*
 * From which picture to which points are followed, and what of it counts.
 *
 * A plane test says something only where there was a turn to see: a face that
 * keeps still fits any plane. So turns that were done are measured; and
 * beside them the moments at which the landmarks are least like the face at
 * rest, which is what a tilted photograph looks like.
 */
#include "vision/film/depth.h"

#include <math.h>
#include <stdlib.h>

#define BEFORE_MS 1500  /* a turn begins from rest no longer ago */
#define AHEAD 6         /* degrees: at rest */
#define ENOUGH 24       /* degrees: a turn further loses the points */
#define PICTURES_MOST 24
#define TILTS_MOST 4
#define TILT_LEAST 0.02f /* landmarks off, by the jaw: something tilts */
#define TILT_APART_MS 1000
#define TILT_MOVES 0.025 /* left over by a plane that only turns */
#define TILT_FLAT 0.02  /* and by one in perspective */
#define GAP_MS 330
#define GROUND_MOVES 0.03 /* of the jaw */
#define ROOM_STANDS 0.1   /* off the face's plane, at least */

static const struct raster *
grey_of(const struct moment *m)
{
	return m->grey.data ? &m->grey : NULL;
}

static bool
has_all(const struct moment *m)
{
	return m->has_face && m->face.has_points && grey_of(m);
}

/* The face in pixels of the small picture. */
static void
scaled(const struct watch *w, const struct moment *m, struct face *out)
{
	float scale = (float)m->grey.width / (float)w->width;
	*out = m->face;
	out->x *= scale;
	out->y *= scale;
	out->width *= scale;
	out->height *= scale;
	for (int i = 0; i < FACE_POINTS; i++) {
		out->points[i][0] *= scale;
		out->points[i][1] *= scale;
	}
}

static bool
follow(const struct watch *w, size_t from, size_t to, struct tracks *out)
{
	const struct raster *greys[PICTURES_MOST];
	size_t count = 0, step = to >= from ? 1 : (size_t)-1;
	struct face face;
	for (size_t i = from;; i += step) {
		const struct raster *g = grey_of(&w->moments[i]);
		if (!g || count == PICTURES_MOST ||
		    g->width != w->moments[from].grey.width ||
		    g->height != w->moments[from].grey.height)
			return false;
		greys[count++] = g;
		if (i == to)
			break;
	}
	scaled(w, &w->moments[from], &face);
	if (count > 1 && tracks_follow(greys, count, &face, out) == OK)
		return true;
	err_clear();
	return false;
}

static size_t
moment_at(const struct watch *w, uint32_t time_ms)
{
	size_t i = 0;
	while (i + 1 < w->count && w->moments[i + 1].time_ms <= time_ms)
		i++;
	return i;
}

/* The last moment ahead before one; the one itself when there is none. */
static size_t
ahead_before(const struct watch *w, size_t at, const struct signals *rest)
{
	for (size_t i = at; i-- > 0;) {
		const struct moment *m = &w->moments[i];
		if (w->moments[at].time_ms - m->time_ms > BEFORE_MS)
			break;
		if (has_all(m) && fabsf(m->signals.yaw - rest->yaw) < AHEAD)
			return i;
	}
	return at;
}

/* How far from rest, in degrees or nearly so. */
static float
turned(const struct moment *m, enum prompt_name how,
    const struct signals *rest)
{
	return how == PROMPT_look_up ? 100 * (m->signals.up - rest->up) :
	    fabsf(m->signals.yaw - rest->yaw);
}

/* As far as it goes, and as points can be followed. */
static size_t
far_enough(const struct watch *w, size_t from, const struct event *e,
    const struct signals *rest)
{
	size_t best = from;
	for (size_t i = from; i < w->count; i++) {
		const struct moment *m = &w->moments[i];
		if (m->time_ms > e->to_ms || !has_all(m))
			break;
		if (turned(m, e->name, rest) >
		    turned(&w->moments[best], e->name, rest))
			best = i;
		if (turned(m, e->name, rest) >= ENOUGH)
			break;
	}
	return best;
}

static void
measure_turn(const struct watch *w, const struct event *e,
    const struct signals *rest, struct depth *out)
{
	struct tracks t;
	size_t begun = moment_at(w, e->from_ms);
	size_t from = ahead_before(w, begun, rest);
	size_t to = far_enough(w, begun, e, rest);
	if (from >= to || !follow(w, from, to, &t))
		return;
	if (out->turns++ == 0 || t.flat > out->flat) {
		out->flat = t.flat;
		out->from_ms = w->moments[from].time_ms;
		out->to_ms = w->moments[to].time_ms;
	}
	/* a room that stands tells nothing by lying near to where a small turn
	 * would put it */
	bool stands = t.follows >= 0 && t.ground_moved < GROUND_MOVES;
	double follows = stands ? fmax(t.follows, ROOM_STANDS) : t.follows;
	if (follows >= 0 && follows > out->follows)
		out->follows = follows;
}

/* How far landmarks are from those of another moment, turned, scaled and
 * shifted onto them as well as can be; by the jaw. */
static float
form_apart(const struct face *a, const struct face *b, float jaw)
{
	double ax = 0, ay = 0, bx = 0, by = 0, dot = 0, cross = 0, size = 0;
	for (int i = 0; i < FACE_POINTS; i++) {
		ax += (double)a->points[i][0] / FACE_POINTS;
		ay += (double)a->points[i][1] / FACE_POINTS;
		bx += (double)b->points[i][0] / FACE_POINTS;
		by += (double)b->points[i][1] / FACE_POINTS;
	}
	for (int i = 0; i < FACE_POINTS; i++) {
		double x = (double)a->points[i][0] - ax;
		double y = (double)a->points[i][1] - ay;
		double u = (double)b->points[i][0] - bx;
		double v = (double)b->points[i][1] - by;
		dot += x * u + y * v;
		cross += x * v - y * u;
		size += x * x + y * y;
	}
	double c = size > 0 ? dot / size : 1, s = size > 0 ? cross / size : 0;
	double off = 0;
	for (int i = 0; i < FACE_POINTS; i++) {
		double x = (double)a->points[i][0] - ax;
		double y = (double)a->points[i][1] - ay;
		off += hypot(c * x - s * y + bx - (double)b->points[i][0],
		    s * x + c * y + by - (double)b->points[i][1]);
	}
	return (float)(off / FACE_POINTS) / jaw;
}

static size_t
first_at_rest(const struct watch *w, const struct signals *rest)
{
	for (size_t i = 0; i < w->count; i++)
		if (has_all(&w->moments[i]) &&
		    fabsf(w->moments[i].signals.yaw - rest->yaw) < 3 &&
		    fabsf(w->moments[i].signals.mouth - rest->mouth) < 0.08f)
			return i;
	return w->count;
}

/* The largest change of form that is far from those measured already. */
static size_t
next_tilt(const struct watch *w, const float *apart, const size_t *before,
    size_t count)
{
	size_t best = w->count;
	for (size_t i = 0; i < w->count; i++) {
		bool near = false;
		for (size_t k = 0; k < count; k++)
			near |= labs((long)w->moments[i].time_ms -
			    (long)w->moments[before[k]].time_ms) <
			    TILT_APART_MS;
		if (!near && apart[i] >= TILT_LEAST &&
		    (best == w->count || apart[i] > apart[best]))
			best = i;
	}
	return best;
}

/* From the moment nearest in form to rest within the seconds before. */
static size_t
calm_before(const struct watch *w, const float *apart, size_t at)
{
	size_t best = at;
	for (size_t i = at; i-- > 0;) {
		if (w->moments[at].time_ms - w->moments[i].time_ms >
		    BEFORE_MS || at - i >= PICTURES_MOST)
			break;
		if (has_all(&w->moments[i]) && apart[i] < apart[best])
			best = i;
	}
	return best;
}

static void
measure_tilts(const struct watch *w, const struct signals *rest,
    struct depth *out)
{
	static float apart[VIDEO_PICKED_MAX];
	size_t first = first_at_rest(w, rest), done[TILTS_MOST];
	if (first == w->count)
		return;
	for (size_t i = 0; i < w->count; i++)
		apart[i] = has_all(&w->moments[i]) ?
		    form_apart(&w->moments[first].face, &w->moments[i].face,
			w->moments[first].signals.jaw) *
		    w->moments[first].signals.jaw /
		    fmaxf(w->moments[i].signals.jaw, 1) : 0;
	for (size_t k = 0; k < TILTS_MOST; k++) {
		struct tracks t;
		size_t at = next_tilt(w, apart, done, k);
		if (at == w->count)
			return;
		done[k] = at;
		size_t from = calm_before(w, apart, at);
		bool ok = from != at && follow(w, from, at, &t);
		if (!ok ||
		    t.alike < TILT_MOVES || t.flat > TILT_FLAT)
			continue;
		if (t.flat / t.alike < out->tilted) {
			out->tilted = t.flat / t.alike;
			out->tilted_from_ms = w->moments[from].time_ms;
			out->tilted_to_ms = w->moments[at].time_ms;
		}
	}
}

/* What both measures of a turn disagree by for a while. */
static void
measure_gap(const struct watch *w, const struct signals *rest,
    struct depth *out)
{
	static double gaps[VIDEO_PICKED_MAX];
	size_t first = first_at_rest(w, rest);
	double usual = 0;
	if (first == w->count || tracks_fitted_yaw(&w->moments[first].face,
	    w->width, w->height, &usual) != OK)
		return;
	for (size_t i = 0; i < w->count; i++) {
		double fitted;
		const struct moment *m = &w->moments[i];
		gaps[i] = 0;
		if (!has_all(m) || tracks_fitted_yaw(&m->face, w->width,
		    w->height, &fitted) != OK)
			continue;
		gaps[i] = fabs(fitted - usual) -
		    fabs((double)(m->signals.yaw - rest->yaw));
	}
	err_clear();
	for (size_t i = 0; i + 1 < w->count; i++) {
		double least = gaps[i];
		size_t k = i;
		while (k + 1 < w->count && w->moments[k].time_ms -
		    w->moments[i].time_ms < GAP_MS)
			least = fmin(least, gaps[++k]);
		if (w->moments[k].time_ms - w->moments[i].time_ms < GAP_MS ||
		    least <= out->gap)
			continue;
		out->gap = least;
		out->gap_from_ms = w->moments[i].time_ms;
		out->gap_to_ms = w->moments[k].time_ms;
	}
}

void
depth_measure(const struct watch *w, const struct event *events,
    size_t count, const struct signals *rest, struct depth *out)
{
	*out = (struct depth){.flat = -1, .follows = -1, .tilted = 1};
	for (size_t i = 0; i < count; i++)
		if (events[i].name == PROMPT_turn_left ||
		    events[i].name == PROMPT_turn_right ||
		    events[i].name == PROMPT_look_up)
			measure_turn(w, &events[i], rest, out);
	measure_tilts(w, rest, out);
	measure_gap(w, rest, out);
}
