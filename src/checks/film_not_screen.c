/*
 * Signs that the face was recorded from a display: a pattern that lies over
 * it in all pictures. Codecs take nearly all of it away: of recordings from
 * displays none was told by it. So what is found is a flag, and what is not
 * found is never a pass.
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
	recorded_face(d, "not_verified", rules, COUNT_OF(rules),
	    "no pattern on the face, which rules no display out", out);
	if (out->verdict != VERDICT_PASS)
		return;
	out->verdict = VERDICT_UNSURE;
	result_reason(out, "not_verified");
}

const struct check check_film_not_screen = {"film_not_screen", run};
