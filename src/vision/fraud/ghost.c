/*
 * The ghost: the portrait at a share of its size, laid over the page.
 *
 * Either the likest place or the busiest one alone is found on any document.
 * So a place counts where both are one, where the same face is seen, or where
 * one is known to be a face's.
 */
#include "vision/fraud/clear.h"
#include "vision/fraud/features.h"
#include "vision/fraud/heads.h"
#include "vision/fraud/likeness.h"

#include <math.h>

#include "vision/pixels/blur.h"

#define LIKE 0.75           /* of the whole, and */
#define SAME 0.93           /* of the middle: no other place is looked at */
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
	if (wide <= 0 || high <= 0 || less <= 0 ||
	    share < PORTRAIT_TWIN_LEAST || share > PORTRAIT_TWIN_MOST + 0.02f)
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
try_place(const struct likeness *near, const struct heads *h,
    const struct portrait *at, double there, bool seen, struct ghost *out)
{
	struct ghost one = {.x = at->x, .y = at->y, .width = at->width,
	    .height = at->height, .there = there};
	TRY(likeness_beside(near, &one));
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
	AUTO(likeness_clear) struct likeness far = {0};
	AUTO(likeness_clear) struct likeness near = {0};
	float share = 0;
	const struct portrait *p = &h->portrait;
	TRY(likeness_cut(grey, s->per_mm / PORTRAIT_SHRINK, 2, p, &far));
	TRY(likeness_cut(grey, s->per_mm / PORTRAIT_SHRINK, 1, p, &near));
	TRY(likeness_rough(&far, &share, out));
	TRY(likeness_fine(&near, share, out));
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
