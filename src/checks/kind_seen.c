/*
 * Whether each picture shows what was asked for, as a network sees it at a
 * glance: the sides given the wrong way round, or no document at all.
 *
 * It warns only where the network is sure, and decides nothing: it learned
 * from drawn documents, and real ones look otherwise. The threshold was
 * chosen on tuning pictures; counts are in docs/checks.md.
 */
#include "checks/check.h"

#include <string.h>

#define SURE 0.9   /* to speak against a picture */
#define LIKELY 0.5 /* to agree with it */

/* "" where it is not known what was asked for. */
static const char *
wanted(const char *kind, int side)
{
	if (kind && strcmp(kind, "passport") == 0)
		return "passport_page";
	if (kind && (strcmp(kind, "identity_card") == 0 ||
			strcmp(kind, "residence_permit") == 0))
		return side == 0 ? "card_front" : "card_back";
	return "";
}

/* Against the picture, "" for nothing: a code for the participant. */
static const char *
objection(const char *asked, const struct finding *seen)
{
	if (seen->confidence < SURE)
		return "";
	if (strcmp(seen->text, "none") == 0)
		return "no_document";
	bool turned = strcmp(asked, "card_front") == 0 ?
	    strcmp(seen->text, "card_back") == 0 :
	    strcmp(asked, "card_back") == 0 &&
		strcmp(seen->text, "card_front") == 0;
	return turned ? "other_side" : "";
}

static void
judge_side(const struct dossier *d, int side, struct result *out)
{
	const struct finding *seen = findings_find(d->sides[side],
	    FINDING_kind_seen);
	const char *asked = wanted(d->kind, side), *against;

	out->side = side;
	if (!seen) {
		result_set(out, VERDICT_UNSURE, "nothing looked at the kind");
		result_reason(out, "not_verified");
		return;
	}
	out->box = seen->box;
	result_measure(out, seen->confidence, SURE);
	against = objection(asked, seen);
	if (against[0]) {
		result_set(out, VERDICT_WARN,
		    "the network takes it for %s, asked was %s", seen->text,
		    asked);
		result_reason(out, against);
		return;
	}
	if (strcmp(seen->text, asked) == 0 && seen->confidence >= LIKELY) {
		result_set(out, VERDICT_PASS, "the network sees what was asked");
		return;
	}
	result_set(out, VERDICT_UNSURE, "the network sees %s, not surely %s",
	    seen->text, asked[0] ? asked : "what was asked");
	result_reason(out, "not_verified");
}

/* A warning counts for more than a doubt. */
static int
weight(enum verdict v)
{
	return v == VERDICT_PASS ? 0 : v == VERDICT_WARN ? 2 : 1;
}

static void
run(const struct dossier *d, struct result *out)
{
	const struct result blank = *out;
	bool any = false;

	for (int side = 0; side < SIDES_MAX; side++) {
		struct result one = blank;
		if (!d->sides[side])
			continue;
		judge_side(d, side, &one);
		if (!any || weight(one.verdict) > weight(out->verdict))
			*out = one;
		any = true;
	}
	if (any)
		return;
	result_set(out, VERDICT_UNSURE, "there is no picture");
	result_reason(out, "no_document");
}

const struct check check_kind_seen = {"kind_seen", run};
