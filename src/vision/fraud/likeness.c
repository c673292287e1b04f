/*
 * How alike the portrait and a part of the page are, at a share of its size.
 *
 * Compared are features between what a ghost still shows and a part of a face:
 * light, tint and that all portraits are heads over shoulders fall away. Where
 * it lies is found by all of the head, which is like any other's; whether it is
 * the same face is told by its middle.
 */
#include "vision/fraud/likeness.h"

#include <math.h>
#include <string.h>

#include "vision/fraud/clear.h"
#include "vision/fraud/features.h"
#include "vision/fraud/fit.h"
#include "vision/pixels/opencv.h"

#define FAINT 9.0          /* that a ghost's features deviate by: the lines of
                              its ground are as strong below */
#define LARGE_SAME 0.91    /* of its larger parts: it may be the same face */
#define SHARE_LEAST 0.30f
#define SHARE_MOST 0.76f

static int
least(int a, int b)
{
	return a < b ? a : b;
}

void
likeness_clear(struct likeness *f)
{
	raster_clear(&f->page);
	raster_clear(&f->face);
}
RESULT
likeness_cut(const struct raster *grey, float per_mm, int shrink,
    const struct portrait *p, struct likeness *out)
{
	out->per_mm = per_mm / (float)shrink;
	TRY(raster_shrink(grey, shrink, &out->page));
	const float at[] = {p->x, p->y, p->width, p->height};
	for (int i = 0; i < 4; i++)
		out->box[i] = (int)(at[i] * out->per_mm);
	const int *b = out->box;
	if (b[0] + b[2] > out->page.width || b[1] + b[3] > out->page.height)
		return FAIL(ERR_NOT_FOUND, "the portrait is cut off");
	int more = b[2] / 4, skip = b[2] / 8;
	const int all[] = {b[0] - skip, b[1] - skip, b[2] + 2 * skip,
	    b[3] + 2 * skip};
	memcpy(out->all, all, sizeof(all));
	int left = least(b[0], more), top = least(b[1], more);
	int right = least(out->page.width - b[0] - b[2], more);
	int low = least(out->page.height - b[1] - b[3], more);
	out->margin[0] = left;
	out->margin[1] = top;
	return raster_cut(&out->page, b[0] - left, b[1] - top,
	    b[2] + left + right, b[3] + top + low, &out->face);
}

/* Features of a part with a face so wide, or its larger ones alone. */
static RESULT
seen_of(const struct raster *part, double wide, bool large,
    struct raster *out)
{
	AUTO(raster_clear) struct raster strong = {0};
	if (!large)
		return features_of(part, features_all(wide), out);
	TRY(raster_cut(part, 0, 0, part->width, part->height, &strong));
	features_stretch(&strong);
	return features_of(&strong, features_large(wide), out);
}

/* The portrait's features at a share of its size. */
static RESULT
small_face(const struct likeness *f, float share, bool large,
    struct raster *out)
{
	AUTO(raster_clear) struct raster small = {0};
	AUTO(raster_clear) struct raster seen = {0};
	int w = (int)lroundf((float)f->box[2] * share);
	int h = (int)lroundf((float)f->box[3] * share);
	int x = (int)lroundf((float)f->margin[0] * share);
	int y = (int)lroundf((float)f->margin[1] * share);
	if (w < 6 || h < 6)
		return FAIL(ERR_NOT_FOUND, "too small");
	TRY(opencv_resize(&f->face,
	    (int)lroundf((float)f->face.width * share),
	    (int)lroundf((float)f->face.height * share), &small));
	TRY(seen_of(&small, (double)((float)f->box[2] * share), large,
	    &seen));
	return raster_cut(&seen, x, y, least(w, seen.width - x),
	    least(h, seen.height - y), out);
}

