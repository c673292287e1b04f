/*
 * Which parts of a JPEG were changed after it had been a JPEG before.
 *
 * Opened in an editor and saved again, all of a picture is rounded twice but
 * for what the editor put in, which is rounded once. Where the second table
 * is the finer one, each block tells which it was. Where it is not, nothing
 * is said: most edits that were saved badly leave no trace here.
 */
#pragma once

#include "ident/finding.h"
#include "vision/file/jpeg_file.h"
#include "vision/still/still.h"

struct history {
	int width, height; /* blocks of eight by eight pixels */
	double usual;      /* nats a coefficient, middle of all */
	float *says;       /* nats for two roundings, of each block */
	uint8_t *count;    /* coefficients that said it */
};

void history_clear(struct history *h);

/* s: the picture made of the file. ERR_NOT_FOUND: it was not saved twice, or
 * so that nothing can be told. */
RESULT history_read(struct span file, const struct jpeg_file *f,
    const struct still *s, struct history *out);

/* The same of a file without losses, of pixels that were a JPEG before. */
RESULT history_read_pixels(const struct still *s, struct history *out);

struct apart {
	double against;    /* nats for one rounding where two are usual */
	float corners[8];  /* of the place, in pixels of the still's colour */
};

/* The place within a part of the picture (around points in pixels of the
 * still's colour; NULL: all of it) that speaks most against two roundings.
 * ERR_NOT_FOUND: too little is there to say anything. */
RESULT history_apart(const struct history *h, const struct still *s,
    const float *points, size_t count, struct apart *out);

/* The same of the part as a whole: no place in it counts for itself. */
RESULT history_apart_whole(const struct history *h, const struct still *s,
    const float *points, size_t count, struct apart *out);

/*
 * Of what several parts have against two roundings, count of them and at least
 * one: the most, less twice the middle one. Where most parts speak against
 * it, the picture was read wrongly, and nothing was put in. Sorts them.
 */
double history_alone(float *against, size_t count);

DEFINE_AUTO_CLEAR(history_clear, struct history)
