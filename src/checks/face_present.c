/*
 * Whether the recording shows a face well enough to be judged by anybody.
 */
#include "base/enum.h"
#include "checks/recorded.h"

#define FINDING_none FINDING_COUNT

static const struct recorded_rule rules[] = {
    {FINDING_face_seen, RECORDED_LEAST, 0, VERDICT_FAIL, "face_not_seen", "",
	FINDING_COUNT}, /* its value is what a pass shows */
#define RECORDED(finding, bound, threshold, reason, when, text)                \
	{FINDING_##finding, RECORDED_##bound, threshold, VERDICT_FAIL,         \
	    #reason, text, FINDING_##when},
#include "checks/recordings.def"
#undef RECORDED
    /* a webcam in little light: a person may see what is missed */
    {FINDING_recording_rate, RECORDED_LEAST, 8, VERDICT_UNSURE,
	"recording_broken", "few frames a second", FINDING_COUNT},
};

static void
run(const struct dossier *d, struct result *out)
{
	recorded_face(d, "face_not_seen", rules, COUNT_OF(rules),
	    "a face is seen throughout", out);
}

const struct check check_face_present = {"face_present", run};
