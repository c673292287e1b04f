/*
 * What a recording of a face amounts to, as findings. Nothing is judged here:
 * where a line lies is for the checks to say.
 */
#include "vision/film/recording.h"

#include "vision/film/absence.h"
#include "vision/film/depth.h"
#include "vision/film/hidden.h"
#include "vision/film/lights.h"
#include "vision/film/shade.h"
#include "vision/film/stand.h"
#include "vision/film/watch.h"
#include "vision/still/still.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOOKS_LEAST 6 /* below, nothing is known of the face */
#define MIDDLE 0.5f
#define MOST 0.8f /* a mouth that opened once is there */
#define PARTS_LEAST 3 /* below, nothing is known of what covers it */
#define PROMPT_MS 4000 /* nobody waits longer than that for an action */
#define HIDDEN_MS 300 /* below, no action is hidden */
#define HIDDEN_SIZE 128
#define SECOND_COUNTS 0.3f /* below, boxes on clothes are second faces */

static const struct box nowhere;

static RESULT
add_number(struct findings *out, enum finding_name name, double value)
{
	return findings_add_number(out, name, value, nowhere);
}

static RESULT
add_span(struct findings *out, enum finding_name name, uint32_t from,
    uint32_t to)
{
	char text[40];
	snprintf(text, sizeof(text), "%u %u", from, to);
	return findings_add_text(out, name, text, 1, nowhere);
}

RESULT
recording_report(const struct video_facts *f, struct findings *out)
{
	char text[VIDEO_TEXT_MAX];
	double seconds = (double)f->duration_us / 1e6;
	snprintf(text, sizeof(text), "%s %s", f->container, f->codec);
	TRY(findings_add_text(out, FINDING_recording_codec, text, 1,
	    nowhere));
	TRY(findings_add_text(out, FINDING_recording_writer, f->writer, 1,
	    nowhere));
	TRY(add_number(out, FINDING_width, f->width));
	TRY(add_number(out, FINDING_height, f->height));
	TRY(add_number(out, FINDING_recording_frames, (double)f->frames));
	TRY(add_number(out, FINDING_recording_seconds, seconds));
	TRY(add_number(out, FINDING_recording_rate, seconds > 0 ?
	    (double)(f->frames - 1) / seconds : 0));
	TRY(add_number(out, FINDING_recording_damaged, (double)f->errors));
	TRY(add_number(out, FINDING_recording_resized,
	    (double)f->size_changes));
	TRY(add_number(out, FINDING_recording_tracks,
	    (double)f->other_tracks));
	TRY(add_number(out, FINDING_recording_unordered,
	    (double)f->back_in_time));
	return add_number(out, FINDING_recording_cut_short, f->cut_short);
}

static bool
has_second(const struct moment *m)
{
	return m->searched && m->second >= SECOND_COUNTS;
}

/* The next picture that was searched for one, or none. */
static size_t
next_searched(const struct watch *w, size_t at)
{
	while (at < w->count && !w->moments[at].searched)
		at++;
	return at;
}

/* In two pictures that were searched, one after the other: in one alone it
 * may be anything. */
static RESULT
report_second(const struct watch *w, struct findings *out)
{
	size_t count = 0, searched = 0;
	uint32_t from = 0, to = 0;
	for (size_t i = next_searched(w, 0); i < w->count;) {
		size_t next = next_searched(w, i + 1);
		searched++;
		if (has_second(&w->moments[i]) && next < w->count &&
		    has_second(&w->moments[next])) {
			uint32_t ends = w->moments[next].time_ms;
			from = count++ == 0 ? w->moments[i].time_ms : from;
			to = count == 1 || to == w->moments[i].time_ms ? ends
								       : to;
		}
		i = next;
	}
	TRY(add_number(out, FINDING_face_second, searched ?
	    (double)count / (double)searched : 0));
	return count == 0 ? OK : add_span(out, FINDING_face_second_at, from,
	    to);
}

static int
by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;
	return (x > y) - (x < y);
}

static struct box
box_of(const struct watch *w, const struct face *f)
{
	int left = f->x > 0 ? (int)f->x : 0, top = f->y > 0 ? (int)f->y : 0;
	int right = (int)(f->x + f->width), bottom = (int)(f->y + f->height);
	if (right > w->width)
		right = w->width;
	if (bottom > w->height)
		bottom = w->height;
	return right > left && bottom > top ?
	    (struct box){left, top, right - left, bottom - top} : nowhere;
}

