/*
 * The search for motions: while what is further from rest than a line, and
 * came about, holds.
 */
#include "vision/film/motions.h"

#include "base/enum.h"
#include "vision/film/course.h"
#include "vision/pixels/median.h"

#include <math.h>
#include <stddef.h>

#define HOLD_MS 250      /* between the first and the last moment past it */
#define OVER 0.6f        /* of the line: below it a motion has ended */
#define GAP_MS 700       /* without a face, or back below */
#define LOST_MS 2500     /* without a face, turned before or after it */
#define LOST_LEAST_MS 250
#define AWAY 0.8f        /* of the line: on both sides of a lost face */
#define ASIDE 16         /* degrees: so far a camera stands aside, or more */
#define LEAVES 0.6f      /* of the line: where it was last seen, */
#define LEAVES_BY 0.5f   /* so much further than in the picture before */
#define BACK 0.3f        /* of the line: found when it is back at rest */
#define FLICKERS_LEAST 4 /* lips seen apart and shut again, before it counts */
#define FLICKERS_MOST 128
#define FLICKER 1.15f    /* times the middle one: what is more is a mouth */
#define FLICKER_MS 700   /* and what lasts longer */
#define GROWN 1.3f       /* times its usual box: as near as it seems */
#define HALF_SURE 0.6f   /* of how sure a face is in the middle */
#define AJAR 0.16f       /* gap of lips that are held so, */
#define AJAR_MS 700      /* for as long, */
#define AJAR_REST 0.06f  /* where they are shut at rest */
#define GLIMPSE_MOST 1.6f /* times the line */
#define GLIMPSE_MS 400
#define RISE_MS 2500     /* before a motion begins */
#define RISE 0.6f        /* of the line */
#define REBOUND_MS 500   /* a head on its way back goes past the middle */
#define REBOUND 0.6f     /* of the turn before it */
#define REBOUND_MOST 1.35f /* times the line */
#define SURE_MOST 256    /* pictures of which the middle is taken */

