/*
 * Is a text printed here? Not "what was read, and is it the same", which one
 * badly read letter answers with no, but: how much less likely is it that
 * this text stands there than what was read best. The answer is in nats
 * (natural logarithms), 0 for the best reading itself, over the whole text:
 * a mean over its letters would let one forged letter hide among good ones.
 */
#pragma once

#include "vision/print/prints.h"

#define SEARCH_TEXT_MAX 64
#define SEARCH_NOTHING -1000.0f

/*
 * text: letters of a zone (A to Z, 0 to 9); a space stands for any separators
 * or none, '|' for one that was read or a wide gap, '/' for any, none, or a
 * letter that a stroke may be read as, '*' for anything at all. Names may have separators between any two
 * letters (D'AMICO) and letters that zones spell with two; open says that the
 * print may go on after the text (a truncated zone).
 */
struct search {
	const char *text;
	bool name, open;
};

struct match {
	float score;   /* 0 or less; SEARCH_NOTHING when it cannot be there */
	int from, to;  /* columns */
	float sure;    /* the least sure letter of the text, 0 to 1 */
	char text[PRINT_TEXT_SIZE]; /* as printed, with its accents */
};

/* The best place in one piece; score alone when text is not wanted. */
RESULT search_in(const struct print *p, const struct search *what,
    struct match *out);
