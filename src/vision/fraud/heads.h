/*
 * Heads on the document by what finds faces: exact where it sees one, silent
 * where it does not.
 */
#pragma once

#include "vision/fraud/portrait.h"
#include "vision/pixels/cascade.h"

struct heads {
	struct portrait portrait; /* from hair to shoulders; else what was
	                             found without knowing a face */
	bool known;               /* by its face */
	struct portrait others[FACES_AT_MAX]; /* smaller ones beside it */
	size_t count;
};

/* Where the portrait's head is. card: the document in colour, per_mm pixels
 * to a millimetre. p: its portrait as it was found without knowing a face;
 * faces of other widths are not looked for. Without cascades nothing is known. */
RESULT heads_portrait(const struct cascades *cascades, const struct raster *card,
    float per_mm, const struct portrait *p, struct heads *out);

/* And other heads, smaller ones, beside the portrait's. cascade NULL: none. */
RESULT heads_others(struct cascade *cascade, const struct raster *card,
    float per_mm, struct heads *out);

/* Whether a face of a portrait's size stands upright anywhere on the document,
 * with its contrast raised. out: written only on success. */
RESULT heads_any(struct cascade *cascade, const struct raster *card,
    float per_mm, bool *out);
