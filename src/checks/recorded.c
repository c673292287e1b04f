/*
 * Judging what was measured in a recording.
 */
#include "checks/recorded.h"

#include <math.h>
#include <stdio.h>

bool
recorded_find(const struct dossier *d, enum source source,
    const char *missing, struct result *out, const struct findings **f)
{
	*f = source == SOURCE_FACE ? d->face :
	    source == SOURCE_DOCUMENT ? d->shown : d->compared;
	out->side = source;
	if (*f)
		return true;
	result_set(out, VERDICT_UNSURE, "there is no recording");
	result_reason(out, missing);
	return false;
}

void
recorded_span(const struct findings *f, enum finding_name name,
    struct result *out)
{
	unsigned from, to;
	if (sscanf(findings_text(f, name), "%u %u", &from, &to) != 2 ||
	    to < from)
		return;
	out->from_ms = from;
	out->to_ms = to;
}

static bool
is_broken(const struct recorded_rule *rule, double value)
{
	return rule->bound == RECORDED_LEAST ? value < rule->threshold
					     : value > rule->threshold;
}

static void
show(const struct finding *at, const struct recorded_rule *rule,
    struct result *out)
{
	out->box = at->box;
	result_measure(out, at->value, rule->threshold);
}

void
recorded_judge(const struct findings *f, const struct recorded_rule *rules,
    size_t count, const char *fine, struct result *out)
{
	for (size_t i = 0; i < count; i++) {
		const struct finding *at = findings_find(f, rules[i].finding);
		if (!at || !is_broken(&rules[i], at->value))
			continue;
		show(at, &rules[i], out);
		if (rules[i].when != FINDING_COUNT)
			recorded_span(f, rules[i].when, out);
		result_set(out, rules[i].broken, "%s", rules[i].text);
		result_reason(out, rules[i].reason);
		return;
	}
	const struct finding *first = findings_find(f, rules[0].finding);
	if (!first) {
		result_set(out, VERDICT_UNSURE, "was not measured");
		result_reason(out, "not_verified");
		return;
	}
	show(first, &rules[0], out);
	result_set(out, VERDICT_PASS, "%s", fine);
}

void
recorded_face(const struct dossier *d, const char *missing,
    const struct recorded_rule *rules, size_t count, const char *fine,
    struct result *out)
{
	const struct findings *f;

	if (recorded_find(d, SOURCE_FACE, missing, out, &f))
		recorded_judge(f, rules, count, fine, out);
}

void
recorded_turn_wanted(const struct dossier *d, struct result *out)
{
	if (d->face && out->verdict == VERDICT_UNSURE && !isfinite(out->value))
		result_set(out, VERDICT_UNSURE, "no whole turn of the head "
		    "was seen, by which it is measured");
}
