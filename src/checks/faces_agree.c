/*
 * Whether the face in the recording is the one on the document, by a network
 * that the administrator installed and thresholds that came with it. Without
 * one nothing is pretended: the operator compares by eye.
 */
#include "checks/recorded.h"

static void
run(const struct dossier *d, struct result *out)
{
	const struct findings *f;
	const struct finding *score;
	out->side = SOURCE_COMPARED;
	if (!recorded_find(d, SOURCE_COMPARED, "not_verified", out, &f))
		return;
	double same = findings_number(f, FINDING_faces_same_from, 2);
	double other = findings_number(f, FINDING_faces_other_below, -2);
	result_reason(out, "not_verified");
	if (findings_number(f, FINDING_faces_model, 0) == 0) {
		result_set(out, VERDICT_UNSURE, "no model installed");
		return;
	}
	score = findings_find(f, FINDING_faces_score);
	if (!score || same <= other) {
		result_set(out, VERDICT_UNSURE, "the faces could not be "
		    "compared");
		return;
	}
	out->box = score->box;
	result_measure(out, score->value, same);
	if (score->value >= same)
		result_set(out, VERDICT_PASS, "one face, by the model's "
		    "thresholds");
	else if (score->value < other)
		result_set(out, VERDICT_FAIL, "two faces, by the model's "
		    "thresholds");
	else
		result_set(out, VERDICT_UNSURE, "between the model's "
		    "thresholds");
}

const struct check check_faces_agree = {"faces_agree", run};
