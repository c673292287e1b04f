/*
 * Landmarks are found on a mask as well: they are put where a mouth should
 * be, and seem to open with the jaw. So colours are compared at the places
 * that they name. Nobody's skin is known beforehand: a face is only held
 * against itself.
 */
#include "vision/film/cover.h"

#include "base/enum.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define JAW_LEAST 60    /* pixels */
#define SPOT 0.022f     /* of the jaw: half the side of a spot */
#define SPOT_MOST 12    /* pixels */
#define DARK 12         /* grey levels: below, colours are noise */

/* A colour: its brightness, red by green, green by blue; logarithms. */
struct tint {
	float light, warm, cold;
};

struct at {
	float x, y;
};

struct look {
	const struct raster *colour;
	const struct face *f;
	float jaw;
	struct at down; /* along the nose, as long as the jaw is wide */
	bool outside;
};

static int
by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;
	return (x > y) - (x < y);
}

static float
middle(float *values, size_t count)
{
	qsort(values, count, sizeof(*values), by_value);
	return values[count / 2];
}

static struct tint
tint_of(const float rgb[3])
{
	float r = logf(rgb[0] + DARK), g = logf(rgb[1] + DARK);
	float b = logf(rgb[2] + DARK);
	return (struct tint){(r + g + b) / 3, r - g, g - b};
}

/* The middle colour of a small square. */
static struct tint
spot(struct look *l, struct at at)
{
	enum { SIDE = 2 * SPOT_MOST + 1 };
	static float values[3][SIDE * SIDE];
	float rgb[3];
	int half = (int)fminf(fmaxf(SPOT * l->jaw, 1), SPOT_MOST);
	int x = (int)lroundf(at.x), y = (int)lroundf(at.y);
	size_t n = 0;
	if (x < half || y < half || x + half >= l->colour->width ||
	    y + half >= l->colour->height) {
		l->outside = true;
		return (struct tint){0};
	}
	for (int row = y - half; row <= y + half; row++)
		for (int i = x - half; i <= x + half; i++, n++)
			for (int c = 0; c < 3; c++)
				values[c][n] = raster_row(l->colour, row)[
				    3 * i + c];
	for (int c = 0; c < 3; c++)
		rgb[c] = middle(values[c], n);
	return tint_of(rgb);
}

static struct at
point(const struct look *l, int i)
{
	return (struct at){l->f->points[i][0], l->f->points[i][1]};
}

/* Between two landmarks, so much of the way. */
static struct at
between(const struct look *l, int a, int b, float share)
{
	struct at p = point(l, a), q = point(l, b);
	return (struct at){p.x + share * (q.x - p.x),
	    p.y + share * (q.y - p.y)};
}

/* Moved down by a share of the jaw's width. */
static struct at
below(const struct look *l, struct at p, float share)
{
	return (struct at){p.x + share * l->down.x, p.y + share * l->down.y};
}

/* Each channel's middle. */
static struct tint
middle_of(const struct tint *t, size_t count)
{
	float light[8], warm[8], cold[8];
	for (size_t i = 0; i < count; i++) {
		light[i] = t[i].light;
		warm[i] = t[i].warm;
		cold[i] = t[i].cold;
	}
	return (struct tint){middle(light, count), middle(warm, count),
	    middle(cold, count)};
}

/* Brightness counts half: a lamp from one side makes as much of it. */
static float
apart(struct tint a, struct tint b)
{
	return fabsf(a.warm - b.warm) + fabsf(a.cold - b.cold) +
	    0.5f * fabsf(a.light - b.light);
}

static struct tint
upper_skin(struct look *l)
{
	const struct tint t[] = {
	    spot(l, below(l, between(l, 40, 41, 0.5f), 0.1f)),
	    spot(l, below(l, between(l, 46, 47, 0.5f), 0.1f)),
	    spot(l, between(l, 27, 28, 0.5f)),
	    spot(l, below(l, between(l, 21, 22, 0.5f), -0.06f)),
	    spot(l, below(l, between(l, 21, 22, 0.5f), -0.12f)),
	};
	return middle_of(t, COUNT_OF(t));
}

