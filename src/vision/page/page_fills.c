/*
 * Whether the picture is the document and no more, as flat scans and web
 * pages have it: it shows no contour then, and what its zone or its print
 * guess of the corners is a little off.
 */
#include "vision/page/page.h"

#include <math.h>

#include "base/enum.h"
#include "vision/page/outline.h"

#define SHAPE 0.06f   /* how near to a document's, natural logarithm */
#define OVERLAP 0.6f  /* of what was found within, of both together */
#define ALONG 0.97f   /* cosine: print of a scan runs along its sides */

struct size {
	float width, height;
};

static const struct size sizes[] = {{85.6f, 53.98f}, {125, 88}};

/* The frame, from the corner from which text runs along its side. */
static bool
turned_like(const struct raster *grey, const float like[8], float out[8])
{
	float w = (float)grey->width, h = (float)grey->height;
	const float frame[8] = {0, 0, w, 0, w, h, 0, h};
	float dx = like[2] - like[0], dy = like[3] - like[1];
	for (int turn = 0; turn < 8; turn += 2) {
		for (int i = 0; i < 8; i++)
			out[i] = frame[(i + turn) & 7];
		float x = out[2] - out[0], y = out[3] - out[1];
		if (x * dx + y * dy > ALONG * hypotf(x, y) * hypotf(dx, dy))
			return true;
	}
	return false;
}

RESULT
page_fills(const struct raster *grey, const struct page *p, struct page *out)
{
	struct page full = *p;
	if (!turned_like(grey, p->corners, full.corners) ||
	    outline_overlap(p->corners, full.corners) < OVERLAP)
		return FAIL(ERR_NOT_FOUND, "a part of the picture");
	const float *c = full.corners;
	float aspect = hypotf(c[2] - c[0], c[3] - c[1]) /
	    hypotf(c[4] - c[2], c[5] - c[3]);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		if (fabsf(logf(aspect * sizes[i].height / sizes[i].width)) >
		    SHAPE)
			continue;
		full.width = sizes[i].width;
		full.height = sizes[i].height;
		*out = full;
		return OK;
	}
	return FAIL(ERR_NOT_FOUND, "no document's shape");
}
