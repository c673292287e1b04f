/*
 * Ghosts.
 *
 * A ghost is the portrait's own picture, smaller: what is likest to it
 * anywhere on the page is it, if it is like it at all. A stranger's portrait
 * is not like the ghost, and then the ghost must be found by being a face:
 * among the likest places, since all faces are somewhat alike, and the
 * busiest, it is the one in which a cascade sees a face.
 */
#include "vision/ghost.h"

#include <math.h>

#include "base/enum.h"
#include "vision/likeness.h"

#define SHRINK_PAGE 3      /* of a card at 300 dpi: some 4 pixels a mm */
#define SHRINK_NEAR 2
#define LINE_PAGE 1        /* half the breadth of lines that are ground */
#define LINE_NEAR 3
#define WIDE_FAR 15        /* pixels of a face that is looked for */
#define WIDE_NEAR 40       /* of one that is compared */
#define SHARE_LEAST 0.25f
#define SHARE_MOST 0.70f
#define SHARE_STEP 1.14f
#define NEAR_STEP 1.045f
#define NEAR_STEPS 2       /* each way from the share found far away */
#define TWIN_STEPS 5       /* and from that of a twin, which is a guess */
#define AROUND 0.25f       /* of its size, looked at around a place */
#define PLACES_MAX (LIKENESS_PLACES + PORTRAIT_TWINS)
#define SEE_WIDE 84        /* pixels of a place in which a face is sought */
#define SEE_AROUND 0.22f
#define PORTRAIT_LEAST 0.35f /* a face's share of the portrait's width */
#define PORTRAIT_MOST 1.1f
#define GHOST_LEAST 0.55f    /* and of a place as wide as a face and more */
#define GHOST_MOST 1.1f
#define SURE 2               /* sights of a face */
#define SURE_UNLIKE 5        /* of one that is hardly like the portrait's */
#define UNLIKE 0.60
#define OFF_MOST 0.25f       /* of a place's width, from middle to middle */

struct place {
	float x, y, width, height; /* mm */
	double alike;
	int steps; /* that its size may be off, each way */
};

/* A place of the card with some of what lies around it. */
static RESULT
cut(const struct raster *card, float per_mm, const struct place *p,
    float around, struct raster *out, int origin[2])
{
	int left = (int)((p->x - around * p->width) * per_mm);
	int top = (int)((p->y - around * p->height) * per_mm);
	int right = (int)((p->x + (1 + around) * p->width) * per_mm);
	int low = (int)((p->y + (1 + around) * p->height) * per_mm);
	left = left < 0 ? 0 : left;
	top = top < 0 ? 0 : top;
	right = right > card->width ? card->width : right;
	low = low > card->height ? card->height : low;
	if (right - left < 16 || low - top < 16)
		return FAIL(ERR_NOT_FOUND, "cut off");
	origin[0] = left;
	origin[1] = top;
	return raster_cut(card, left, top, right - left, low - top, out);
}

/*
 * One picture three times: grey, grey without the ground's fine lines, and
 * the brightest of three colours without them. Lines spoil a likeness, but an
 * eye of a small ghost is as fine as they are; an ink of one colour is hardly
 * seen in the brightest one, a ghost's is.
 */
enum shade { SHADE_WHOLE, SHADE_PLAIN, SHADE_BRIGHTEST, SHADES };

struct shades {
	struct raster each[SHADES];
};

static void
shades_clear(struct shades *s)
{
	for (int i = 0; i < SHADES; i++)
		raster_clear(&s->each[i]);
}
DEFINE_AUTO_CLEAR(shades_clear, struct shades)

static RESULT
brightest(const struct raster *colour, struct raster *out)
{
	TRY(raster_make(colour->width, colour->height, 1, out));
	for (int i = 0; i < colour->width * colour->height; i++) {
		const uint8_t *rgb = colour->data + (size_t)i * 3;
		uint8_t most = rgb[0] > rgb[1] ? rgb[0] : rgb[1];
		out->data[i] = most > rgb[2] ? most : rgb[2];
	}
	return OK;
}

static RESULT
shades_of(const struct raster *part, struct shades *out)
{
	AUTO(raster_clear) struct raster plain = {0};
	AUTO(raster_clear) struct raster small = {0};
	AUTO(raster_clear) struct raster whole = {0};
	TRY(opencv_without_print(part, LINE_NEAR, &plain));
	TRY(raster_shrink(&plain, SHRINK_NEAR, &small));
	TRY(raster_shrink(part, SHRINK_NEAR, &whole));
	TRY(raster_grey(&whole, &out->each[SHADE_WHOLE]));
	TRY(raster_grey(&small, &out->each[SHADE_PLAIN]));
	return brightest(&small, &out->each[SHADE_BRIGHTEST]);
}

