/*
 * Whether a printed field was typed later than the others: by what is
 * measured of it beside its neighbours, and by what a network makes of it
 * beside them. A network's word flags, as a measure does; neither decides.
 *
 * The thresholds are from tuning pictures of tools/specimen, all levels and
 * scans: of 177 genuine ones the measure flags none and the network five, of 38
 * with a field typed again they flag 16 and 21, together 22. Of 116 clean
 * pages of another drawer neither flags any, of 40 of these with a field
 * typed again 24 and 10. What could not be read as a field is rarely
 * compared, so that a value set to nonsense is often not seen.
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
