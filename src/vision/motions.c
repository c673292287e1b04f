/*
 * Signals and events.
 *
 * Turning is measured by where the nose stands between the sides of the jaw,
 * not by fitting a head to the points: a fitted head takes a tilted
 * photograph for a turned head, this measure does not.
 */
#include "vision/motions.h"

#include "base/enum.h"
#include "vision/median.h"

#include <math.h>
#include <string.h>

#define DEGREES (180 / 3.14159265f)
#define REST_MS 900      /* where nobody says how long */
#define REST_LATE_MS 2000 /* the first moment of it, at the latest */
#define REST_LEAST 4     /* moments */
#define REST_MOST 64
#define ASKEW 16         /* degrees; cameras stand aside by less */
#define USUAL_MOST 256   /* moments */
#define USUAL_WITHIN 6   /* degrees */
#define HOLD_MS 250      /* between the first and the last moment past it */
#define OVER 0.6f        /* of the line: below it a motion has ended */
#define GAP_MS 700       /* without a face, or back below */
#define LOST_MS 2500     /* without a face, turned before or after it */
#define LOST_LEAST_MS 250
#define AWAY 0.8f        /* of the line: on both sides of a lost face */
#define BACK 0.3f        /* of the line: found when it is back at rest */
#define FRONTAL 12       /* degrees */
#define SETTLE_MS 700    /* after a turn; prompts are 1.8 s apart or more */
#define LEVEL 0.05f      /* of up, either way */
#define CHIN_LEAST 0.03f /* less than half of the gap at its line */
#define GAP_WIDE 0.4f    /* no shadow looks so wide open; beards hide chins */
#define FLICKERS_LEAST 4 /* lips seen apart and shut again, before it counts */
#define FLICKERS_MOST 128
#define FLICKER 1.15f    /* times the middle one: what is more is a mouth */
#define FLICKER_MS 700   /* and what lasts longer */
#define CLOSER_MS 4000   /* compared with what was before */
#define AROUND_MS 4000   /* on both sides: how the nose stands meanwhile */
#define AS_WIDE 0.08f    /* of the jaw: as far from the camera */
#define AWAY_FROM 0.88f  /* of the jaw at rest: leant back */
#define LEAN 0.2f        /* of up, by the logarithm of the distance */
#define PASSING_MS 600   /* ago */
#define AROUND_MOST 128
#define AROUND_LEAST 8   /* moments */
#define RISE_MS 2500     /* before a motion begins */
#define RISE 0.6f        /* of the line */
#define REBOUND_MS 500   /* a head on its way back goes past the middle */
#define REBOUND 0.6f     /* of the turn before it */
#define REBOUND_MOST 1.35f /* times the line */

enum signal { SIGNAL_yaw, SIGNAL_up, SIGNAL_mouth, SIGNAL_closer };

