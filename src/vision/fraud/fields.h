/*
 * Printed fields on the rectified document, and what tells a re-typed one:
 * its ink, the grain of the paper between its letters, stroke and sharpness,
 * each beside the same of the other fields.
 */
#pragma once

#include "vision/fraud/patches.h"

struct field_look {
	struct patch spot;
	bool candidate;  /* set as fields are, and nothing lies over it */
	bool tall;       /* the same, and as high as a field with its air */
	bool even;       /* not read, and its letters as high as the fields' */
	double grain;    /* of the paper between the letters, grey levels */
	double ground;   /* the same around the field */
	double stroke;   /* width of its strokes, pixels */
	double ink[3];   /* of each colour: ink by paper */
	double sharp;    /* steepest rise, share of the contrast a pixel */
};

struct field_looks {
	size_t count;
	struct field_look at[PATCHES_MAX];
};

/* Measures each piece of print; those without contrast are left out. */
RESULT fields_measure(const struct raster *card, const struct patches *prints,
    struct field_looks *out);

/* What a field may stand out by. */
enum field_part { FIELD_INK, FIELD_PAPER, FIELD_SHARP, FIELD_STROKE,
    FIELD_PARTS };

/*
 * How far the field stands from the others, all measures together, in usual
 * deviations of genuine fields; NAN for what is no field, and with fewer
 * pieces of print than FIELDS_LEAST. parts, if not NULL: what each adds.
 */
#define FIELDS_LEAST 3
double fields_outlier(const struct field_looks *f, size_t which,
    double parts[FIELD_PARTS]);
