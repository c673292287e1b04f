/*
 * A second look at what no zone confirms.
 *
 * A reader is as sure of some letters that it takes for others as of those
 * that it reads right: 08 for 18 with 97 of 100. Cut out a little lower,
 * larger and further on, a misread letter seldom reads the same; a value that
 * the second reading takes for something else is a doubt. One that it only
 * believes less stays as sure as it was: accents and small letters suffer from
 * any other cut.
 */
#include "vision/print/printed_parts.h"

#include <math.h>
#include <stdlib.h>

#include "base/enum.h"

#define LARGER 1.07f   /* capitals, so that letters come out smaller */
#define DOWN 0.05f     /* of a capital */
#define ALONG 0.1f
#define COLUMNS_MOST 900
#define BELIEVED 0.5f /* or the second reading says something else */

/* The same piece, cut differently. */
static struct piece
aside(const struct piece *p)
{
	struct piece out = *p;
	out.x -= ALONG * p->capital;
	out.length += 2 * ALONG * p->capital;
	out.y += DOWN * p->capital;
	out.capital *= LARGER;
	return out;
}

/* How sure the second reading is of what the first one said. */
static float
agreement(const struct print *again, const char *text)
{
	const struct search what = {.text = text};
	struct match m;
	if (search_in(again, &what, &m) != OK) {
		err_clear();
		return 0;
	}
	return m.score == SEARCH_NOTHING ? 0 : m.sure * expf(m.score);
}

RESULT
printed_look_again(const struct sheet *s, struct printed *fields)
{
	AUTO(free) struct prints *again = calloc(1, sizeof(*again));
	AUTO(free) struct pieces *pieces = calloc(1, sizeof(*pieces));
	size_t of[PRINTED_MAX];
	if (!again || !pieces)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (size_t i = 0; i < fields->count; i++) {
		if (!fields->at[i].read[0])
			continue;
		of[pieces->count] = i;
		pieces->at[pieces->count++] = aside(&fields->at[i].where);
	}
	if (pieces->count == 0)
		return OK;
	enum err code = prints_read(s->tools->nets[MODEL_print], &s->pixels,
	    pieces, PRINT_UPRIGHT, COLUMNS_MOST, again);
	/* all have a place in the strips, or none is judged */
	for (size_t k = 0; code == OK && again->count == pieces->count &&
	    k < pieces->count; k++) {
		struct printed_field *f = &fields->at[of[k]];
		float agrees = agreement(&again->at[k], f->read);
		if (agrees < BELIEVED)
			f->sure = fminf(f->sure, agrees);
	}
	prints_clear(again);
	return code;
}