static const struct motion {
	enum prompt_name name;
	enum signal signal;
	float line;
	bool frontal;
} motions[] = {
#define MOTION(name, signal, line, frontal)                                    \
	{PROMPT_##name, SIGNAL_##signal, (float)(line), frontal},
#include "vision/motions.def"
#undef MOTION
};

struct point {
	float x, y;
};

static struct point
mean_of(const struct face *f, int first, int last)
{
	struct point sum = {0};
	for (int i = first; i <= last; i++) {
		sum.x += f->points[i][0];
		sum.y += f->points[i][1];
	}
	float count = (float)(last - first + 1);
	return (struct point){sum.x / count, sum.y / count};
}

static float
between(const struct face *f, int a, int b)
{
	return hypotf(f->points[a][0] - f->points[b][0],
	    f->points[a][1] - f->points[b][1]);
}

/* Along the line of the eyes. */
static float
along(struct point from, struct point to, struct point axis)
{
	return (to.x - from.x) * axis.x + (to.y - from.y) * axis.y;
}

static float
openness(const struct face *f, int first)
{
	float wide = between(f, first, first + 3);
	float high = between(f, first + 1, first + 5) +
	    between(f, first + 2, first + 4);
	return wide > 0 ? high / 2 / wide : 0;
}

void
signals_of(const struct face *f, struct signals *out)
{
	struct point left = mean_of(f, 36, 41), right = mean_of(f, 42, 47);
	struct point nose = {f->points[30][0], f->points[30][1]};
	struct point one = mean_of(f, 1, 3), other = mean_of(f, 13, 15);
	struct point ears[2] = {{f->points[0][0], f->points[0][1]},
	    {f->points[16][0], f->points[16][1]}};
	float size = hypotf(right.x - left.x, right.y - left.y);
	struct point axis = {size > 0 ? (right.x - left.x) / size : 1,
	    size > 0 ? (right.y - left.y) / size : 0};
	struct point down = {-axis.y, axis.x};
	struct point middle = {(ears[0].x + ears[1].x) / 2,
	    (ears[0].y + ears[1].y) / 2};
	float a = fmaxf(along(one, nose, axis), 0);
	float b = fmaxf(along(nose, other, axis), 0);
	float lips = between(f, 60, 64);

	*out = (struct signals){.jaw = between(f, 0, 16)};
	float share = a + b > 0 ? 0.9f * (a - b) / (a + b) : 0;
	out->yaw = asinf(share) * DEGREES;
	out->up = out->jaw > 0 ? -along(middle, nose, down) / out->jaw : 0;
	out->mouth = lips > 0 ? (between(f, 61, 67) + between(f, 62, 66) +
	    between(f, 63, 65)) / 3 / lips : 0;
	struct point chin = {f->points[8][0], f->points[8][1]};
	out->chin = out->jaw > 0 ? along(nose, chin, down) / out->jaw : 0;
	out->eyes = (openness(f, 36) + openness(f, 42)) / 2;
	out->roll = atan2f(axis.y, axis.x) * DEGREES;
}

static bool
is_usable(const struct moment *m)
{
	return m->has_face && m->face.has_points && m->signals.jaw > 0;
}

/* Which moments a middle is taken of; the first REST_MOST of them. */
struct stretch {
	size_t first;
	uint32_t until_ms;
	float yaw, within; /* degrees */
};

static bool
middle_in(const struct moment *moments, size_t count,
    const struct stretch *of, struct signals *out)
{
	float yaw[REST_MOST], up[REST_MOST], mouth[REST_MOST];
	float jaw[REST_MOST], eyes[REST_MOST], chin[REST_MOST];
	size_t n = 0;

	for (size_t i = of->first; i < count && n < REST_MOST; i++) {
		const struct signals *s = &moments[i].signals;
		if (moments[i].time_ms > of->until_ms)
			break;
		if (!is_usable(&moments[i]) ||
		    fabsf(s->yaw - of->yaw) > of->within)
			continue;
		yaw[n] = s->yaw;
		up[n] = s->up;
		mouth[n] = s->mouth;
		jaw[n] = s->jaw;
		chin[n] = s->chin;
		eyes[n++] = s->eyes;
	}
	if (n < REST_LEAST)
		return false;
	*out = (struct signals){.yaw = median_of(yaw, n), .up = median_of(up, n),
	    .mouth = median_of(mouth, n), .jaw = median_of(jaw, n),
	    .eyes = median_of(eyes, n), .chin = median_of(chin, n)};
	return true;
}

/* The middle turn of all that is seen. */
static float
usual_yaw(const struct moment *moments, size_t count)
{
	float yaw[USUAL_MOST];
	size_t n = 0, step = count / USUAL_MOST + 1;
	for (size_t i = 0; i < count; i += step)
		if (is_usable(&moments[i]))
			yaw[n++] = moments[i].signals.yaw;
	return n ? median_of(yaw, n) : 0;
}

/*
 * Whoever is turned when the recording begins, and looks ahead for most of it,
 * was not at rest then: what is ahead would be a turn to the other side.
 */
bool
signals_at_rest(const struct moment *moments, size_t count,
    uint32_t at_rest_ms, struct signals *out)
{
	struct stretch of = {.within = 360};

	/* cameras begin with black frames, detectors with none */
	while (of.first < count && !is_usable(&moments[of.first]))
		of.first++;
	if (!at_rest_ms && of.first < count &&
	    moments[of.first].time_ms > REST_LATE_MS)
		return false; /* who comes into the picture does not rest */
	of.until_ms = at_rest_ms || of.first == count ? at_rest_ms :
	    moments[of.first].time_ms + REST_MS;
	if (!middle_in(moments, count, &of, out))
		return false;
	float usual = usual_yaw(moments, count);
	if (fabsf(out->yaw) < ASKEW || fabsf(usual) > FRONTAL)
		return true;
	of = (struct stretch){of.first, UINT32_MAX, usual, USUAL_WITHIN};
	return middle_in(moments, count, &of, out);
}

/* Neither turned nor raised: then the jaw is as wide as it is near. */
static bool
is_straight(const struct signals *s, const struct signals *rest)
{
	return fabsf(s->yaw - rest->yaw) < FRONTAL &&
	    fabsf(s->up - rest->up) < LEVEL;
}

/* All that was seen, and how the face is at rest. */
struct course {
	const struct moment *moments;
	size_t count;
	const struct signals *rest;
};

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
		if (is_usable(m) &&
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
		if (is_usable(&c->moments[i]))
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
		if (!is_usable(&moments[i]) ||
		    !is_straight(&moments[i].signals, c->rest))
			continue;
		least = fminf(least, moments[i].signals.jaw);
	}
	return now->signals.jaw / least - 1;
}

