/*
 * Whether what was asked was done: each action once, in its order, after it
 * was shown and before the one after the next.
 *
 * The number of events must be that of the actions: a challenge cut to what
 * happens to fit is how replays get through. Too few, or one too many before
 * the last, is asked again (people cough); the right number in another order
 * is what a recording of another challenge looks like. One action done again
 * before any other is one, and it is enough that one of its beginnings was in
 * time: who begins too early sees the prompt, and does it then.
 *
 * Where exactly one action is missing, all others were done in their order and
 * time, and nothing else was, or where one more was seen and little of it
 * (checks/missed.h), a person looks, and nobody is asked again for what the
 * machine cannot measure.
 *
 * What was done rightly after many challenges that were told and given up is
 * not proven by it: a film that lay ready fits one of them some day.
 */
#include "base/enum.h"
#include "checks/missed.h"
#include "checks/recorded.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Three attempts, each with one more recording for a line that was cut. Who
 * is told more, and sends the one that fits, needs luck no longer: one film of
 * four actions fits one challenge in 640. */
#define TOLD_MOST 6

/* What ended before anything was asked is none of it: who sits down moves. */
static size_t
read_events(const struct findings *f, uint32_t first_ms,
    struct done out[EVENTS_MOST])
{
	size_t count = 0;
	for (size_t i = 0; i < f->count && count < EVENTS_MOST; i++) {
		char name[24];
		unsigned from, to;
		double times = 0;
		if (f->items[i].name != FINDING_event ||
		    sscanf(f->items[i].text, "%23s %u %u %*f %lf", name, &from,
			&to, &times) < 3 || to < first_ms)
			continue;
		out[count++] = (struct done){prompt_of_text(name), from, to,
		    times, {from}, 1};
	}
	return count;
}

/* Nobody is asked for one action twice in a row: who does it twice did it. */
static size_t
join_repeated(struct done *done, size_t m)
{
	size_t kept = 0;
	for (size_t i = 0; i < m; i++) {
		struct done *last = kept > 0 ? &done[kept - 1] : NULL;
		if (!last || last->name != done[i].name) {
			done[kept++] = done[i];
			continue;
		}
		last->to_ms = done[i].to_ms;
		if (last->times < AGAIN_MOST)
			last->again_ms[last->times++] = done[i].from_ms;
	}
	return kept;
}

/* Once all is done, in its order, what follows is nobody's business: people
 * lean back, and a replay gains nothing by it. */
static size_t
without_rest(const struct prompt *asked, size_t n, const struct done *done,
    size_t m)
{
	size_t same = 0;
	while (same < n && same < m && asked[same].name == done[same].name)
		same++;
	return same == n ? n : m;
}

/* What is to be done: all but to look ahead, and to keep still in a light. */
static size_t
read_actions(const struct challenge *c, struct prompt out[CHALLENGE_MAX])
{
	size_t count = 0;
	for (size_t i = 0; i < c->count; i++)
		if (c->prompts[i].name != PROMPT_look_ahead &&
		    !prompt_is_light(c->prompts[i].name))
			out[count++] = c->prompts[i];
	return count;
}

static enum prompt_name
mirrored(enum prompt_name name)
{
	return name == PROMPT_turn_left ? PROMPT_turn_right :
	    name == PROMPT_turn_right ? PROMPT_turn_left : name;
}

/* Whether every turn went to the other side, and all else was as asked: people
 * take left for right, and some cameras' programs mirror. out: what was done,
 * as a mirror shows it. */
static bool
is_mirrored(const struct prompt *asked, size_t n, const struct done *done,
    size_t m, struct done out[EVENTS_MOST])
{
	for (size_t i = 0; i < m; i++) {
		out[i] = done[i];
		out[i].name = mirrored(done[i].name);
	}
	m = without_rest(asked, n, out, m);
	for (size_t i = 0; i < n && i < m; i++)
		if (asked[i].name != out[i].name)
			return false;
	return n == m;
}

static bool
has_action(const struct prompt *asked, size_t n, enum prompt_name name)
{
	for (size_t i = 0; i < n; i++)
		if (asked[i].name == name)
			return true;
	return false;
}

/* How many of both stand in the same order: the longest common sequence. */
static size_t
in_order(const struct prompt *asked, size_t n, const struct done *done,
    size_t m)
{
	size_t longest[CHALLENGE_MAX + 1][EVENTS_MOST + 1] = {{0}};
	for (size_t i = 1; i <= n; i++)
		for (size_t k = 1; k <= m; k++) {
			size_t up = longest[i - 1][k], left = longest[i][k - 1];
			longest[i][k] = asked[i - 1].name == done[k - 1].name ?
			    longest[i - 1][k - 1] + 1 : up > left ? up : left;
		}
	return longest[n][m];
}

static bool
was_shown(const struct prompt *asked, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (asked[i].shown_ms == 0)
			return false;
	return true;
}

/* Whether it began, once at least, after it was asked for and before the
 * action after the next was. */
static bool
is_in_time(const struct prompt *asked, const struct done *done, size_t n,
    size_t at)
{
	for (size_t k = 0; k < done[at].times; k++)
		if (done_in_time(asked, n, at, done[at].again_ms[k]))
			return true;
	return false;
}

/* The first action that was not done in time; n when there is none. */
static size_t
out_of_time(const struct prompt *asked, const struct done *done, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!is_in_time(asked, done, n, i))
			return i;
	return n;
}