static RESULT
report_jaw(const struct watch *w, struct findings *out)
{
	static float jaws[VIDEO_PICKED_MAX];
	const struct moment *shown = NULL;
	size_t n = 0;
	for (size_t i = 0; i < w->count; i++) {
		const struct moment *m = &w->moments[i];
		if (!m->has_face)
			continue;
		/* without points the detector's box is as wide */
		jaws[n++] = m->face.has_points ? m->signals.jaw :
		    m->face.width;
		shown = shown ? shown : m;
	}
	int side = w->width < w->height ? w->width : w->height;
	if (n == 0 || side == 0)
		return OK;
	qsort(jaws, n, sizeof(*jaws), by_value);
	return findings_add_number(out, FINDING_face_jaw,
	    (double)jaws[n / 2] / side, box_of(w, &shown->face));
}

/* Until when the face was to look ahead: until the first action is shown. */
static uint32_t
rest_of(const struct challenge *c)
{
	for (size_t i = 1; i < c->count; i++)
		if (c->prompts[i].shown_ms > 0)
			return c->prompts[i].shown_ms;
	return 0;
}

static RESULT
report_absence(const struct watch *w, const struct challenge *c,
    struct findings *out)
{
	struct signals rest;
	bool rested = signals_at_rest(w->moments, w->count, rest_of(c), &rest);
	struct absence a;
	absence_measure(w->moments, w->count, rested ? &rest : NULL, c, &a);
	TRY(add_number(out, FINDING_face_seen, a.seen));
	return a.to_ms > a.from_ms ? add_span(out, FINDING_face_away,
	    a.from_ms, a.to_ms) : OK;
}

static RESULT
report_face(const struct watch *w, const struct challenge *c,
    struct findings *out)
{
	size_t seen = 0;
	for (size_t i = 0; i < w->count; i++)
		seen += w->moments[i].has_face;
	TRY(report_absence(w, c, out));
	TRY(report_second(w, out));
	if (seen == 0)
		return OK;
	TRY(report_jaw(w, out));
	TRY(add_number(out, FINDING_face_light, (double)w->light));
	return add_number(out, FINDING_face_blur, (double)w->blur);
}

static RESULT
report_depth(const struct watch *w, const struct event *events, size_t count,
    const struct signals *rest, struct findings *out)
{
	struct depth d;
	depth_measure(w, events, count, rest, &d);
	if (d.turns > 0) {
		TRY(add_number(out, FINDING_face_flat, d.flat));
		TRY(add_span(out, FINDING_face_flat_at, d.from_ms, d.to_ms));
	}
	if (d.follows >= 0)
		TRY(add_number(out, FINDING_face_ground, d.follows));
	TRY(add_number(out, FINDING_face_tilted, d.tilted));
	if (d.tilted < 1)
		TRY(add_span(out, FINDING_face_tilted_at, d.tilted_from_ms,
		    d.tilted_to_ms));
	TRY(add_number(out, FINDING_face_fit, d.gap));
	return d.gap > 0 ? add_span(out, FINDING_face_fit_at, d.gap_from_ms,
	    d.gap_to_ms) : OK;
}

/* Whether it stays the same face, and whether a grid lies over it. */
static RESULT
report_looks(const struct watch *w, struct findings *out)
{
	size_t at;
	double apart = face_look_split(w->looks, w->look_count, &at);
	if (w->look_count >= LOOKS_LEAST)
		TRY(add_number(out, FINDING_face_apart, apart));
	if (w->look_count >= LOOKS_LEAST && at > 0)
		TRY(add_span(out, FINDING_face_apart_at, w->look_ms[at - 1],
		    w->look_ms[at]));
	double changed = face_look_change(w->looks, w->look_ms, w->look_count,
	    &at);
	if (changed > 0)
		TRY(add_number(out, FINDING_face_changed, changed));
	if (changed > 0 && at > 0)
		TRY(add_span(out, FINDING_face_changed_at, w->look_ms[at - 1],
		    w->look_ms[at]));
	return w->grid > 0 ? add_number(out, FINDING_film_grid, w->grid) : OK;
}

/* What was seen of one part, with shut and with open mouth: the middle of it,
 * or what so large a share of it stays below. */
