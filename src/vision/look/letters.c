/*
 * How the zone is printed: face, evenness, ink, and where it lies on the
 * document.
 */
#include "vision/look/look.h"

#include <math.h>

#include "vision/fraud/letters.h"

#define PITCH_MM 2.54

static struct box
letter_box(const struct sight *s, const struct letter *l)
{
	struct line one = line_shifted(&s->zone.lines[l->line], (float)l->at);
	return view_lines(&s->view, &one, 1, 1);
}

/* The pitch in millimetres, by the document's contour; 0: not known. The
 * outline must come from elsewhere than the zone itself. */
static double
pitch_mm(const struct sight *s)
{
	const struct line *l = &s->zone.lines[s->zone.reading.line_count - 1];
	const float *c = s->page.corners;
	if (!s->has_page || !s->page.by_contour)
		return 0;
	/* along the lower edge, which is nearest */
	double edge = hypot((double)(c[4] - c[6]), (double)(c[5] - c[7])) /
	    (double)s->page.width;
	float half = (float)s->zone.columns / 2;
	double step = hypot((double)(l->sx + 2 * half * l->qx),
	    (double)(l->sy + 2 * half * l->qy));
	return step / fmax(edge, 1e-6);
}

RESULT
look_letters(struct sight *s)
{
	static struct letters letters; /* too large for a stack in a cage */
	if (!s->has_zone)
		return OK;
	if (letters_measure(&s->still.grey, &s->zone, &letters) != OK) {
		err_clear();
		return OK;
	}
	struct box all = view_lines(&s->view, s->zone.lines,
	    s->zone.reading.line_count, s->zone.columns);
	TRY(findings_add_number(s->out, FINDING_mrz_likeness,
	    (double)letters.likeness, all));
	TRY(findings_add_number(s->out, FINDING_mrz_unevenness,
	    (double)letters.unevenness,
	    letter_box(s, &letters.at[letters.uneven])));
	TRY(findings_add_number(s->out, FINDING_mrz_ink_step,
	    (double)letters.ink_step,
	    letter_box(s, &letters.at[letters.unlike])));
	double pitch = pitch_mm(s);
	return pitch > 0 ? findings_add_number(s->out, FINDING_mrz_pitch_off,
	    fabs(pitch / PITCH_MM - 1), all) : OK;
}
