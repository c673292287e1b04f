/*
 * Where the letters of a zone sit.
 *
 * A line of a zone is read along a step that changes evenly, which is near
 * enough for reading. Where a page is much tilted or its leaf is bent a letter
 * then sits up to a pitch from where the line says, and stands otherwise at
 * one end than at the other: no drawing fits there, whatever the face is.
 */
#pragma once

#include "vision/fraud/glyphs.h"
#include "vision/zone/mrz_read.h"

#define SEATS_COLUMNS 44 /* of a passport's or a visa's zone */

struct seats {
	struct seat at[MRZ_LINES_MAX][SEATS_COLUMNS];
};

/* As the lines say. */
void seats_plain(const struct mrz_found *zone, struct seats *out);

/*
 * Sought letter by letter, by the text that was read. Only passports' and
 * visas' zones: of other ones the lines stand at more than one distance.
 * False, out untouched: of another kind, or too few letters were found.
 */
bool seats_sought(const struct raster *grey, const struct mrz_found *zone,
    struct seats *out);
