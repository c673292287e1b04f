/*
 * Perspective from four corners, in closed form (a unit square to a
 * quadrilateral), and back by the adjugate.
 */
#include "vision/page/plane.h"

#include <math.h>

void
plane_of(const struct page *p, struct plane *out)
{
	const float *c = p->corners;
	double x[4], y[4];
	for (int i = 0; i < 4; i++) {
		x[i] = (double)c[2 * i];
		y[i] = (double)c[2 * i + 1];
	}
	double dx1 = x[1] - x[2], dx2 = x[3] - x[2];
	double dy1 = y[1] - y[2], dy2 = y[3] - y[2];
	double sx = x[0] - x[1] + x[2] - x[3];
	double sy = y[0] - y[1] + y[2] - y[3];
	double area = dx1 * dy2 - dx2 * dy1;
	area = fabs(area) < 1e-9 ? 1e-9 : area;
	double g = (sx * dy2 - dx2 * sy) / area;
	double h = (dx1 * sy - sx * dy1) / area;
	const double m[9] = {x[1] - x[0] + g * x[1], x[3] - x[0] + h * x[3],
	    x[0], y[1] - y[0] + g * y[1], y[3] - y[0] + h * y[3], y[0], g, h,
	    1};
	for (int i = 0; i < 9; i++)
		out->m[i] = m[i];
	out->width = p->width;
	out->height = p->height;
}

void
plane_point(const struct plane *p, float x_mm, float y_mm, float *x, float *y)
{
	const double *m = p->m;
	double u = (double)(x_mm / p->width), v = (double)(y_mm / p->height);
	double w = m[6] * u + m[7] * v + m[8];
	w = fabs(w) < 1e-9 ? 1e-9 : w;
	*x = (float)((m[0] * u + m[1] * v + m[2]) / w);
	*y = (float)((m[3] * u + m[4] * v + m[5]) / w);
}

void
plane_back(const struct plane *p, float x, float y, float *x_mm, float *y_mm)
{
	const double *m = p->m;
	double px = (double)x, py = (double)y;
	double a = m[0] - m[6] * px, b = m[1] - m[7] * px;
	double c = m[3] - m[6] * py, d = m[4] - m[7] * py;
	double e = m[8] * px - m[2], f = m[8] * py - m[5];
	double area = a * d - b * c;
	area = fabs(area) < 1e-12 ? 1e-12 : area;
	*x_mm = (float)((e * d - b * f) / area) * p->width;
	*y_mm = (float)((a * f - e * c) / area) * p->height;
}

void
plane_corners(const struct plane *p, float x, float y, float width,
    float height, float out[8])
{
	const float at[4][2] = {{x, y}, {x + width, y},
	    {x + width, y + height}, {x, y + height}};
	for (int i = 0; i < 4; i++)
		plane_point(p, at[i][0], at[i][1], &out[2 * i],
		    &out[2 * i + 1]);
}
