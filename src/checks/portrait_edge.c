/*
 * Whether straight hard lines stand around the portrait, as around one that
 * was pasted on. Some documents print such a frame: a person looks.
 *
 * The threshold is from tuning pictures: 30 genuine 6.8 and less, eight with a
 * pasted portrait 1.9 to 14.9, one of them above it. It finds the coarse ones.
 */
#include "checks/flag.h"

#define BORDER_MOST 7.5

static void
run(const struct dossier *d, struct result *out)
{
	static const struct flag flag = {FINDING_portrait_border, FLAG_ABOVE,
	    BORDER_MOST, "a hard straight border around the portrait"};

	flags_judge(d, &flag, 1, "no hard border around the portrait", out);
}

const struct check check_portrait_edge = {"portrait_edge", run};
