/*
 * The portrait: its border, and its ghost where one is printed.
 */
#include "vision/sight.h"

#include "vision/border.h"
#include "vision/plane.h"
#include "vision/portrait.h"

static struct box
box_of(const struct sight *s, float x, float y, float width, float height)
{
	struct plane plane;
	float corners[8];
	plane_of(&s->page, &plane);
	plane_corners(&plane, x, y, width, height, corners);
	return view_box(&s->view, corners, 4);
}

/* Its middle as a whole: print may lie beside it. */
static RESULT
report_history(struct sight *s, const struct portrait *p)
{
	struct plane plane;
	struct apart a;
	float corners[8], w = p->width / 6, h = p->height / 6;
	plane_of(&s->page, &plane);
	plane_corners(&plane, p->x + w, p->y + h, 4 * w, 4 * h, corners);
	if (history_apart_whole(&s->history, &s->still, corners, 4,
	    &a) != OK) {
		err_clear();
		return OK;
	}
	return sight_add_apart(s, FINDING_history_portrait, &a);
}

static RESULT
report(struct sight *s, const struct raster *card, const struct portrait *p,
    const struct portrait twins[PORTRAIT_TWINS])
{
	double turned;
	struct ghost ghost;
	struct box box = box_of(s, p->x, p->y, p->width, p->height);
	TRY(report_history(s, p));
	if (border_turned(card, CARD_PER_MM, p, &turned) == OK)
		TRY(findings_add_number(s->out, FINDING_portrait_turned,
		    turned, box));
	/* an outline guessed from print is too skew to compare faces on */
	if (s->page.by_contour && portrait_ghost(card, CARD_PER_MM, p, twins,
	    s->tools->face, &ghost) == OK) {
		struct box at = box_of(s, ghost.x, ghost.y, ghost.width,
		    ghost.height);
		TRY(findings_add_number(s->out, FINDING_ghost_there,
		    ghost.there, at));
		TRY(findings_add_number(s->out, FINDING_ghost_likeness,
		    ghost.alike, at));
		if (ghost.face > 0)
			TRY(findings_add_number(s->out, FINDING_ghost_face,
			    ghost.face, at));
	}
	err_clear();
	return OK;
}

RESULT
look_portrait(struct sight *s)
{
	const struct raster *card;
	struct portrait p, twins[PORTRAIT_TWINS];
	if (s->back || sight_card(s, &card) != OK ||
	    portrait_find(card, CARD_PER_MM, &p, twins) != OK) {
		err_clear();
		return OK;
	}
	return report(s, card, &p, twins);
}
