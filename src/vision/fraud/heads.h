/*
 * Heads on the document by what finds faces: exact where it sees one, silent
 * where it does not.
 */
#pragma once

#include "vision/fraud/portrait.h"
#include "vision/fraud/spots.h"
#include "vision/pixels/cascade.h"

#define HEADS_MAX (FACES_AT_MAX + HEAD_SPOTS_MAX)

struct heads {
	struct portrait portrait; /* from hair to shoulders; else what was
	                             found without knowing a face */
	bool known;               /* by its face */
	bool elsewhere;           /* than what was found without */
	bool seen;                /* and a cascade saw that */
	struct portrait others[HEADS_MAX]; /* smaller ones beside it */
	size_t count;
	size_t faces;             /* how many, the first, a cascade saw */
	struct spot_of_head spots[HEAD_SPOTS_MAX]; /* what the network saw */
	size_t spot_count;
	bool asked;              /* whether it was */
};

/* Where the portrait's head is. card: the document in colour, per_mm pixels
 * to a millimetre. p: its portrait as it was found without knowing a face;
 * faces of other widths are not looked for. Without cascades nothing is
 * known. */
RESULT heads_portrait(const struct cascades *cascades,
    const struct raster *card, float per_mm, const struct portrait *p,
    struct heads *out);

/* And other heads, smaller ones, beside the portrait's. cascade NULL: none. */
RESULT heads_others(struct cascade *cascade, const struct raster *card,
    float per_mm, struct heads *out);

/* The portrait by the widest face that a network of our own is sure of, where
 * no cascade knew it, or where a wider one stands elsewhere. grey: the
 * document, as spots_find() wants it. net NULL: nothing more is known. */
RESULT heads_spot_portrait(const struct net *net, const struct raster *grey,
    float per_mm, struct heads *io);

/* And heads that no cascade saw, after heads_others. */
RESULT heads_spot_others(const struct net *net, const struct raster *grey,
    float per_mm, struct heads *io);

/* The best score of a face that the network, if it was asked, saw in that
 * place; -INFINITY for none. */
float heads_spotted(const struct heads *h, const struct portrait *place);

/* Whether a face of a portrait's size stands upright anywhere on the document,
 * with its contrast raised. out: written only on success. */
RESULT heads_any(struct cascade *cascade, const struct raster *card,
    float per_mm, bool *out);
