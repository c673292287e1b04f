/*
 * Whether parts of the document change their colour while it is tilted, as
 * holograms and optically variable inks do. A flag: light and camera decide
 * what of it can be seen, and a copy with foil stuck on changes too.
 */
#include "base/enum.h"
#include "checks/recorded.h"

#define TURNED_LEAST 1.06 /* aspects: some 20 degrees of tilt */

static const struct recorded_rule rules[] = {
    {FINDING_tilt_change, RECORDED_LEAST, 3.5, VERDICT_WARN, "not_verified",
	"nothing changes while it is tilted", FINDING_COUNT},
    {FINDING_tilt_change, RECORDED_LEAST, 8, VERDICT_UNSURE, "not_verified",
	"little changes while it is tilted: a finger may cover what does",
	FINDING_COUNT},
};

static void
run(const struct dossier *d, struct result *out)
{
	const struct findings *f;
	if (!recorded_find(d, SOURCE_DOCUMENT, "document_not_seen", out, &f))
		return;
	if (findings_number(f, FINDING_tilt_turned, 1) < TURNED_LEAST) {
		result_measure(out, findings_number(f, FINDING_tilt_turned, 1),
		    TURNED_LEAST);
		result_set(out, VERDICT_UNSURE, "it was hardly tilted");
		result_reason(out, "document_not_seen");
		return;
	}
	recorded_judge(f, rules, COUNT_OF(rules),
	    "a part changes its colour over the tilt", out);
}

const struct check check_document_moves = {"document_moves", run};
