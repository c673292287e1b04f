/*
 * Whether the ghost portrait shows the face of the portrait. Not every
 * document has a ghost, and a weak one may not be found: then nothing is
 * said. Nor is it where the faces are neither clearly one nor clearly two.
 */
#include "checks/check.h"

/*
 * Tuning: 31 documents with a ghost, of drawn faces and of rendered heads, have
 * .75 and more where a face is seen at all (27). Of 33 without one, one has
 * something that is taken for a face, with .45. Of other people's portraits
 * half lie below the line: drawn faces and rendered heads are much alike.
 */
#define ALIKE 0.87
#define UNLIKE 0.74
#define FACE_LEAST 0.47 /* less: what was taken for a face may be none */

static enum verdict
judge(const struct findings *f, double likeness)
{
	if (likeness >= ALIKE)
		return VERDICT_PASS;
	return findings_find(f, FINDING_ghost_face) && likeness < UNLIKE &&
	    likeness > FACE_LEAST ? VERDICT_WARN : VERDICT_UNSURE;
}

static const char *
explained(const struct findings *f, enum verdict verdict)
{
	if (verdict == VERDICT_PASS)
		return "the ghost shows the same face";
	if (verdict == VERDICT_WARN)
		return "the ghost shows another face than the portrait";
	return f && findings_find(f, FINDING_ghost_face) ?
	    "portrait and ghost are neither clearly one face nor two" :
	    "no ghost portrait that could be compared";
}

static void
run(const struct dossier *d, struct result *out)
{
	enum verdict verdict = VERDICT_UNSURE;
	const struct findings *seen = NULL;

	for (int side = 0; side < SIDES_MAX; side++) {
		const struct finding *f = findings_find(d->sides[side],
		    FINDING_ghost_likeness);
		if (!f)
			continue;
		seen = d->sides[side];
		verdict = judge(seen, f->value);
		out->side = side;
		out->box = f->box;
		result_measure(out, f->value, UNLIKE);
		break;
	}
	result_set(out, verdict, "%s", explained(seen, verdict));
	if (verdict != VERDICT_PASS)
		result_reason(out, "not_verified");
}

const struct check check_portrait_ghost = {"portrait_ghost", run};
