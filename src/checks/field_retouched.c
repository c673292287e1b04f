/*
 * Whether a printed field was typed later than the others: by what is
 * measured of it beside its neighbours, and by what a network makes of it
 * beside them. A network's word flags, as a measure does; neither decides.
 *
 * The first two thresholds are from tuning pictures: of 96 of another drawer's
 * pages that were not changed they flag one, of 197 with a field or a digit
 * changed in the file 23. Less strict ones had flagged a tenth of the genuine
 * pages with faces of type that were new to them. The third line is of what
 * the file went through (checks/history.h). What each finds: docs/checks.md.
 */
#include "base/enum.h"
#include "checks/flag.h"
#include "checks/history.h"

static const struct flag lines[] = {
    {FINDING_field_outlier, FLAG_ABOVE, 5.8,
	"a printed field differs from its neighbours"},
    {FINDING_field_network, FLAG_ABOVE, 2.5,
	"a printed field looks unlike its neighbours to a network"},
    {FINDING_history_field, FLAG_ABOVE, HISTORY_MOST,
	"a printed field was changed after the picture had been saved"}};

static void
run(const struct dossier *d, struct result *out)
{
	flags_judge(d, lines, COUNT_OF(lines), "the fields are of one make",
	    out);
}

const struct check check_field_retouched = {"field_retouched", run};
