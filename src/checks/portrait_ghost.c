/*
 * Whether the ghost portrait shows the face of the portrait. Not every
 * document has a ghost, and a weak one may not be found: then nothing is
 * said. Nor is it where the faces are neither clearly one nor clearly two.
 */
#include "checks/check.h"

/*
 * By 104 tuning cards and 130 photographs, half of them with another portrait
 * than the ghost's: of one face twice eyes, nose and mouth had .93 and more on
 * 92 of 102 whose heads were alike by .65 and more, less where a ghost is
 * faint, small or far away; of two faces 7 of 69, mostly drawn ones. A small
 * ghost on a grey scan had .89, so the lower line lies below.
 */
#define SAME 0.93
#define OTHER 0.88

/* Of the whole head: what is less like one may not be the ghost. */
#define HEAD 0.75

/*
 * What no face is known to be is a ghost where the likest place is the busiest
 * as well; ghosts in dots and coarse lines had .55 to .65 there, and their
 * middles say nothing.
 */
#define LIKE_A_HEAD 0.65
#define THERE_LEAST 0.5

/* Where a second face is known to be one it may lie anywhere, and be less
 * alike. Of 38 genuine pages of another drawer, without ghosts, one had
 * something that was taken for a face, with .27. */
#define FACE_LEAST 0.35

static bool
is_ghost(const struct findings *f, double likeness)
{
	double there = findings_number(f, FINDING_ghost_there, 0);
	double face = findings_number(f, FINDING_ghost_face, 0);

	return face > FACE_LEAST ||
	    (likeness > LIKE_A_HEAD && there >= THERE_LEAST);
}

/* Whether the place was neither like the portrait nor a ghost's. */
static bool
is_nothing(const struct findings *f, double likeness)
{
	return likeness < HEAD && !is_ghost(f, likeness);
}

bool
portrait_ghost_seen(const struct findings *side)
{
	const struct finding *f =
	    findings_find(side, FINDING_ghost_likeness);

	return f && !is_nothing(side, f->value);
}

static enum verdict
judge(const struct findings *f, double likeness, double inner)
{
	if (likeness >= HEAD && inner >= SAME)
		return VERDICT_PASS;
	return is_ghost(f, likeness) && inner < OTHER ? VERDICT_WARN :
	    VERDICT_UNSURE;
}

static const char *
explained(enum verdict verdict, bool nothing)
{
	if (verdict == VERDICT_PASS)
		return "the ghost shows the same face";
	if (verdict == VERDICT_WARN)
		return "the ghost shows another face than the portrait";
	return nothing ? "no ghost portrait that could be compared" :
	    "what may be a ghost is neither clearly the same face nor "
	    "clearly another";
}

static void
run(const struct dossier *d, struct result *out)
{
	enum verdict verdict = VERDICT_UNSURE;
	bool nothing = true;

	for (int side = 0; side < SIDES_MAX; side++) {
		const struct findings *all = d->sides[side];
		const struct finding *f = findings_find(all,
		    FINDING_ghost_likeness);
		if (!f)
			continue;
		double inner = findings_number(all, FINDING_ghost_inner,
		    OTHER); /* not measured: neither the same nor another */
		verdict = judge(all, f->value, inner);
		nothing = is_nothing(all, f->value);
		out->side = side;
		if (!nothing) /* else it is letters, or the ground */
			out->box = f->box;
		result_measure(out, inner, OTHER);
		break;
	}
	result_set(out, verdict, "%s", explained(verdict, nothing));
	if (verdict != VERDICT_PASS)
		result_reason(out, "not_verified");
}

const struct check check_portrait_ghost = {"portrait_ghost", run};
