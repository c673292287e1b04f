/*
 * Whether somebody else is there: another face in more than a glimpse of the
 * pictures. A poster on the wall is asked to be left out of the picture too:
 * who stands beside a participant may be telling them what to do.
 */
#include "base/enum.h"
#include "checks/recorded.h"

static const struct recorded_rule rules[] = {
    /* a wrong box in one picture of thirty is no person */
    {FINDING_face_second, RECORDED_MOST, 0.03, VERDICT_FAIL,
	"more_than_one_person", "a second face", FINDING_face_second_at},
};

static void
run(const struct dossier *d, struct result *out)
{
	recorded_face(d, "face_not_seen", rules, COUNT_OF(rules),
	    "one face", out);
}

const struct check check_one_person = {"one_person", run};
