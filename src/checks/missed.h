/*
 * One action that was asked for and not seen, or seen and not asked for, where
 * all else is right: a matter for a person who looks, not for another
 * recording.
 */
#pragma once

#include "checks/check.h"

#define EVENTS_MOST 32
#define AGAIN_MOST 8
#define EARLY_MS 300 /* between the page's clock and the recording's */

/* Degrees. From so far aside the landmarks of a mouth are often others than its
 * own (docs/accuracy.md): who is asked again is told to move the camera. */
#define BESIDE 16

struct done {
	enum prompt_name name;
	uint32_t from_ms, to_ms;
	double times_line; /* how far it went; 0: not known */
	uint32_t again_ms[AGAIN_MOST]; /* each beginning, the first too */
	size_t times;
};

struct missed {
	size_t count;            /* how many: one, or each time of one action;
	                            0: one more than was asked */
	enum prompt_name name;
	uint32_t from_ms, to_ms; /* of the first: from when it was shown; of
	                            one more: when it was seen */
	const char *why;         /* what may hide it, or NULL: the recording
	                            does not say; for operators */
};

/* Whether an action that begins then began after the one at this place was
 * asked for, and before the action after the next was. */
bool done_in_time(const struct prompt *asked, size_t n, size_t at,
    uint32_t from_ms);

/*
 * asked: the n actions. done: what was seen since the first was shown, one by
 * one. True where all but the missed was done in its order and time, nothing
 * else was seen, and four or more were asked for or the recording may hide it;
 * or where all was done, and one more that is little, or an opening before a
 * camera aside.
 */
bool missed_find(const struct findings *f, const struct prompt *asked,
    size_t n, const struct done *done, size_t m, struct missed *out);
