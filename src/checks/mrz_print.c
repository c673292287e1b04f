/*
 * Whether the zone is printed as zones are: in OCR-B, at an even pitch of
 * 2.54 mm, in one ink.
 *
 * Thresholds are from tuning pictures of tools/specimen, all levels. Of 97
 * genuine zones two had a likeness below the line, and the farthest letter was
 * .091 of a pitch off, the ink step .72, the pitch 1.8 % off; a blurred or
 * shaded zone is the worst. Of 17 zones wholly in another face 15 had less
 * likeness, of 17 with another pitch 13 were 4.3 % off and more.
 */
#include "checks/flag.h"

#include "base/enum.h"

#define LIKENESS_LEAST 0.87
#define UNEVENNESS_MOST 0.10
#define INK_STEP_MOST 0.80
#define PITCH_OFF_MOST 0.03

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
