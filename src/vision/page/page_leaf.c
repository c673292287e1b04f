/*
 * What lies beside a passport's page and is no second document: the page on
 * the other side of the fold, and the cover of a booklet that lies closed.
 * Neither has a zone, and both have the shape of the page itself.
 */
#include "vision/page/page.h"

#include <math.h>
#include <stdlib.h>

#define FOLD_OFF 0.07f /* of the fold: a rim of the cover is seen beside it */
#define GRID 24
#define COVER_DARK 0.6f /* of the page's own paper; covers have 0.1 to 0.5 */

/* Whether a side of one is a side of the other, seen from its other end. */
static bool
share_a_side(const float a[8], const float b[8])
{
	for (int i = 0; i < 4; i++)
		for (int k = 0; k < 4; k++) {
			int i2 = (i + 1) & 3, k2 = (k + 1) & 3;
			float side = hypotf(a[2 * i2] - a[2 * i],
			    a[2 * i2 + 1] - a[2 * i + 1]);
			if (hypotf(a[2 * i] - b[2 * k2],
				a[2 * i + 1] - b[2 * k2 + 1]) <
			    FOLD_OFF * side &&
			    hypotf(a[2 * i2] - b[2 * k],
				a[2 * i2 + 1] - b[2 * k + 1]) <
			    FOLD_OFF * side)
				return true;
		}
	return false;
}

static int
by_value(const void *a, const void *b)
{
	return *(const uint8_t *)a - *(const uint8_t *)b;
}

/* The paper's brightness: the middle one of points inside. -1: none is in the
 * picture. */
static int
paper_of(const struct raster *grey, const float c[8])
{
	uint8_t seen[GRID * GRID];
	size_t count = 0;
	for (int i = 0; i < GRID * GRID; i++) {
		float u = 0.1f + 0.8f * (float)(i % GRID) / (GRID - 1);
		float v = 0.1f + 0.8f * (float)(i / GRID) / (GRID - 1);
		float x = (c[0] * (1 - u) + c[2] * u) * (1 - v) +
		    (c[6] * (1 - u) + c[4] * u) * v;
		float y = (c[1] * (1 - u) + c[3] * u) * (1 - v) +
		    (c[7] * (1 - u) + c[5] * u) * v;
		if (x >= 0 && y >= 0 && x < (float)grey->width &&
		    y < (float)grey->height)
			seen[count++] = raster_row(grey, (int)y)[(int)x];
	}
	qsort(seen, count, sizeof(seen[0]), by_value);
	return count == 0 ? -1 : seen[count / 2];
}

bool
page_is_leaf(const struct raster *grey, const float page[8],
    const float other[8])
{
	int own = paper_of(grey, page), its = paper_of(grey, other);
	return share_a_side(page, other) ||
	    (its >= 0 && (float)its < COVER_DARK * (float)own);
}
