/*
 * Signs that what was turned before the camera is a picture of a face.
 *
 * A turn that was done and shows no depth fails, and so does one in which
 * what lies around moves with the face: whoever turns the head leaves the
 * room where it is. Small turns and small faces show little depth: between
 * two lines it is a doubt. What only hints at a tilted plane is for an operator. A
 * photograph that is animated before it is shown has depth, and passes here:
 * docs/recordings.md.
 */
#include "base/enum.h"
#include "checks/recorded.h"

static const struct recorded_rule rules[] = {
    {FINDING_face_flat, RECORDED_LEAST, 0.012, VERDICT_FAIL, "not_verified",
	"no depth is seen in any turn of the head", FINDING_face_flat_at},
    {FINDING_face_ground, RECORDED_LEAST, 0.05, VERDICT_FAIL, "not_verified",
	"what lies around turns with the face", FINDING_face_flat_at},
    {FINDING_face_flat, RECORDED_LEAST, 0.02, VERDICT_UNSURE, "not_verified",
	"hardly any depth is seen in any turn", FINDING_face_flat_at},
    {FINDING_face_ground, RECORDED_LEAST, 0.09, VERDICT_UNSURE,
	"not_verified", "what lies around hardly stays where it is",
	FINDING_face_flat_at},
    {FINDING_face_tilted, RECORDED_LEAST, 0.4, VERDICT_UNSURE, "not_verified",
	"the face moves as a tilted plane", FINDING_face_tilted_at},
    {FINDING_face_fit, RECORDED_MOST, 20, VERDICT_UNSURE, "not_verified",
	"a head fitted to it turns further than its jaw", FINDING_face_fit_at},
};

static void
run(const struct dossier *d, struct result *out)
{
	recorded_face(d, "face_not_seen", rules, COUNT_OF(rules),
	    "a turn of the head shows depth", out);
	recorded_turn_wanted(d, out);
}

const struct check check_not_flat = {"not_flat", run};
