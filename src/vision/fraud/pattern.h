/*
 * Patterns all over a document that it should not have: the pixels of a
 * display, the dots of a printer.
 */
#pragma once

#include "vision/page/native.h"
#include "vision/pixels/spectrum.h"

struct pattern {
	int inside, outside;  /* squares looked at */
	struct peak fringe;   /* in colour that turns, inside */
	struct peak beyond;   /* the same inside and outside */
	struct peak grid;     /* with a twin across it */
	struct peak everywhere; /* in most squares inside */
	double everywhere_turn; /* degrees from the picture's own sides */
	double grid_turn;     /* degrees from the document's sides, 0 to 45 */
};

/* page NULL: over the whole picture. ERR_NOT_FOUND: no native pixels. */
RESULT pattern_measure(const struct still *s, const struct page *page,
    struct pattern *out);
