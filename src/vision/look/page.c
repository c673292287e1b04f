/*
 * Where the document lies: by its contour and its zone, else by its print.
 */
#include "vision/look/look.h"

#include "vision/fraud/heads.h"

/*
 * Both sides of a card lie on one page of a PDF, as copiers make them, and in
 * one picture, as specimens are published: the front is the one without the
 * zone. On a page it is no second document. In a picture it is, and whoever
 * holds the camera is told so; yet all that it shows is read.
 */
static void
take_side(struct sight *s)
{
	bool pages = s->still.kind == STILL_PDF;
	bool others = s->page.has_other && !pages;
	s->page.zone_apart = !s->back && s->has_zone &&
	    s->zone.reading.mrz.format == MRZ_TD1 &&
	    page_take_other(&s->page, &s->still.grey);
	if (s->page.zone_apart && pages) {
		s->has_zone = false;
		s->zone.reading.line_count = 0;
	}
	s->page.has_other = others;
}

/* Fronts and backs are not told apart by who sends them. */
static RESULT
report_back(struct sight *s)
{
	bool back = s->has_page && s->has_zone && !s->page.zone_apart &&
	    s->zone.reading.mrz.format == MRZ_TD1;
	return back ? sight_add_number(s, FINDING_card_back, 1) : OK;
}

static RESULT
shows_face(const struct sight *s, const struct page *page, bool *out)
{
	AUTO(raster_clear) struct raster card = {0};
	TRY(page_cut(&s->still.colour, page, CARD_PER_MM, &card));
	return heads_any(s->tools->cascades.quick, &card, CARD_PER_MM, out);
}

/*
 * Beside a card's back lies its front, or the table: cloth, a keyboard and
 * papers have marks of a letter's size as well, and everything would be looked
 * for on them. A front shows a face. The quick cascade alone is asked: the
 * other one sees faces in keys.
 */
static RESULT
drop_table(struct sight *s)
{
	struct page front = s->page;
	bool face = !s->tools->cascades.quick; /* or nobody can tell */
	if (!s->page.other_beside || !page_take_other(&front, &s->still.grey))
		return OK;
	for (int end = 0; end < 2 && !face; end++) {
		TRY(shows_face(s, &front, &face));
		page_turn(&front);
	}
	if (!face)
		s->page.has_other = s->page.other_beside = false;
	return OK;
}

static RESULT
find_beside(struct sight *s)
{
	TRY(page_find_beside(&s->still.colour, &s->still.grey, &s->page));
	return drop_table(s);
}

RESULT
look_page(struct sight *s)
{
	s->has_page = page_find(&s->still.colour, &s->still.grey,
	    s->has_zone ? &s->zone : NULL, &s->page) == OK;
	if (!s->has_page)
		s->has_page = page_by_print(&s->still.grey, &s->page) == OK;
	err_clear();
	if (s->has_page && s->has_zone &&
	    s->zone.reading.mrz.format == MRZ_TD1)
		TRY(find_beside(s));
	take_side(s);
	return report_back(s);
}