/* The portrait at a share of its size, over a part of the page. */
static RESULT
match_at(const struct likeness *f, const struct raster *part, float share,
    const int not_in[4], int place[2], double *likeness)
{
	AUTO(raster_clear) struct raster small = {0};
	AUTO(raster_clear) struct raster seen = {0};
	TRY(small_face(f, share, false, &small));
	TRY(seen_of(part, (double)((float)f->box[2] * share), false, &seen));
	return opencv_match(&seen, &small, not_in, place, likeness);
}

RESULT
likeness_rough(const struct likeness *f, float *share, struct ghost *out)
{
	out->found = -1;
	for (float s = SHARE_LEAST; s < SHARE_MOST; s += 0.05f) {
		int place[2];
		double likeness = -1;
		if (match_at(f, &f->page, s, f->all, place,
		    &likeness) != OK || likeness <= out->found)
			continue;
		out->found = likeness;
		*share = s;
		out->x = (float)place[0] / f->per_mm;
		out->y = (float)place[1] / f->per_mm;
		out->width = (float)f->box[2] * s / f->per_mm;
		out->height = (float)f->box[3] * s / f->per_mm;
	}
	err_clear();
	return out->found > 0 ? OK : FAIL(ERR_NOT_FOUND, "no ghost");
}

/* Where the portrait at a share of its size lies best, in pixels. */
struct spot {
	int x, y;
	float share;
	double alike;
};

/* Over so many of a range's steps at a time. The part begins at at[]. */
static void
likest(const struct likeness *f, const struct raster *part, const int at[2],
    const float shares[3], int steps, struct spot *best)
{
	static const int nowhere[4] = {0};
	float step = (float)steps * shares[2];
	for (float s = shares[0]; s < shares[1]; s += step) {
		int place[2];
		double likeness = -1;
		if (match_at(f, part, s, nowhere, place, &likeness) != OK ||
		    likeness <= best->alike)
			continue;
		*best = (struct spot){at[0] + place[0], at[1] + place[1], s,
		    likeness};
	}
}

/* The part of the page around a box in millimetres, and where it begins. */
static RESULT
part_around(const struct likeness *f, const float box[4], int more, int at[2],
    struct raster *out)
{
	int x = (int)(box[0] * f->per_mm) - more;
	int y = (int)(box[1] * f->per_mm) - more;
	int w = (int)(box[2] * f->per_mm) + 2 * more;
	int h = (int)(box[3] * f->per_mm) + 2 * more;
	at[0] = x < 0 ? 0 : x;
	at[1] = y < 0 ? 0 : y;
	w = least(w, f->page.width - at[0]);
	h = least(h, f->page.height - at[1]);
	if (w < 8 || h < 8)
		return FAIL(ERR_NOT_FOUND, "no room");
	return raster_cut(&f->page, at[0], at[1], w, h, out);
}

/* The best likeness within a part of the page, over sizes: in large steps,
 * then in small ones beside the best of these. */
static RESULT
best_within(const struct likeness *f, const float box[4], int more,
    const float shares[3], struct spot *best)
{
	AUTO(raster_clear) struct raster part = {0};
	int at[2];
	*best = (struct spot){.share = shares[0], .alike = -1};
	TRY(part_around(f, box, more, at, &part));
	likest(f, &part, at, shares, 4, best);
	const float near[3] = {best->share - 2.5f * shares[2],
	    best->share + 2.6f * shares[2], shares[2]};
	likest(f, &part, at, near, 1, best);
	err_clear();
	return best->alike > -1 ? OK
				: FAIL(ERR_NOT_FOUND, "it fits at no size");
}

/* The middle of a portrait's features: eyes, nose and mouth. */
static RESULT
middle_of(const struct raster *small, int at[2], struct raster *out)
{
	at[0] = small->width / 5;
	at[1] = small->height / 4;
	return raster_cut(small, at[0], at[1], small->width * 3 / 5,
	    small->height / 2, out);
}

/* The portrait's middle beside what lies there on the page. */
struct pair {
	struct raster seen, own; /* features of the page's part, and of it */
	int x, y;                /* where it was reckoned to lie in seen */
};

