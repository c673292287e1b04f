/*
 * Films: what is left of a recording once it was looked at. Re-encoded
 * pictures with their times, one after the other, made in the cage; the only
 * form in which a recording reaches an operator's browser.
 *
 *     "PFLM" version(1) count(u32), then for each picture
 *     mark(u8) time_ms(u32) width(u32) height(u32) size(u32), JPEG bytes
 *
 * Pictures come from a program that has just parsed a stranger's file: the
 * borders are checked, the JPEG bytes are not looked at.
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

#define FILM_PICTURES_MAX 1000
#define FILM_MAX ((size_t)24 << 20)

/* What a picture is for. FRAME: one of ten a second. The others are best
 * pictures of their kind, in full size. */
enum film_mark {
	FILM_FRAME,
	FILM_PORTRAIT, /* the participant's face, best first */
	FILM_FRONT,    /* the document's sides as shown in a recording */
	FILM_BACK,
	FILM_STILL_FRONT, /* ... and as photographed: for comparison */
	FILM_STILL_BACK,
	FILM_FACE, /* aligned faces for side by side; time 0: the document's */
	FILM_MARK_COUNT
};

struct film_picture {
	enum film_mark mark;
	uint32_t time_ms;
	uint32_t width, height; /* 0: not known */
	struct span jpeg; /* borrowed */
};

/* Begins with no picture; b's ceiling is the caller's, FILM_MAX at most. */
RESULT film_begin(struct buf *b);
/* One more. ERR_TOO_LARGE: full, and b stays as it was. */
RESULT film_add(struct buf *b, const struct film_picture *p);

struct film {
	struct span bytes, rest;
	size_t count, position;
};

/* ERR_INVALID unless every picture lies within it and nothing is left. */
RESULT film_open(struct span bytes, struct film *out);
/* The next one; false at the end. */
bool film_next(struct film *f, struct film_picture *out);
