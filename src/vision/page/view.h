/*
 * From the picture as it was read to the picture that people see: turned by
 * quarters so that the document stands upright, and made smaller.
 */
#pragma once

#include "ident/finding.h"
#include "vision/page/page.h"
#include "vision/still/still.h"

struct view {
	int width, height; /* of the picture as read */
	int quarters;      /* turned clockwise */
	float scale;       /* after turning */
};

/* page NULL: as it is. */
void view_of(const struct still *s, const struct page *page,
    struct view *out);

/* Points of the picture as read, count of x, y pairs, in what people see;
 * out has as many. They may lie outside it. */
void view_points(const struct view *v, const float *points, size_t count,
    float *out);

/* The box around points of the picture as read, count of x, y pairs. */
struct box view_box(const struct view *v, const float *points, size_t count);

/* Around lines of a zone. */
struct box view_lines(const struct view *v, const struct line *lines,
    size_t count, int letters);

/* The picture that people see; out must be empty. */
RESULT view_picture(const struct view *v, const struct raster *colour,
    struct raster *out);
