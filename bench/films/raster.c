/*
 * Triangles with a texture, into a picture with depth: what bench/films draws
 * with, by way of ctypes. Colours are amounts of light, not grey levels.
 */
#include <math.h>

struct vertex {
	float x, y, near; /* near: by one over the distance */
	float u, v;       /* in the texture */
	float light[3];
};

struct texture {
	const float *texels; /* red, green, blue, how opaque */
	int width, height;
};

struct canvas {
	float *light, *near;
	int width, height;
};

#define CLEAR 0.02f /* so little opaque, it is nothing */
#define SOLID 0.5f  /* from there on it hides what lies behind */

static int
within(float value, int most)
{
	return value < 0 ? 0 : value > (float)most ? most : (int)value;
}

static void
texel(const struct texture *t, float u, float v, float out[4])
{
	u = fminf(fmaxf(u - 0.5f, 0), (float)t->width - 1.001f);
	v = fminf(fmaxf(v - 0.5f, 0), (float)t->height - 1.001f);
	int x = (int)u, y = (int)v;
	const float *top = t->texels + 4 * (y * t->width + x);
	const float *bottom = top + 4 * t->width;
	u -= (float)x;
	v -= (float)y;
	for (int i = 0; i < 4; i++)
		out[i] = (1 - v) * ((1 - u) * top[i] + u * top[4 + i]) +
		    v * ((1 - u) * bottom[i] + u * bottom[4 + i]);
}

/* One pixel; part: how much of it each corner is. */
static void
shade(const struct vertex *const corner[3], const float part[3],
    const struct texture *t, float *light, float *nearest)
{
	float near = 0, u = 0, v = 0, seen[4], share[3];
	for (int i = 0; i < 3; i++)
		near += part[i] * corner[i]->near;
	if (near <= *nearest)
		return;
	for (int i = 0; i < 3; i++) {
		share[i] = part[i] * corner[i]->near / near;
		u += share[i] * corner[i]->u;
		v += share[i] * corner[i]->v;
	}
	texel(t, u, v, seen);
	if (seen[3] < CLEAR)
		return;
	for (int c = 0; c < 3; c++) {
		float shine = share[0] * corner[0]->light[c] +
		    share[1] * corner[1]->light[c] +
		    share[2] * corner[2]->light[c];
		light[c] += seen[3] * (seen[c] * shine - light[c]);
	}
	if (seen[3] > SOLID)
		*nearest = near;
}

static float
twice_area(const struct vertex *a, const struct vertex *b, float x, float y)
{
	return (a->x - x) * (b->y - y) - (a->y - y) * (b->x - x);
}

static void
triangle(const struct vertex *const c[3], const struct texture *t,
    const struct canvas *out)
{
	float area = twice_area(c[1], c[2], c[0]->x, c[0]->y);
	if (fabsf(area) < 1e-6f)
		return;
	int left = within(floorf(fminf(c[0]->x, fminf(c[1]->x, c[2]->x))),
	    out->width);
	int right = within(ceilf(fmaxf(c[0]->x, fmaxf(c[1]->x, c[2]->x))),
	    out->width - 1);
	int top = within(floorf(fminf(c[0]->y, fminf(c[1]->y, c[2]->y))),
	    out->height);
	int bottom = within(ceilf(fmaxf(c[0]->y, fmaxf(c[1]->y, c[2]->y))),
	    out->height - 1);
	for (int y = top; y <= bottom; y++)
		for (int x = left; x <= right; x++) {
			float px = (float)x + 0.5f, py = (float)y + 0.5f;
			float part[3] = {twice_area(c[1], c[2], px, py) / area,
			    twice_area(c[2], c[0], px, py) / area};
			part[2] = 1 - part[0] - part[1];
			if (fminf(part[0], fminf(part[1], part[2])) < -1e-5f)
				continue;
			int at = y * out->width + x;
			shade(c, part, t, out->light + 3 * at,
			    out->near + at);
		}
}

__attribute__((visibility("default"))) void films_draw(int count,
    const int *corners, const struct vertex *vertices,
    const struct texture *t, const struct canvas *out);

/* corners: three of the vertices for each triangle. */
void
films_draw(int count, const int *corners, const struct vertex *vertices,
    const struct texture *t, const struct canvas *out)
{
	for (int i = 0; i < count; i++) {
		const struct vertex *c[3] = {&vertices[corners[3 * i]],
		    &vertices[corners[3 * i + 1]],
		    &vertices[corners[3 * i + 2]]};
		if (c[0]->near > 0 && c[1]->near > 0 && c[2]->near > 0)
			triangle(c, t, out);
	}
}
