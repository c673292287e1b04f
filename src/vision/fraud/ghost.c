/*
 * The ghost: the portrait at a share of its size, laid over the page.
 *
 * Compared are features between what a ghost still shows and a part of a face:
 * light, tint and that all portraits are heads over shoulders fall away. Where
 * it lies is found by all of the head, which is like any other's; whether it is
 * the same face is told by its middle. Either the likest place or the busiest
 * one alone is found on any document.
 */
#include "vision/fraud/clear.h"
#include "vision/fraud/features.h"
#include "vision/fraud/fit.h"
#include "vision/fraud/heads.h"

#include <math.h>
#include <string.h>

#include "vision/pixels/blur.h"

#define FAINT 9.0          /* that a ghost's features deviate by: the lines of
                              its ground are as strong below */
#define LARGE_SAME 0.91    /* of its larger parts: it may be the same face */
#define FACE_AROUND 0.35f   /* of a place's width, looked at beside it */
#define FACE_WIDE 110       /* pixels in which a face is looked for */
#define FACE_SOFT 1.2
#define FACE_LEAST 36       /* pixels */
#define PRINT_SHRINK 2      /* of a card at 300 dpi: strokes stay dark */
#define SPOTTED_SURE 2.4f   /* of the network's scores */
#define SPOTTED_LEAST 0.0f
#define SPOTTED_ALIKE 0.6
#define FACE_UNLIKE 0.01    /* what a face that has nothing in common gets */

static int
least(int a, int b)
{
	return a < b ? a : b;
}

/* Grey and shrunk, and the portrait with some of what lies around it. */
struct faces {
	struct raster page, face;
	float per_mm;
	int box[4];    /* the portrait on the page */
	int all[4];    /* and what belongs to it: no ghost is sought there */
	int margin[2]; /* left of it and above it, in face */
};

static void
faces_clear(struct faces *f)
{
	raster_clear(&f->page);
	raster_clear(&f->face);
}
DEFINE_AUTO_CLEAR(faces_clear, struct faces)

