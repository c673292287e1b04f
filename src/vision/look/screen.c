/*
 * Whether a display or a printer made what the camera saw: patterns that are
 * everywhere in the document. Measured on the camera's own pixels.
 */
#include "vision/look/look.h"

#include "base/enum.h"
#include "vision/fraud/pattern.h"

RESULT
look_screen(struct sight *s)
{
	struct pattern p;
	struct box page = sight_page_box(s);
	enum err seen = pattern_measure(&s->still,
	    s->has_page ? &s->page : NULL, &p);
	if (seen == ERR_NOT_FOUND) { /* smaller than a square */
		err_clear();
		return OK;
	}
	TRY(seen);
	const struct {
		enum finding_name name;
		double value;
	} rows[] = {{FINDING_pattern_fringe, p.fringe.height},
	    {FINDING_pattern_everywhere, p.everywhere.height},
	    {FINDING_pattern_everywhere_turn, p.everywhere_turn},
	    {FINDING_pattern_grid, p.grid.height},
	    {FINDING_pattern_grid_turn, p.grid_turn}};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		TRY(findings_add_number(s->out, rows[i].name, rows[i].value,
		    page));
	if (p.outside == 0)
		return OK;
	return findings_add_number(s->out, FINDING_pattern_beyond,
	    p.beyond.height, page);
}
