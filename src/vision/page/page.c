/*
 * Where the document lies.
 *
 * The zone gives direction, size and side for nothing, but says little about
 * perspective, its lines being so close together; the outline gives the
 * corners, when the table differs from the document. With a zone the outline
 * is taken in which the zone lies where the standard puts it: of an open
 * booklet that is the page, and not the booklet.
 */
#include "vision/page/page.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "vision/page/plane.h"
#include "vision/page/outline.h"

#define PITCH_MM 2.54f
#define CARD_WIDTH 85.6f
#define CARD_HEIGHT 53.98f
#define PASSPORT_WIDTH 125.0f
#define PASSPORT_HEIGHT 88.0f
#define SIDE 400         /* of the picture in which outlines are sought */
#define SIDE_FAINT 200   /* and where a side out of focus rises too slowly */
/*
 * Scores of outlines, on tuning seeds: without a zone right ones had 0.42 and
 * more, wrong ones and those on 9 empty desks 0.37 and less, but for three
 * parts of a page; within pages scanned without a margin, where there is none
 * to be seen, wrong ones had 0.32 and less.
 */
#define SEEN_LEAST 0.41f
/*
 * Fingers over a side, or a desk as light as the document, leave less. Of 60
 * tuning pictures without a zone or with fingers seven had their best outline
 * between these two, all nearer the truth than the extent of their print,
 * which lay in it; a desk has none.
 */
#define SEEN_FAINTLY 0.32f
#define PRINT_WITHIN 0.45f /* of both together */
#define SEEN_OTHER 0.55f
#define SEEN_WITH_ZONE 0.2f
#define SEEN_WELL 0.4f
#define LARGER_MOST 1.5f   /* area, of what the zone says of its document */
#define FRAME_FITS 0.5f    /* zone_factor() of the whole picture */
#define LIES_LEAST 0.9f    /* of its height, along the zone: seen at 40 degrees
			    * a page is wider still than high */
#define FRAME_SHAPE 0.015f /* how near to a document's shape it is */

struct shape {
	enum mrz_format format;
	float width, height;
	float left;   /* to the middle of the first letter */
	float bottom; /* from the middle of the last line */
};

/* ICAO 9303 parts 4 to 6; the French card has the size of TD2. */
static const struct shape shapes[] = {
    {MRZ_TD3, 125, 88, 7.5f, 9.45f},
    {MRZ_TD1, CARD_WIDTH, CARD_HEIGHT, 6, 4.6f},
    {MRZ_TD2, 105, 74, 7.8f, 7.25f},
    {MRZ_FRA2, 105, 74, 7.8f, 7.25f},
    {MRZ_MRVA, 120, 80, 7.5f, 9.45f},
    {MRZ_MRVB, 105, 74, 7.8f, 7.25f}};

static const struct shape *
shape_of(enum mrz_format format)
{
	for (size_t i = 0; i < COUNT_OF(shapes); i++)
		if (shapes[i].format == format)
			return &shapes[i];
	return &shapes[1];
}

/* Corners from the last line alone: no perspective. */
static void
by_zone(const struct mrz_found *zone, const struct shape *shape,
    struct page *out)
{
	struct line last = zone->lines[zone->reading.line_count - 1];
	last.letters = zone->columns;
	float half = (float)zone->columns / 2;
	float mx, my;
	line_at(&last, half, 0, &mx, &my);
	float sx = (last.sx + 2 * half * last.qx) / PITCH_MM;
	float sy = (last.sy + 2 * half * last.qy) / PITCH_MM;
	float left = -shape->left - half * PITCH_MM;
	float top = shape->bottom - shape->height;
	const float at[4][2] = {{left, top}, {left + shape->width, top},
	    {left + shape->width, shape->bottom}, {left, shape->bottom}};
	for (int i = 0; i < 4; i++) {
		out->corners[2 * i] = mx + at[i][0] * sx - at[i][1] * sy;
		out->corners[2 * i + 1] = my + at[i][0] * sy + at[i][1] * sx;
	}
	out->width = shape->width;
	out->height = shape->height;
	out->upright = true;
}

/* From the unit square to four corners (Heckbert), row by row. */
static void
square_to(const float c[8], float m[9])
{
	float x = c[0] - c[2] + c[4] - c[6], y = c[1] - c[3] + c[5] - c[7];
	float ax = c[2] - c[4], bx = c[6] - c[4];
	float ay = c[3] - c[5], by = c[7] - c[5];
	float det = ax * by - bx * ay;
	float g = 0, h = 0;
	if (fabsf(det) > 1e-6f) {
		g = (x * by - bx * y) / det;
		h = (ax * y - x * ay) / det;
	}
	const float to[9] = {c[2] - c[0] + g * c[2], c[6] - c[0] + h * c[6],
	    c[0], c[3] - c[1] + g * c[3], c[7] - c[1] + h * c[7], c[1], g, h,
	    1};
	memcpy(m, to, sizeof(to));
}

