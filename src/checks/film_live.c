/*
 * Whether the recording looks as a browser makes it while a camera runs. All
 * of it can be forged by whoever cares to: hints for an operator, no more.
 */
#include "base/enum.h"
#include "checks/recorded.h"

#include <stdlib.h>
#include <string.h>

#define CLOCKS_APART_MS 3000

static const struct recorded_rule rules[] = {
    /* a camera's clock and a browser's meet in no recording that well */
    {FINDING_film_unevenness, RECORDED_LEAST, 1, VERDICT_WARN,
	"not_verified", "frames as regular as those of a file that was made",
	FINDING_COUNT},
    {FINDING_recording_unordered, RECORDED_MOST, 0, VERDICT_WARN,
	"not_verified", "frames out of their order", FINDING_COUNT},
    {FINDING_recording_resized, RECORDED_MOST, 0, VERDICT_WARN,
	"not_verified", "pictures change their size", FINDING_COUNT},
    {FINDING_recording_tracks, RECORDED_MOST, 0, VERDICT_WARN,
	"not_verified", "a second track", FINDING_COUNT},
};

/* Programs that put files together name themselves in them. */
static bool
is_made(const char *writer)
{
	return strncmp(writer, "Lavf", 4) == 0 ||
	    strstr(writer, "libwebm") == writer ||
	    strstr(writer, "HandBrake") != NULL;
}

/* The page's clock, which the recording goes by, against the server's. */
static bool
clocks_differ(const struct challenge *c, struct result *out)
{
	for (size_t i = 0; c && i < c->count; i++) {
		const struct prompt *p = &c->prompts[i];
		long apart = labs((long)p->asked_ms - (long)p->shown_ms);
		if (p->asked_ms == 0 || p->shown_ms == 0 ||
		    apart <= CLOCKS_APART_MS)
			continue;
		result_measure(out, (double)apart / 1000,
		    CLOCKS_APART_MS / 1000.0);
		out->from_ms = out->to_ms = p->shown_ms;
		return true;
	}
	return false;
}

static void
run(const struct dossier *d, struct result *out)
{
	recorded_face(d, "not_verified", rules, COUNT_OF(rules),
	    "as a browser records a camera", out);
	if (out->verdict != VERDICT_PASS)
		return;
	if (is_made(findings_text(d->face, FINDING_recording_writer)))
		result_set(out, VERDICT_WARN, "written by a program that "
		    "makes files");
	else if (clocks_differ(d->challenge, out))
		result_set(out, VERDICT_WARN, "page and server disagree when "
		    "a prompt was shown");
	else
		return;
	result_reason(out, "not_verified");
}

const struct check check_film_live = {"film_live", run};
