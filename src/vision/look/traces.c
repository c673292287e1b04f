/*
 * What the file tells of the programs it went through.
 */
#include "vision/look/look.h"

#include "vision/file/history.h"
#include "vision/file/traces.h"

#include <stdio.h>

#define RESAVED_LEAST 0.03 /* nats a coefficient of the picture's top */

/* Only a JPEG that was saved twice is read once more for it. */
static RESULT
read_history(struct sight *s, const struct traces *t)
{
	struct jpeg_file f;
	if (s->still.kind == STILL_PNG)
		return history_read_pixels(&s->still, &s->history);
	if (!t->has_resaved || t->resaved < RESAVED_LEAST)
		return FAIL(ERR_NOT_FOUND, "not saved twice");
	TRY(jpeg_file_parse(s->file, &f));
	return history_read(s->file, &f, &s->still, &s->history);
}

static RESULT
look_for_parts(struct sight *s, const struct traces *t)
{
	struct apart a;
	if (read_history(s, t) != OK || history_apart(&s->history, &s->still,
	    s->has_page ? s->page.corners : NULL, 4, &a) != OK) {
		err_clear();
		return OK;
	}
	return sight_add_apart(s, FINDING_history_part, &a);
}

RESULT
look_traces(struct sight *s)
{
	static const struct box nowhere = {0};
	struct traces t;
	char tables[32];
	TRY(traces_find(s->file, &s->still, &t));
	snprintf(tables, sizeof(tables), t.quality ? "%s %d" : "%s", t.kind,
	    t.quality);
	TRY(findings_add_text(s->out, FINDING_trace_tables, tables, 1,
	    nowhere));
	if (t.program[0])
		TRY(findings_add_text(s->out, t.edits ?
		    FINDING_trace_editor : FINDING_trace_converter, t.program,
		    1, nowhere));
	if (t.has_resaved)
		TRY(sight_add_number(s, FINDING_trace_resaved, t.resaved));
	if (t.has_thumbnail)
		TRY(sight_add_number(s, FINDING_trace_thumbnail,
		    t.thumbnail));
	return look_for_parts(s, &t);
}