static RESULT
report_part(const struct parts_seen *shut, const struct parts_seen *open,
    size_t offset, enum finding_name name, float share, struct findings *out)
{
	float values[2 * LOOKS_MAX];
	size_t n = 0;
	for (size_t i = 0; shut && i < shut->count; i++)
		memcpy(&values[n++], (const char *)&shut->at[i] + offset,
		    sizeof(*values));
	for (size_t i = 0; open && i < open->count; i++)
		memcpy(&values[n++], (const char *)&open->at[i] + offset,
		    sizeof(*values));
	if (n < PARTS_LEAST)
		return OK;
	qsort(values, n, sizeof(*values), by_value);
	return add_number(out, name,
	    (double)values[(size_t)(share * (float)n)]);
}

/* What covers the face. Where there is no mouth it may seem open for ever. */
static RESULT
report_cover(const struct watch *w, struct findings *out)
{
	const struct parts_seen *shut = &w->shut, *open = &w->open;
	TRY(report_part(shut, NULL, offsetof(struct face_parts, chin),
	    FINDING_cover_chin, MIDDLE, out));
	TRY(report_part(shut, open, offsetof(struct face_parts, eyes),
	    FINDING_cover_eyes, MIDDLE, out));
	TRY(report_part(shut, NULL, offsetof(struct face_parts, lips),
	    FINDING_cover_lips, MIDDLE, out));
	TRY(report_part(NULL, open, offsetof(struct face_parts, mouth),
	    FINDING_cover_mouth, MOST, out));
	TRY(report_part(shut, open, offsetof(struct face_parts, nose),
	    FINDING_cover_nose, MIDDLE, out));
	return report_part(shut, open, offsetof(struct face_parts, sight),
	    FINDING_cover_sight, MIDDLE, out);
}

static RESULT
report_shade(const struct watch *w, const struct event *events, size_t count,
    const struct signals *rest, struct findings *out)
{
	struct shade s;
	shade_measure(w->moments, w->count, events, count, rest, &s);
	if (s.turns == 0)
		return OK;
	TRY(add_number(out, FINDING_face_shade, s.change));
	return add_span(out, FINDING_face_shade_at, s.from_ms, s.to_ms);
}

/* Nothing where no light was shown. */
static RESULT
report_lights(const struct watch *w, const struct challenge *c,
    struct findings *out)
{
	struct lights l;
	lights_measure(w->moments, w->count, c, &l);
	if (l.to_ms == 0)
		return OK;
	TRY(add_number(out, FINDING_light_seen, (double)l.seen));
	TRY(add_span(out, FINDING_light_at, l.from_ms, l.to_ms));
	if (l.seen < CHALLENGE_LIGHTS)
		return OK;
	TRY(add_number(out, FINDING_light_change, l.change));
	TRY(add_number(out, FINDING_light_trembles, l.trembles));
	TRY(add_number(out, FINDING_light_likeness, l.likeness));
	return add_number(out, FINDING_light_another, l.another);
}

/* Until when an action may be done: until the next one is shown, and at most
 * as long as anybody waits. */
static uint32_t
until_of(const struct challenge *c, size_t at)
{
	uint32_t last = c->prompts[at].shown_ms + PROMPT_MS;
	if (at + 1 == c->count || c->prompts[at + 1].shown_ms == 0 ||
	    c->prompts[at + 1].shown_ms > last)
		return last;
	return c->prompts[at + 1].shown_ms;
}

/* "shown longest ..." of each action while which no face could be measured. */
static void
format_hidden(const struct watch *w, const struct challenge *c,
    char out[HIDDEN_SIZE])
{
	size_t used = 0;
	out[0] = '\0';
	for (size_t i = 0; i < c->count && used + 24 < HIDDEN_SIZE; i++) {
		const struct prompt *p = &c->prompts[i];
		if (p->shown_ms == 0 || p->name == PROMPT_look_ahead ||
		    prompt_is_light(p->name))
			continue;
		uint32_t longest = hidden_longest(w->moments, w->count,
		    p->shown_ms, until_of(c, i));
		if (longest >= HIDDEN_MS)
			used += (size_t)snprintf(out + used, HIDDEN_SIZE -
			    used, "%s%u %u", used ? " " : "", p->shown_ms,
			    longest);
	}
}

