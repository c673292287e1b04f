/*
 * Whether pictures are good enough to be read and, later, judged by a person.
 *
 * A bad picture is turned back at once, with the one thing to mend; the order
 * of quality.def is the order in which people are told.
 *
 * Small is what cannot be read: of a small picture that was read whole and
 * surely, as public registers show documents, only so much is asked that a
 * person can compare the portrait.
 */
#include "base/enum.h"
#include "checks/check.h"
#include "ident/mrz_doubt.h"

#include <math.h>
#include <string.h>

#define READ_SURE 0.6 /* of a printed value: less is a doubt */
#define READ_SHARE 0.667 /* of a size's threshold, where it was read surely:
			  * a portrait is sixty pixels wide and more */

enum bound { LEAST, MOST };

struct rule {
	enum finding_name finding;
	enum bound bound;
	double threshold;
	const char *reason, *text;
};

static const struct rule rules[] = {
#define QUALITY(finding, bound, threshold, reason, text)                       \
	{FINDING_##finding, bound, threshold, #reason, text},
#include "checks/quality.def"
#undef QUALITY
};

static bool
breaks(const struct rule *rule, double value, double threshold)
{
	return rule->bound == LEAST ? value < threshold : value > threshold;
}

/*
 * Whether a rule is for this side. The back of some cards holds neither zone
 * nor data: nothing in it tells a document from a sheet of paper.
 */
static bool
concerns(const struct rule *rule, int side)
{
	return side == 0 || rule->finding != FINDING_document_found;
}

static bool
zone_is_sure(const struct dossier *d, int side)
{
	struct mrz m;
	return dossier_side_mrz(d, side, &m) && m.bad_digits == 0 &&
	    m.flaws == 0 && !mrz_doubt_of(d->sides[side]).text;
}

static bool
print_is_sure(const struct findings *f)
{
	static const enum finding_name all[] = {FINDING_printed_surname,
	    FINDING_printed_given_names, FINDING_printed_birth_date,
	    FINDING_printed_expiry, FINDING_printed_number};
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		const struct finding *found = findings_find(f, all[i]);
		if (!found || !found->text[0] || found->confidence < READ_SURE)
			return false;
	}
	return true;
}

/* What a side has to reach, or may not pass. */
static double
threshold_of(const struct dossier *d, int side, const struct rule *rule)
{
	if (strcmp(rule->reason, "too_small") != 0)
		return rule->threshold;
	bool sure = zone_is_sure(d, side) || print_is_sure(d->sides[side]);
	return sure ? READ_SHARE * rule->threshold : rule->threshold;
}

/* Tells the first rule that a side breaks; false when it breaks none. */
static bool
judge_side(const struct dossier *d, int side, struct result *out)
{
	const struct findings *f = d->sides[side];

	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		const struct finding *found =
		    findings_find(f, rules[i].finding);
		double threshold = threshold_of(d, side, &rules[i]);
		if (!found || !concerns(&rules[i], side) ||
		    !breaks(&rules[i], found->value, threshold))
			continue;
		result_set(out, VERDICT_FAIL, "%s", rules[i].text);
		result_measure(out, found->value, threshold);
		result_reason(out, rules[i].reason);
		out->side = side;
		out->box = found->box;
		return true;
	}
	return false;
}

static double
rule_of(enum finding_name finding)
{
	for (size_t i = 0; i < COUNT_OF(rules); i++)
		if (rules[i].finding == finding)
			return rules[i].threshold;
	return NAN;
}

static bool
is_measured(const struct findings *f)
{
	return findings_find(f, FINDING_quality_blur) != NULL;
}

static void
run(const struct dossier *d, struct result *out)
{
	int given = 0, measured = 0;

	for (int side = 0; side < SIDES_MAX; side++) {
		if (!d->sides[side])
			continue;
		given++;
		measured += is_measured(d->sides[side]);
		if (judge_side(d, side, out))
			return;
	}
	if (given == 0) {
		result_set(out, VERDICT_FAIL, "there is no picture");
		result_reason(out, "no_document");
		return;
	}
	if (measured < given) {
		result_set(out, VERDICT_UNSURE, "quality was not measured");
		return;
	}
	const struct finding *blur = findings_find(
	    d->sides[d->sides[0] ? 0 : 1], FINDING_quality_blur);
	result_set(out, VERDICT_PASS, "sharp, bright and large enough");
	result_measure(out, blur->value, rule_of(FINDING_quality_blur));
}

const struct check check_quality = {"quality", run};