/* Grey for a look from afar. */
static RESULT
plain_grey(const struct raster *colour, struct raster *out)
{
	AUTO(raster_clear) struct raster plain = {0};
	TRY(opencv_without_print(colour, LINE_PAGE, &plain));
	return raster_grey(&plain, out);
}

/* The face that a cascade sees in a place, in mm; shares: of the place's
 * width, the least and the most that it may have. */
static RESULT
see_face(const struct raster *card, float per_mm, const struct place *p,
    struct cascade *cascade, const float shares[2], int sure,
    struct place *out)
{
	AUTO(raster_clear) struct raster part = {0};
	AUTO(raster_clear) struct raster small = {0};
	AUTO(raster_clear) struct raster grey = {0};
	AUTO(raster_clear) struct raster sized = {0};
	AUTO(raster_clear) struct raster even = {0};
	int origin[2], box[4];
	if (!cascade)
		return FAIL(ERR_NOT_FOUND, "no cascade");
	int shrink = p->width * per_mm > 2 * SEE_WIDE ? 2 : 1;
	TRY(cut(card, per_mm, p, SEE_AROUND, &part, origin));
	TRY(raster_shrink(&part, shrink, &small));
	TRY(raster_grey(&small, &grey));
	float scale = SEE_WIDE * (float)shrink / (p->width * per_mm);
	TRY(opencv_resize(&grey, (int)((float)grey.width * scale),
	    (int)((float)grey.height * scale), &sized));
	TRY(likeness_even(&sized, &even));
	TRY(cascade_find(cascade, &even, (int)(shares[0] * SEE_WIDE),
	    (int)(shares[1] * SEE_WIDE), sure, box));
	float mm = p->width / SEE_WIDE;
	*out = (struct place){(float)origin[0] / per_mm + (float)box[0] * mm,
	    (float)origin[1] / per_mm + (float)box[1] * mm,
	    (float)box[2] * mm, (float)box[3] * mm, 0, 0};
	return OK;
}

/* What is compared: from the hair's edge to the chin, ear to ear. A portrait
 * in which no face is seen, from its middle. */
static void
face_of(const struct raster *card, float per_mm, const struct portrait *p,
    struct cascade *cascade, struct place *out)
{
	static const float shares[2] = {PORTRAIT_LEAST, PORTRAIT_MOST};
	const struct place whole = {p->x, p->y, p->width, p->height, 0, 0};
	struct place seen;
	if (see_face(card, per_mm, &whole, cascade, shares, SURE,
	    &seen) != OK) {
		err_clear();
		*out = (struct place){p->x + 0.12f * p->width,
		    p->y + 0.06f * p->height, 0.76f * p->width,
		    0.8f * p->height, 0, 0};
		return;
	}
	*out = (struct place){seen.x - 0.12f * seen.width,
	    seen.y - 0.28f * seen.height, 1.24f * seen.width,
	    1.5f * seen.height, 0, 0};
}

/* Of places in the page's pixels. */
static size_t
take_places(const struct likeness_place *found, size_t count,
    const struct place *face, float per_mm, const float origin[2],
    struct place *out)
{
	for (size_t i = 0; i < count; i++) {
		float w = face->width * found[i].share;
		float h = face->height * found[i].share;
		out[i] = (struct place){origin[0] + found[i].x / per_mm - w / 2,
		    origin[1] + found[i].y / per_mm - h / 2, w, h,
		    found[i].alike, NEAR_STEPS};
	}
	return count;
}

/* The likest places of the whole page. page, face: SHRINK_PAGE smaller than
 * the card. */
static RESULT
look_afar(const struct raster *page, float per_mm, const struct portrait *p,
    const struct place *face, struct place out[LIKENESS_PLACES],
    size_t *count)
{
	AUTO(raster_clear) struct raster part = {0};
	AUTO(raster_clear) struct raster all = {0};
	AUTO(raster_clear) struct raster one = {0};
	static const float nowhere[2] = {0, 0};
	struct likeness_place found[LIKENESS_PLACES];
	int origin[2];
	const struct likeness_how how = {WIDE_FAR, SHARE_LEAST, SHARE_MOST,
	    SHARE_STEP, {(p->x - 0.1f * p->width) * per_mm,
	    (p->y - 0.1f * p->height) * per_mm, 1.2f * p->width * per_mm,
	    1.25f * p->height * per_mm}};
	TRY(cut(page, per_mm, face, 0, &part, origin));
	TRY(plain_grey(page, &all));
	TRY(plain_grey(&part, &one));
	TRY(likeness_seek(&all, &one, &how, found, count));
	*count = take_places(found, *count, face, per_mm, nowhere, out);
	return OK;
}