static void
invert(const float m[9], float out[9])
{
	const float to[9] = {m[4] * m[8] - m[5] * m[7],
	    m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
	    m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6],
	    m[2] * m[3] - m[0] * m[5], m[3] * m[7] - m[4] * m[6],
	    m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]};
	memcpy(out, to, sizeof(to));
}

static void
map(const float m[9], float u, float v, float *x, float *y)
{
	float w = m[6] * u + m[7] * v + m[8];
	if (fabsf(w) < 1e-6f)
		w = 1e-6f;
	*x = (m[0] * u + m[1] * v + m[2]) / w;
	*y = (m[3] * u + m[4] * v + m[5]) / w;
}

static void
rotate_corners(float c[8])
{
	float first[2] = {c[0], c[1]};
	memmove(c, c + 2, 6 * sizeof(float));
	c[6] = first[0];
	c[7] = first[1];
}

/* The zone in pixels of the picture in which outlines are sought. */
struct expected {
	const struct shape *shape;
	float from[2], to[2]; /* middles of the last line's end letters */
	int columns;
	float width, height; /* of that picture */
};

/* Turns the corners so that text runs from the first to the second. */
static void
turn_along(float c[8], const struct expected *e)
{
	float dx = e->to[0] - e->from[0], dy = e->to[1] - e->from[1];
	int best = 0;
	float most = -1e9f;
	for (int i = 0; i < 4; i++) {
		int k = (i + 1) & 3;
		float x = c[2 * k] - c[2 * i], y = c[2 * k + 1] -
		    c[2 * i + 1];
		float along = (x * dx + y * dy) / (hypotf(x, y) + 1);
		if (along > most) {
			most = along;
			best = i;
		}
	}
	for (int i = 0; i < best; i++)
		rotate_corners(c);
}

/* Every document with a zone is wider than high. An open booklet has the
 * page's very shape, but it stands. */
static bool
lies(const float c[8])
{
	float across = hypotf(c[2] - c[0], c[3] - c[1]) +
	    hypotf(c[6] - c[4], c[7] - c[5]);
	float down = hypotf(c[4] - c[2], c[5] - c[3]) +
	    hypotf(c[0] - c[6], c[1] - c[7]);
	return across > LIES_LEAST * down;
}

/* How well the zone lies in an outline: 1 as the standard says. */
static float
zone_factor(const void *user, float c[8])
{
	const struct expected *e = user;
	const struct shape *s = e->shape;
	float m[9], back[9], ends[4];
	turn_along(c, e);
	square_to(c, m);
	invert(m, back);
	map(back, e->from[0], e->from[1], &ends[0], &ends[1]);
	map(back, e->to[0], e->to[1], &ends[2], &ends[3]);
	float y = s->height - s->bottom;
	const float off[4] = {ends[0] * s->width - s->left,
	    ends[2] * s->width - s->left - (float)(e->columns - 1) *
	    PITCH_MM, ends[1] * s->height - y, ends[3] * s->height - y};
	float worst = 0;
	for (size_t i = 0; i < 4; i++)
		worst = fmaxf(worst, fabsf(off[i]));
	float share = worst / 5, aspect = outline_aspect(c, e->width,
	    e->height);
	float off_shape = logf(aspect * s->height / s->width) / 0.1f;
	float shaped = lies(c) ? expf(-off_shape * off_shape) : 0;
	return (0.4f + 0.6f * shaped) / (1 + share * share * share * share);
}

/* What the zone says of the sides: seen near there, or at least guessed. */
static RESULT
add_sides(struct edges *e, const struct page *zone, float scale)
{
	float c[8];
	for (int i = 0; i < 8; i++)
		c[i] = zone->corners[i] / scale;
	float mm = hypotf(c[2] - c[0], c[3] - c[1]) / zone->width;
	for (int i = 0; i < 4; i++) {
		const float *a = &c[2 * i], *b = &c[2 * ((i + 1) & 3)];
		/* the far side may lie anywhere, the near one hardly */
		static const float reach[4] = {16, 9, 5, 9};
		edges_add_near(e, a, b, 9, reach[i] * mm);
		TRY(edges_add_guess(e, a, b));
	}
	return OK;
}

static void
take(struct page *out, const struct outline *o, float scale)
{
	for (int i = 0; i < 8; i++)
		out->corners[i] = o->corners[i] * scale;
	out->by_contour = true;
	out->seen = o->score;
}

