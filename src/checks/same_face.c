/*
 * Whether it is one face from beginning to end: nobody takes the seat of
 * another. By the looks of the skin, which tell a face from another within
 * one recording, in one light; not from one day to the next.
 *
 * Once by the few looks on both sides of each moment, once by all of them: who
 * changes within a motion, before a codec that smooths, is in no neighbours.
 * Between the lines of each it is unsure: light that is switched on changes looks
 * too.
 */
#include "base/enum.h"
#include "checks/recorded.h"

static const struct recorded_rule rules[] = {
    {FINDING_face_apart, RECORDED_MOST, 2, VERDICT_FAIL, "not_verified",
	"another face after that moment", FINDING_face_apart_at},
    {FINDING_face_changed, RECORDED_MOST, 1.6, VERDICT_FAIL, "not_verified",
	"all of the face before that moment differs from all after it",
	FINDING_face_changed_at},
    {FINDING_face_apart, RECORDED_MOST, 1.5, VERDICT_UNSURE, "not_verified",
	"the face looks different after that moment", FINDING_face_apart_at},
    {FINDING_face_changed, RECORDED_MOST, 1.4, VERDICT_UNSURE,
	"not_verified", "the face as a whole differs after that moment",
	FINDING_face_changed_at},
};

static void
run(const struct dossier *d, struct result *out)
{
	recorded_face(d, "face_not_seen", rules, COUNT_OF(rules),
	    "the same face throughout", out);
}

const struct check check_same_face = {"same_face", run};
