/*
 * Signs that the face was recorded from a display: a pattern that lies over
 * it in all pictures. Codecs take most of it away: what is not found is not
 * ruled out.
 */
#include "base/enum.h"
#include "checks/recorded.h"

static const struct recorded_rule rules[] = {
    {FINDING_film_grid, RECORDED_MOST, 8, VERDICT_WARN, "not_verified",
	"a pattern as of a display lies over the face", FINDING_COUNT},
};

static void
run(const struct dossier *d, struct result *out)
{
	const struct findings *f;
	if (!recorded_find(d, SOURCE_FACE, out, &f)) {
		result_reason(out, "not_verified");
		return;
	}
	recorded_judge(f, rules, COUNT_OF(rules), "no pattern on the face",
	    out);
}

const struct check check_film_not_screen = {"film_not_screen", run};
