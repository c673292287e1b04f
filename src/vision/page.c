/*
 * Where the document lies.
 *
 * The zone gives direction, size and side for nothing, but says little about
 * perspective, its lines being so close together; the contour gives the
 * corners, when the table differs from the document. Where both agree the
 * contour is taken.
 */
#include "vision/page.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"

#define PITCH_MM 2.54f
#define CARD_WIDTH 85.6f
#define CARD_HEIGHT 53.98f
#define AGREE_MM 9.0f

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

static float
side(const float c[8], int a, int b)
{
	return hypotf(c[2 * a] - c[2 * b], c[2 * a + 1] - c[2 * b + 1]);
}

static void
rotate_corners(float c[8])
{
	float first[2] = {c[0], c[1]};
	memmove(c, c + 2, 6 * sizeof(float));
	c[6] = first[0];
	c[7] = first[1];
}

/* Contour corners in the order of the zone's; false if they disagree. */
static bool
match_corners(float c[8], const struct page *zone)
{
	float per_mm = (side(zone->corners, 0, 1) / zone->width +
	    side(zone->corners, 1, 2) / zone->height) / 2;
	for (int turn = 0; turn < 4; turn++) {
		float worst = 0;
		for (int i = 0; i < 4; i++)
			worst = fmaxf(worst, hypotf(
			    c[2 * i] - zone->corners[2 * i],
			    c[2 * i + 1] - zone->corners[2 * i + 1]));
		if (worst < AGREE_MM * 2 * per_mm)
			return true;
		rotate_corners(c);
	}
	return false;
}

/* Without a zone: the longer side lies, which end is up is not known. */
static RESULT
by_contour(struct page *out, float c[8])
{
	float across = side(c, 0, 1) + side(c, 2, 3);
	float down = side(c, 1, 2) + side(c, 3, 0);
	if (across < down)
		rotate_corners(c);
	float ratio = fmaxf(across, down) / fminf(across, down);
	if (ratio < 1.1f || ratio > 2.2f)
		return FAIL(ERR_NOT_FOUND, "nothing of a document's shape");
	memcpy(out->corners, c, sizeof(out->corners));
	out->width = CARD_WIDTH;
	out->height = CARD_HEIGHT;
	out->by_contour = true;
	return OK;
}

RESULT
page_find(const struct raster *colour, const struct mrz_found *zone,
    struct page *out)
{
	float corners[8];
	*out = (struct page){0};
	enum err seen = opencv_page(colour, corners);
	if (seen != OK && seen != ERR_NOT_FOUND)
		return seen;
	if (!zone && seen != OK)
		return seen;
	if (!zone)
		return by_contour(out, corners);
	by_zone(zone, shape_of(zone->reading.mrz.format), out);
	if (seen == OK && match_corners(corners, out)) {
		memcpy(out->corners, corners, sizeof(corners));
		out->by_contour = true;
	}
	err_clear();
	return OK;
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

/* By the two sides' share: near enough for pointing. */
void
page_point(const struct page *p, float x_mm, float y_mm, float *x, float *y)
{
	const float *c = p->corners;
	float u = x_mm / p->width, v = y_mm / p->height;
	*x = (1 - v) * ((1 - u) * c[0] + u * c[2]) +
	    v * ((1 - u) * c[6] + u * c[4]);
	*y = (1 - v) * ((1 - u) * c[1] + u * c[3]) +
	    v * ((1 - u) * c[7] + u * c[5]);
}
