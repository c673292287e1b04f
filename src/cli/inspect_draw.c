/*
 * What was seen, drawn on the upright picture: the document's outline, the
 * zone's lines and letters, the fields, and where checks found something.
 */
#include "cli/inspect.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/enum.h"
#include "ident/mrz_place.h"
#include "vision/draw.h"

static const struct ink outline = {20, 140, 255}, zone = {0, 170, 90},
    doubt = {255, 150, 0}, field = {150, 60, 200}, bad = {225, 30, 40},
    code = {0, 150, 160};

/* Letters and lines are of one size on a picture this wide or high; a smaller
 * one is drawn larger, so that its fields are not hidden by their names. */
#define USUAL 1200
#define LARGER_MAX 4

struct sheet {
	struct raster picture;
	struct plates plates;
	int times;  /* larger than what was seen */
	int letter; /* height of a label's, in pixels */
};

static RESULT
draw_corners(struct sheet *s, const int corners[8], struct ink ink, int width)
{
	int at[8];

	for (int i = 0; i < 8; i++)
		at[i] = corners[i] * s->times;
	return draw_polygon(
	    &s->picture, at, 4, ink, (width * s->letter + 8) / 15);
}

static struct box
enlarged(const struct sheet *s, struct box b)
{
	return (struct box){b.x * s->times, b.y * s->times,
	    b.width * s->times, b.height * s->times};
}

static RESULT
draw_box(struct sheet *s, struct box b, struct ink ink, int width,
    const char *label)
{
	const int at[8] = {b.x, b.y, b.x + b.width, b.y, b.x + b.width,
	    b.y + b.height, b.x, b.y + b.height};
	if (b.width == 0)
		return OK;
	TRY(draw_corners(s, at, ink, width));
	return label[0] ? draw_label(&s->picture, &s->plates, enlarged(s, b),
			      label, ink, s->letter)
			: OK;
}

/* A part of a quadrilateral's length, from one share to another. */
static void
part(const int whole[8], double from, double to, int out[8])
{
	for (int k = 0; k < 2; k++) {
		double top = whole[2 + k] - whole[k];
		double bottom = whole[4 + k] - whole[6 + k];
		out[k] = (int)(whole[k] + from * top + .5);
		out[2 + k] = (int)(whole[k] + to * top + .5);
		out[4 + k] = (int)(whole[6 + k] + to * bottom + .5);
		out[6 + k] = (int)(whole[6 + k] + from * bottom + .5);
	}
}

static RESULT
draw_line(struct sheet *s, const int place[8], const char *letters)
{
	size_t count = strlen(letters);
	TRY(draw_corners(s, place, zone, 2));
	/* first all, then the doubtful ones over their neighbours' edges */
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < count; i++) {
			bool bad_letter =
			    letters[i] - '0' < CARD_LETTER_TENTHS;
			int at[8];
			part(place, (double)i / (double)count,
			    (double)(i + 1) / (double)count, at);
			if (bad_letter == (pass == 1))
				TRY(draw_corners(s, at,
				    bad_letter ? doubt : zone,
				    bad_letter ? 2 : 1));
		}
	return OK;
}

static RESULT
draw_zone(struct sheet *s, const struct findings *f)
{
	const char *lines[MRZ_LINES_MAX], *letters[MRZ_LINES_MAX];
	size_t count = card_lines(f, lines, letters);
	int place[8];
	for (size_t i = 0; i < count; i++)
		if (card_line_place(f, i, place))
			TRY(draw_line(s, place, letters[i]));
	return OK;
}

static RESULT
draw_document(struct sheet *s, const struct findings *f)
{
	int corners[8];
	if (!corners_parse(findings_text(f, FINDING_document_corners),
	    corners))
		return OK;
	return draw_corners(s, corners, outline, 3);
}

static bool
is_print(const struct finding *at)
{
	return strncmp(finding_name_text(at->name), "printed_", 8) == 0;
}

static RESULT
draw_fields(
    struct sheet *s, const struct card *c, const struct findings *f)
{
	for (size_t i = 0; i < f->count; i++) {
		const struct finding *at = &f->items[i];
		if (at->name == FINDING_barcode_kind)
			TRY(draw_box(s, at->box, code, 2, at->text));
		if (!is_print(at))
			continue;
		bool differs = card_agreement(at, &c->dossier.mrz) ==
		    CONTRADICTS;
		TRY(draw_box(s, at->box, differs ? bad : field, 2,
		    finding_name_text(at->name) + 8));
	}
	return OK;
}

static RESULT
draw_checks(struct sheet *s, const struct card *c, int side)
{
	for (size_t i = 0; i < c->check_count; i++) {
		const struct result *k = &c->checks[i];
		if (k->verdict == VERDICT_PASS ||
		    (k->side >= 0 && k->side != side))
			continue;
		TRY(draw_box(s, k->box, k->verdict == VERDICT_FAIL ? bad :
		    doubt, 4, check_name_text(k->check)));
	}
	return OK;
}

static RESULT
begin(struct raster *seen, struct sheet *s)
{
	int longer = seen->width > seen->height ? seen->width : seen->height;

	s->times = USUAL / longer;
	if (s->times < 1)
		s->times = 1;
	if (s->times > LARGER_MAX)
		s->times = LARGER_MAX;
	s->letter = longer * s->times / 80;
	if (s->letter < 15)
		s->letter = 15;
	return draw_larger(seen, s->times, &s->picture);
}

static struct box
around(const int at[8])
{
	int left = at[0], right = at[0], top = at[1], bottom = at[1];

	for (int i = 2; i < 8; i += 2) {
		left = at[i] < left ? at[i] : left;
		right = at[i] > right ? at[i] : right;
		top = at[i + 1] < top ? at[i + 1] : top;
		bottom = at[i + 1] > bottom ? at[i + 1] : bottom;
	}
	return (struct box){left, top, right - left, bottom - top};
}

/* What stands on the document is there to be read: no name lies on it. */
static void
keep_print(struct sheet *s, const struct findings *f)
{
	const char *lines[MRZ_LINES_MAX], *letters[MRZ_LINES_MAX];
	size_t count = card_lines(f, lines, letters);
	int at[8];

	for (size_t i = 0; i < f->count; i++)
		if (is_print(&f->items[i]))
			plates_keep(&s->plates,
			    enlarged(s, f->items[i].box));
	for (size_t i = 0; i < count; i++)
		if (card_line_place(f, i, at))
			plates_keep(&s->plates, enlarged(s, around(at)));
}

static RESULT
draw_all(struct sheet *s, const struct card *c, int side)
{
	const struct findings *f = &c->sides[side].findings;

	keep_print(s, f);
	TRY(draw_document(s, f));
	TRY(draw_zone(s, f));
	TRY(draw_fields(s, c, f));
	return draw_checks(s, c, side);
}

static RESULT
save(const struct raster *r, const char *path)
{
	AUTO(fclose) FILE *file = fopen(path, "wbe");
	if (!file)
		return FAIL(ERR_UNAVAILABLE, "%s: %s", path, strerror(errno));
	return draw_save(r, file);
}

RESULT
card_draw(struct card *c, int side, const char *path)
{
	struct inspect_result *seen = &c->sides[side];
	struct sheet s = {.times = 1};

	if (seen->code != OK)
		return OK; /* there is no picture; the report says why */
	enum err result = begin(&seen->picture, &s);
	if (result == OK)
		result = draw_all(&s, c, side);
	if (result == OK)
		result = save(&s.picture, path);
	raster_clear(&s.picture);
	return result;
}
