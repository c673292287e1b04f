/*
 * The portrait: its border, and its ghost where one is printed.
 */
#include "vision/look/look.h"

#include <math.h>

#include "vision/fraud/border.h"
#include "vision/fraud/portrait.h"
#include "vision/page/plane.h"

/* Where the document lies, as well as it is known, and cut along that. */
struct cut {
	struct page page;
	struct raster own;         /* empty: card is the sight's */
	const struct raster *card;
	bool sure;                 /* straight enough to compare faces on */
};

static void
cut_clear(struct cut *c)
{
	raster_clear(&c->own);
}
DEFINE_AUTO_CLEAR(cut_clear, struct cut)

static bool
same_place(const struct page *a, const struct page *b)
{
	bool same = a->width == b->width && a->height == b->height;
	for (int i = 0; i < 8; i++)
		same = same && fabsf(a->corners[i] - b->corners[i]) < 1.5f;
	return same;
}

/*
 * A flat picture of the document and no more shows no contour: its own
 * rectangle is the outline then. Another outline guessed from print is too
 * skew to compare faces on.
 */
static RESULT
cut_out(struct sight *s, struct cut *out)
{
	out->page = s->page;
	out->sure = s->page.by_contour;
	TRY(sight_card(s, &out->card));
	if (out->sure || page_fills(&s->still.grey, &s->page, &out->page) !=
	    OK) {
		err_clear();
		return OK;
	}
	out->sure = true;
	if (same_place(&out->page, &s->page))
		return OK;
	TRY(page_cut(&s->still.colour, &out->page, CARD_PER_MM, &out->own));
	out->card = &out->own;
	return OK;
}

static struct box
box_of(const struct sight *s, const struct cut *c, float x, float y,
    float width, float height)
{
	struct plane plane;
	float corners[8];
	plane_of(&c->page, &plane);
	plane_corners(&plane, x, y, width, height, corners);
	return view_box(&s->view, corners, 4);
}

/* Its middle as a whole: print may lie beside it. */
static RESULT
report_history(struct sight *s, const struct cut *c, const struct portrait *p)
{
	struct plane plane;
	struct apart a;
	float corners[8], w = p->width / 6, h = p->height / 6;
	plane_of(&c->page, &plane);
	plane_corners(&plane, p->x + w, p->y + h, 4 * w, 4 * h, corners);
	if (history_apart_whole(&s->history, &s->still, corners, 4,
	    &a) != OK) {
		err_clear();
		return OK;
	}
	return sight_add_apart(s, FINDING_history_portrait, &a);
}

static RESULT
report_ghost(struct sight *s, const struct cut *c, const struct ghost *g)
{
	struct box at = box_of(s, c, g->x, g->y, g->width, g->height);
	TRY(findings_add_number(s->out, FINDING_ghost_there, g->there, at));
	TRY(findings_add_number(s->out, FINDING_ghost_likeness, g->alike,
	    at));
	TRY(findings_add_number(s->out, FINDING_ghost_inner, g->inner, at));
	return g->face > 0 ? findings_add_number(s->out, FINDING_ghost_face,
	    g->face, at) : OK;
}

static RESULT
report(struct sight *s, const struct cut *c, const struct portrait *p,
    const struct portrait twins[PORTRAIT_TWINS])
{
	double turned;
	struct ghost ghost;
	struct box box = box_of(s, c, p->x, p->y, p->width, p->height);
	TRY(report_history(s, c, p));
	if (border_turned(c->card, CARD_PER_MM, p, &turned) == OK)
		TRY(findings_add_number(s->out, FINDING_portrait_turned,
		    turned, box));
	if (c->sure && portrait_ghost(c->card, CARD_PER_MM, p, twins,
	    &(struct finders){s->tools->cascades,
	    s->tools->nets[MODEL_heads]}, &ghost) == OK)
		TRY(report_ghost(s, c, &ghost));
	err_clear();
	return OK;
}

RESULT
look_portrait(struct sight *s)
{
	AUTO(cut_clear) struct cut cut = {0};
	struct portrait p, twins[PORTRAIT_TWINS];
	if (s->back || cut_out(s, &cut) != OK ||
	    portrait_find(cut.card, CARD_PER_MM, &p, twins) != OK) {
		err_clear();
		return OK;
	}
	return report(s, &cut, &p, twins);
}
