/*
 * What measures a recording misses an action now and then, or sees one that
 * nobody did: before a camera aside, in too few pictures, of lips that
 * landmarks do not find. Three attempts of which a machine misses one action
 * each would turn an honest person away for good.
 *
 * Whoever sends another film than the one that was asked for gains little by
 * it: it never passes, and what else it shows must be right. So another action
 * in the place of the missing one, or one more that is plainly done, is no
 * doubt but a failure. How often such a film is held: decision 67.
 */
#include "checks/missed.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SLOW 11        /* frames a second */
#define HIDDEN_MS 500  /* as long as people hold what they do */
#define LIPS 0.1       /* apart at rest */
#define CHIN 0.3        /* darker than the skin above, in logarithms */
#define LONGEST_MS 4000 /* what is shown of the last action */
#define ENOUGH 4 /* actions, of which one may be missing for no known reason */
#define LITTLE 1.6 /* times its line: below, nobody may have done it */

bool
done_in_time(const struct prompt *asked, size_t n, size_t at,
    uint32_t from_ms)
{
	return from_ms + EARLY_MS >= asked[at].shown_ms && (at + 2 >= n ||
	    from_ms < asked[at + 2].shown_ms);
}

/* Whether the face could not be measured for a time while this was asked. */
static bool
was_lost(const struct findings *f, const struct prompt *asked)
{
	const char *at = findings_text(f, FINDING_face_hidden);
	unsigned shown, longest;
	int read;
	while (sscanf(at, "%u %u%n", &shown, &longest, &read) == 2) {
		if (shown == asked->shown_ms)
			return longest >= HIDDEN_MS;
		at += read;
	}
	return false;
}

static const char *
why_no_mouth(const struct findings *f)
{
	if (findings_number(f, FINDING_face_lips, 0) >= LIPS)
		return "lips seem apart at rest";
	if (findings_number(f, FINDING_cover_chin, 0) >= CHIN)
		return "a beard or a shade around the mouth";
	return NULL;
}

/* What hides it each time that it is asked for; NULL: nothing. */
static const char *
why_each_time(const struct findings *f, const struct prompt *asked)
{
	if (was_lost(f, asked))
		return "the face was lost for a time";
	return asked->name == PROMPT_open_mouth ? why_no_mouth(f) : NULL;
}

/* What may hide this action; NULL: nothing. */
static const char *
why_hidden(const struct findings *f, const struct prompt *asked)
{
	double turn = findings_number(f, FINDING_face_rest_turn, 0);
	if (fabs(turn) >= BESIDE)
		return "the camera stands beside the face";
	if (findings_number(f, FINDING_recording_rate, SLOW) < SLOW)
		return "few pictures a second";
	return why_each_time(f, asked);
}

/* The next action that is not left out, from this place on. */
static size_t
next_of(const bool *without, size_t n, size_t at)
{
	while (at < n && without[at])
		at++;
	return at;
}

static bool
is_whole(const bool *without, size_t n)
{
	return !memchr(without, true, n);
}

/* Whether what was done is what was asked without some, in order and time. One
 * done again is one. Once all is done, what follows is nobody's business. */
static bool
is_rest(const struct prompt *asked, size_t n, const bool *without,
    const struct done *done, size_t m)
{
	size_t at = next_of(without, n, 0), last = n;
	for (size_t i = 0; i < m; i++) {
		uint32_t from = done[i].from_ms;
		if (at < n && done[i].name == asked[at].name &&
		    done_in_time(asked, n, at, from)) {
			last = at;
			at = next_of(without, n, at + 1);
		} else if (last == n || done[i].name != asked[last].name)
			return at == n && is_whole(without, n);
	}
	return at == n;
}

static void
tell(const struct prompt *asked, size_t n, size_t at, const char *why,
    struct missed *out)
{
	uint32_t from = asked[at].shown_ms;
	*out = (struct missed){.count = 1, .name = asked[at].name,
	    .from_ms = from, .to_ms = at + 1 < n ? asked[at + 1].shown_ms :
	    from + LONGEST_MS, .why = why};
}

/* One action that is not to be seen, however often it was asked for: who turns
 * further than a detector knows does so each time, and lips that landmarks do
 * not find are not found again. More was seen than that. */
static bool
find_each(const struct findings *f, const struct prompt *asked, size_t n,
    enum prompt_name name, const struct done *done, size_t m,
    struct missed *out)
{
	bool without[CHALLENGE_MAX] = {false};
	const char *why = NULL;
	size_t times = 0, first = n;
	for (size_t i = 0; i < n; i++) {
		if (asked[i].name != name)
			continue;
		without[i] = true;
		first = times++ == 0 ? i : first;
		why = why ? why : why_each_time(f, &asked[i]);
	}
	if (n - times <= times || (!why && n < ENOUGH) ||
	    !is_rest(asked, n, without, done, m))
		return false;
	tell(asked, n, first, why, out);
	out->count = times;
	return true;
}

/* Why one more may be none; NULL: it was plainly done. From aside a mouth that
 * is shut reads as open. */
static const char *
why_none(const struct findings *f, const struct done *done)
{
	double turn = findings_number(f, FINDING_face_rest_turn, 0);
	if (done->name == PROMPT_open_mouth && fabs(turn) >= BESIDE)
		return "the camera stands beside the face";
	return done->times_line > 0 && done->times_line < LITTLE ?
	    "little of it" : NULL;
}

/* One that nobody was asked for, among all that was. In the place of an action
 * it is a failure. */
static bool
find_more(const struct findings *f, const struct prompt *asked, size_t n,
    const struct done *done, size_t m, struct missed *out)
{
	static const bool all[CHALLENGE_MAX] = {false};
	struct done rest[EVENTS_MOST];
	for (size_t i = 0; i < m && m <= EVENTS_MOST; i++) {
		const char *why = why_none(f, &done[i]);
		if (!why)
			continue;
		memcpy(rest, done, i * sizeof(*rest));
		memcpy(rest + i, done + i + 1, (m - i - 1) * sizeof(*rest));
		if (!is_rest(asked, n, all, rest, m - 1))
			continue;
		*out = (struct missed){.name = done[i].name,
		    .from_ms = done[i].from_ms, .to_ms = done[i].to_ms,
		    .why = why};
		return true;
	}
	return false;
}

bool
missed_find(const struct findings *f, const struct prompt *asked, size_t n,
    const struct done *done, size_t m, struct missed *out)
{
	for (size_t i = 0; n > 2 && i < n; i++) {
		bool without[CHALLENGE_MAX] = {false};
		const char *why = why_hidden(f, &asked[i]);
		without[i] = true;
		if ((!why && n < ENOUGH) ||
		    !is_rest(asked, n, without, done, m))
			continue;
		tell(asked, n, i, why, out);
		return true;
	}
	for (size_t i = 0; i < n; i++)
		if (find_each(f, asked, n, asked[i].name, done, m, out))
			return true;
	return n > 2 && find_more(f, asked, n, done, m, out);
}