/* What may have hidden an action that is not seen. */
static RESULT
report_hidden(const struct watch *w, const struct challenge *c,
    const struct signals *rest, struct findings *out)
{
	char text[HIDDEN_SIZE];
	float lips = hidden_lips(w->moments, w->count, rest);
	if (lips >= 0)
		TRY(add_number(out, FINDING_face_lips, (double)lips));
	format_hidden(w, c, text);
	return text[0] ? findings_add_text(out, FINDING_face_hidden, text, 1,
	    nowhere) : OK;
}

static RESULT
report_events(const struct watch *w, const struct challenge *c,
    struct findings *out)
{
	struct event events[EVENTS_MAX];
	struct signals rest;
	uint32_t at_rest = rest_of(c);
	bool rested = signals_at_rest(w->moments, w->count, at_rest, &rest);
	TRY(add_number(out, FINDING_face_rested, rested));
	if (!rested)
		return OK;
	TRY(add_number(out, FINDING_face_rest_turn, (double)rest.yaw));
	size_t count = events_find(w->moments, w->count, at_rest, events);
	TRY(report_hidden(w, c, &rest, out));
	TRY(report_depth(w, events, count, &rest, out));
	TRY(report_shade(w, events, count, &rest, out));
	for (size_t i = 0; i < count; i++) {
		const struct event *e = &events[i];
		char text[80];
		snprintf(text, sizeof(text), "%s %u %u %.3g %.3g",
		    prompt_text(e->name), e->from_ms, e->to_ms,
		    (double)e->peak, (double)e->times);
		TRY(findings_add_text(out, FINDING_event, text, 1, nowhere));
	}
	return OK;
}

static RESULT
report_seam(const struct seam *s, enum finding_name name,
    enum finding_name when, struct findings *out)
{
	TRY(add_number(out, name, s->value));
	return s->to_ms ? add_span(out, when, s->from_ms, s->to_ms) : OK;
}

static RESULT
report_seams(const struct watch *w, struct findings *out)
{
	struct seams s;
	struct seam stand;
	seams_find(w->ticks, w->facts.frames, &s);
	stand_find(w->moments, w->count, w->width, &stand);
	TRY(report_seam(&stand, FINDING_film_stands, FINDING_film_stands_at,
	    out));
	TRY(report_seam(&s.cut, FINDING_film_cut, FINDING_film_cut_at, out));
	TRY(report_seam(&s.loop, FINDING_film_loop, FINDING_film_loop_at,
	    out));
	TRY(report_seam(&s.freeze, FINDING_film_freeze,
	    FINDING_film_freeze_at, out));
	TRY(report_seam(&s.gap, FINDING_film_gap, FINDING_film_gap_at, out));
	TRY(add_number(out, FINDING_film_twins, s.twins));
	return add_number(out, FINDING_film_unevenness, s.unevenness);
}

static RESULT
add_portraits(const struct watch *w, struct buf *film)
{
	for (int i = 0; i < PORTRAITS_MAX; i++) {
		const struct portrait_shot *s = &w->shots[i];
		AUTO(buf_clear) struct buf jpeg;
		if (s->worth <= 0)
			break;
		buf_init(&jpeg, STILL_CLEAN_MAX);
		TRY(still_encode(&s->colour, &jpeg));
		struct film_picture p = {.mark = FILM_PORTRAIT,
		    .time_ms = s->time_ms,
		    .width = (uint32_t)s->colour.width,
		    .height = (uint32_t)s->colour.height,
		    .jpeg = span_of_buf(&jpeg)};
		TRY(film_add(film, &p));
	}
	return OK;
}

RESULT
inspect_face(const struct inspector *i, struct span file,
    const struct challenge *c, struct findings *out, struct buf *film)
{
	AUTO(watch_clear) struct watch w = {0};
	bool points = i->faces && faces_have_points(i->faces);
	out->count = 0;
	TRY(film_begin(film));
	TRY(watch_face(i, file, film, &w));
	TRY(recording_report(&w.facts, out));
	TRY(report_seams(&w, out));
	TRY(add_number(out, FINDING_face_points, points));
	if (i->faces)
		TRY(report_face(&w, c, out));
	if (points) {
		TRY(report_events(&w, c, out));
		TRY(report_lights(&w, c, out));
		TRY(report_looks(&w, out));
		TRY(report_cover(&w, out));
	}
	return add_portraits(&w, film);
}
