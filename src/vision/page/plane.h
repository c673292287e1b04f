/*
 * The document's plane as the camera saw it: millimetres of the page to the
 * picture and back, in true perspective.
 */
#pragma once

#include "vision/page/page.h"

struct plane {
	double m[9]; /* the share of width and height to the picture */
	float width, height;
};

void plane_of(const struct page *p, struct plane *out);
void plane_point(const struct plane *p, float x_mm, float y_mm, float *x,
    float *y);
/* Where in millimetres a place of the picture lies. */
void plane_back(const struct plane *p, float x, float y, float *x_mm,
    float *y_mm);

/* The four corners of a rectangle of the page, x, y pairs clockwise. */
void plane_corners(const struct plane *p, float x, float y, float width,
    float height, float out[8]);
