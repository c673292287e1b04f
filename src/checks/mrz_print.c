/*
 * Whether the zone is printed as zones are: in OCR-B, at an even pitch of
 * 2.54 mm, in one ink.
 *
 * Thresholds are from tuning pictures of tools/specimen, L1 to L3. Of 12
 * genuine zones the likeness was .909 and more, the farthest letter .054 of a
 * pitch off, the ink step .39 and less, the pitch 4.0 % off and less (outlines
 * are found to a few percent). Zones wholly in another face had .66 to .89.
 */
#include "checks/flag.h"

#include "base/enum.h"

#define LIKENESS_LEAST 0.90
#define UNEVENNESS_MOST 0.09
#define INK_STEP_MOST 0.50
#define PITCH_OFF_MOST 0.045

static void
run(const struct dossier *d, struct result *out)
{
	static const struct flag flags[] = {
	    {FINDING_mrz_likeness, FLAG_BELOW, LIKENESS_LEAST,
		"the zone is not in OCR-B"},
	    {FINDING_mrz_unevenness, FLAG_ABOVE, UNEVENNESS_MOST,
		"a letter of the zone stands off its line"},
	    {FINDING_mrz_ink_step, FLAG_ABOVE, INK_STEP_MOST,
		"a letter of the zone is in another ink"},
	    {FINDING_mrz_pitch_off, FLAG_ABOVE, PITCH_OFF_MOST,
		"the zone has another pitch than 2.54 mm"}};

	flags_judge(d, flags, COUNT_OF(flags), "printed as zones are", out);
}

const struct check check_mrz_print = {"mrz_print", run};
