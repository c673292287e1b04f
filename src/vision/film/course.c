/*
 * How far from rest.
 *
 * A face that comes nearer, leans back or has just turned looks as if it did
 * something else as well; what of that is only how it is seen is taken off
 * here, so that the search for motions knows of none of it.
 */
#include "vision/film/course.h"

#include "vision/pixels/median.h"

#include <math.h>

#define FRONTAL 12       /* degrees */
#define SETTLE_MS 700    /* after a turn; prompts are 1.8 s apart or more */
#define SETTLES 16       /* degrees; less is no turn that points lag behind */
#define LEVEL 0.05f      /* of up, either way */
#define NEARER_LEAST 0.1f /* by so much a jaw seems to grow anyway */
#define NEARER_MOST 0.6f
#define SIDELONG 2       /* measured: tangents alone would be half of it */
#define CHIN_LEAST 0.03f /* less than half of the gap at its line */
#define CHIN_FAR 0.1f    /* lips at rest may have seemed apart before */
#define GAP_WIDE 0.4f    /* no shadow looks so wide open; beards hide chins */
#define CLOSER_MS 4000   /* compared with what was before */
#define AROUND_MS 4000   /* on both sides: how the nose stands meanwhile */
#define AS_WIDE 0.08f    /* of the jaw: as far from the camera */
#define AWAY_FROM 0.88f  /* of the jaw at rest: leant back */
#define LEAN 0.2f        /* of up, by the logarithm of the distance */
#define PASSING_MS 600   /* ago */
#define AROUND_MOST 128
#define AROUND_LEAST 8   /* moments */

/* Neither turned nor raised: then the jaw is as wide as it is near. */
static bool
is_straight(const struct signals *s, const struct signals *rest)
{
	return fabsf(s->yaw - rest->yaw) < FRONTAL &&
	    fabsf(s->up - rest->up) < LEVEL;
}

/* Where the nose stands in pictures at about that time in which the jaw is as
 * wide and the face not turned, lower ones before higher. */
static size_t
levels_around(const struct course *c, size_t at, float out[AROUND_MOST])
{
	const struct moment *now = &c->moments[at];
	size_t n = 0, first = at;
	while (first > 0 && now->time_ms - c->moments[first - 1].time_ms <
	    AROUND_MS)
		first--;
	for (size_t i = first; i < c->count && n < AROUND_MOST; i++) {
		const struct moment *m = &c->moments[i];
		const struct signals *s = &m->signals;
		if (m->time_ms > now->time_ms + AROUND_MS)
			break;
		if (moment_has_signals(m) &&
		    fabsf(s->yaw - c->rest->yaw) < FRONTAL &&
		    fabsf(s->jaw / now->signals.jaw - 1) < AS_WIDE)
			out[n++] = s->up;
	}
	if (n > 0)
		(void)median_of(out, n); /* sorts */
	return n;
}

/* How wide the jaw is by what it was at rest, or a moment ago where it
 * shrinks so quickly that the face goes away from the camera. */
static float
nearness(const struct course *c, size_t at)
{
	const struct moment *now = &c->moments[at];
	float most = 0;
	for (size_t i = at + 1; i-- > 0 && now->time_ms -
	    c->moments[i].time_ms <= PASSING_MS;)
		if (moment_has_signals(&c->moments[i]))
			most = fmaxf(most, c->moments[i].signals.jaw);
	return fminf(now->signals.jaw / c->rest->jaw,
	    now->signals.jaw / most);
}

/*
 * How high the nose stands while the head is not raised. A face that leans
 * back is seen from another height: measured, a man a quarter further away
 * seems to look up by as much as small looks up have. So there it is held
 * against how it stands at that distance, by no more than leaning back does:
 * a jaw is narrower in a head that is raised, too.
 */
