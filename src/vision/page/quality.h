/*
 * Whether a picture is fit to be judged, measured on the document and not on
 * its surroundings. Measured, not judged: thresholds are the checks'.
 */
#pragma once

#include "vision/page/page.h"
#include "vision/still/still.h"

/* A part of the document, in millimetres from its upper left. */
struct area {
	float x, y, width, height;
};

struct quality {
	double blur;       /* millimetres across which print fades */
	double brightness; /* of its ground, 0 to 1 */
	double evenness;   /* darkest ground by brightest */
	double glare;      /* share of it that shines, its print gone */
	double scale;      /* pixels of the file to a millimetre */
	double cut_off;    /* share of its side outside the picture */
	double covered;    /* share of it under fingers */
	struct area shining, dark, fingers;
};

/* page NULL: the whole picture stands for it, as if of a card's size. */
RESULT quality_measure(const struct still *s, const struct page *page,
    struct quality *out);
