/*
 * Pieces of print.
 *
 * Letters of one size on one line and close together are a piece. Looked for
 * at half of the card's 300 dpi, where letters are still ten pixels high.
 */
#include "vision/fraud/patches.h"

#include <math.h>
#include <stdlib.h>

#include "vision/pixels/specks.h"

#define HALF 2
#define LETTER_LEAST 9    /* pixels at half size: 1.5 mm, above labels */
#define LETTER_MOST 26    /* 4.4 mm */
#define LETTERS_MAX 700
#define TOGETHER 0.8f     /* heights between letters of one piece */
#define LETTERS_LEAST 3
#define SIDE_LEAST 10
#define MARGIN 6
#define BLOCK 31
#define DARKER 18

struct letters {
	size_t count;
	struct glyph at[LETTERS_MAX];
	int piece[LETTERS_MAX]; /* a lower letter of the same piece */
};

static void
grow(float box[4], float x, float y)
{
	box[0] = fminf(box[0], x);
	box[1] = fminf(box[1], y);
	box[2] = fmaxf(box[2], x);
	box[3] = fmaxf(box[3], y);
}

static void
add(struct patches *out, const struct raster *card, const float box[4],
    const struct printed_field *field)
{
	struct patch p = {(int)box[0], (int)box[1], (int)(box[2] - box[0]),
	    (int)(box[3] - box[1]), field};
	if (out->count == PATCHES_MAX || p.width < SIDE_LEAST ||
	    p.height < SIDE_LEAST || p.x < MARGIN || p.y < MARGIN ||
	    p.x + p.width + MARGIN > card->width ||
	    p.y + p.height + MARGIN > card->height)
		return;
	out->at[out->count++] = p;
}

static void
add_fields(const struct sight *s, const struct raster *card,
    struct patches *out)
{
	struct plane plane;
	plane_of(&s->page, &plane);
	for (size_t i = 0; i < s->printed.count; i++) {
		const struct printed_field *f = &s->printed.at[i];
		float box[4] = {1e6f, 1e6f, -1e6f, -1e6f};
		if (f->through)
			continue;
		for (int k = 0; k < 4; k++) {
			float x, y;
			plane_back(&plane, f->corners[2 * k],
			    f->corners[2 * k + 1], &x, &y);
			grow(box, x * CARD_PER_MM, y * CARD_PER_MM);
		}
		add(out, card, box, f);
	}
}

/* The upper border of the zone on the card: below it is not print. */
static float
zone_top(const struct sight *s, const struct raster *card)
{
	float top = (float)card->height;
	struct plane plane;
	plane_of(&s->page, &plane);
	bool here = s->has_zone && !s->page.zone_apart;
	for (int end = 0; here && end < 2; end++) {
		float x, y, mm_x, mm_y;
		line_at(&s->zone.lines[0], end ? (float)s->zone.columns : 0,
		    -1, &x, &y);
		plane_back(&plane, x, y, &mm_x, &mm_y);
		top = fminf(top, mm_y * CARD_PER_MM);
	}
	return top;
}

static int
first_of(const struct letters *l, int i)
{
	while (l->piece[i] != i)
		i = l->piece[i];
	return i;
}

static bool
together(const struct glyph *a, const struct glyph *b)
{
	float high = fmaxf(a->h, b->h), low = fminf(a->h, b->h);
	float gap = fabsf(a->x - b->x) - (a->w + b->w) / 2;
	float feet = fabsf(a->y + a->h / 2 - b->y - b->h / 2);
	return gap < TOGETHER * high && feet < 0.35f * high &&
	    low > 0.5f * high;
}

static void
join(struct letters *l)
{
	for (size_t i = 0; i < l->count; i++)
		l->piece[i] = (int)i;
	for (size_t i = 0; i < l->count; i++)
		for (size_t k = i + 1; k < l->count; k++) {
			if (!together(&l->at[i], &l->at[k]))
				continue;
			int a = first_of(l, (int)i), b = first_of(l, (int)k);
			l->piece[a > b ? a : b] = a > b ? b : a;
		}
}

static RESULT
letters_of(const struct raster *card, float bottom, struct letters *out)
{
	AUTO(raster_clear) struct raster small = {0};
	AUTO(raster_clear) struct raster grey = {0};
	AUTO(free) struct glyph *found = malloc(GLYPHS_MAX * sizeof(*found));
	struct glyph_search how = {.block = BLOCK, .darker = DARKER,
	    .least = LETTER_LEAST, .most = LETTER_MOST};
	size_t count = 0;
	if (!found)
		return FAIL(ERR_TOO_LARGE, "no memory");
	TRY(raster_grey(card, &grey));
	TRY(raster_shrink(&grey, HALF, &small));
	TRY(specks_find(&small, &how, found, &count));
	out->count = 0;
	for (size_t i = 0; i < count && out->count < LETTERS_MAX; i++)
		if (found[i].h >= LETTER_LEAST && found[i].w <
		    1.6f * found[i].h &&
		    (found[i].y + found[i].h) * HALF < bottom)
			out->at[out->count++] = found[i];
	return OK;
}

static bool
covered(const struct patches *p, const float box[4])
{
	float x = (box[0] + box[2]) / 2, y = (box[1] + box[3]) / 2;
	for (size_t i = 0; i < p->count; i++) {
		const struct patch *one = &p->at[i];
		float mx = (float)one->x + (float)one->width / 2;
		float my = (float)one->y + (float)one->height / 2;
		if ((x > (float)one->x && x < (float)(one->x + one->width) &&
		    y > (float)one->y && y < (float)(one->y + one->height)) ||
		    (mx > box[0] && mx < box[2] && my > box[1] &&
		    my < box[3]))
			return true;
	}
	return false;
}

static void
add_pieces(const struct letters *l, const struct raster *card,
    struct patches *out)
{
	for (size_t i = 0; i < l->count; i++) {
		float box[4] = {1e6f, 1e6f, -1e6f, -1e6f};
		int letters = 0;
		for (size_t k = i; k < l->count && l->piece[i] == (int)i; k++) {
			const struct glyph *g = &l->at[k];
			if (first_of(l, (int)k) != (int)i)
				continue;
			letters++;
			grow(box, HALF * (g->x - g->w / 2),
			    HALF * (g->y - g->h / 2));
			grow(box, HALF * (g->x + g->w / 2),
			    HALF * (g->y + g->h / 2));
		}
		if (letters >= LETTERS_LEAST && !covered(out, box))
			add(out, card, box, NULL);
	}
}

RESULT
patches_find(const struct sight *s, const struct raster *card,
    struct patches *out)
{
	AUTO(free) struct letters *l = malloc(sizeof(*l));
	if (!l)
		return FAIL(ERR_TOO_LARGE, "no memory");
	out->count = 0;
	add_fields(s, card, out);
	TRY(letters_of(card, zone_top(s, card), l));
	join(l);
	add_pieces(l, card, out);
	return OK;
}

void
patch_corners(const struct plane *p, const struct patch *what, float out[8])
{
	plane_corners(p, (float)what->x / CARD_PER_MM,
	    (float)what->y / CARD_PER_MM, (float)what->width / CARD_PER_MM,
	    (float)what->height / CARD_PER_MM, out);
}

struct box
patch_box(const struct sight *s, const struct patch *what)
{
	struct plane plane;
	float corners[8];
	plane_of(&s->page, &plane);
	patch_corners(&plane, what, corners);
	return view_box(&s->view, corners, 4);
}