/* Where a mask lies and a beard does not. */
static struct tint
nose_skin(struct look *l)
{
	const struct tint t[] = {
	    spot(l, point(l, 30)),
	    spot(l, between(l, 29, 30, 0.5f)),
	    spot(l, between(l, 31, 2, 0.3f)),
	    spot(l, between(l, 35, 14, 0.3f)),
	};
	return middle_of(t, COUNT_OF(t));
}

static struct tint
around_mouth(struct look *l)
{
	const struct tint t[] = {
	    spot(l, between(l, 33, 51, 0.5f)),
	    spot(l, between(l, 57, 8, 0.45f)),
	    spot(l, between(l, 48, 4, 0.35f)),
	    spot(l, between(l, 54, 12, 0.35f)),
	};
	return middle_of(t, COUNT_OF(t));
}

static float
lips_apart(struct look *l, struct tint around)
{
	const struct tint lips[] = {
	    spot(l, between(l, 51, 62, 0.5f)),
	    spot(l, between(l, 57, 66, 0.5f)),
	    spot(l, between(l, 56, 65, 0.5f)),
	    spot(l, between(l, 58, 67, 0.5f)),
	};
	return apart(middle_of(lips, COUNT_OF(lips)), around);
}

static float
mouth_apart(struct look *l)
{
	const struct tint inside[] = {
	    spot(l, between(l, 62, 66, 0.35f)),
	    spot(l, between(l, 62, 66, 0.5f)),
	    spot(l, between(l, 62, 66, 0.65f)),
	};
	const struct tint lips[] = {
	    spot(l, between(l, 51, 62, 0.5f)),
	    spot(l, between(l, 57, 66, 0.5f)),
	    spot(l, between(l, 57, 8, 0.45f)),
	};
	return apart(middle_of(inside, COUNT_OF(inside)),
	    middle_of(lips, COUNT_OF(lips)));
}

static float
eyes_apart(struct look *l, struct tint nose)
{
	const struct tint lids[] = {
	    spot(l, between(l, 37, 19, 0.35f)),
	    spot(l, between(l, 44, 24, 0.35f)),
	    spot(l, below(l, between(l, 40, 41, 0.5f), 0.04f)),
	    spot(l, below(l, between(l, 46, 47, 0.5f), 0.04f)),
	    spot(l, below(l, point(l, 36), 0.03f)),
	    spot(l, below(l, point(l, 45), 0.03f)),
	};
	return apart(middle_of(lids, COUNT_OF(lids)), nose);
}

/* Within the eyes' outline, brightest by darkest, of both the better one. */
static float
sight_of(struct look *l, int first)
{
	float least = 9, most = -9;
	for (int i = 0; i < 3; i++)
		for (int k = 0; k < 2; k++) {
			struct at upper = between(l, first, first + 3,
			    0.2f + 0.3f * (float)i);
			struct at p = below(l, upper, k ? 0.012f : -0.004f);
			struct tint t = spot(l, p);
			least = fminf(least, t.light);
			most = fmaxf(most, t.light);
		}
	return most - least;
}

RESULT
cover_measure(const struct raster *colour, const struct face *face,
    struct face_parts *out)
{
	struct look l = {.colour = colour, .f = face};
	struct at root = {face->points[27][0], face->points[27][1]};
	struct at tip = {face->points[8][0], face->points[8][1]};
	float high = hypotf(tip.x - root.x, tip.y - root.y);
	l.jaw = hypotf(face->points[16][0] - face->points[0][0],
	    face->points[16][1] - face->points[0][1]);
	if (!(l.jaw >= JAW_LEAST) || !(high >= l.jaw / 4))
		return FAIL(ERR_NOT_FOUND, "a face too small");
	l.down = (struct at){(tip.x - root.x) * l.jaw / high,
	    (tip.y - root.y) * l.jaw / high};
	struct tint nose = nose_skin(&l), skin = upper_skin(&l);
	struct tint around = around_mouth(&l);
	struct face_parts p = {.nose = apart(nose, skin),
	    .chin = skin.light - around.light,
	    .lips = lips_apart(&l, around), .eyes = eyes_apart(&l, nose),
	    .sight = fmaxf(sight_of(&l, 36), sight_of(&l, 42)),
	    .mouth = mouth_apart(&l)};
	if (l.outside)
		return FAIL(ERR_NOT_FOUND, "a face at the edge");
	*out = p;
	return OK;
}
