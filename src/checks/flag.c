/*
 * Judging the numbers of the fraud looks.
 */
#include "checks/flag.h"

#include <math.h>

static bool
stands(const struct flag *flag, double value)
{
	return flag->side == FLAG_ABOVE ? value > flag->threshold
					: value < flag->threshold;
}

static void
show(const struct finding *f, const struct flag *flag, int side,
    struct result *out)
{
	out->side = side;
	out->box = f->box;
	result_measure(out, f->value, flag->threshold);
}

void
flags_judge(const struct dossier *d, const struct flag *flags, size_t count,
    const char *fine, struct result *out)
{
	bool measured = false;

	for (size_t i = 0; i < count; i++)
		for (int side = 0; side < SIDES_MAX; side++) {
			const struct finding *f = findings_find(d->sides[side],
			    flags[i].finding);
			if (!f || !isfinite(f->value))
				continue;
			if (stands(&flags[i], f->value)) {
				show(f, &flags[i], side, out);
				result_set(out, VERDICT_WARN, "%s",
				    flags[i].doubt);
				result_reason(out, "not_verified");
				return;
			}
			if (!measured)
				show(f, &flags[i], side, out);
			measured = true;
		}
	if (measured) {
		result_set(out, VERDICT_PASS, "%s", fine);
		return;
	}
	result_set(out, VERDICT_UNSURE, "was not measured");
	result_reason(out, "not_verified");
}
