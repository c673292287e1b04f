/*
 * Whether straight lines around the portrait are turned against the document,
 * as those of a photograph stuck on by hand. Many documents print a portrait
 * with hard edges: how hard they are is no sign.
 *
 * The threshold is from tuning pictures: of 187 genuine fronts none has more
 * (1.17), nor of 119 clean pages of another drawer, all of whose portraits have
 * hard edges (0.83); of 40 with a portrait stuck on four, and many of the
 * others are turned by less. What was laid in straight is seen by what the file
 * went through, or not at all.
 */
#include "base/enum.h"
#include "checks/flag.h"
#include "checks/history.h"

#define TURNED_MOST 1.2

static void
run(const struct dossier *d, struct result *out)
{
	static const struct flag lines[] = {
	    {FINDING_portrait_turned, FLAG_ABOVE, TURNED_MOST,
		"straight lines around the portrait are turned"},
	    {FINDING_history_portrait, FLAG_ABOVE, HISTORY_MOST,
		"the portrait was changed after the picture had been saved"}};

	flags_judge(d, lines, COUNT_OF(lines),
	    "nothing around the portrait is turned", out);
}

const struct check check_portrait_edge = {"portrait_edge", run};