static float
value_of(const struct course *c, size_t at, enum signal which)
{
	const struct signals *s = &c->moments[at].signals, *rest = c->rest;
	switch (which) {
	case SIGNAL_yaw:
		return s->yaw - rest->yaw;
	case SIGNAL_up:
		return s->up - level_of(c, at);
	case SIGNAL_mouth:
		/* lips that seem apart while the chin stays are a shadow */
		return s->chin - rest->chin > CHIN_LEAST ||
		    s->mouth - rest->mouth > GAP_WIDE ?
		    s->mouth - rest->mouth : 0;
	case SIGNAL_closer:
		return closeness(c, at);
	}
	return 0;
}

/* Beside a picture in which nothing else is seen: points err in single
 * pictures, and nobody turns for less than two. */
static bool
is_aside(const struct course *c, size_t at)
{
	if (at >= c->count || !is_usable(&c->moments[at]))
		return true;
	return fabsf(c->moments[at].signals.yaw - c->rest->yaw) > FRONTAL;
}

/*
 * Now, or a moment ago: on a head's way back the points lag behind, and a
 * chin that is drawn too high looks like a head that is raised. Nobody is
 * asked for the next action so soon.
 */
static bool
is_turned(const struct course *c, size_t at)
{
	const struct moment *moments = c->moments;
	for (size_t i = at + 1; i-- > 0;) {
		if (moments[at].time_ms - moments[i].time_ms > SETTLE_MS)
			return false;
		if (is_usable(&moments[i]) && is_aside(c, i) &&
		    (i == 0 || is_aside(c, i - 1) || is_aside(c, i + 1)))
			return true;
	}
	return false;
}

/* Times the line; 0 where it cannot be told. */
static float
strength(const struct course *c, size_t at, const struct motion *m)
{
	if (m->frontal && is_turned(c, at))
		return 0;
	return value_of(c, at, m->signal) / m->line;
}

struct found {
	struct event event;
	float strength;
};

struct search {
	struct found found[2 * EVENTS_MAX];
	size_t count;
};

static void
keep(struct search *s, const struct found *f)
{
	struct found *last = s->count ? &s->found[s->count - 1] : NULL;

	if (f->event.to_ms - f->event.from_ms < HOLD_MS)
		return;
	if (last && last->event.name == f->event.name &&
	    f->event.from_ms - last->event.to_ms < GAP_MS) {
		last->event.to_ms = f->event.to_ms;
		if (f->strength > last->strength) {
			last->strength = f->strength;
			last->event.peak = f->event.peak;
		}
		return;
	}
	if (s->count < COUNT_OF(s->found))
		s->found[s->count++] = *f;
}

/*
 * Whether a motion went on while no face was found: whoever turns far is lost
 * from sight, and may be found again only on the way back.
 */
static bool
is_through(float before, float after, uint32_t lost_ms)
{
	if (lost_ms < LOST_LEAST_MS || lost_ms > LOST_MS)
		return false;
	return fmaxf(before, after) >= 1 ? fminf(before, after) >= -BACK :
	    fminf(before, after) >= AWAY;
}

struct running {
	struct found now;
	bool open;
};

static void
go_on(struct running *r, uint32_t time, float times, const struct motion *m)
{
	r->now.event.to_ms = time;
	if (times > r->now.strength) {
		r->now.strength = times;
		r->now.event.peak = times * m->line;
	}
}

static void
begin(struct running *r, uint32_t time, const struct motion *m)
{
	if (!r->open)
		r->now = (struct found){.event = {.name = m->name,
		    .from_ms = time}};
	r->open = true;
}

static bool
was_seen_before(const struct course *c, size_t at)
{
	while (at-- > 0)
		if (is_usable(&c->moments[at]))
			return true;
	return false;
}

/* Whether it came about: who slowly comes to sit another way did nothing, nor
 * did who is so from the first moment on. */
static bool
has_risen(const struct course *c, size_t at, const struct motion *m,
    float times)
{
	bool seen = false;
	for (size_t i = at; i-- > 0 && c->moments[at].time_ms -
	    c->moments[i].time_ms < RISE_MS;) {
		if (!is_usable(&c->moments[i]))
			continue;
		seen = true;
		if (strength(c, i, m) <= times - RISE)
			return true;
	}
	return !seen && was_seen_before(c, at);
}

/*
 * How far apart lips seem that are shut again at once; 0 where hardly any do.
 * In some faces, most of those seen from aside, the points jump to and fro
 * between shut lips and a shadow below them, with the chin drawn lower too.
 */
