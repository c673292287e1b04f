/*
 * Which way people see the picture is known once print and zone are read;
 * only then can be said where in it they stand.
 */
#include "vision/look/look.h"

#include <math.h>

/* Of a document without zone: see page.c. */
#define OUTLINE_SURE 0.5f
#define LETTER_HALF 0.3f /* of a field's height */

static RESULT
report_zone(struct sight *s)
{
	const struct mrz_found *z = &s->zone;
	struct box boxes[MRZ_LINES_MAX + 1];
	boxes[0] = view_lines(&s->view, z->lines, z->reading.line_count,
	    z->columns);
	for (size_t i = 0; i < MRZ_LINES_MAX; i++)
		boxes[i + 1] = view_lines(&s->view, &z->lines[i], 1,
		    z->columns);
	TRY(mrz_report(z, boxes, s->out));
	return findings_add_number(s->out, FINDING_quality_pitch,
	    (double)line_pitch(&z->lines[0]) * s->still.reduction, boxes[0]);
}

/* A field ends in the middle of its first and last letters, which people want
 * to see whole. */
static void
widen(const float corners[8], float out[8])
{
	const float *c = corners;
	float along = hypotf(c[2] - c[0], c[3] - c[1]);
	float down = hypotf(c[6] - c[0], c[7] - c[1]);
	float share = along > 0 ? LETTER_HALF * down / along : 0;
	float x = share * (c[2] - c[0]), y = share * (c[3] - c[1]);
	for (int i = 0; i < 4; i++) {
		float side = i == 1 || i == 2 ? 1 : -1;
		out[2 * i] = c[2 * i] + side * x;
		out[2 * i + 1] = c[2 * i + 1] + side * y;
	}
}

static RESULT
report_print(struct sight *s)
{
	for (size_t i = 0; i < s->printed.count; i++) {
		const struct printed_field *f = &s->printed.at[i];
		float whole[8];
		widen(f->corners, whole);
		TRY(findings_add_text(s->out, f->name, f->text,
		    (double)f->sure, view_box(&s->view, whole, 4)));
	}
	return OK;
}

static RESULT
report_word(struct sight *s)
{
	const struct across *a = &s->across;
	return a->word && a->word[0] ? findings_add_text(s->out,
	    FINDING_page_word, a->word, 1, view_box(&s->view, a->corners, 4))
	    : OK;
}

/* By what stands on it; or by an outline too good for anything else. */
static bool
is_found(const struct sight *s)
{
	return s->has_zone || s->printed.count > 0 || s->printed.twofold ||
	    (s->has_page && s->page.seen > OUTLINE_SURE);
}

static RESULT
report_document(struct sight *s)
{
	const char *format = s->has_zone ?
	    mrz_format_text(s->zone.reading.mrz.format) : "none";
	TRY(findings_add_text(s->out, FINDING_document_format, format, 1,
	    (struct box){0}));
	TRY(findings_add_number(s->out, FINDING_document_found,
	    is_found(s), sight_page_box(s)));
	return sight_add_number(s, FINDING_rotation, s->view.quarters * 90);
}

RESULT
look_view(struct sight *s)
{
	view_of(&s->still, s->has_page ? &s->page : NULL, &s->view);
	TRY(report_print(s));
	TRY(report_word(s));
	if (s->zone.reading.line_count > 0)
		TRY(report_zone(s));
	return report_document(s);
}