/* What would mend that not all was seen. */
static const char *
reason_again(const struct findings *f)
{
	double turn = findings_number(f, FINDING_face_rest_turn, 0);

	return fabs(turn) >= BESIDE ? "camera_beside"
				    : "instructions_not_followed";
}

static void
judge_times(const struct prompt *asked, const struct done *done, size_t n,
    struct result *out)
{
	if (!was_shown(asked, n)) {
		result_set(out, VERDICT_UNSURE, "done in order; not known "
		    "when it was asked");
		result_reason(out, "instructions_not_followed");
		return;
	}
	size_t wrong = out_of_time(asked, done, n);
	if (wrong == n) {
		result_set(out, VERDICT_PASS, "%zu actions in their order and "
		    "time", n);
		return;
	}
	bool early = done[wrong].from_ms < asked[wrong].shown_ms;
	out->from_ms = done[wrong].from_ms;
	out->to_ms = done[wrong].to_ms;
	result_set(out, VERDICT_FAIL, "%s %s it was asked for",
	    prompt_text(done[wrong].name), early ? "before" : "long after");
	result_reason(out, early ? "not_verified" :
	    "instructions_not_followed");
}

/*
 * Where turns to both sides were asked for, a camera that mirrors shows each of
 * them the other way, every time: no new recording mends it, so a person looks.
 * One side alone is as easily taken for the other: that is asked again.
 */
static void
judge_mirrored(const struct prompt *asked, const struct done *mirror,
    size_t n, struct result *out)
{
	bool both = has_action(asked, n, PROMPT_turn_left) &&
	    has_action(asked, n, PROMPT_turn_right);
	if (both && was_shown(asked, n) && out_of_time(asked, mirror, n) == n)
		result_set(out, VERDICT_UNSURE, "each turn to the other side, "
		    "all else in order and time: look yourself (a camera that "
		    "mirrors; letters tell)");
	else
		result_set(out, VERDICT_FAIL, "each turn to the other side: "
		    "left taken for right, or a camera that mirrors");
	result_reason(out, "instructions_not_followed");
}

static void
judge_missed(const struct missed *missed, size_t n, const struct findings *f,
    struct result *out)
{
	char why[64] = "";
	out->from_ms = missed->from_ms;
	out->to_ms = missed->to_ms;
	if (missed->why)
		snprintf(why, sizeof(why), " (%s)", missed->why);
	if (missed->count == 0)
		result_set(out, VERDICT_UNSURE, "%zu of %zu in order and time, "
		    "and %s where nobody asked for it: look yourself%s", n,
		    n, prompt_text(missed->name), why);
	else
		result_set(out, VERDICT_UNSURE, "%zu of %zu in order and time; "
		    "%s was not seen%s: look yourself%s",
		    n - missed->count, n, prompt_text(missed->name),
		    missed->count > 1 ? ", either time" : "", why);
	result_reason(out, reason_again(f));
}

static void
judge(const struct challenge *c, const struct findings *f,
    struct result *out)
{
	struct done done[EVENTS_MOST], seen[EVENTS_MOST] = {{0}};
	struct done mirror[EVENTS_MOST];
	struct prompt asked[CHALLENGE_MAX];
	struct missed missed;
	size_t n = read_actions(c, asked);
	size_t all = read_events(f, n ? asked[0].shown_ms : 0, seen);
	memcpy(done, seen, sizeof(done));
	size_t m = join_repeated(done, all);
	m = without_rest(asked, n, done, m);
	size_t same = in_order(asked, n, done, m);

	result_measure(out, (double)same, (double)n);
	if (same == n && m == n) {
		judge_times(asked, done, n, out);
		return;
	}
	if (was_shown(asked, n) &&
	    missed_find(f, asked, n, seen, all, &missed)) {
		judge_missed(&missed, n, f, out);
		return;
	}
	if (is_mirrored(asked, n, done, m, mirror)) {
		judge_mirrored(asked, mirror, n, out);
		return;
	}
	if (m == n) {
		result_set(out, VERDICT_FAIL, "as many actions as were asked, "
		    "in another order");
		result_reason(out, "not_verified");
		return;
	}
	result_set(out, VERDICT_FAIL, "%zu of %zu actions in order, %zu seen",
	    same, n, m);
	result_reason(out, reason_again(f));
}

static void
run(const struct dossier *d, struct result *out)
{
	const struct findings *f;
	if (!recorded_find(d, SOURCE_FACE, "instructions_not_followed", out,
	    &f))
		return;
	if (findings_number(f, FINDING_face_points, 0) == 0) {
		result_set(out, VERDICT_UNSURE, "no landmark model");
		result_reason(out, "not_verified");
		return;
	}
	if (!d->challenge || d->challenge->count < 2) {
		result_set(out, VERDICT_UNSURE, "nothing was asked");
		result_reason(out, "instructions_not_followed");
		return;
	}
	if (findings_number(f, FINDING_face_rested, 0) == 0) {
		result_set(out, VERDICT_FAIL, "the face was not seen looking "
		    "ahead first");
		result_reason(out, "instructions_not_followed");
		return;
	}
	judge(d->challenge, f, out);
	if (out->verdict == VERDICT_PASS && d->told > TOLD_MOST) {
		result_set(out, VERDICT_UNSURE, "done in order and time, but "
		    "it is one of %d challenges that were told", d->told);
		result_reason(out, "not_verified");
	}
}

const struct check check_challenge_followed = {"challenge_followed", run};