static float
flicker_of(const struct course *c, const struct motion *m)
{
	float flickers[FLICKERS_MOST], peak = 0;
	uint32_t from = 0, to = 0;
	size_t n = 0;

	for (size_t i = 0; i < c->count && n < FLICKERS_MOST; i++) {
		if (!is_usable(&c->moments[i]))
			continue;
		float value = value_of(c, i, m->signal);
		if (value >= m->line) {
			to = c->moments[i].time_ms;
			from = peak > 0 ? from : to;
			peak = fmaxf(peak, value);
			continue;
		}
		if (peak > 0 && to - from < HOLD_MS)
			flickers[n++] = peak;
		peak = 0;
	}
	return n < FLICKERS_LEAST ? 0 : median_of(flickers, n);
}

/* A few such pictures in a row are no opening: one goes further, or lasts. */
static void
drop_flicker(const struct course *c, const struct motion *m, struct search *s)
{
	float flicker = flicker_of(c, m);
	size_t kept = 0;
	for (size_t i = 0; i < s->count; i++) {
		const struct event *e = &s->found[i].event;
		if (e->name != m->name || e->to_ms - e->from_ms >= FLICKER_MS ||
		    e->peak >= FLICKER * flicker)
			s->found[kept++] = s->found[i];
	}
	s->count = kept;
}

static void
find_motion(const struct course *c, const struct motion *m, struct search *s)
{
	struct running r = {0};
	float before = 0;
	uint32_t last = 0;

	for (size_t i = 0; i < c->count; i++) {
		if (!is_usable(&c->moments[i]))
			continue;
		uint32_t time = c->moments[i].time_ms;
		float times = strength(c, i, m);
		bool through = m->signal != SIGNAL_mouth && last > 0 &&
		    is_through(before, times, time - last);
		if (r.open && !through && (times < OVER ||
		    time - r.now.event.to_ms > GAP_MS)) {
			keep(s, &r.now);
			r.open = false;
		}
		if (through) {
			begin(&r, last, m);
			go_on(&r, time, fmaxf(fmaxf(before, times), 1), m);
		} else if (times >= 1 && (r.open ||
		    has_risen(c, i, m, times))) {
			begin(&r, time, m);
			go_on(&r, time, times, m);
		}
		before = times;
		last = time;
	}
	if (r.open)
		keep(s, &r.now);
}

/* Of two at one time the weaker is a shadow of the stronger: who looks up
 * opens the mouth a little. */
static bool
is_shadow(const struct search *s, size_t at)
{
	const struct event *e = &s->found[at].event;
	for (size_t i = 0; i < s->count; i++) {
		const struct event *o = &s->found[i].event;
		uint32_t from = e->from_ms > o->from_ms ? e->from_ms :
		    o->from_ms;
		uint32_t to = e->to_ms < o->to_ms ? e->to_ms : o->to_ms;
		if (i != at && from < to &&
		    (to - from) * 2 > e->to_ms - e->from_ms &&
		    s->found[i].strength > s->found[at].strength)
			return true;
	}
	return false;
}

/* Whoever comes back from a turn goes a little past the middle, at once and
 * for a moment: that is no turn to the other side. */
static bool
is_rebound(const struct search *s, size_t at)
{
	const struct found *f = &s->found[at];
	const struct event *e = &f->event;
	enum prompt_name other = e->name == PROMPT_turn_left ?
	    PROMPT_turn_right : PROMPT_turn_left;
	if ((e->name != PROMPT_turn_left && e->name != PROMPT_turn_right) ||
	    f->strength > REBOUND_MOST ||
	    e->to_ms - e->from_ms > REBOUND_MS)
		return false;
	for (size_t i = 0; i < s->count; i++)
		if (s->found[i].event.name == other &&
		    s->found[i].event.to_ms < e->from_ms &&
		    e->from_ms - s->found[i].event.to_ms < REBOUND_MS &&
		    f->strength < REBOUND * s->found[i].strength)
			return true;
	return false;
}

static void
sort_by_time(struct event *events, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t k = i; k > 0 &&
		    events[k].from_ms < events[k - 1].from_ms; k--) {
			struct event swap = events[k];
			events[k] = events[k - 1];
			events[k - 1] = swap;
		}
}

size_t
events_find(const struct moment *moments, size_t count, uint32_t at_rest_ms,
    struct event out[EVENTS_MAX])
{
	struct signals rest;
	struct search s = {.count = 0};
	size_t kept = 0;

	if (!signals_at_rest(moments, count, at_rest_ms, &rest))
		return 0;
	struct course c = {moments, count, &rest};
	for (size_t i = 0; i < COUNT_OF(motions); i++) {
		find_motion(&c, &motions[i], &s);
		if (motions[i].signal == SIGNAL_mouth)
			drop_flicker(&c, &motions[i], &s);
	}
	for (size_t i = 0; i < s.count && kept < EVENTS_MAX; i++)
		if (!is_shadow(&s, i) && !is_rebound(&s, i))
			out[kept++] = s.found[i].event;
	sort_by_time(out, kept);
	return kept;
}
