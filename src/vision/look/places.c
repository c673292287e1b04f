/*
 * Where the document and the letters of its zone stand, and how sure each
 * letter is: what the command draws, and what a page may point at.
 */
#include "vision/look/look.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Half a letter's cell: along in letters, down in pitches. */
#define CELL_ALONG 0.5f
#define CELL_DOWN 0.6f

/* Four corners as "x,y x,y x,y x,y". */
static RESULT
report_corners(struct sight *s, enum finding_name name,
    const float corners[8])
{
	char text[FINDING_TEXT_MAX];
	float seen[8];
	view_points(&s->view, corners, 4, seen);
	for (int i = 0; i < 8; i++)
		if (!(fabsf(seen[i]) < 32768))
			return OK; /* far outside: there is nothing to show */
	snprintf(text, sizeof(text), "%.0f,%.0f %.0f,%.0f %.0f,%.0f "
	    "%.0f,%.0f", (double)seen[0], (double)seen[1], (double)seen[2],
	    (double)seen[3], (double)seen[4], (double)seen[5],
	    (double)seen[6], (double)seen[7]);
	return findings_add_text(s->out, name, text, 1, (struct box){0});
}

static RESULT
report_line(struct sight *s, enum finding_name name, const struct line *line)
{
	float end = (float)s->zone.columns - CELL_ALONG;
	const float at[4][2] = {{-CELL_ALONG, -CELL_DOWN}, {end, -CELL_DOWN},
	    {end, CELL_DOWN}, {-CELL_ALONG, CELL_DOWN}};
	float corners[8];
	for (int i = 0; i < 4; i++)
		line_at(line, at[i][0], at[i][1], &corners[2 * i],
		    &corners[2 * i + 1]);
	return report_corners(s, name, corners);
}

/* The recogniser's belief in the letter that was decided on. */
static float
belief(const struct mrz_found *z, size_t line, size_t place)
{
	const char *at = strchr(mrz_letters, z->reading.lines[line][place]);
	return at && *at ? z->seen.p[line][place][at - mrz_letters] : 0;
}

/* A digit a letter: tenths of its probability. */
static RESULT
report_letters(struct sight *s, enum finding_name name, size_t line)
{
	char text[MRZ_LINE_SIZE] = "";
	size_t count = strlen(s->zone.reading.lines[line]);
	for (size_t i = 0; i < count; i++) {
		float tenths = belief(&s->zone, line, i) * 10;
		text[i] = (char)('0' + (int)fminf(fmaxf(tenths, 0), 9));
	}
	return findings_add_text(s->out, name, text, 1, (struct box){0});
}

RESULT
look_places(struct sight *s)
{
	static const enum finding_name places[] = {FINDING_mrz_place_1,
	    FINDING_mrz_place_2, FINDING_mrz_place_3};
	static const enum finding_name letters[] = {FINDING_mrz_letters_1,
	    FINDING_mrz_letters_2, FINDING_mrz_letters_3};
	if (s->has_page)
		TRY(report_corners(s, FINDING_document_corners,
		    s->page.corners));
	if (!s->has_zone)
		return OK;
	for (size_t i = 0; i < s->zone.reading.line_count; i++) {
		TRY(report_line(s, places[i], &s->zone.lines[i]));
		TRY(report_letters(s, letters[i], i));
	}
	return OK;
}