/* The same place on finer pixels; face: SHRINK_NEAR smaller. */
static RESULT
look_near(const struct raster *card, float per_mm,
    const struct shades *face, const struct place *whose,
    struct place *place)
{
	AUTO(raster_clear) struct raster part = {0};
	AUTO(shades_clear) struct shades here = {0};
	struct likeness_place found[LIKENESS_PLACES], best = {0};
	float share = place->width / whose->width, scale = per_mm / SHRINK_NEAR;
	float most = powf(NEAR_STEP, (float)place->steps + 0.1f);
	const struct likeness_how how = {WIDE_NEAR, share / most,
	    share * most, NEAR_STEP, {0, 0, 0, 0}};
	int origin[2];
	TRY(cut(card, per_mm, place, AROUND, &part, origin));
	TRY(shades_of(&part, &here));
	for (int i = 0; i < SHADES; i++) {
		size_t count;
		TRY(likeness_seek(&here.each[i], &face->each[i], &how, found,
		    &count));
		if (count > 0 && found[0].alike > best.alike)
			best = found[0];
	}
	if (best.alike <= 0)
		return FAIL(ERR_NOT_FOUND, "nothing alike");
	const float from[2] = {(float)origin[0] / per_mm,
	    (float)origin[1] / per_mm};
	take_places(&best, 1, whose, scale, from, place);
	return OK;
}

static void
take(const struct place *p, bool is_face, struct ghost *out)
{
	*out = (struct ghost){p->x, p->y, p->width, p->height, p->alike,
	    is_face};
}

/* Another face may stand beside: the portrait itself. */
static bool
is_amid(const struct place *face, const struct place *p)
{
	float x = face->x + face->width / 2 - p->x - p->width / 2;
	float y = face->y + face->height / 2 - p->y - p->height / 2;
	return hypotf(x, y) < OFF_MOST * p->width;
}

/* The portrait's face, and all that is needed to look for it. */
struct sought {
	const struct raster *card;
	float per_mm;
	struct cascade *cascade;
	struct place face;
	struct shades shades;
};

static void
sought_clear(struct sought *s)
{
	shades_clear(&s->shades);
}
DEFINE_AUTO_CLEAR(sought_clear, struct sought)

/* Whether a face is seen in the place, which is then looked at closely. */
static bool
is_face(const struct sought *s, int sure, struct place *p)
{
	static const float shares[2] = {GHOST_LEAST, GHOST_MOST};
	struct place seen;
	return see_face(s->card, s->per_mm, p, s->cascade, shares, sure,
	    &seen) == OK && is_amid(&seen, p) && look_near(s->card, s->per_mm,
	    &s->shades, &s->face, p) == OK;
}

/* The likest of those in which a face is seen, if any is. */
static void
likest_face(const struct sought *s, struct place *places, size_t count,
    struct ghost *out)
{
	for (size_t i = 0; i < count; i++) {
		struct place near = places[i];
		if (is_face(s, SURE, &near) && (near.alike > UNLIKE ||
		    is_face(s, SURE_UNLIKE, &places[i])) &&
		    (!out->is_face || near.alike > out->alike))
			take(&near, true, out);
	}
	err_clear();
}

/* A twin is a head with shoulders: its face, as far as can be said. */
static size_t
add_twins(const struct portrait *p, const struct portrait *twins,
    const struct place *face, struct place *out)
{
	size_t count = 0;
	for (int i = 0; i < PORTRAIT_TWINS; i++) {
		float share = twins[i].width / p->width;
		if (twins[i].width <= 0)
			continue;
		out[count++] = (struct place){twins[i].x + share *
		    (face->x - p->x), twins[i].y + share * (face->y - p->y),
		    share * face->width, share * face->height, 0,
		    TWIN_STEPS};
	}
	return count;
}

static RESULT
seek(const struct sought *s, const struct portrait *p,
    const struct portrait *twins, struct ghost *out)
{
	AUTO(raster_clear) struct raster page = {0};
	struct place places[PLACES_MAX], first;
	size_t count;
	TRY(raster_shrink(s->card, SHRINK_PAGE, &page));
	TRY(look_afar(&page, s->per_mm / SHRINK_PAGE, p, &s->face, places,
	    &count));
	if (count == 0)
		return FAIL(ERR_NOT_FOUND, "nothing alike");
	first = places[0];
	count += add_twins(p, twins, &s->face, places + count);
	TRY(look_near(s->card, s->per_mm, &s->shades, &s->face, &first));
	take(&first, false, out);
	if (out->alike < GHOST_CERTAIN)
		likest_face(s, places, count, out);
	return OK;
}

RESULT
ghost_find(const struct raster *card, float per_mm, const struct portrait *p,
    const struct portrait twins[PORTRAIT_TWINS], struct cascade *cascade,
    struct ghost *out)
{
	AUTO(raster_clear) struct raster part = {0};
	AUTO(sought_clear) struct sought s = {card, per_mm, cascade, {0},
	    {{{0}}}};
	int origin[2];
	*out = (struct ghost){0};
	face_of(card, per_mm, p, cascade, &s.face);
	TRY(cut(card, per_mm, &s.face, 0, &part, origin));
	TRY(shades_of(&part, &s.shades));
	return seek(&s, p, twins, out);
}
