/*
 * The other side of a card, in one picture with the side that has the zone:
 * specimens are published so.
 *
 * Sides of such pictures are often too faint for an outline to be trusted
 * anywhere in them. Yet what the zone's side leaves of the picture is a
 * strip in which little else can lie: there a faint outline will do, or all
 * that is not of the ground's colour, or a card's size about the print.
 */
#include "vision/page/page.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "vision/page/outline.h"

#define COVERS_MOST 0.62f  /* of the picture: no room for another */
#define STRIP_LEAST 0.25f  /* area, of the side that has the zone */
#define STRIPS 2           /* the largest ones are looked at */
#define SIDE_LEAST 0.55f   /* of a side beside the zone's: length */
#define SIDE_MOST 1.8f
#define CARD_ASPECT 1.586f
#define ASPECT_OFF 0.09f   /* of its logarithm */
#define LEVELS 12          /* from the ground's colour */
#define GROUND_STEP 16     /* of colours that are counted as one */
#define ROW_SHARE 0.35f    /* of a row that is not ground: a card's */
#define BRIDGED 0.03f      /* rows of ground that may lie in a card */
#define SMALL 480          /* side of the picture that is cut by ground */
#define ALIKE 0.75f        /* overlap of outline and cut: the same card */

struct strip {
	int x, y, width, height;
};

struct span2 {
	int from, to;
};

static float
side_of(const float c[8], int a, int b)
{
	return hypotf(c[2 * a] - c[2 * b], c[2 * a + 1] - c[2 * b + 1]);
}

/* The longer sides' mean length. */
static float
length_of(const float c[8])
{
	float across = side_of(c, 0, 1) + side_of(c, 2, 3);
	float down = side_of(c, 1, 2) + side_of(c, 3, 0);
	return fmaxf(across, down) / 2;
}

static float
height_of(const float c[8])
{
	float across = side_of(c, 0, 1) + side_of(c, 2, 3);
	float down = side_of(c, 1, 2) + side_of(c, 3, 0);
	return fminf(across, down) / 2;
}

static void
box_of(const float c[8], float box[4])
{
	box[0] = box[2] = c[0];
	box[1] = box[3] = c[1];
	for (int i = 2; i < 8; i += 2) {
		box[0] = fminf(box[0], c[i]);
		box[1] = fminf(box[1], c[i + 1]);
		box[2] = fmaxf(box[2], c[i]);
		box[3] = fmaxf(box[3], c[i + 1]);
	}
}

static int
area_of(const struct strip *s)
{
	return s->width > 0 && s->height > 0 ? s->width * s->height : 0;
}

/* What lies above, below, left and right of a box; the largest ones first. */
static void
strips_about(const float box[4], int width, int height, struct strip out[4])
{
	int left = (int)raster_inside(box[0], (float)width);
	int top = (int)raster_inside(box[1], (float)height);
	int right = (int)raster_inside(box[2], (float)width);
	int bottom = (int)raster_inside(box[3], (float)height);
	const struct strip all[4] = {{0, 0, width, top},
	    {0, bottom, width, height - bottom}, {0, 0, left, height},
	    {right, 0, width - right, height}};
	memcpy(out, all, sizeof(all));
	for (int i = 1; i < 4; i++)
		for (int k = i; k > 0 && area_of(&out[k]) >
		    area_of(&out[k - 1]); k--) {
			struct strip swap = out[k];
			out[k] = out[k - 1];
			out[k - 1] = swap;
		}
}