static void
pair_clear(struct pair *p)
{
	raster_clear(&p->seen);
	raster_clear(&p->own);
}
DEFINE_AUTO_CLEAR(pair_clear, struct pair)

static RESULT
pair_at(const struct likeness *f, const struct spot *spot, bool large,
    struct pair *out)
{
	AUTO(raster_clear) struct raster part = {0};
	AUTO(raster_clear) struct raster small = {0};
	float wide = (float)f->box[2] * spot->share;
	const float box[] = {(float)spot->x / f->per_mm,
	    (float)spot->y / f->per_mm, wide / f->per_mm,
	    (float)f->box[3] * spot->share / f->per_mm};
	int at[2], middle[2];
	TRY(part_around(f, box, 6, at, &part));
	TRY(seen_of(&part, (double)wide, large, &out->seen));
	TRY(small_face(f, spot->share, large, &small));
	TRY(middle_of(&small, middle, &out->own));
	out->x = spot->x + middle[0] - at[0];
	out->y = spot->y + middle[1] - at[1];
	if (out->x < 1 || out->y < 1 ||
	    out->x + out->own.width + 1 > out->seen.width ||
	    out->y + out->own.height + 1 > out->seen.height)
		return FAIL(ERR_NOT_FOUND, "a ghost that is cut off");
	return OK;
}

/*
 * How alike eyes, nose and mouth are, where the whole lies best or a little
 * beside it. Hair, chin and shoulders make any two heads alike, and they are
 * what a place is found by. Where the larger parts are alike it is not told to
 * be another's: what differs are lines and noise.
 */
static RESULT
compare_middles(const struct likeness *f, const struct spot *spot,
    struct ghost *out)
{
	AUTO(pair_clear) struct pair all = {0};
	AUTO(pair_clear) struct pair large = {0};
	struct fitted fitted;
	TRY(pair_at(f, spot, false, &all));
	TRY(pair_at(f, spot, true, &large));
	const float there[] = {(float)all.x, (float)all.y};
	out->inner = fit_best(&all.seen, &all.own, there, &fitted);
	out->unclear = clear_strength(&all.seen, (struct clear_part){all.x,
	    all.y, all.own.width, all.own.height}) < FAINT ||
	    fit_there(&large.seen, &large.own, &fitted) >= LARGE_SAME;
	return OK;
}

static RESULT
settle(const struct likeness *f, const struct spot *spot, struct ghost *out)
{
	out->alike = spot->alike;
	out->x = (float)spot->x / f->per_mm;
	out->y = (float)spot->y / f->per_mm;
	out->width = (float)f->box[2] * spot->share / f->per_mm;
	out->height = (float)f->box[3] * spot->share / f->per_mm;
	TRY(compare_middles(f, spot, out));
	const struct clear_part part = {spot->x, spot->y,
	    (int)((float)f->box[2] * spot->share),
	    (int)((float)f->box[3] * spot->share)};
	out->unclear |= !clear_of_glare(&f->page, part);
	return OK;
}

/* Once more, near the rough place, on finer pixels. */
RESULT
likeness_fine(const struct likeness *f, float share, struct ghost *out)
{
	const float box[] = {out->x, out->y, out->width * 1.12f,
	    out->height * 1.12f};
	const float shares[] = {share - 0.05f, share + 0.055f, 0.0125f};
	struct spot best;
	TRY(best_within(f, box, 4, shares, &best));
	return settle(f, &best, out);
}

/* Over a place that holds a face's busy part, a little off. */
RESULT
likeness_beside(const struct likeness *f, struct ghost *out)
{
	const float box[] = {out->x, out->y, out->width, out->height};
	float share = out->width * f->per_mm / (float)f->box[2];
	const float shares[] = {share * 0.75f, share * 1.25f, 0.0125f};
	struct spot best;
	TRY(best_within(f, box, (int)(0.3f * out->width * f->per_mm), shares,
	    &best));
	out->found = best.alike;
	return settle(f, &best, out);
}
