/*
 * Pieces of print: letters that stand together in one line, by their ink
 * alone. A label is a piece, a value is one; what they say comes later.
 */
#pragma once

#include "vision/pixels/ink.h"

#define PIECES_MAX 160

struct piece {
	float x, y;    /* where its base line begins */
	float slope;   /* of the base line: down by so much for 1 along */
	float length;
	float capital; /* height of its capitals */
	int spots;
	float even;    /* 0 to 1: how alike its spots are in height and foot */
	float dark;    /* of its usual spot, levels below the ground */
};

struct pieces {
	size_t count;
	struct piece at[PIECES_MAX];
};

/*
 * Joins spots of a page that has so many pixels a millimetre; the most likely
 * to be print come first, sorted by place are those kept.
 */
void pieces_of(const struct spots *spots, float per_mm, struct pieces *out);
