/*
 * Fingers over the edge of a document.
 *
 * Skin of whatever shade is redder and less blue than the paper it lies on;
 * so are some documents' ornaments. But a finger does not end where the
 * document does: only what goes on beyond the edge counts.
 */
#include "vision/page/fingers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vision/page/plane.h"

#define AROUND 8        /* millimetres looked at beyond the edge */
#define FINE 4          /* pixels to a millimetre when cut */
#define RIM 4           /* holding a document there covers nothing */
#define AT_EDGE 2
#define BEYOND 3
#define BEYOND_LEAST 12 /* square millimetres of the same thing out there */
#define REDDER 8        /* levels of Cr above the document's own */
#define LESS_BLUE 6     /* levels of Cb below it */
#define CELLS_MAX 20000 /* square millimetres */

struct cells {
	int across, down;
	uint8_t skin[CELLS_MAX]; /* 1; 2 once it was counted */
	int stack[CELLS_MAX];
};

/* One thing of one colour. */
struct patch {
	int deep, beyond;
	bool at_edge;
	int left, top, right, bottom; /* of what lies on the document */
};

/* How far inside the document a cell lies, in millimetres; below 0: outside. */
static int
inside(const struct cells *c, int x, int y)
{
	int across = x - AROUND < c->across - AROUND - 1 - x ? x - AROUND :
	    c->across - AROUND - 1 - x;
	int down = y - AROUND < c->down - AROUND - 1 - y ? y - AROUND :
	    c->down - AROUND - 1 - y;
	return across < down ? across : down;
}

static int
redness(const uint8_t *at)
{
	return (int)lround(0.5 * at[0] - 0.419 * at[1] - 0.081 * at[2]);
}

static int
blueness(const uint8_t *at)
{
	return (int)lround(0.5 * at[2] - 0.331 * at[1] - 0.169 * at[0]);
}

/* The middle one of the document's own cells. */
static int
usual(const struct cells *c, const struct raster *r,
    int (*measure)(const uint8_t *))
{
	unsigned counts[512] = {0}, count = 0, seen = 0;
	for (int y = 0; y < c->down; y++)
		for (int x = 0; x < c->across; x++)
			if (inside(c, x, y) >= 0) {
				counts[measure(raster_row(r, y) + 3 * x) +
				    256]++;
				count++;
			}
	int at = 0;
	while (at < 511 && (seen += counts[at]) * 2 < count)
		at++;
	return at - 256;
}

static void
mark_skin(const struct raster *r, struct cells *c)
{
	int red = usual(c, r, redness) + REDDER;
	int blue = usual(c, r, blueness) - LESS_BLUE;
	for (int y = 0; y < c->down; y++)
		for (int x = 0; x < c->across; x++) {
			const uint8_t *at = raster_row(r, y) + 3 * x;
			c->skin[y * c->across + x] = redness(at) > red &&
			    blueness(at) < blue;
		}
}

static void
note(const struct cells *c, int x, int y, struct patch *p)
{
	int far = inside(c, x, y);
	p->beyond += far <= -BEYOND;
	p->deep += far >= RIM;
	p->at_edge = p->at_edge || (far >= 0 && far < AT_EDGE);
	if (far < 0)
		return;
	p->left = x < p->left ? x : p->left;
	p->top = y < p->top ? y : p->top;
	p->right = x > p->right ? x : p->right;
	p->bottom = y > p->bottom ? y : p->bottom;
}

/* Everything of that colour that hangs together with one cell. */
static void
gather(struct cells *c, int start, struct patch *p)
{
	static const int next[4][2] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
	int depth = 0;
	*p = (struct patch){.left = c->across, .top = c->down};
	c->stack[depth++] = start;
	c->skin[start] = 2;
	while (depth > 0) {
		int at = c->stack[--depth];
		int x = at % c->across, y = at / c->across;
		note(c, x, y, p);
		for (int i = 0; i < 4; i++) {
			int nx = x + next[i][0], ny = y + next[i][1];
			int to = ny * c->across + nx;
			if (nx < 0 || ny < 0 || nx >= c->across ||
			    ny >= c->down || c->skin[to] != 1)
				continue;
			c->skin[to] = 2;
			c->stack[depth++] = to;
		}
	}
}

static void
largest(struct cells *c, struct fingers *out)
{
	int document = (c->across - 2 * AROUND) * (c->down - 2 * AROUND);
	struct patch p;
	int most = 0;
	for (int i = 0; i < c->across * c->down; i++) {
		if (c->skin[i] != 1)
			continue;
		gather(c, i, &p);
		if (p.deep <= most || !p.at_edge || p.beyond < BEYOND_LEAST)
			continue;
		most = p.deep;
		*out = (struct fingers){(double)p.deep / document,
		    (float)(p.left - AROUND), (float)(p.top - AROUND),
		    (float)(p.right - p.left + 1),
		    (float)(p.bottom - p.top + 1)};
	}
}

/* The document and what is around it, a pixel to a millimetre. */
static RESULT
cut_around(const struct raster *colour, const struct page *page,
    struct raster *out)
{
	AUTO(raster_clear) struct raster fine = {0};
	struct page wide = *page;
	struct plane plane;
	plane_of(page, &plane);
	wide.width += 2 * AROUND;
	wide.height += 2 * AROUND;
	plane_corners(&plane, -AROUND, -AROUND, wide.width, wide.height,
	    wide.corners);
	TRY(page_cut(colour, &wide, FINE, &fine));
	return opencv_resize(&fine, (int)wide.width, (int)wide.height, out);
}

RESULT
fingers_find(const struct raster *colour, const struct page *page,
    struct fingers *out)
{
	AUTO(raster_clear) struct raster small = {0};
	AUTO(free) struct cells *c = calloc(1, sizeof(*c));
	*out = (struct fingers){0};
	if (!c)
		return FAIL(ERR_TOO_LARGE, "no memory");
	TRY(cut_around(colour, page, &small));
	c->across = small.width;
	c->down = small.height;
	if (c->across * c->down > CELLS_MAX)
		return OK;
	mark_skin(&small, c);
	largest(c, out);
	return OK;
}
