/*
 * Whether the face can be seen: no mask, scarf or hand over nose and mouth,
 * nothing dark over the eyes. Landmarks are put on a mask as well, and a
 * challenge can be followed behind one.
 *
 * Lips as pale as the skin around them, or a mouth in which nothing opens,
 * are a doubt only: there are such faces, and such lamps. What has the colour
 * of the wearer's own skin is not seen.
 */
#include "base/enum.h"
#include "checks/recorded.h"

static const struct recorded_rule rules[] = {
    {FINDING_cover_nose, RECORDED_MOST, 0.5, VERDICT_FAIL, "face_covered",
	"nose and cheeks have not the colour of the face", FINDING_COUNT},
    {FINDING_cover_eyes, RECORDED_MOST, 0.7, VERDICT_FAIL, "face_covered",
	"around the eyes is not the colour of the face", FINDING_COUNT},
    {FINDING_cover_nose, RECORDED_MOST, 0.3, VERDICT_UNSURE, "face_covered",
	"nose and cheeks differ from the face in colour", FINDING_COUNT},
    {FINDING_cover_eyes, RECORDED_MOST, 0.5, VERDICT_UNSURE, "face_covered",
	"around the eyes the colour differs", FINDING_COUNT},
    {FINDING_cover_sight, RECORDED_LEAST, 0.3, VERDICT_UNSURE,
	"face_covered", "nothing is to be seen in the eyes", FINDING_COUNT},
    {FINDING_cover_lips, RECORDED_LEAST, 0.1, VERDICT_UNSURE,
	"face_covered", "no lips are to be seen", FINDING_COUNT},
    {FINDING_cover_mouth, RECORDED_LEAST, 0.2, VERDICT_UNSURE,
	"face_covered", "nothing opens where the mouth is", FINDING_COUNT},
};

static void
run(const struct dossier *d, struct result *out)
{
	recorded_face(d, "face_not_seen", rules, COUNT_OF(rules),
	    "nothing covers the face", out);
}

const struct check check_face_uncovered = {"face_uncovered", run};
