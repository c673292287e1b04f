/*
 * Whether a letter was copied from another place of the picture: two that
 * are alike to the grain.
 *
 * The threshold is from tuning pictures: of 80 that were not changed, of three
 * other drawers' pages, none has more (two had, before a pair had to stand
 * alone); of 38 in which a picture editor had moved a digit, the file saved
 * again at a quality of 72 to 97, four. A letter copied before the document
 * was printed and photographed has grain of its own and is not seen.
 */
#include "checks/flag.h"

#define CLOSENESS_MOST 2.6

static void
run(const struct dossier *d, struct result *out)
{
	static const struct flag flag = {FINDING_copied_closeness, FLAG_ABOVE,
	    CLOSENESS_MOST, "two letters are alike to the grain"};

	flags_judge(d, &flag, 1, "no letter repeats another's grain", out);
}

const struct check check_copied_glyphs = {"copied_glyphs", run};
