/*
 * Judging signs of a copy.
 */
#include "checks/recapture.h"

static bool
flag_side(const struct findings *f, const struct sign *signs, size_t count,
    bool (*counts)(const struct findings *f, const struct sign *s),
    enum verdict flagged, struct result *out)
{
	for (size_t i = 0; i < count; i++) {
		const struct finding *found = findings_find(f,
		    signs[i].finding);
		if (!found)
			continue;
		bool above = found->value > signs[i].most;
		if (i == 0 || above) {
			out->box = found->box;
			result_measure(out, found->value, signs[i].most);
		}
		if (!above || !counts(f, &signs[i]))
			continue;
		result_set(out, flagged, "%s", signs[i].text);
		result_reason(out, "not_verified");
		return true;
	}
	return false;
}

void
recapture_judge(const struct dossier *d, const struct sign *signs,
    size_t count, bool (*counts)(const struct findings *f,
    const struct sign *s), enum verdict flagged, struct result *out)
{
	int measured = 0, given = 0;

	for (int side = 0; side < SIDES_MAX; side++) {
		const struct findings *f = d->sides[side];
		given += f != NULL;
		if (!f)
			continue;
		measured += findings_find(f, signs[0].finding) != NULL;
		out->side = side;
		if (flag_side(f, signs, count, counts, flagged, out))
			return;
	}
	if (measured < given || given == 0) {
		result_set(out, VERDICT_UNSURE, "the pattern was not measured");
		result_reason(out, "not_verified");
		return;
	}
	result_set(out, VERDICT_PASS, "no sign of a copy");
}
