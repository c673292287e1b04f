/*
 * Whether the face took on the colours in which the page's screen shone.
 *
 * Nothing else here tells a person from a film of one, done in the right
 * order: a display shows what it would have shown anyway, whatever shines on
 * it. But daylight drowns a screen, some switch the colours off, and a mask
 * answers too. So what is not seen is a doubt, and other colours than those
 * that were shown are a flag; nobody is refused by it.
 */
#include "base/enum.h"
#include "checks/recorded.h"

#define CHANGE_LEAST 0.012 /* below, a head's own motion does as much */
#define TREMBLES_MOST 0.25 /* of the change */
#define LIKENESS_LEAST 0.85 /* 2 of 100 other orders are as like */
#define OTHER_LEAST 0.9    /* likeness to another order: a film of that one */
#define OTHER_MOST 0.3     /* ... and of the one that was shown meanwhile */

static void
judge(const struct findings *f, struct result *out)
{
	double change = findings_number(f, FINDING_light_change, 0);
	double trembles = findings_number(f, FINDING_light_trembles, 1);
	double likeness = findings_number(f, FINDING_light_likeness, 0);
	double another = findings_number(f, FINDING_light_another, 0);

	result_measure(out, likeness, LIKENESS_LEAST);
	if (change < CHANGE_LEAST || trembles > TREMBLES_MOST * change) {
		result_measure(out, change, CHANGE_LEAST);
		result_set(out, VERDICT_UNSURE, "the screen's light is not "
		    "seen on the face: a bright room, or no face before it");
	} else if (likeness >= LIKENESS_LEAST) {
		result_set(out, VERDICT_PASS, "its colours, in their order");
		return;
	} else if (likeness < OTHER_MOST && another >= OTHER_LEAST) {
		result_set(out, VERDICT_WARN, "takes on other colours than "
		    "those that were shown");
	} else {
		result_set(out, VERDICT_UNSURE, "its colours change, not "
		    "clearly as the screen's did");
	}
	result_reason(out, "not_verified");
}

static void
run(const struct dossier *d, struct result *out)
{
	const struct findings *f;

	if (!recorded_find(d, SOURCE_FACE, "not_verified", out, &f))
		return;
	double seen = findings_number(f, FINDING_light_seen, -1);
	recorded_span(f, FINDING_light_at, out);
	if (seen >= CHALLENGE_LIGHTS) {
		judge(f, out);
		return;
	}
	result_set(out, VERDICT_UNSURE, seen < 0 ? "no light was shown" :
	    "the face was not seen in every light");
	result_reason(out, "not_verified");
}

const struct check check_light_followed = {"light_followed", run};
