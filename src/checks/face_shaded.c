/*
 * Whether the light stays in the room while the face turns under it.
 *
 * A photograph that is bent into a turn carries the light of its moment along
 * on its skin. So does a face in light that comes from everywhere alike: what
 * is not seen is a doubt, never a refusal. A film of a person, from a display
 * or fed in, passes.
 */
#include "base/enum.h"
#include "checks/recorded.h"

static const struct recorded_rule rules[] = {
    {FINDING_face_shade, RECORDED_LEAST, 0.035, VERDICT_UNSURE, "not_verified",
	"the light on the cheeks stays as it is in every turn",
	FINDING_face_shade_at},
};

static void
run(const struct dossier *d, struct result *out)
{
	recorded_face(d, "face_not_seen", rules, COUNT_OF(rules),
	    "cheeks change their light as the head turns", out);
	recorded_turn_wanted(d, out);
}

const struct check check_face_shaded = {"face_shaded", run};
