/*
 * The portrait on the rectified document: where it lies, and whether the same
 * face stands once more as a ghost.
 */
#pragma once

#include "vision/net/net.h"
#include "vision/pixels/cascade.h"
#include "vision/still/raster.h"

struct portrait {
	float x, y, width, height; /* millimetres of the document */
	float busy;   /* how much more happens in it than around */
};

#define PORTRAIT_TWINS 2
#define PORTRAIT_TWIN_LEAST 0.38f /* of the width of the portrait */
#define PORTRAIT_TWIN_MOST 0.65f
#define PORTRAIT_SHRINK 4 /* of a card at 300 dpi: some 3 pixels a mm */

/* card: the document in colour, per_mm pixels to a millimetre.
 * twins: the smaller places in which most else happens, width 0 for none.
 * ERR_NOT_FOUND: nothing of a portrait's size and shape. */
RESULT portrait_find(const struct raster *card, float per_mm,
    struct portrait *out, struct portrait twins[PORTRAIT_TWINS]);

struct ghost {
	float x, y, width, height; /* millimetres */
	double found;    /* likeness of the rough shapes */
	double alike;    /* likeness on finer pixels: is it a head like this */
	double inner;    /* of eyes, nose and mouth alone: is it the same face */
	double there;    /* how much of a twin the likest place covers */
	bool unclear;    /* faint, or under glare or print: face, there are 0 */
	double face;     /* alike, if this is known to be a face; else 0 */
};

/* What knows faces on documents; without any nothing is known to be one. */
struct finders {
	struct cascades cascades;
	const struct net *net; /* heads.onnx; NULL: cascades alone */
};

RESULT portrait_ghost(const struct raster *card, float per_mm,
    const struct portrait *p, const struct portrait twins[PORTRAIT_TWINS],
    const struct finders *by, struct ghost *out);
