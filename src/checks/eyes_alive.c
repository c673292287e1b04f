/*
 * Whether the eyes shut for a moment or look about.
 *
 * Those of a photograph do neither, however it is held, bent, pushed about or
 * laid over the form of a head. But some people stare, little light hides
 * lids, and films blink as people do: what is not seen is a doubt, never a
 * refusal.
 */
#include "base/enum.h"
#include "checks/recorded.h"

static const struct recorded_rule rules[] = {
    {FINDING_eyes_moved, RECORDED_LEAST, 3, VERDICT_UNSURE, "not_verified",
	"the eyes never shut nor look elsewhere", FINDING_eyes_moved_at},
};

static void
run(const struct dossier *d, struct result *out)
{
	recorded_face(d, "face_not_seen", rules, COUNT_OF(rules),
	    "the eyes shut or look about", out);
}

const struct check check_eyes_alive = {"eyes_alive", run};
