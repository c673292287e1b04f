/*
 * What people see of a picture.
 */
#include "vision/page/view.h"

#include <math.h>

void
view_of(const struct still *s, const struct page *page, struct view *out)
{
	*out = (struct view){s->colour.width, s->colour.height, 0, 1};
	int side = out->width > out->height ? out->width : out->height;
	if (side > STILL_CLEAN_SIDE)
		out->scale = (float)STILL_CLEAN_SIDE / (float)side;
	if (!page || !page->upright)
		return;
	float dx = page->corners[2] - page->corners[0];
	float dy = page->corners[3] - page->corners[1];
	int turns = (int)lroundf(atan2f(dy, dx) / (float)M_PI_2);
	out->quarters = (4 - turns) & 3;
}

static void
move(const struct view *v, float *x, float *y)
{
	float w = (float)v->width, h = (float)v->height, from_x = *x;
	switch (v->quarters) {
	case 1:
		*x = h - *y;
		*y = from_x;
		break;
	case 2:
		*x = w - *x;
		*y = h - *y;
		break;
	case 3:
		*x = *y;
		*y = w - from_x;
		break;
	}
	*x *= v->scale;
	*y *= v->scale;
}

void
view_points(const struct view *v, const float *points, size_t count,
    float *out)
{
	for (size_t i = 0; i < 2 * count; i += 2) {
		float x = points[i], y = points[i + 1];
		move(v, &x, &y);
		out[i] = x;
		out[i + 1] = y;
	}
}

struct box
view_box(const struct view *v, const float *points, size_t count)
{
	float left = 1e9f, top = 1e9f, right = 0, bottom = 0;
	for (size_t i = 0; i < count; i++) {
		float x = points[2 * i], y = points[2 * i + 1];
		move(v, &x, &y);
		left = fminf(left, fmaxf(x, 0));
		top = fminf(top, fmaxf(y, 0));
		right = fmaxf(right, x);
		bottom = fmaxf(bottom, y);
	}
	float most_x = (float)(v->quarters & 1 ? v->height : v->width) *
	    v->scale;
	float most_y = (float)(v->quarters & 1 ? v->width : v->height) *
	    v->scale;
	right = fminf(right, most_x);
	bottom = fminf(bottom, most_y);
	if (right <= left || bottom <= top)
		return (struct box){0};
	return (struct box){(int32_t)left, (int32_t)top,
	    (int32_t)(right - left), (int32_t)(bottom - top)};
}

struct box
view_lines(const struct view *v, const struct line *lines, size_t count,
    int letters)
{
	float points[MRZ_LINES_MAX * 8];
	size_t used = 0;
	for (size_t i = 0; i < count && i < MRZ_LINES_MAX; i++)
		for (int corner = 0; corner < 4; corner++, used += 2)
			line_at(&lines[i],
			    corner & 1 ? (float)letters - 0.5f : -0.5f,
			    corner & 2 ? 0.6f : -0.6f, &points[used],
			    &points[used + 1]);
	return view_box(v, points, used / 2);
}

RESULT
view_picture(const struct view *v, const struct raster *colour,
    struct raster *out)
{
	static const int orientations[] = {1, 6, 3, 8};
	AUTO(raster_clear) struct raster small = {0};
	TRY(opencv_resize(colour, (int)((float)colour->width * v->scale),
	    (int)((float)colour->height * v->scale), &small));
	TRY(raster_turn(&small, orientations[v->quarters]));
	raster_move(&small, out);
	return OK;
}
