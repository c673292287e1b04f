/*
 * Spots of ink that stand one after another, and what their line measures.
 * For pieces.c.
 */
#pragma once

#include "vision/pixels/ink.h"

#define MEMBERS_MAX 120

struct chain {
	const struct spot *at[MEMBERS_MAX];
	int count;
};

static inline int
spot_height(const struct spot *s)
{
	return s->bottom - s->top;
}

static inline int
spot_width(const struct spot *s)
{
	return s->right - s->left;
}

/* The middle one of some values, which are sorted. */
float chain_middle(float *values, int count);

/* The base line: its height where the chain begins, and its slope. One that
 * leans otherwise than the page's lines do (NULL: not known) is fitted to
 * wrong things. */
void chain_base(const struct chain *c, const float *page_slope, float *at,
    float *slope);

/* Where the base line runs below a spot. */
float chain_foot(const struct chain *c, const struct spot *s, float at,
    float slope);

/* The usual height of spots from..to-1. */
float chain_usual(const struct chain *c, int from, int to);

/* How far letters from..to-1 reach up: the tallest that stand on the line, as
 * strokes and brackets do not. */
float chain_capital(const struct chain *c, int from, int to, float at,
    float slope, float usual);

/* Drops what stands off the line: ground printing between two columns. */
void chain_drop_strays(struct chain *c, float at, float slope);

/* From spot i to the next, and as usual; 0 where there is one spot. */
float chain_gap(const struct chain *c, int i);
float chain_usual_gap(const struct chain *c);
