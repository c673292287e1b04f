/*
 * Squares of native pixels.
 *
 * What counts is that nothing has scaled them: a display's grid is gone after
 * one reduction by two.
 */
#include "vision/page/native.h"

#include "vision/page/bars.h"

#include <math.h>
#include <string.h>

#define LUMA_STEP 32.0f   /* levels */
#define COLOUR_STEP 16.0f
#define CANDIDATES 40 /* across and down */
#define EDGE 0.03f    /* of the document's size: neither in nor out */

bool
native_has(const struct still *s, struct square at, int side)
{
	return at.x >= 0 && at.y >= 0 && at.x + side <= s->width &&
	    at.y + side <= s->height;
}

/* Blue and red less brightness, of the colours around a native pixel. */
static void
chroma_at(const struct still *s, int x, int y, float *blue, float *red)
{
	int across = s->reduction == 1 ? 2 : 1, count = 0;
	*blue = *red = 0;
	for (int k = 0; k < across * across; k++) {
		int column = x / s->reduction + k % across;
		int row = y / s->reduction + k / across;
		if (column >= s->colour.width || row >= s->colour.height)
			continue;
		const uint8_t *rgb = raster_row(&s->colour, row) +
		    (size_t)column * 3;
		float level = 0.299f * rgb[0] + 0.587f * rgb[1] +
		    0.114f * rgb[2];
		*blue += 0.564f * (rgb[2] - level);
		*red += 0.713f * (rgb[0] - level);
		count++;
	}
	*blue /= (float)(count ? count : 1);
	*red /= (float)(count ? count : 1);
}

/* Of a picture that was not reduced, finer than its grey levels. */
static float
level_at(const struct still *s, const struct raster *levels,
    struct square at, int x, int y)
{
	if (levels->data)
		return raster_row(levels, y - at.y)[x - at.x];
	const uint8_t *rgb = raster_row(&s->colour, y) + (size_t)x * 3;
	return 0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2];
}

static void
put_luma(const struct still *s, const struct raster *levels,
    struct square at, struct native_size size, float *luma)
{
	int k = size.pixels;
	for (int i = 0; i < size.wide * size.high; i++) {
		int x = at.x + i % size.wide * k, y = at.y + i / size.wide * k;
		luma[i] = 0;
		for (int n = 0; n < k * k; n++)
			luma[i] += level_at(s, levels, at, x + n % k,
			    y + n / k);
		luma[i] /= (float)(k * k);
	}
}

static void
put_colours(const struct still *s, struct square at, struct native_size size,
    struct native *out)
{
	int k = size.pixels, half = size.wide / 2;
	for (int i = 0; i < half * size.high / 2; i++) {
		int x = at.x + i % half * 2 * k, y = at.y + i / half * 2 * k;
		out->blue[i] = out->red[i] = 0;
		for (int n = 0; n < k * k; n++) {
			float blue, red;
			chroma_at(s, x + n % k * 2, y + n / k * 2, &blue,
			    &red);
			out->blue[i] += blue / (float)(k * k);
			out->red[i] += red / (float)(k * k);
		}
	}
}

RESULT
native_part(const struct still *s, struct square at, struct native_size size,
    struct native *out)
{
	AUTO(raster_clear) struct raster levels = {0};
	int wide = size.wide * size.pixels, high = size.high * size.pixels;
	if (at.x < 0 || at.y < 0 || at.x + wide > s->width ||
	    at.y + high > s->height)
		return FAIL(ERR_NOT_FOUND, "outside the picture");
	if (s->reduction > 1)
		TRY(still_native(s, at.x, at.y, wide, high, &levels));
	out->side = size.wide;
	put_luma(s, &levels, at, size, out->luma);
	put_colours(s, at, size, out);
	return OK;
}

RESULT
native_square(const struct still *s, struct square at, int side,
    struct native *out)
{
	return native_part(s, at, (struct native_size){side, side, 1}, out);
}

/* Less its mean, in steps. */
static void
level(float *plane, int count, float step)
{
	double sum = 0;
	for (int i = 0; i < count; i++)
		sum += (double)plane[i];
	float mean = (float)(sum / count);
	for (int i = 0; i < count; i++)
		plane[i] = (plane[i] - mean) / step;
}

void
native_fold(struct native *n, struct native_size size, float *out)
{
	int half = size.wide / 2, area = half * size.high / 2;
	level(n->luma, 4 * area, LUMA_STEP);
	level(n->blue, area, COLOUR_STEP);
	level(n->red, area, COLOUR_STEP);
	for (int y = 0; y < size.high; y++)
		for (int x = 0; x < size.wide; x++)
			out[((y & 1) * 2 + (x & 1)) * area + y / 2 * half +
			    x / 2] = n->luma[y * size.wide + x];
	memcpy(out + 4 * area, n->blue, (size_t)area * sizeof(float));
	memcpy(out + 5 * area, n->red, (size_t)area * sizeof(float));
}

/* How far inside the document's nearest edge, as a share of its size; less
 * than 0 outside. */
static float
depth(const struct still *s, const struct page *page, float x, float y)
{
	const float *c = page->corners;
	float least = 1e9f, size = 0;
	x /= (float)s->reduction;
	y /= (float)s->reduction;
	for (int i = 0; i < 4; i++) {
		const float *a = c + 2 * i, *b = c + 2 * ((i + 1) & 3);
		float dx = b[0] - a[0], dy = b[1] - a[1];
		float length = hypotf(dx, dy);
		float away = (dx * (y - a[1]) - dy * (x - a[0])) /
		    fmaxf(length, 1);
		least = fminf(least, away);
		size = fmaxf(size, length);
	}
	return least / fmaxf(size, 1);
}

static bool
lies(const struct still *s, const struct page *page, enum native_where where,
    struct square at, int side)
{
	if (!page)
		return where == NATIVE_INSIDE;
	for (int i = 0; i < 5; i++) {
		float x = (float)(at.x + (i & 1 ? side : 0));
		float y = (float)(at.y + (i & 2 ? side : 0));
		if (i == 4) {
			x = (float)(at.x + side / 2);
			y = (float)(at.y + side / 2);
		}
		float d = depth(s, page, x, y);
		if (where == NATIVE_INSIDE ? d < 0.005f : d > -EDGE)
			return false;
	}
	return true;
}

size_t
native_spread(const struct still *s, const struct page *page,
    enum native_where where, int side, size_t most, struct square *out)
{
	static struct square all[CANDIDATES * CANDIDATES];
	size_t count = 0, used = 0;
	struct bars bars;
	bars_of(&s->grey, &bars);
	int left = bars.left * s->reduction, top = bars.top * s->reduction;
	int room_x = s->width - bars.right * s->reduction - left - side;
	int room_y = s->height - bars.bottom * s->reduction - top - side;
	if (room_x < 0 || room_y < 0)
		return 0;
	for (int i = 0; i < CANDIDATES * CANDIDATES; i++) {
		struct square at = {left + room_x * (i % CANDIDATES) /
		    (CANDIDATES - 1), top + room_y * (i / CANDIDATES) /
		    (CANDIDATES - 1)};
		if (native_has(s, at, side) &&
		    lies(s, page, where, at, side))
			all[count++] = at;
	}
	if (most > count)
		most = count;
	for (; used < most; used++) {
		/* golden steps: spread in both directions */
		double share = fmod(0.5 + (double)used * 0.6180339887, 1);
		out[used] = all[(size_t)(share * (double)count)];
	}
	return used;
}
