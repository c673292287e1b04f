/*
 * What was seen, drawn on the upright picture: the document's outline, the
 * zone's lines and letters, the fields, and where checks found something.
 */
#include "cli/inspect.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/enum.h"
#include "vision/draw.h"

static const struct ink outline = {20, 140, 255}, zone = {0, 170, 90},
    doubt = {255, 150, 0}, field = {150, 60, 200}, bad = {225, 30, 40},
    code = {0, 150, 160};

#define LABEL 15

static RESULT
draw_box(struct raster *r, struct box b, struct ink ink, int width,
    const char *label)
{
	const int at[8] = {b.x, b.y, b.x + b.width, b.y, b.x + b.width,
	    b.y + b.height, b.x, b.y + b.height};
	if (b.width == 0)
		return OK;
	TRY(draw_polygon(r, at, 4, ink, width));
	return label[0] ? draw_label(r, b.x, b.y - 1, label, ink, LABEL) : OK;
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
draw_line(struct raster *r, const int place[8], const char *letters)
{
	size_t count = strlen(letters);
	TRY(draw_polygon(r, place, 4, zone, 2));
	/* first all, then the doubtful ones over their neighbours' edges */
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < count; i++) {
			bool bad_letter =
			    letters[i] - '0' < CARD_LETTER_TENTHS;
			int at[8];
			part(place, (double)i / (double)count,
			    (double)(i + 1) / (double)count, at);
			if (bad_letter == (pass == 1))
				TRY(draw_polygon(r, at, 4,
				    bad_letter ? doubt : zone,
				    bad_letter ? 2 : 1));
		}
	return OK;
}

static RESULT
draw_zone(struct raster *r, const struct findings *f)
{
	const char *lines[MRZ_LINES_MAX], *letters[MRZ_LINES_MAX];
	size_t count = card_lines(f, lines, letters);
	int place[8];
	for (size_t i = 0; i < count; i++)
		if (card_line_place(f, i, place))
			TRY(draw_line(r, place, letters[i]));
	return OK;
}

static RESULT
draw_document(struct raster *r, const struct findings *f)
{
	int corners[8];
	if (!card_corners(findings_text(f, FINDING_document_corners),
	    corners))
		return OK;
	return draw_polygon(r, corners, 4, outline, 3);
}

static RESULT
draw_fields(struct raster *r, const struct card *c,
    const struct findings *f)
{
	for (size_t i = 0; i < f->count; i++) {
		const struct finding *at = &f->items[i];
		const char *name = finding_name_text(at->name);
		bool print = strncmp(name, "printed_", 8) == 0;
		if (at->name == FINDING_barcode_kind)
			TRY(draw_box(r, at->box, code, 2, at->text));
		if (!print)
			continue;
		bool differs = card_agreement(at, &c->dossier.mrz) ==
		    CONTRADICTS;
		TRY(draw_box(r, at->box, differs ? bad : field, 2,
		    name + 8));
	}
	return OK;
}

static RESULT
draw_checks(struct raster *r, const struct card *c, int side)
{
	for (size_t i = 0; i < c->check_count; i++) {
		const struct result *k = &c->checks[i];
		if (k->verdict == VERDICT_PASS ||
		    (k->side >= 0 && k->side != side))
			continue;
		TRY(draw_box(r, k->box, k->verdict == VERDICT_FAIL ? bad :
		    doubt, 4, check_name_text(k->check)));
	}
	return OK;
}

RESULT
card_draw(struct card *c, int side, const char *path)
{
	struct inspect_result *seen = &c->sides[side];
	struct raster *r = &seen->picture;
	if (seen->code != OK)
		return OK; /* there is no picture; the report says why */
	TRY(draw_document(r, &seen->findings));
	TRY(draw_zone(r, &seen->findings));
	TRY(draw_fields(r, c, &seen->findings));
	TRY(draw_checks(r, c, side));
	AUTO(fclose) FILE *file = fopen(path, "wbe");
	if (!file)
		return FAIL(ERR_UNAVAILABLE, "%s: %s", path, strerror(errno));
	return draw_save(r, file);
}
