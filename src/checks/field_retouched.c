/*
 * Whether a printed field was typed later than the others: by what is
 * measured of it beside its neighbours.
 *
 * The threshold is from tuning pictures of tools/specimen: of 30 genuine ones
 * one had more, of 18 with a field typed again five; of 71 clean pictures of
 * another drawer, smooth as drawings for the web are, five. What a forger
 * sets in the document's own ink on its own paper is not seen.
 */
#include "checks/flag.h"

#define OUTLIER_MOST 4.3

static void
run(const struct dossier *d, struct result *out)
{
	static const struct flag flag = {FINDING_field_outlier, FLAG_ABOVE,
	    OUTLIER_MOST, "a printed field differs from its neighbours"};

	flags_judge(d, &flag, 1, "the fields are of one make", out);
}

const struct check check_field_retouched = {"field_retouched", run};