/* The commonest colour along the sides of a picture. */
static void
find_ground(const struct raster *r, int out[3])
{
	enum { CELLS = 256 / GROUND_STEP };
	static const int channels = 3;
	uint32_t counts[CELLS * CELLS * CELLS] = {0}, best = 0;
	int64_t sums[3] = {0}, count = 0;
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 2 * (r->width + r->height); i++) {
			int k = i < 2 * r->width ? i / 2 :
			    (i - 2 * r->width) / 2;
			int x = i < 2 * r->width ? k :
			    (i & 1) ? r->width - 2 : 1;
			int y = i < 2 * r->width ?
			    (i & 1) ? r->height - 2 : 1 : k;
			const uint8_t *at = raster_row(r, y) + x * channels;
			uint32_t cell = (uint32_t)((at[0] / GROUND_STEP *
			    CELLS + at[1] / GROUND_STEP) * CELLS +
			    at[2] / GROUND_STEP);
			if (round == 0 && ++counts[cell] > counts[best])
				best = cell;
			if (round == 0 || cell != best)
				continue;
			for (int c = 0; c < 3; c++)
				sums[c] += at[c];
			count++;
		}
	for (int c = 0; c < 3; c++)
		out[c] = (int)(sums[c] / (count > 0 ? count : 1));
}

static bool
is_ground(const struct raster *r, int x, int y, const int ground[3])
{
	const uint8_t *at = raster_row(r, y) + x * 3;
	for (int c = 0; c < 3; c++)
		if (abs(at[c] - ground[c]) > LEVELS)
			return false;
	return true;
}

/* Rows, or columns, of a part of a picture that a card covers: the longest
 * run of them. */
static struct span2
longest_run(const struct raster *r, const struct strip *s,
    const int ground[3], bool rows)
{
	int count = rows ? s->height : s->width;
	int across = rows ? s->width : s->height;
	int bridged = (int)(BRIDGED * (float)across) + 1;
	struct span2 best = {0, 0}, run = {0, 0};
	for (int i = 0; i < count; i++) {
		int covered = 0;
		for (int k = 0; k < across; k++)
			covered += !is_ground(r, s->x + (rows ? k : i),
			    s->y + (rows ? i : k), ground);
		if ((float)covered < ROW_SHARE * (float)across)
			continue;
		if (i - run.to > bridged || run.to == 0)
			run.from = i;
		run.to = i + 1;
		if (run.to - run.from > best.to - best.from)
			best = run;
	}
	return best;
}

/* What is not ground. False: of no card's shape. */
static bool
cut_by_ground(const struct raster *small, const struct strip *strip,
    const int ground[3], float scale, float out[8])
{
	struct strip s = *strip;
	for (int round = 0; round < 2; round++) {
		struct span2 rows = longest_run(small, &s, ground, true);
		s.y += rows.from;
		s.height = rows.to - rows.from;
		if (s.height < 8)
			return false;
		struct span2 columns = longest_run(small, &s, ground, false);
		s.x += columns.from;
		s.width = columns.to - columns.from;
		if (s.width < 8)
			return false;
	}
	float x = (float)s.x * scale, y = (float)s.y * scale;
	float w = (float)s.width * scale, h = (float)s.height * scale;
	const float c[8] = {x, y, x + w, y, x + w, y + h, x, y + h};
	memcpy(out, c, sizeof(c));
	return true;
}

/* As large as the zone's side, about, and of its shape. */
static bool
is_like(const float c[8], const float back[8])
{
	float ratio = length_of(c) / length_of(back);
	float aspect = length_of(c) / fmaxf(height_of(c), 1);
	return ratio > SIDE_LEAST && ratio < SIDE_MOST &&
	    fabsf(logf(aspect / CARD_ASPECT)) < ASPECT_OFF;
}

static void
move(float c[8], float x, float y)
{
	for (int i = 0; i < 8; i += 2) {
		c[i] += x;
		c[i + 1] += y;
	}
}