static const struct motion {
	enum prompt_name name;
	enum signal signal;
	float line;
	bool frontal;
} motions[] = {
#define MOTION(name, signal, line, frontal)                                    \
	{PROMPT_##name, SIGNAL_##signal, (float)(line), frontal},
#include "vision/film/motions.def"
#undef MOTION
};

/* Times the line; 0 where it cannot be told. */
static float
strength(const struct course *c, size_t at, const struct motion *m)
{
	if (m->frontal && course_is_turned(c, at))
		return 0;
	return course_value(c, at, m->signal) / m->line;
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

/* Two pictures in which the face was seen, one after the other. */
struct passage {
	bool own_side; /* the face rests as if it were turned that way */
	uint32_t from_ms, to_ms;
	float earlier, before, after; /* times the line; the picture before */
};

/*
 * Whether a motion went on while no face was found: whoever turns far is lost
 * from sight, and may be found again only on the way back. Who is seen from the
 * side already is lost as soon as the head begins to turn further.
 */
static bool
is_through(const struct passage *p)
{
	uint32_t lost_ms = p->to_ms - p->from_ms;
	float least = fminf(p->before, p->after);
	float most = fmaxf(p->before, p->after);
	if (lost_ms < LOST_LEAST_MS || lost_ms > LOST_MS)
		return false;
	bool leaves = p->own_side && p->before >= LEAVES &&
	    p->before - p->earlier >= LEAVES_BY;
	return most >= 1 || leaves ? least >= -BACK : least >= AWAY;
}

/* Whether it went on while half a face was found all the while, with points
 * that lie anywhere: who is seen from the side already turns further. */
static bool
is_bridged(const struct passage *p)
{
	uint32_t lost_ms = p->to_ms - p->from_ms;
	return p->own_side && p->from_ms > 0 && lost_ms >= LOST_LEAST_MS &&
	    lost_ms <= LOST_MS && fmaxf(p->before, p->after) >= 1 &&
	    fminf(p->before, p->after) >= AWAY;
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
		if (moment_has_signals(&c->moments[at]))
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
		if (!moment_has_signals(&c->moments[i]))
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
		if (!moment_has_signals(&c->moments[i]))
			continue;
		float value = course_value(c, i, m->signal);
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

/* How sure it is in the middle that this face is one, or how wide its box is
 * then: by where that stands in a face. */
static float
usual_of(const struct moment *moments, size_t count, size_t offset)
{
	float all[SURE_MOST];
	size_t n = 0, step = count / SURE_MOST + 1;
	for (size_t i = 0; i < count; i += step)
		if (moment_has_signals(&moments[i]))
			all[n++] = *(const float *)(const void *)(
			    (const char *)&moments[i].face + offset);
	return n > 0 ? median_of(all, n) : 0;
}

/* What is to be believed; of points that lie anywhere, that the head is turned
 * by as much as they say at least, and that it is no nearer than they say: of
 * a near face they lie as far apart. It is as near where the detector's box has
 * grown too: a face that the picture's border cuts has points astray. */
static bool
is_told(const struct course *c, size_t at, const struct motion *m)
{
	const struct moment *now = &c->moments[at];
	if (moment_has_signals(now) || !now->has_face || !now->astray)
		return moment_has_signals(now);
	float times = strength(c, at, m);
	return (m->signal == SIGNAL_yaw && times >= 1) ||
	    (m->signal == SIGNAL_closer && (times < OVER ||
	    (c->box > 0 && now->face.width >= GROWN * c->box)));
}

/* Both passages from here on: firm, from the last picture that is as sure as
 * the face is while it rests, or nearly, or is past the line. */
struct passages {
	struct passage each, firm;
	float sure;
};

static void
arrive(struct passage *p, uint32_t time, float times)
{
	p->to_ms = time;
	p->after = times;
}

static void
leave(struct passage *p)
{
	*p = (struct passage){.own_side = p->own_side, .from_ms = p->to_ms,
	    .earlier = p->before, .before = p->after};
}

/* The one through which the motion went on up to this picture, or NULL. */
static const struct passage *
through_of(struct passages *p, const struct moment *now, float times,
    enum signal signal)
{
	arrive(&p->each, now->time_ms, times);
	if (signal != SIGNAL_mouth && p->each.from_ms > 0 &&
	    is_through(&p->each))
		return &p->each;
	if (now->face.sure < p->sure && times < 1)
		return NULL;
	arrive(&p->firm, now->time_ms, times);
	return is_bridged(&p->firm) ? &p->firm : NULL;
}

static void
pass_on(struct passages *p)
{
	bool firm = p->firm.to_ms == p->each.to_ms;
	leave(&p->each);
	if (firm)
		leave(&p->firm);
}

static void
find_motion(const struct course *c, const struct motion *m, struct search *s)
{
	struct running r = {0};
	bool own_side = m->signal == SIGNAL_yaw &&
	    c->rest->yaw / m->line * fabsf(m->line) >= ASIDE;
	struct passages p = {{.own_side = own_side}, {.own_side = own_side},
	    HALF_SURE * usual_of(c->moments, c->count,
	    offsetof(struct face, sure))};

	for (size_t i = 0; i < c->count; i++) {
		uint32_t time = c->moments[i].time_ms;
		if (!is_told(c, i, m))
			continue;
		float times = strength(c, i, m);
		const struct passage *through = through_of(&p, &c->moments[i],
		    times, m->signal);
		if (r.open && !through && (times < OVER ||
		    time - r.now.event.to_ms > GAP_MS)) {
			keep(s, &r.now);
			r.open = false;
		}
		if (through) {
			begin(&r, through->from_ms, m);
			go_on(&r, time, fmaxf(fmaxf(through->before, times),
			    1), m);
		} else if (times >= 1 && (r.open ||
		    has_risen(c, i, m, times))) {
			begin(&r, time, m);
			go_on(&r, time, times, m);
		}
		pass_on(&p);
	}
	if (r.open)
		keep(s, &r.now);
}

static bool
is_found_at(const struct search *s, const struct event *e)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct event *o = &s->found[i].event;
		if (o->name == e->name && o->from_ms <= e->to_ms &&
		    e->from_ms <= o->to_ms)
			return true;
	}
	return false;
}

/*
 * A mouth that opens less than talking lips do for a moment, and stays so: some
 * lips, of those seen from near, are a third as far apart as others.
 */
static void
find_ajar(const struct course *c, const struct motion *mouth,
    struct search *s)
{
	struct motion m = *mouth;
	struct search held = {.count = 0};
	if (c->rest->mouth > AJAR_REST)
		return;
	m.line = AJAR;
	find_motion(c, &m, &held);
	for (size_t i = 0; i < held.count; i++) {
		struct found *f = &held.found[i];
		f->strength *= AJAR / mouth->line; /* among all others */
		if (f->event.to_ms - f->event.from_ms >= AJAR_MS &&
		    !is_found_at(s, &f->event) && s->count < COUNT_OF(s->found))
			s->found[s->count++] = *f;
	}
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

/* A head that nods goes up as well, lips that talk go apart, and points tremble
 * together for a moment: who does so little of it holds it. */
static bool
is_glimpse(const struct found *f)
{
	const struct event *e = &f->event;
	return (e->name == PROMPT_look_up || e->name == PROMPT_open_mouth) &&
	    f->strength < GLIMPSE_MOST && e->to_ms - e->from_ms < GLIMPSE_MS;
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
	struct course c = {moments, count, &rest, usual_of(moments, count,
	    offsetof(struct face, width))};
	for (size_t i = 0; i < COUNT_OF(motions); i++) {
		find_motion(&c, &motions[i], &s);
		if (motions[i].signal != SIGNAL_mouth)
			continue;
		find_ajar(&c, &motions[i], &s);
		drop_flicker(&c, &motions[i], &s);
	}
	for (size_t i = 0; i < s.count && kept < EVENTS_MAX; i++)
		if (!is_shadow(&s, i) && !is_rebound(&s, i) &&
		    !is_glimpse(&s.found[i])) {
			out[kept] = s.found[i].event;
			out[kept++].times = s.found[i].strength;
		}
	sort_by_time(out, kept);
	return kept;
}
