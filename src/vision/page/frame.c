/*
 * Frames.
 *
 * Beside each side of the document, in its own plane, grey is sampled along
 * lines that run with the side, farther and farther out. Where the frame ends,
 * all samples of a line step the same way. Things on a table have straight
 * borders too, but seldom along three sides of the document. A bar of one level
 * along the picture's side is no part of it.
 */
#include "vision/page/frame.h"

#include <math.h>

#include "vision/page/bars.h"
#include "vision/page/plane.h"

#define SAMPLES 32
#define NEAREST_MM 2.5f  /* nearer is the document's own edge and shadow */
#define STEP_MM 0.5f
#define STEPS_MAX 160
#define BEFORE 2         /* steps between what is compared */
#define RISE_LEAST 14.0f /* grey levels */
#define ABOUT 4          /* steps to where a shadow has risen */
#define SHARP_LEAST 0.5f /* of that, risen between a line's neighbours */
#define AGREE 0.9f       /* of the samples that can be seen */
#define SEEN_LEAST 0.7f
#define LEAN_MOST 3      /* steps from end to end: the outline is a guess */

struct strip {
	int steps;
	float grey[STEPS_MAX][SAMPLES]; /* less than 0: outside the picture */
};

/* What the camera saw: less the bars. */
struct scene {
	const struct raster *grey;
	struct bars bars;
};

static float
grey_at(const struct scene *s, const struct plane *p, float x_mm,
    float y_mm)
{
	float x, y;
	plane_point(p, x_mm, y_mm, &x, &y);
	if (!(x >= (float)(s->bars.left + 1) &&
	    y >= (float)(s->bars.top + 1) &&
	    x < (float)(s->grey->width - s->bars.right - 2) &&
	    y < (float)(s->grey->height - s->bars.bottom - 2)))
		return -1;
	return raster_at(s->grey, x, y);
}

/* side: 0 above, 1 right, 2 below, 3 left. */
static void
sample(const struct scene *scene, const struct plane *p, int side,
    struct strip *out)
{
	bool lying = side == 0 || side == 2;
	float length = lying ? p->width : p->height;
	float reach = 0.6f * fmaxf(p->width, p->height);
	out->steps = (int)((reach - NEAREST_MM) / STEP_MM);
	out->steps = out->steps > STEPS_MAX ? STEPS_MAX : out->steps;
	for (int i = 0; i < out->steps; i++)
		for (int k = 0; k < SAMPLES; k++) {
			float off = NEAREST_MM + STEP_MM * (float)i;
			float along = length * (0.08f + 0.84f * (float)k /
			    (SAMPLES - 1));
			float across = side == 0 || side == 3 ? -off :
			    (lying ? p->height : p->width) + off;
			out->grey[i][k] = grey_at(scene, p,
			    lying ? along : across, lying ? across : along);
		}
}

static float
rise(const struct strip *s, int k, int from, int to)
{
	float a = s->grey[from < 0 ? 0 : from][k];
	float b = s->grey[to < s->steps ? to : s->steps - 1][k];
	return a < 0 || b < 0 ? 0 : fabsf(b - a);
}

/* The document's own shadow runs along it, too, and fades away; a frame ends
 * as sharply as the document does. */
static bool
fades(const struct strip *s, int k, int at)
{
	return rise(s, k, at - 1, at + 1) < SHARP_LEAST *
	    rise(s, k, at - ABOUT, at + ABOUT);
}

/* Whether nearly all samples step one way where the line leaves the side at
 * `at` and leans so much. */
static bool
ends_at(const struct strip *s, int at, int lean)
{
	int seen = 0, up = 0, down = 0;
	for (int k = 0; k < SAMPLES; k++) {
		int i = at + lean * (2 * k - SAMPLES + 1) /
		    (2 * (SAMPLES - 1));
		if (i < BEFORE || i >= s->steps - BEFORE)
			continue;
		float near = s->grey[i - BEFORE][k];
		float far = s->grey[i + BEFORE][k];
		if (near < 0 || far < 0)
			continue;
		seen++;
		if (fades(s, k, i))
			continue;
		up += far - near > RISE_LEAST;
		down += near - far > RISE_LEAST;
	}
	int most = up > down ? up : down;
	return (float)seen >= SEEN_LEAST * SAMPLES &&
	    (float)most >= AGREE * (float)seen;
}

static bool
ends(const struct strip *s)
{
	for (int at = BEFORE; at < s->steps - BEFORE; at++)
		for (int lean = -LEAN_MOST; lean <= LEAN_MOST; lean++)
			if (ends_at(s, at, lean))
				return true;
	return false;
}

static bool
anything_seen(const struct strip *s)
{
	int seen = 0;
	for (int k = 0; k < SAMPLES && s->steps > 2 * BEFORE; k++)
		seen += s->grey[2 * BEFORE][k] >= 0;
	return (float)seen >= SEEN_LEAST * SAMPLES;
}

RESULT
frame_sides(const struct raster *grey, const struct page *page, int *out)
{
	static struct strip strip; /* too large for a stack in a cage */
	struct scene scene = {.grey = grey};
	struct plane plane;
	int seen = 0, count = 0;
	bars_of(grey, &scene.bars);
	plane_of(page, &plane);
	for (int side = 0; side < 4; side++) {
		sample(&scene, &plane, side, &strip);
		seen += anything_seen(&strip);
		count += ends(&strip);
	}
	if (seen < 3)
		return FAIL(ERR_NOT_FOUND, "the document fills the picture");
	*out = count;
	return OK;
}
