/*
 * What one frame of a moving document tells is a little of it, and a little
 * otherwise each time. Fields are taken one by one from where they were surest;
 * a zone is one thing with digits that check each other, and is taken whole.
 */
#include "vision/film/readings.h"

#include <string.h>

static const struct box nowhere;

int
readings_score(const struct findings *f)
{
	int score = findings_find(f, FINDING_mrz_line_1) ? 10 : 0;
	for (size_t i = 0; i < f->count; i++)
		score += finding_type_of(f->items[i].name) == FINDING_TEXT &&
		    strncmp(finding_name_text(f->items[i].name), "printed_",
			8) == 0;
	return score;
}

RESULT
readings_merge(const struct findings *from, struct findings *into)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct finding *at = &from->items[i];
		const char *name = finding_name_text(at->name);
		struct finding *known = NULL;
		if (strncmp(name, "printed_", 8) != 0)
			continue;
		for (size_t k = 0; k < into->count; k++)
			if (into->items[k].name == at->name)
				known = &into->items[k];
		if (!known)
			TRY(findings_add_text(into, at->name, at->text,
			    at->confidence, nowhere));
		else if (known->confidence < at->confidence) {
			*known = *at;
			known->box = nowhere;
		}
	}
	return OK;
}

static bool
is_zone(enum finding_name name)
{
	return name == FINDING_mrz_line_1 || name == FINDING_mrz_line_2 ||
	    name == FINDING_mrz_line_3 || name == FINDING_mrz_confidence ||
	    name == FINDING_mrz_least || name == FINDING_mrz_repaired;
}

RESULT
readings_take_zone(const struct findings *from, struct findings *into)
{
	size_t kept = 0;
	if (!findings_find(from, FINDING_mrz_line_1) ||
	    findings_number(from, FINDING_mrz_confidence, 0) <=
	    findings_number(into, FINDING_mrz_confidence, 0))
		return OK;
	for (size_t i = 0; i < into->count; i++)
		if (!is_zone(into->items[i].name))
			into->items[kept++] = into->items[i];
	into->count = kept;
	for (size_t i = 0; i < from->count; i++)
		if (is_zone(from->items[i].name) &&
		    into->count < FINDINGS_MAX) {
			into->items[into->count] = from->items[i];
			into->items[into->count++].box = nowhere;
		}
	return OK;
}
