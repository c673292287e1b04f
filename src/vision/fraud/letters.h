/*
 * How a zone is printed: is it OCR-B, at an even pitch, in one ink.
 *
 * Each letter that was read is laid over OCR-B's drawing of it, at several
 * places and as blurred as the picture is: the likeness tells the face, the
 * best place tells where the letter really stands.
 */
#pragma once

#include "vision/zone/mrz_read.h"

#define LETTERS_MAX (MRZ_LINES_MAX * 44)

struct letter {
	int line, at;      /* which one */
	float likeness;    /* correlation with OCR-B, at most 1 */
	float along, down; /* from where the line says, in pitches */
	float ink;         /* darker than its paper, in grey levels */
};

struct letters {
	size_t count;
	struct letter at[LETTERS_MAX];
	float likeness;    /* mean, without the fillers */
	float unevenness;  /* of the letter farthest off its line, in pitches */
	float ink_step;    /* of the letter most unlike its neighbours, as a
			      share of the line's ink */
	size_t uneven, unlike; /* which letters these two are */
};

/* ERR_UNREADABLE: too few letters to say anything. */
RESULT letters_measure(const struct raster *grey,
    const struct mrz_found *zone, struct letters *out);
