/*
 * Whether the ghost portrait shows the face of the portrait. Not every
 * document has a ghost, and a weak one may not be found: then nothing is
 * said. Nor is it where the faces are neither clearly one nor clearly two.
 */
#include "checks/check.h"

/*
 * Tuning pictures of tools/specimen, all levels, outline found: of 43 with a
 * ghost that could be judged three had less than .78, one of them under
 * fingers. Of 26 of two faces four lay below it, six between the lines, five
 * above: drawn faces are much alike. What was found on documents without a
 * ghost lay elsewhere than the busiest place, but for one of 16.
 */
#define ALIKE 0.87
#define UNLIKE 0.78
#define THERE_LEAST 0.5

/*
 * What no face is known to be: a ghost in coarse lines under print, or a
 * strong ground, had .55 to .69 on genuine cards (five of 111 tuning
 * pictures with a ghost), and where the portrait was another likewise.
 */
#define LIKE_A_FACE 0.72

/*
 * Where a second face is known to be one it may lie anywhere, and be less
 * alike. Of 38 genuine pages of another drawer, without ghosts, one had
 * something that was taken for a face, with .27. Of rendered heads, nine of
 * each, second faces of somebody else had .45 to .83, and one face twice .85
 * to .96 where it was found at all; in dots and coarse lines .61 to .79.
 */
#define FACE_LEAST 0.35

static bool
is_other(const struct findings *f, double likeness)
{
	double there = findings_number(f, FINDING_ghost_there, 0);
	double face = findings_number(f, FINDING_ghost_face, 0);

	return likeness < UNLIKE && (face > FACE_LEAST ||
	    (likeness > LIKE_A_FACE && there >= THERE_LEAST));
}

static enum verdict
judge(const struct findings *f, double likeness)
{
	if (likeness >= ALIKE)
		return VERDICT_PASS;
	return is_other(f, likeness) ? VERDICT_WARN : VERDICT_UNSURE;
}

/* likeness below 0: nothing was found. */
static const char *
explained(enum verdict verdict, double likeness)
{
	if (verdict == VERDICT_PASS)
		return "the ghost shows the same face";
	if (verdict == VERDICT_WARN)
		return "the ghost shows another face than the portrait";
	return likeness >= UNLIKE ?
	    "what may be a ghost is neither clearly the same face nor "
	    "clearly another" :
	    "no ghost portrait that could be compared";
}

static void
run(const struct dossier *d, struct result *out)
{
	enum verdict verdict = VERDICT_UNSURE;
	double likeness = -1;

	for (int side = 0; side < SIDES_MAX; side++) {
		const struct finding *f = findings_find(d->sides[side],
		    FINDING_ghost_likeness);
		if (!f)
			continue;
		likeness = f->value;
		verdict = judge(d->sides[side], likeness);
		out->side = side;
		out->box = f->box;
		result_measure(out, likeness, UNLIKE);
		break;
	}
	result_set(out, verdict, "%s", explained(verdict, likeness));
	if (verdict != VERDICT_PASS)
		result_reason(out, "not_verified");
}

const struct check check_portrait_ghost = {"portrait_ghost", run};
