/*
 * The readable report on a recording: what was done in it, then what speaks
 * against a living person, then what could not be told. What passed is named
 * alone.
 */
#include "cli/inspect_recording.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/enum.h"
#include "cli/inspect_text.h"

static void
print_heading(const struct told *t)
{
	char name[SMALL_SIZE];
	const char *verdict = inspect_verdict_text(t->seen.verdict);
	bool read = t->seen.verdict == INSPECT_READ;
	clean_name(t->file, name);
	printf("%s%s%s", paint(BOLD), name, plain());
	pad(columns_of(name), WIDTH - 1 - (int)strlen(verdict));
	printf("%s%s%s\n", paint(read ? GOOD : DOUBT), verdict, plain());
}

static void
print_file(const struct findings *f)
{
	printf("  %s, %.0f x %.0f, %.1f s, %.1f frames a second\n",
	    findings_text(f, FINDING_recording_codec),
	    findings_number(f, FINDING_width, 0),
	    findings_number(f, FINDING_height, 0),
	    findings_number(f, FINDING_recording_seconds, 0),
	    findings_number(f, FINDING_recording_rate, 0));
}

static const char *
why_no_actions(const struct findings *f)
{
	if (findings_number(f, FINDING_face_points, 0) == 0)
		return "Actions were not looked for: there is no landmark "
		    "model (--landmarks).";
	if (findings_number(f, FINDING_face_rested, 0) == 0)
		return "Actions could not be told: no face looked ahead at "
		    "the beginning.";
	return "No action was seen: no turn of the head, no look up, no open "
	    "mouth, no coming closer.";
}

static void
print_actions(const struct findings *f)
{
	size_t seen = 0;
	for (size_t i = 0; i < f->count; i++) {
		char name[24];
		unsigned from, to;
		if (f->items[i].name != FINDING_event ||
		    sscanf(f->items[i].text, "%23s %u %u", name, &from,
			&to) != 3)
			continue;
		fputs(seen++ ? "" : "  Actions seen\n", stdout);
		printf("          %-12s %5.1f s to %.1f s\n", name,
		    from / 1000.0, to / 1000.0);
	}
	if (seen > 0)
		return;
	fputs("  ", stdout);
	print_wrapped(2, 2, why_no_actions(f));
}

/* As a sentence; what was not asked for. */
static void
print_not_judged(const struct told *t)
{
	for (enum check_name c = 0; c < CHECK_COUNT; c++) {
		const char *why = told_not_judged(t, c);
		char text[SMALL_SIZE];
		if (!why)
			continue;
		snprintf(text, sizeof(text), "%s.", why);
		text[0] = (char)(text[0] - 'a' + 'A');
		fputs("  ", stdout);
		print_wrapped(2, 2, text);
	}
}

/* What was counted against nothing, or was not measured, tells no more than
 * the words. */
static bool
has_figures(const struct result *r)
{
	return isfinite(r->value) && isfinite(r->threshold) &&
	    r->check != CHECK_challenge_followed;
}

static void
print_check(const struct result *r)
{
	char text[2 * SMALL_SIZE];
	size_t used = (size_t)snprintf(text, sizeof(text), "%s",
	    r->explanation);
	if (has_figures(r))
		used += (size_t)snprintf(text + used, sizeof(text) - used,
		    ": %.3g against %.3g", r->value, r->threshold);
	if (r->to_ms)
		snprintf(text + used, sizeof(text) - used,
		    ", %.1f s to %.1f s", r->from_ms / 1000.0,
		    r->to_ms / 1000.0);
	printf("  %s%-8s%s%s\n%10s", paint(r->verdict == VERDICT_FAIL ?
	    BAD : DOUBT), verdict_text(r->verdict), plain(),
	    check_title(r->check), "");
	print_wrapped(10, 10, text);
}

static size_t
print_checks(const struct told *t, enum verdict verdict,
    enum check_strength strength, const char *heading)
{
	size_t told = 0;
	for (size_t i = 0; i < t->count; i++) {
		if (t->checks[i].verdict != verdict ||
		    check_strength(t->checks[i].check) != strength)
			continue;
		if (told++ == 0 && heading)
			printf("\n  %s\n", heading);
		print_check(&t->checks[i]);
	}
	return told;
}

static void
print_passed(const struct told *t)
{
	char names[2048] = "";
	size_t used = 0;
	for (size_t i = 0; i < t->count; i++)
		if (t->checks[i].verdict == VERDICT_PASS)
			used += (size_t)snprintf(names + used,
			    sizeof(names) - used, "%s%s", used ? ", " : "",
			    check_name_text(t->checks[i].check));
	if (!used)
		return;
	printf("\n  %s%-8s%s", paint(GOOD), "pass", plain());
	print_wrapped(10, 10, names);
}

static void
print_opinions(const struct told *t)
{
	const char *against = t->document ? "Speaks against the document" :
	    "Speaks against a living person";
	static const enum verdict verdicts[] = {VERDICT_FAIL, VERDICT_WARN};
	static const enum check_strength strengths[] = {CHECK_STRONG,
	    CHECK_WEAK};
	size_t told = 0;
	for (size_t i = 0; i < COUNT_OF(verdicts); i++)
		for (size_t k = 0; k < COUNT_OF(strengths); k++)
			told += print_checks(t, verdicts[i], strengths[k],
			    told ? NULL : against);
	if (told == 0)
		printf("\n  Nothing that was found speaks against %s.\n",
		    t->document ? "the document" : "a living person");
	print_checks(t, VERDICT_UNSURE, CHECK_STRONG,
	    "Could not be told, and makes it doubtful");
	print_checks(t, VERDICT_UNSURE, CHECK_WEAK, "Could not be told");
	print_passed(t);
}

void
told_in_words(const struct told *t)
{
	print_heading(t);
	if (t->seen.code != OK) {
		fputs("  ", stdout);
		print_wrapped(2, 2, t->seen.explanation);
		return;
	}
	print_file(&t->seen.findings);
	if (!t->document) {
		putchar('\n');
		print_actions(&t->seen.findings);
		print_not_judged(t);
	}
	print_opinions(t);
}
