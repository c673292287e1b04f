/*
 * The word across a picture of a specimen: SPECIMEN, MUSTER, WZÓR ...
 *
 * Issuers print it in large letters, slanted and translucent, over what they
 * publish. It tells that the picture proves nobody's identity, and it hides
 * print.
 */
#pragma once

#include "vision/inspector.h"
#include "vision/page/page.h"
#include "vision/print/prints.h"

struct across {
	bool large;       /* something lies across it like such a word */
	const char *word; /* which one of across.def, "": none of them */
	float corners[8]; /* where, in the picture */
};

/* page is the right way up. Nothing found is no error. */
RESULT across_find(const struct inspector *tools,
    const struct raster *colour, const struct page *page,
    struct across *out);

/* The word of across.def that a large line of print is, "" for none. */
const char *across_word(const char *text);