static void
frame_corners(const struct raster *small, float c[8])
{
	float w = (float)small->width, h = (float)small->height;
	const float frame[8] = {0, 0, w, 0, w, h, 0, h};
	memcpy(c, frame, sizeof(frame));
}

/* A scan of the page alone: it ends where the picture does. */
static bool
fill_frame(const struct raster *small, float scale,
    const struct expected *e, struct page *out)
{
	float c[8];
	frame_corners(small, c);
	if (zone_factor(e, c) < FRAME_FITS)
		return false;
	for (int i = 0; i < 8; i++)
		out->corners[i] = c[i] * scale;
	return true;
}

static float
area_of(const float c[8])
{
	float twice = 0;
	for (int i = 0; i < 4; i++) {
		int k = (i + 1) & 3;
		twice += c[2 * i] * c[2 * k + 1] - c[2 * k] * c[2 * i + 1];
	}
	return fabsf(twice) / 2;
}

/* Of both sides of a card in one picture, or of a page and its neighbour. */
static bool
is_larger(const struct outline *o, float scale, const struct page *zone)
{
	return area_of(o->corners) * scale * scale > LARGER_MOST *
	    area_of(zone->corners);
}

static RESULT
with_zone(struct edges *e, const struct raster *small, float scale,
    const struct mrz_found *zone, struct page *out)
{
	const struct shape *shape = shape_of(zone->reading.mrz.format);
	const struct line *last = &zone->lines[zone->reading.line_count - 1];
	struct expected expected = {.shape = shape,
	    .columns = zone->columns, .width = (float)small->width,
	    .height = (float)small->height};
	struct outline_hint hint = {zone_factor, &expected};
	struct outlines found;
	by_zone(zone, shape, out);
	line_at(last, 0, 0, &expected.from[0], &expected.from[1]);
	line_at(last, (float)zone->columns - 1, 0, &expected.to[0],
	    &expected.to[1]);
	for (int i = 0; i < 2; i++) {
		expected.from[i] /= scale;
		expected.to[i] /= scale;
	}
	TRY(add_sides(e, out, scale));
	TRY(outlines_find(e, small, &hint, NULL, &found));
	float seen = found.count > 0 ? found.at[0].score : 0;
	if (seen < SEEN_WELL && fill_frame(small, scale, &expected, out))
		return OK;
	if (seen > SEEN_WITH_ZONE && !is_larger(&found.at[0], scale, out))
		take(out, &found.at[0], scale);
	return OK;
}

/* The longer side lies; which end is up is not known. */
static void
lay(struct page *out, float aspect)
{
	float *c = out->corners;
	float across = hypotf(c[2] - c[0], c[3] - c[1]) +
	    hypotf(c[6] - c[4], c[7] - c[5]);
	float down = hypotf(c[4] - c[2], c[5] - c[3]) +
	    hypotf(c[0] - c[6], c[1] - c[7]);
	if (across < down)
		rotate_corners(c);
	bool card = aspect > 1.5f;
	out->width = card ? CARD_WIDTH : PASSPORT_WIDTH;
	out->height = card ? CARD_HEIGHT : PASSPORT_HEIGHT;
}

/* A scan of a side without a zone. */
static RESULT
by_frame(const struct raster *small, float scale, struct page *out)
{
	float w = (float)small->width, h = (float)small->height;
	float aspect = w > h ? w / h : h / w;
	if (fabsf(logf(aspect * CARD_HEIGHT / CARD_WIDTH)) > FRAME_SHAPE &&
	    fabsf(logf(aspect * PASSPORT_HEIGHT / PASSPORT_WIDTH)) >
	    FRAME_SHAPE)
		return FAIL(ERR_NOT_FOUND, "no outline of a document");
	frame_corners(small, out->corners);
	for (int i = 0; i < 8; i++)
		out->corners[i] *= scale;
	lay(out, aspect);
	return OK;
}

/* Whether print lies in an outline as it does in a document. */
static bool
holds_print(const struct page *p, const struct raster *grey)
{
	struct page print;
	bool found = page_by_print(grey, &print) == OK;
	err_clear();
	return found && outline_overlap(print.corners, p->corners) >
	    PRINT_WITHIN;
}

static RESULT
without_zone(struct edges *e, const struct raster *small, float scale,
    const struct raster *grey, struct page *out)
{
	struct outlines found;
	TRY(outlines_find(e, small, NULL, NULL, &found));
	float seen = found.count > 0 ? found.at[0].score : 0;
	if (seen < SEEN_LEAST && by_frame(small, scale, out) == OK)
		return OK;
	err_clear();
	if (seen < SEEN_FAINTLY)
		return FAIL(ERR_NOT_FOUND, "no outline of a document");
	take(out, &found.at[0], scale);
	lay(out, found.at[0].aspect);
	return seen >= SEEN_LEAST || holds_print(out, grey) ? OK :
	    FAIL(ERR_NOT_FOUND, "a faint outline without print");
}