static RESULT
faces_cut(const struct raster *grey, float per_mm, int shrink,
    const struct portrait *p, struct faces *out)
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
small_face(const struct faces *f, float share, bool large,
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
match_at(const struct faces *f, const struct raster *part, float share,
    const int not_in[4], int place[2], double *likeness)
{
	AUTO(raster_clear) struct raster small = {0};
	AUTO(raster_clear) struct raster seen = {0};
	TRY(small_face(f, share, false, &small));
	TRY(seen_of(part, (double)((float)f->box[2] * share), false, &seen));
	return opencv_match(&seen, &small, not_in, place, likeness);
}

#define LIKE 0.75           /* of the whole, and */
#define SAME 0.93           /* of the middle: no other place is looked at */
#define SHARE_LEAST 0.30f
#define SHARE_MOST 0.76f

static RESULT
rough(const struct faces *f, float *share, struct ghost *out)
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
likest(const struct faces *f, const struct raster *part, const int at[2],
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
part_around(const struct faces *f, const float box[4], int more, int at[2],
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
best_within(const struct faces *f, const float box[4], int more,
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
pair_at(const struct faces *f, const struct spot *spot, bool large,
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
compare_middles(const struct faces *f, const struct spot *spot,
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
settle(const struct faces *f, const struct spot *spot, struct ghost *out)
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
static RESULT
fine(const struct faces *f, float share, struct ghost *out)
{
	const float box[] = {out->x, out->y, out->width * 1.12f,
	    out->height * 1.12f};
	const float shares[] = {share - 0.05f, share + 0.055f, 0.0125f};
	struct spot best;
	TRY(best_within(f, box, 4, shares, &best));
	return settle(f, &best, out);
}

/* Over a place that holds a face's busy part, a little off. */
static RESULT
beside(const struct faces *f, struct ghost *out)
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

/*
 * Where the likest place is also the busiest but for the portrait, and of a
 * ghost's size, a ghost stands: either alone is found on any document.
 */
static double
shared(const struct portrait *p, const struct portrait *twin,
    const struct ghost *g)
{
	float wide = fminf(g->x + g->width, twin->x + twin->width) -
	    fmaxf(g->x, twin->x);
	float high = fminf(g->y + g->height, twin->y + twin->height) -
	    fmaxf(g->y, twin->y);
	float share = g->width / p->width;
	float less = fminf(g->width * g->height, twin->width * twin->height);
	if (wide <= 0 || high <= 0 || less <= 0 || share < PORTRAIT_TWIN_LEAST ||
	    share > PORTRAIT_TWIN_MOST + 0.02f)
		return 0;
	return (double)(wide * high / less);
}

/* Where faces are looked for, and by what. */
struct sought {
	const struct raster *card;
	float per_mm;
	struct cascades cascades;
	const struct net *net;
};

static bool
sees(struct cascade *c, const struct raster *grey)
{
	bool seen = false;
	return c && cascade_sees(c, grey, FACE_LEAST, &seen) == OK && seen;
}

/* Whether the place holds a face that looks ahead, at a size and with the
 * contrast of a passport's photograph. */
static bool
is_face(const struct sought *s, const struct portrait *p)
{
	AUTO(raster_clear) struct raster part = {0};
	AUTO(raster_clear) struct raster grey = {0};
	AUTO(raster_clear) struct raster large = {0};
	AUTO(raster_clear) struct raster soft = {0};
	const struct raster *card = s->card;
	int more = (int)(FACE_AROUND * p->width * s->per_mm);
	int x = (int)(p->x * s->per_mm) - more;
	int y = (int)(p->y * s->per_mm) - more;
	x = x < 0 ? 0 : x;
	y = y < 0 ? 0 : y;
	int w = least((int)(p->width * s->per_mm) + 2 * more,
	    card->width - x);
	int h = least((int)(p->height * s->per_mm) + 2 * more,
	    card->height - y);
	if (w < 24 || h < 24 ||
	    raster_cut(card, x, y, w, h, &part) != OK ||
	    raster_grey(&part, &grey) != OK ||
	    opencv_resize(&grey, FACE_WIDE, FACE_WIDE * h / w, &large) != OK ||
	    blur_by(&large, FACE_SOFT, &soft) != OK)
		return false;
	features_stretch(&soft);
	return sees(s->cascades.quick, &soft) ||
	    sees(s->cascades.again, &soft);
}

/*
 * Which place is the ghost's: one that shows the same face; else one that is
 * known to be a face; else the likest, which any document has.
 */
static int
rank_of(const struct ghost *g)
{
	return g->alike >= LIKE && g->inner >= SAME ? 2 : g->face > 0;
}

static void
take_better(const struct ghost *one, struct ghost *out)
{
	int mine = rank_of(one), best = rank_of(out);
	if (mine > best || (mine == best && one->alike > out->alike))
		*out = *one;
}

static struct portrait
place_of(const struct ghost *g)
{
	return (struct portrait){g->x, g->y, g->width, g->height, 0};
}

/*
 * What the network alone takes for a face is one where it is quite sure, or
 * where it is like the portrait's too: of genuine tuning pages eight had
 * something else with scores up to 2.2, like it by .36 to .58.
 */
static void
know(const struct heads *h, bool seen, struct ghost *io)
{
	const struct portrait at = place_of(io);
	float score = heads_spotted(h, &at);
	if (seen || score >= SPOTTED_SURE || (score >= SPOTTED_LEAST &&
	    io->alike >= SPOTTED_ALIKE))
		io->face = fmax(io->alike, FACE_UNLIKE);
}

/* A place that may be the ghost's; seen: by a cascade. */
static RESULT
try_place(const struct faces *near, const struct heads *h,
    const struct portrait *at, double there, bool seen, struct ghost *out)
{
	struct ghost one = {.x = at->x, .y = at->y, .width = at->width,
	    .height = at->height, .there = there};
	TRY(beside(near, &one));
	know(h, seen, &one);
	take_better(&one, out);
	return OK;
}

/* The best place of all, the best near a twin if there is one, and where
 * faces are. */
static RESULT
compare_faces(const struct sought *s, const struct raster *grey,
    struct heads *h, const struct portrait twins[PORTRAIT_TWINS],
    struct ghost *out)
{
	AUTO(faces_clear) struct faces far = {0};
	AUTO(faces_clear) struct faces near = {0};
	float share = 0;
	const struct portrait *p = &h->portrait;
	TRY(faces_cut(grey, s->per_mm / PORTRAIT_SHRINK, 2, p, &far));
	TRY(faces_cut(grey, s->per_mm / PORTRAIT_SHRINK, 1, p, &near));
	TRY(rough(&far, &share, out));
	TRY(fine(&near, share, out));
	out->there = h->elsewhere ? 0 : shared(p, &twins[0], out);
	double there = out->there;
	if (rank_of(out) == 2)
		return OK;
	TRY(heads_others(s->cascades.quick, s->card, s->per_mm, h));
	TRY(heads_spot_others(s->net, grey, s->per_mm / PORTRAIT_SHRINK, h));
	const struct portrait likest = place_of(out);
	know(h, is_face(s, &likest), out);
	for (size_t i = 0; i < h->count; i++)
		TRY(try_place(&near, h, &h->others[i], there, i < h->faces,
		    out));
	for (int i = 0; i < PORTRAIT_TWINS && twins[i].width > 0 &&
	    !h->elsewhere; i++) {
		bool seen = is_face(s, &twins[i]);
		if (i == 0 || seen)
			TRY(try_place(&near, h, &twins[i], there, seen, out));
	}
	return OK;
}

/* Where the portrait is not what was taken for it: often its ghost was. */
static RESULT
compare_again(const struct sought *s, const struct raster *grey,
    struct heads *h, const struct portrait twins[PORTRAIT_TWINS],
    struct ghost *out)
{
	const struct portrait before = h->portrait;
	TRY(heads_spot_portrait(s->net, grey, s->per_mm / PORTRAIT_SHRINK, h));
	if (h->portrait.x == before.x && h->portrait.y == before.y)
		return OK;
	*out = (struct ghost){0};
	return compare_faces(s, grey, h, twins, out);
}

/*
 * Whether something is printed over the ghost's head. Letters that run into it
 * move the place that is likest, and cover what is compared there.
 */
static RESULT
find_print(const struct raster *card, float per_mm, struct ghost *io)
{
	AUTO(raster_clear) struct raster grey = {0};
	AUTO(raster_clear) struct raster small = {0};
	float fine = per_mm / PRINT_SHRINK;
	TRY(raster_grey(card, &grey));
	TRY(raster_shrink(&grey, PRINT_SHRINK, &small));
	struct clear_part at = {(int)(io->x * fine), (int)(io->y * fine),
	    (int)(io->width * fine), (int)(io->height * fine)};
	at.width = least(at.width, small.width - at.x);
	at.height = least(at.height, small.height - at.y);
	io->unclear |= !clear_of_print(&small, fine, at);
	return OK;
}

RESULT
portrait_ghost(const struct raster *card, float per_mm,
    const struct portrait *p, const struct portrait twins[PORTRAIT_TWINS],
    const struct finders *by, struct ghost *out)
{
	AUTO(raster_clear) struct raster small = {0};
	AUTO(raster_clear) struct raster grey = {0};
	struct sought s = {card, per_mm, by->cascades, by->net};
	struct heads heads;
	*out = (struct ghost){0};
	TRY(raster_shrink(card, PORTRAIT_SHRINK, &small));
	TRY(raster_grey(&small, &grey));
	TRY(heads_portrait(&by->cascades, card, per_mm, p, &heads));
	if (!heads.known)
		TRY(heads_spot_portrait(by->net, &grey,
		    per_mm / PORTRAIT_SHRINK, &heads));
	if (!heads.seen)
		s.cascades = (struct cascades){0}; /* of others nothing */
	if (!heads.known)
		s.net = NULL;
	TRY(compare_faces(&s, &grey, &heads, twins, out));
	if (heads.known && rank_of(out) < 2)
		TRY(compare_again(&s, &grey, &heads, twins, out));
	if (rank_of(out) < 2)
		TRY(find_print(card, per_mm, out));
	if (out->unclear || (!heads.known && by->cascades.quick)) {
		/* it may be a part of the portrait, compared with the rest */
		out->face = 0;
		out->there = 0;
	}
	return OK;
}
