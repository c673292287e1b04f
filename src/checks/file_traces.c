/*
 * Traces of changing in the file of a picture.
 *
 * Weak, all of them: who edits with care leaves none. Being saved again is no
 * such trace: browsers, messengers and galleries write every file anew. It is
 * told, for whoever wonders, and passes (decision 0038). What is absent, a
 * camera's name or the time, is no finding: pages that take pictures keep
 * neither.
 */
#include "checks/check.h"
#include "checks/history.h"

#define RESAVED_TOLD 0.15     /* nats a coefficient; docs/checks.md */
#define THUMBNAIL_LEAST 0.7   /* correlation */

static bool
flag_side(const struct findings *f, struct result *out)
{
	const struct finding *small = findings_find(f,
	    FINDING_trace_thumbnail);
	const struct finding *part = findings_find(f, FINDING_history_part);

	if (small && small->value < THUMBNAIL_LEAST) {
		result_measure(out, small->value, THUMBNAIL_LEAST);
		result_set(out, VERDICT_WARN,
		    "the small picture in the file shows something else");
	} else if (findings_find(f, FINDING_trace_editor)) {
		result_set(out, VERDICT_WARN, "written by %s",
		    findings_text(f, FINDING_trace_editor));
	} else if (part && part->value > HISTORY_MOST) {
		out->box = part->box;
		result_measure(out, part->value, HISTORY_MOST);
		result_set(out, VERDICT_WARN,
		    "a part was changed after the picture had been saved");
	} else {
		return false;
	}
	result_reason(out, "not_verified");
	return true;
}

static void
run(const struct dossier *d, struct result *out)
{
	int given = 0, looked_at = 0, resaved = 0;

	for (int side = 0; side < SIDES_MAX; side++) {
		if (!d->sides[side])
			continue;
		given++;
		looked_at += findings_find(d->sides[side],
		    FINDING_trace_tables) != NULL;
		resaved += findings_number(d->sides[side],
		    FINDING_trace_resaved, 0) > RESAVED_TOLD;
		out->side = side;
		if (flag_side(d->sides[side], out))
			return;
	}
	out->side = -1;
	if (looked_at < given || given == 0) {
		result_set(out, VERDICT_UNSURE, "the file was not looked at");
		return;
	}
	result_set(out, VERDICT_PASS, "%s", resaved ?
	    "saved more than once, as messengers and galleries do" :
	    "nothing but a camera or a browser");
}

const struct check check_file_traces = {"file_traces", run};