static float
level_of(const struct course *c, size_t at)
{
	float around[AROUND_MOST], rest = c->rest->up;
	float near = nearness(c, at);
	if (!(near < AWAY_FROM))
		return rest;
	float leant = -LEAN * logf(near);
	size_t n = levels_around(c, at, around);
	return n < AROUND_LEAST ? rest + leant :
	    rest + fminf(fmaxf(around[n / 3] - rest, 0), leant);
}

/*
 * How much larger than the smallest it was in the seconds before. A jaw looks
 * narrower when the head is raised, never wider: what is compared with must be
 * straight, but who comes so near that a camera above or below sees the face
 * from there comes closer all the same.
 */
static float
closeness(const struct course *c, size_t at)
{
	const struct moment *moments = c->moments;
	const struct moment *now = &moments[at];
	float least = now->signals.jaw;
	for (size_t i = at; i-- > 0;) {
		if (now->time_ms - moments[i].time_ms > CLOSER_MS)
			break;
		if (!moment_has_signals(&moments[i]) ||
		    !is_straight(&moments[i].signals, c->rest))
			continue;
		least = fminf(least, moments[i].signals.jaw);
	}
	return now->signals.jaw / least - 1;
}

/*
 * How far a face is turned. One that comes nearer beside the camera's axis is
 * seen further from its side, though the head did not turn: in a head that
 * turns the jaw becomes narrower, not wider.
 */
static float
turn_of(const struct course *c, size_t at)
{
	float turn = c->moments[at].signals.yaw - c->rest->yaw;
	if (turn * c->rest->yaw <= 0)
		return turn;
	float nearer = fminf(closeness(c, at), NEARER_MOST) - NEARER_LEAST;
	float seen = SIDELONG * fmaxf(nearer, 0) * fabsf(c->rest->yaw);
	return copysignf(fmaxf(fabsf(turn) - seen, 0), turn);
}

/* How far lips are apart: those that seem so while the chin stays are a
 * shadow, at rest as well. */
static float
gap_of(const struct signals *s, const struct signals *rest)
{
	float chin = s->chin - rest->chin, gap = s->mouth - rest->mouth;
	if (chin > CHIN_FAR)
		return s->mouth;
	return chin > CHIN_LEAST || gap > GAP_WIDE ? gap : 0;
}

float
course_value(const struct course *c, size_t at, enum signal which)
{
	const struct signals *s = &c->moments[at].signals, *rest = c->rest;
	switch (which) {
	case SIGNAL_yaw:
		return turn_of(c, at);
	case SIGNAL_up:
		return s->up - level_of(c, at);
	case SIGNAL_mouth:
		return gap_of(s, rest);
	case SIGNAL_closer:
		return closeness(c, at);
	}
	return 0;
}

/* Beside a picture in which nothing else is seen: points err in single
 * pictures, and nobody turns for less than two. */
static bool
is_aside(const struct course *c, size_t at, float by)
{
	if (at >= c->count || !moment_has_signals(&c->moments[at]))
		return true;
	return fabsf(turn_of(c, at)) > by;
}

/* Turned by more than that in this picture, and in one beside it. */
static bool
is_turned_by(const struct course *c, size_t at, float by)
{
	return moment_has_signals(&c->moments[at]) && is_aside(c, at, by) &&
	    (at == 0 || is_aside(c, at - 1, by) || is_aside(c, at + 1, by));
}

/*
 * Now, or a moment ago: on a head's way back the points lag behind, and a
 * chin that is drawn too high looks like a head that is raised. Nobody is
 * asked for the next action so soon. A head that is raised or near seems to
 * turn a little as well: that is over when it is over.
 */
bool
course_is_turned(const struct course *c, size_t at)
{
	const struct moment *moments = c->moments;
	if (is_turned_by(c, at, FRONTAL))
		return true;
	for (size_t i = at; i-- > 0;) {
		if (moments[at].time_ms - moments[i].time_ms > SETTLE_MS)
			return false;
		if (is_turned_by(c, i, SETTLES))
			return true;
	}
	return false;
}
