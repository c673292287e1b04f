/*
 * Whether a printed field was typed later than the others: by what is
 * measured of it beside its neighbours, and by what a network makes of it
 * beside them. A network's word flags, as a measure does; neither decides.
 *
 * The first two thresholds are from tuning pictures (docs/checks.md has them
 * and what each finds); the third line is of what the file went through
 * (checks/history.h).
 */
#include "base/enum.h"
#include "checks/flag.h"
#include "checks/history.h"

#include <string.h>

static const struct flag lines[] = {
    {FINDING_field_outlier, FLAG_ABOVE, 6.1,
	"a printed field differs from its neighbours"},
    {FINDING_field_network, FLAG_ABOVE, 2.5,
	"a printed field looks unlike its neighbours to a network"},
    {FINDING_history_field, FLAG_ABOVE, HISTORY_MOST,
	"a printed field was changed after the picture had been saved"}};

/* What a field stands out by most, as the look calls it, for operators. */
static const struct {
	const char *by, *doubt;
} parts[] = {
    {"ink", "a printed field has another ink than its neighbours"},
    {"paper", "the paper between a printed field's letters has another "
	"grain than around it"},
    {"sharpness", "a printed field is sharper or softer than its "
	"neighbours"},
    {"stroke", "a printed field has thicker or thinner strokes than its "
	"neighbours"},
    {"rims", "the rims of a printed field's letters are smoother or rougher "
	"than its neighbours'"},
};

/* Says by what it stands out, where it is the measures that speak. */
static void
explain(const struct dossier *d, struct result *out)
{
	const struct finding *f = findings_find(d->sides[out->side],
	    FINDING_field_outlier);
	if (!f || !(f->value > lines[0].threshold))
		return;
	const char *by = findings_text(d->sides[out->side],
	    FINDING_field_outlier_by);
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		if (strcmp(by, parts[i].by) == 0)
			result_set(out, out->verdict, "%s", parts[i].doubt);
}

static void
run(const struct dossier *d, struct result *out)
{
	flags_judge(d, lines, COUNT_OF(lines), "the fields are of one make",
	    out);
	if (out->verdict == VERDICT_WARN)
		explain(d, out);
}

const struct check check_field_retouched = {"field_retouched", run};
