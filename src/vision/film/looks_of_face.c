/*
 * Uniform local binary patterns in the cells of a face that was turned and
 * scaled so that its eyes lie in their places.
 */
#include "vision/film/looks_of_face.h"

#include <math.h>
#include <string.h>

#define SIDE 96
#define EYES_Y 34
#define EYE_LEFT 28
#define EYE_RIGHT 68
#define NEAR 6  /* looks on each side of a split */
#define LEAST 3
#define SIZES_MOST 1.3f /* of one face by the other's */
/* What a face may differ from itself by: whoever keeps quite still is less
 * apart from themselves than from how they look when they smile. Measured on
 * two real men: looks on both sides of a moment at most 0.19 apart, means at
 * most 0.12; the one from the other 0.29 and more. */
#define LOOKS_APART 0.13
#define MEANS_APART 0.065

static int
changes(unsigned pattern)
{
	int count = 0;
	for (int i = 0; i < 8; i++)
		count += ((pattern >> i) & 1) !=
		    ((pattern >> ((i + 1) % 8)) & 1);
	return count;
}

/* Patterns with two changes at most have bins of their own. */
static const uint8_t *
bins(void)
{
	static uint8_t table[256];
	static bool made;
	uint8_t next = 0;
	for (unsigned p = 0; !made && p < 256; p++)
		table[p] = changes(p) <= 2 ? next++ : FACE_BINS - 1;
	made = true;
	return table;
}

/* The face as a square, eyes in their places. */
static RESULT
aligned(const struct raster *grey, const struct face *f, float *size,
    uint8_t out[SIDE * SIDE])
{
	float eyes[2][2] = {{0}};
	for (int i = 0; i < 12; i++)
		for (int k = 0; k < 2; k++)
			eyes[i / 6][k] += f->points[36 + i][k] / 6;
	float dx = (eyes[1][0] - eyes[0][0]) / (EYE_RIGHT - EYE_LEFT);
	float dy = (eyes[1][1] - eyes[0][1]) / (EYE_RIGHT - EYE_LEFT);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++) {
			float u = (float)x - EYE_LEFT, v = (float)y - EYES_Y;
			float at_x = eyes[0][0] + dx * u - dy * v;
			float at_y = eyes[0][1] + dy * u + dx * v;
			out[y * SIDE + x] = (uint8_t)raster_at(grey, at_x,
			    at_y);
		}
	*size = hypotf(dx, dy) * SIDE;
	return *size < 24 ? FAIL(ERR_NOT_FOUND, "a face too small") : OK;
}

RESULT
face_look_of(const struct raster *grey, const struct face *face,
    struct face_look *out)
{
	static const int around[8][2] = {{-1, -1}, {0, -1}, {1, -1}, {1, 0},
	    {1, 1}, {0, 1}, {-1, 1}, {-1, 0}};
	uint8_t square[SIDE * SIDE];
	const int cell = SIDE / FACE_CELLS;
	const float each = 1.0f / (float)(cell * cell);
	float size;
	TRY(aligned(grey, face, &size, square));
	memset(out, 0, sizeof(*out));
	out->size = size;
	for (int y = 1; y < SIDE - 1; y++)
		for (int x = 1; x < SIDE - 1; x++) {
			unsigned pattern = 0;
			uint8_t middle = square[y * SIDE + x];
			for (int i = 0; i < 8; i++)
				pattern |= (unsigned)(square[(y +
				    around[i][1]) * SIDE + x + around[i][0]]
				    > middle + 2) << i;
			int at = y / cell * FACE_CELLS + x / cell;
			out->share[at * FACE_BINS + bins()[pattern]] += each;
		}
	return OK;
}

double
face_look_apart(const struct face_look *a, const struct face_look *b)
{
	double sum = 0;
	for (int i = 0; i < FACE_LOOK; i++) {
		double both = (double)(a->share[i] + b->share[i]);
		double off = (double)(a->share[i] - b->share[i]);
		sum += both > 0 ? off * off / both : 0;
	}
	return sum / 2 / (FACE_CELLS * FACE_CELLS);
}

static bool
are_comparable(const struct face_look *a, const struct face_look *b)
{
	return a->size < SIZES_MOST * b->size ? b->size < SIZES_MOST * a->size :
	    a->size <= 0 || b->size <= 0;
}

static double
mean_apart(const struct face_look *looks, size_t a, size_t a_end, size_t b,
    size_t b_end)
{
	double sum = 0;
	size_t count = 0;
	for (size_t i = a; i < a_end; i++)
		for (size_t k = b; k < b_end; k++) {
			if (i == k || !are_comparable(&looks[i], &looks[k]))
				continue;
			sum += face_look_apart(&looks[i], &looks[k]);
			count++;
		}
	return count ? sum / (double)count : 0;
}

double
face_look_split(const struct face_look *looks, size_t count, size_t *at)
{
	double best = 1;
	*at = 0;
	for (size_t i = LEAST; i + LEAST <= count; i++) {
		size_t first = i > NEAR ? i - NEAR : 0;
		size_t last = i + NEAR < count ? i + NEAR : count;
		double across = mean_apart(looks, first, i, i, last);
		double within = fmax(mean_apart(looks, first, i, first, i),
		    mean_apart(looks, i, last, i, last));
		within = fmax(within, LOOKS_APART);
		if (across / within > best) {
			best = across / within;
			*at = i;
		}
	}
	return best;
}

#define STRETCH 3        /* looks: about a second */
#define STRETCHES_MAX 40
#define STRETCH_GAP_MS 700
#define SIDE_LEAST 2     /* stretches before and after */

struct stretches {
	struct face_look mean[STRETCHES_MAX];
	size_t first[STRETCHES_MAX];
	size_t count;
};

/* Their mean has less of a camera's noise than a look, and all of the face. */
static void
add_stretch(const struct face_look *looks, size_t from, size_t end,
    struct stretches *s)
{
	struct face_look *mean = &s->mean[s->count];
	if (end - from < STRETCH - 1 || s->count == STRETCHES_MAX)
		return;
	memset(mean, 0, sizeof(*mean));
	for (size_t i = from; i < end; i++)
		for (int k = 0; k < FACE_LOOK; k++)
			mean->share[k] += looks[i].share[k] /
			    (float)(end - from);
	mean->size = looks[from].size;
	s->first[s->count++] = from;
}

static void
find_stretches(const struct face_look *looks, const uint32_t *ms,
    size_t count, struct stretches *s)
{
	size_t from = 0;
	for (size_t i = 1; i <= count; i++) {
		if (i < count && i - from < STRETCH &&
		    ms[i] - ms[i - 1] < STRETCH_GAP_MS)
			continue;
		add_stretch(looks, from, i, s);
		from = i;
	}
}

double
face_look_change(const struct face_look *looks, const uint32_t *ms,
    size_t count, size_t *at)
{
	static struct stretches s;
	double best = 0;
	s.count = 0;
	*at = 0;
	find_stretches(looks, ms, count, &s);
	for (size_t i = SIDE_LEAST; i + SIDE_LEAST <= s.count; i++) {
		double across = mean_apart(s.mean, 0, i, i, s.count);
		double within = fmax(mean_apart(s.mean, 0, i, 0, i),
		    mean_apart(s.mean, i, s.count, i, s.count));
		within = fmax(within, MEANS_APART);
		if (across / within > best) {
			best = across / within;
			*at = s.first[i];
		}
	}
	return best;
}
