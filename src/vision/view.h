/*
 * From the picture as it was read to the picture that people see: turned by
 * quarters so that the document stands upright, and made smaller.
 */
#pragma once

#include "base/buf.h"
#include "ident/finding.h"
#include "vision/page.h"
#include "vision/still.h"

struct view {
	int width, height; /* of the picture as read */
	int quarters;      /* turned clockwise */
	float scale;       /* after turning */
};

/* page NULL: as it is. */
void view_of(const struct still *s, const struct page *page,
    struct view *out);

/* The box around points of the picture as read, count of x, y pairs. */
struct box view_box(const struct view *v, const float *points, size_t count);

/* Around lines of a zone. */
struct box view_lines(const struct view *v, const struct line *lines,
    size_t count, int letters);

/* Writes the picture that people see. */
RESULT view_encode(const struct view *v, const struct raster *colour,
    struct buf *out);
