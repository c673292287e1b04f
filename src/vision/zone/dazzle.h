/*
 * Letters of a zone that lie in a reflection, and which of them matter.
 *
 * Light that has burnt a part of a letter away leaves another one that looks
 * clear: of an R without its leg a P. So such a letter is a doubt, however
 * sure the reader is of it, unless the zone itself tells what stands there.
 */
#pragma once

#include "ident/mrz.h"
#include "vision/zone/recognise.h"

struct dazzle {
	bool at[MRZ_LINES_MAX][MRZ_LINE_SIZE - 1];
};

/* The letters of one line whose paper is burnt and whose ink is weak, though
 * not the whole line's; on paper as bright as that, whose ink is nearly gone.
 */
RESULT dazzle_see(struct reader *r, const struct line *l, int columns,
    bool out[MRZ_LINE_SIZE - 1]);

/* Whether one of them could be another letter and nobody would notice. */
bool dazzle_hides(const struct dazzle *d, const struct mrz_seen *seen,
    const struct mrz_reading *reading);
