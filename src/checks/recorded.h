/*
 * For the checks of recordings: what was measured, against a line, with the
 * time it speaks of.
 */
#pragma once

#include "checks/check.h"

/* The findings of a recording, and out->side; false: there is none, and the
 * result says that nothing was measured, for this reason. */
bool recorded_find(const struct dossier *d, enum source source,
    const char *missing, struct result *out, const struct findings **f);

/* One rule: a finding that must be at least, or at most, its threshold. */
struct recorded_rule {
	enum finding_name finding;
	enum { RECORDED_LEAST, RECORDED_MOST } bound;
	double threshold;
	enum verdict broken;
	const char *reason, *text; /* text for operators */
	enum finding_name when;    /* a span "from to"; FINDING_COUNT: none */
};

/*
 * The first rule that is broken is the result, with value, threshold, region
 * and time. Else unsure when the first one's finding is missing, or a pass
 * with the value of the first one. fine: what a pass says.
 */
void recorded_judge(const struct findings *f,
    const struct recorded_rule *rules, size_t count, const char *fine,
    struct result *out);

/* Both, of the face's recording. */
void recorded_face(const struct dossier *d, const char *missing,
    const struct recorded_rule *rules, size_t count, const char *fine,
    struct result *out);

/* "from to" into out. */
void recorded_span(const struct findings *f, enum finding_name name,
    struct result *out);

/* Says why nothing was measured of the face, where only a turn shows it. */
void recorded_turn_wanted(const struct dossier *d, struct result *out);
