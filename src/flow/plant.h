/*
 * Known cases out of a folder instead of a person before a camera: the same
 * acts in the same order, on the same evidence, so that what reaches operators
 * looks like any other case. What differs stands where no operator sees it: the
 * address leads nowhere, and the phone is not proven.
 *
 * Who plants goes on with journey_picture, plant_recording and
 * journey_complete, each when the clerk has read what came before.
 */
#pragma once

#include "flow/take.h"

struct plant {
	const char *workspace; /* of tests, and at LCP one that reviews all */
	const char *level, *fullname, *country, *kind;
	const char *truth, *reason; /* as quality_plant has them */
};

/* Nobody receives a message under it (RFC 2606, 2). */
#define PLANT_DOMAIN "known.invalid"

/*
 * Makes the request, marks it as known, and says all that comes before the
 * evidence. ERR_INVALID with the field, ERR_WRONG_STATE: not such a workspace;
 * nothing was made then.
 */
RESULT plant_begin(struct flow *f, struct arena *a, const struct actor *who,
    const struct plant *p, struct registration *out);

/* prompts: their names, asked and shown: milliseconds, all with a space
 * between (ident/challenge.h, take_times_parse). */
struct plant_film {
	enum part part;
	const char *media_type, *prompts, *asked, *shown;
	struct span bytes;
};

/* Before anything is made: whether a film would be taken. ERR_INVALID. */
RESULT plant_check_film(const struct plant_film *film);

/* Nor may a picture have been handed in before: operators would be told of
 * that request beside this one. ERR_CONFLICT. */
RESULT plant_check_picture(struct flow *f, struct span bytes);

/* A take that was asked what the film was made for, and its recording. Errors
 * are those of take_begin, take_chunk and take_finish. */
RESULT plant_recording(struct flow *f, struct arena *a, const char *id,
    const struct plant_film *film);