/* A second outline, or one more that lies apart from it. */
static void
note_other(const struct outline *o, float scale, struct page *out)
{
	float dx = 0, dy = 0, corners[8];
	for (int k = 0; k < 8; k++)
		corners[k] = o->corners[k] * scale;
	for (int k = 0; k < 8; k += 2) {
		dx += (corners[k] - out->other[k]) / 4;
		dy += (corners[k + 1] - out->other[k + 1]) / 4;
	}
	if (!out->has_other)
		memcpy(out->other, corners, sizeof(corners));
	else if (dx * dx + dy * dy > 0.5f * area_of(corners))
		out->has_third = true;
	out->has_other = true;
}

/* As well seen as this one, of its size and shape, and elsewhere; no leaf of
 * its own booklet. */
static RESULT
find_other(struct edges *e, const struct raster *small, float scale,
    const struct raster *grey, bool booklet, struct page *out)
{
	struct outlines found;
	float own[8];
	if (out->seen < SEEN_LEAST)
		return OK;
	for (int i = 0; i < 8; i++)
		own[i] = out->corners[i] / scale;
	float aspect = outline_aspect(own, (float)small->width,
	    (float)small->height);
	TRY(outlines_find(e, small, NULL, own, &found));
	for (size_t i = 0; i < found.count && !out->has_third; i++) {
		const struct outline *o = &found.at[i];
		float size = area_of(o->corners) / area_of(own);
		if (o->score < SEEN_OTHER || size < 0.5f || size > 2 ||
		    fabsf(logf(o->aspect / aspect)) > 0.12f)
			continue;
		float corners[8];
		for (int k = 0; k < 8; k++)
			corners[k] = o->corners[k] * scale;
		if (booklet && page_is_leaf(grey, out->corners, corners))
			continue;
		note_other(o, scale, out);
	}
	return OK;
}

/* With the longer side `longer` pixels long. */
static RESULT
find_at(const struct raster *colour, const struct raster *grey,
    const struct mrz_found *zone, int longer, struct page *out)
{
	AUTO(raster_clear) struct raster small = {0};
	AUTO(edges_clear) struct edges e = {0};
	int side = colour->width > colour->height ? colour->width :
	    colour->height;
	float scale = (float)side / (float)longer;
	*out = (struct page){0};
	TRY(opencv_resize(colour, (int)((float)colour->width / scale),
	    (int)((float)colour->height / scale), &small));
	TRY(edges_find(&small, &e));
	TRY(zone ? with_zone(&e, &small, scale, zone, out) :
	    without_zone(&e, &small, scale, grey, out));
	TRY(find_other(&e, &small, scale, grey, zone &&
	    zone->reading.mrz.format == MRZ_TD3, out));
	if (out->by_contour) {
		outline_refine(grey, out->corners, 1.5f * scale + 1);
		outline_refine(grey, out->corners, scale / 2 + 1);
	}
	return OK;
}

RESULT
page_find(const struct raster *colour, const struct raster *grey,
    const struct mrz_found *zone, struct page *out)
{
	enum err code = find_at(colour, grey, zone, SIDE, out);
	if (code != ERR_NOT_FOUND)
		return code;
	struct page faint;
	if (find_at(colour, grey, zone, SIDE_FAINT, &faint) != OK ||
	    !faint.by_contour || !holds_print(&faint, grey))
		return FAIL(ERR_NOT_FOUND, "no outline of a document");
	*out = faint;
	return OK;
}

bool
page_take_other(struct page *p, const struct raster *grey)
{
	if (!p->has_other)
		return false;
	float aspect = outline_aspect(p->other, (float)grey->width,
	    (float)grey->height);
	memcpy(p->corners, p->other, sizeof(p->corners));
	p->has_other = p->upright = false;
	p->by_contour = p->by_contour && !p->other_beside;
	lay(p, aspect);
	outline_refine(grey, p->corners, 4);
	return true;
}

void
page_turn(struct page *p)
{
	rotate_corners(p->corners);
	rotate_corners(p->corners);
}

RESULT
page_cut(const struct raster *grey, const struct page *p, float per_mm,
    struct raster *out)
{
	return opencv_unwarp(grey, p->corners, (int)(p->width * per_mm),
	    (int)(p->height * per_mm), out);
}

void
page_point(const struct page *p, float x_mm, float y_mm, float *x, float *y)
{
	struct plane plane;
	plane_of(p, &plane);
	plane_point(&plane, x_mm, y_mm, x, y);
}