/* A card of the zone's size about the print, inside its strip. */
static void
about_print(const float print[8], const float back[8],
    const struct strip *s, float out[8])
{
	float box[4], wide = side_of(print, 0, 1), most = length_of(back);
	box_of(print, box);
	float x = (box[0] + box[2]) / 2, y = (box[1] + box[3]) / 2;
	float ax = (print[2] - print[0]) / wide;
	float ay = (print[3] - print[1]) / wide;
	float u = most / 2, v = u / CARD_ASPECT;
	const float at[4][2] = {{-u, -v}, {u, -v}, {u, v}, {-u, v}};
	for (int i = 0; i < 4; i++) {
		out[2 * i] = x + at[i][0] * ax - at[i][1] * ay;
		out[2 * i + 1] = y + at[i][0] * ay + at[i][1] * ax;
	}
	box_of(out, box);
	float w = (float)s->width, h = (float)s->height;
	move(out, box[2] - box[0] > w ? (w - box[0] - box[2]) / 2 :
	    fmaxf(-box[0], 0) - fmaxf(box[2] - w, 0),
	    box[3] - box[1] > h ? (h - box[1] - box[3]) / 2 :
	    fmaxf(-box[1], 0) - fmaxf(box[3] - h, 0));
}

/* In one strip; corners of the whole picture. */
static RESULT
look_in(const struct raster *colour, const struct raster *grey,
    const struct strip *s, const float back[8], const float *cut, float out[8],
    bool *found)
{
	AUTO(raster_clear) struct raster part = {0}, part_grey = {0};
	struct page print, page;
	float outline[8];
	TRY(raster_cut(grey, s->x, s->y, s->width, s->height, &part_grey));
	*found = cut || page_by_print(&part_grey, &print) == OK;
	err_clear();
	if (!*found)
		return OK; /* nothing is printed there */
	TRY(raster_cut(colour, s->x, s->y, s->width, s->height, &part));
	bool seen = page_find(&part, &part_grey, NULL, &page) == OK;
	err_clear();
	memcpy(outline, page.corners, sizeof(outline));
	move(outline, (float)s->x, (float)s->y);
	seen = seen && is_like(outline, back);
	if (seen && (!cut || outline_overlap(outline, cut) > ALIKE))
		memcpy(out, outline, sizeof(outline));
	else if (cut)
		memcpy(out, cut, 8 * sizeof(float));
	else {
		about_print(print.corners, back, s, out);
		move(out, (float)s->x, (float)s->y);
	}
	return OK;
}

static struct strip
smaller(const struct strip *s, float scale, const struct raster *small)
{
	int x = (int)((float)s->x / scale), y = (int)((float)s->y / scale);
	int right = (int)((float)(s->x + s->width) / scale);
	int bottom = (int)((float)(s->y + s->height) / scale);
	right = right < small->width ? right : small->width;
	bottom = bottom < small->height ? bottom : small->height;
	return (struct strip){x, y, right - x, bottom - y};
}

RESULT
page_find_beside(const struct raster *colour, const struct raster *grey,
    struct page *p)
{
	AUTO(raster_clear) struct raster small = {0};
	struct strip strips[4];
	float box[4], whole = (float)colour->width * (float)colour->height;
	int ground[3], side = colour->width > colour->height ?
	    colour->width : colour->height;
	float scale = fmaxf((float)side / SMALL, 1);
	float own = length_of(p->corners) * height_of(p->corners);
	if (p->has_other || own > COVERS_MOST * whole)
		return OK;
	box_of(p->corners, box);
	strips_about(box, colour->width, colour->height, strips);
	TRY(opencv_resize(colour, (int)((float)colour->width / scale),
	    (int)((float)colour->height / scale), &small));
	find_ground(&small, ground);
	for (int i = 0; i < STRIPS && !p->has_other; i++) {
		const struct strip *s = &strips[i];
		float cut[8];
		if ((float)area_of(s) < STRIP_LEAST * own)
			return OK;
		struct strip in = smaller(s, scale, &small);
		bool is_cut = in.width > 8 && in.height > 8 &&
		    cut_by_ground(&small, &in, ground, scale, cut) &&
		    is_like(cut, p->corners);
		TRY(look_in(colour, grey, s, p->corners,
		    is_cut ? cut : NULL, p->other, &p->has_other));
		p->other_beside = p->has_other;
	}
	return OK;
}
