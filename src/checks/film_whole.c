/*
 * Whether the recording of the face is one piece, from beginning to end: no
 * cut, nothing shown twice, no picture that stands, none that are missing.
 *
 * A cut and a loop are made by somebody; a picture that stands or is missing
 * may be the device's, and is asked again. Frames may differ while the picture
 * stands, so motion is asked for too (vision/film/stand.c).
 */
#include "base/enum.h"
#include "checks/recorded.h"

#define SLOW 8 /* frames a second */

static const struct recorded_rule rules[] = {
    {FINDING_film_cut, RECORDED_MOST, 12, VERDICT_FAIL, "not_verified",
	"from one frame to the next all changes", FINDING_film_cut_at},
    {FINDING_film_loop, RECORDED_LEAST, 0.3, VERDICT_FAIL, "not_verified",
	"a stretch is shown again", FINDING_film_loop_at},
    {FINDING_film_freeze, RECORDED_MOST, 1.2, VERDICT_FAIL,
	"recording_broken", "the picture stands still",
	FINDING_film_freeze_at},
    {FINDING_film_stands, RECORDED_MOST, 1.2, VERDICT_FAIL,
	"recording_broken", "the face stands still as none does that lives",
	FINDING_film_stands_at},
    {FINDING_film_gap, RECORDED_MOST, 1, VERDICT_FAIL, "recording_broken",
	"frames are missing", FINDING_film_gap_at},
    {FINDING_recording_cut_short, RECORDED_MOST, 0, VERDICT_FAIL,
	"recording_broken", "longer than a recording may be", FINDING_COUNT},
    {FINDING_film_cut, RECORDED_MOST, 8, VERDICT_UNSURE, "not_verified",
	"a change alone, as a cut has it", FINDING_film_cut_at},
    {FINDING_film_freeze, RECORDED_MOST, 0.7, VERDICT_UNSURE,
	"recording_broken", "the picture stands still for a moment",
	FINDING_film_freeze_at},
    {FINDING_film_stands, RECORDED_MOST, 0.7, VERDICT_UNSURE,
	"recording_broken", "the face hardly moves for a moment",
	FINDING_film_stands_at},
    {FINDING_recording_damaged, RECORDED_MOST, 20, VERDICT_UNSURE,
	"recording_broken", "many pieces are damaged", FINDING_COUNT},
};

/* What was asked later than the recording goes on cannot be in it. */
static bool
ends_early(const struct dossier *d, const struct findings *f,
    struct result *out)
{
	double ms = 1000 * findings_number(f, FINDING_recording_seconds, 0);
	const struct challenge *c = d->challenge;
	uint32_t last = c && c->count ? c->prompts[c->count - 1].shown_ms : 0;
	if (last == 0 || ms >= last)
		return false;
	result_measure(out, ms / 1000, last / 1000.0);
	result_set(out, VERDICT_FAIL, "ends before the last prompt was shown");
	result_reason(out, "recording_too_short");
	return true;
}

/*
 * Of less than eight frames a second a quick motion is one or two, each as
 * alone as a cut. Such a recording is held anyway (face_present): so is what
 * looks like a cut in it, by the rule that doubts it.
 */
static bool
is_slow(const struct dossier *d)
{
	return d->face && findings_number(d->face, FINDING_recording_rate,
	    SLOW) < SLOW;
}

static bool
refuses_cuts(const struct recorded_rule *rule)
{
	return rule->finding == FINDING_film_cut &&
	    rule->broken == VERDICT_FAIL;
}

static void
run(const struct dossier *d, struct result *out)
{
	struct recorded_rule judged[COUNT_OF(rules)];
	bool slow = is_slow(d);
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(rules); i++)
		if (!slow || !refuses_cuts(&rules[i]))
			judged[n++] = rules[i];
	recorded_face(d, "recording_broken", judged, n, "one piece", out);
	if (out->verdict == VERDICT_PASS)
		ends_early(d, d->face, out);
}

const struct check check_film_whole = {"film_whole", run};
