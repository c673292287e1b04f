/*
 * Squares of native pixels.
 *
 * What counts is that nothing has scaled them: a display's grid is gone after
 * one reduction by two.
 */
#include "vision/native.h"

#include "vision/bars.h"

#include <math.h>

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
static RESULT
brightness(const struct still *s, struct square at, int side,
    struct native *out)
{
	AUTO(raster_clear) struct raster levels = {0};
	out->side = side;
	if (s->reduction > 1)
		TRY(still_native(s, at.x, at.y, side, side, &levels));
	for (int i = 0; i < side * side; i++) {
		if (levels.data) {
			out->luma[i] = levels.data[i];
			continue;
		}
		const uint8_t *rgb = raster_row(&s->colour, at.y + i / side) +
		    (size_t)(at.x + i % side) * 3;
		out->luma[i] = 0.299f * rgb[0] + 0.587f * rgb[1] +
		    0.114f * rgb[2];
	}
	return OK;
}

RESULT
native_square(const struct still *s, struct square at, int side,
    struct native *out)
{
	if (!native_has(s, at, side))
		return FAIL(ERR_NOT_FOUND, "outside the picture");
	TRY(brightness(s, at, side, out));
	for (int i = 0; i < side * side / 4; i++)
		chroma_at(s, at.x + i % (side / 2) * 2,
		    at.y + i / (side / 2) * 2, &out->blue[i], &out->red[i]);
	return OK;
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
