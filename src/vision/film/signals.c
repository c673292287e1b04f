/*
 * From landmarks to signals, and what they are while the face rests.
 *
 * Turning is measured by where the nose stands between the sides of the jaw,
 * not by fitting a head to the points: a fitted head takes a tilted
 * photograph for a turned head, this measure does not.
 */
#include "vision/film/signals.h"

#include "base/enum.h"
#include "vision/pixels/median.h"

#include <math.h>
#include <stddef.h>

#define DEGREES (180 / 3.14159265f)
#define REST_MS 900      /* where nobody says how long */
#define REST_LATE_MS 2000 /* the first moment of it, at the latest */
#define REST_LEAST 4     /* moments */
#define REST_MOST 64
#define ASKEW 16         /* degrees; cameras stand aside by less */
#define USUAL_MOST 256   /* moments */
#define USUAL_WITHIN 6   /* degrees */
#define LOOKS_AHEAD 12   /* degrees, in the middle of all that is seen */
#define SHUT_SHARE 5     /* one in so many pictures has lips that are shut */
#define STEADY_MS 250    /* on either side of a picture */
#define STEADY_SIDE 2    /* pictures there, at most */

struct point {
	float x, y;
};

static struct point
mean_of(const struct face *f, int first, int last)
{
	struct point sum = {0};
	for (int i = first; i <= last; i++) {
		sum.x += f->points[i][0];
		sum.y += f->points[i][1];
	}
	float count = (float)(last - first + 1);
	return (struct point){sum.x / count, sum.y / count};
}

static float
between(const struct face *f, int a, int b)
{
	return hypotf(f->points[a][0] - f->points[b][0],
	    f->points[a][1] - f->points[b][1]);
}

/* Along the line of the eyes. */
static float
along(struct point from, struct point to, struct point axis)
{
	return (to.x - from.x) * axis.x + (to.y - from.y) * axis.y;
}

static float
openness(const struct face *f, int first)
{
	float wide = between(f, first, first + 3);
	float high = between(f, first + 1, first + 5) +
	    between(f, first + 2, first + 4);
	return wide > 0 ? high / 2 / wide : 0;
}

void
signals_of(const struct face *f, struct signals *out)
{
	struct point left = mean_of(f, 36, 41), right = mean_of(f, 42, 47);
	struct point nose = {f->points[30][0], f->points[30][1]};
	struct point one = mean_of(f, 1, 3), other = mean_of(f, 13, 15);
	struct point ears[2] = {{f->points[0][0], f->points[0][1]},
	    {f->points[16][0], f->points[16][1]}};
	float size = hypotf(right.x - left.x, right.y - left.y);
	struct point axis = {size > 0 ? (right.x - left.x) / size : 1,
	    size > 0 ? (right.y - left.y) / size : 0};
	struct point down = {-axis.y, axis.x};
	struct point middle = {(ears[0].x + ears[1].x) / 2,
	    (ears[0].y + ears[1].y) / 2};
	float a = fmaxf(along(one, nose, axis), 0);
	float b = fmaxf(along(nose, other, axis), 0);
	float lips = between(f, 60, 64);

	*out = (struct signals){.jaw = between(f, 0, 16)};
	float share = a + b > 0 ? 0.9f * (a - b) / (a + b) : 0;
	out->yaw = asinf(share) * DEGREES;
	out->up = out->jaw > 0 ? -along(middle, nose, down) / out->jaw : 0;
	out->mouth = lips > 0 ? (between(f, 61, 67) + between(f, 62, 66) +
	    between(f, 63, 65)) / 3 / lips : 0;
	struct point chin = {f->points[8][0], f->points[8][1]};
	out->chin = out->jaw > 0 ? along(nose, chin, down) / out->jaw : 0;
	out->eyes = (openness(f, 36) + openness(f, 42)) / 2;
	out->roll = atan2f(axis.y, axis.x) * DEGREES;
}

bool
moment_has_signals(const struct moment *m)
{
	return m->has_face && m->face.has_points && m->signals.jaw > 0 &&
	    !m->astray;
}

float
signals_usual_yaw(const struct moment *moments, size_t count)
{
	float yaw[USUAL_MOST];
	size_t n = 0, step = count / USUAL_MOST + 1;
	for (size_t i = 0; i < count; i += step)
		if (moment_has_signals(&moments[i]))
			yaw[n++] = moments[i].signals.yaw;
	return n ? median_of(yaw, n) : 0;
}

/* What trembles in single pictures, and over how many on either side its middle
 * is taken: lips that seem apart for a picture or two did not open. A turn is
 * left as it is, for the points do not tell one that is not there. */
static const struct {
	size_t offset;
	size_t side;
} trembling[] = {
	{offsetof(struct signals, jaw), 1},
	{offsetof(struct signals, up), 1},
	{offsetof(struct signals, mouth), 2},
	{offsetof(struct signals, chin), 2},
};

static float *
value_in(struct moment *m, size_t offset)
{
	return (float *)(void *)((char *)&m->signals + offset);
}

struct known {
	float value;
	uint32_t time_ms;
};

/* The next ones that are believed. */
static size_t
known_after(struct moment *moments, size_t count, size_t at, size_t offset,
    float out[STEADY_SIDE])
{
	uint32_t until = moments[at].time_ms + STEADY_MS;
	size_t n = 0;
	for (size_t i = at + 1; i < count && n < STEADY_SIDE &&
	    moments[i].time_ms <= until; i++)
		if (moment_has_signals(&moments[i]))
			out[n++] = *value_in(&moments[i], offset);
	return n;
}

/* As many on both sides, or a value would lag behind or run ahead. */
static void
steady_one(struct moment *moments, size_t count, size_t offset, size_t side)
{
	struct known past[STEADY_SIDE] = {{0}};
	size_t known = 0;
	for (size_t i = 0; i < count; i++) {
		float values[2 * STEADY_SIDE + 1], after[STEADY_SIDE];
		float *own = value_in(&moments[i], offset);
		size_t n = 0, later;
		if (!moment_has_signals(&moments[i]))
			continue;
		later = known_after(moments, count, i, offset, after);
		values[n++] = *own;
		for (size_t k = 0; k < side && k < known && k < later &&
		    moments[i].time_ms - past[k].time_ms <= STEADY_MS; k++) {
			values[n++] = past[k].value;
			values[n++] = after[k];
		}
		past[1] = past[0];
		past[0] = (struct known){*own, moments[i].time_ms};
		known += known < STEADY_SIDE;
		*own = median_of(values, n);
	}
}

void
signals_steady(struct moment *moments, size_t count)
{
	for (size_t i = 0; i < COUNT_OF(trembling); i++)
		steady_one(moments, count, trembling[i].offset,
		    trembling[i].side);
}

/* Which moments a middle is taken of; the first REST_MOST of them. */
struct stretch {
	size_t first;
	uint32_t until_ms;
	float yaw, within; /* degrees */
};

static bool
middle_in(const struct moment *moments, size_t count,
    const struct stretch *of, struct signals *out)
{
	float yaw[REST_MOST], up[REST_MOST], mouth[REST_MOST];
	float jaw[REST_MOST], eyes[REST_MOST], chin[REST_MOST];
	size_t n = 0;

	for (size_t i = of->first; i < count && n < REST_MOST; i++) {
		const struct signals *s = &moments[i].signals;
		if (moments[i].time_ms > of->until_ms)
			break;
		if (!moment_has_signals(&moments[i]) ||
		    fabsf(s->yaw - of->yaw) > of->within)
			continue;
		yaw[n] = s->yaw;
		up[n] = s->up;
		mouth[n] = s->mouth;
		jaw[n] = s->jaw;
		chin[n] = s->chin;
		eyes[n++] = s->eyes;
	}
	if (n < REST_LEAST)
		return false;
	*out = (struct signals){.yaw = median_of(yaw, n),
	    .up = median_of(up, n),
	    .mouth = median_of(mouth, n), .jaw = median_of(jaw, n),
	    .eyes = median_of(eyes, n), .chin = median_of(chin, n)};
	return true;
}

/* Lips that seem apart in the first second may only tremble: how far they are
 * in the pictures in which they are least, while the head is not turned. */
static float
shut_mouth(const struct moment *moments, size_t count, float yaw)
{
	float mouth[USUAL_MOST];
	size_t n = 0, step = count / USUAL_MOST + 1;
	for (size_t i = 0; i < count; i += step)
		if (moment_has_signals(&moments[i]) &&
		    fabsf(moments[i].signals.yaw - yaw) < LOOKS_AHEAD)
			mouth[n++] = moments[i].signals.mouth;
	if (n > 0)
		(void)median_of(mouth, n);
	return n > 0 ? mouth[n / SHUT_SHARE] : 1;
}

/*
 * Whoever is turned when the recording begins, and looks ahead for most of it,
 * was not at rest then: what is ahead would be a turn to the other side.
 */
bool
signals_at_rest(const struct moment *moments, size_t count,
    uint32_t at_rest_ms, struct signals *out)
{
	struct stretch of = {.within = 360};

	/* cameras begin with black frames, detectors with none */
	while (of.first < count && !moment_has_signals(&moments[of.first]))
		of.first++;
	if (!at_rest_ms && of.first < count &&
	    moments[of.first].time_ms > REST_LATE_MS)
		return false; /* who comes into the picture does not rest */
	of.until_ms = at_rest_ms || of.first == count ? at_rest_ms :
	    moments[of.first].time_ms + REST_MS;
	if (!middle_in(moments, count, &of, out))
		return false;
	float usual = signals_usual_yaw(moments, count);
	if (fabsf(out->yaw) >= ASKEW && fabsf(usual) <= LOOKS_AHEAD) {
		of = (struct stretch){of.first, UINT32_MAX, usual,
		    USUAL_WITHIN};
		if (!middle_in(moments, count, &of, out))
			return false;
	}
	out->mouth = fminf(out->mouth, shut_mouth(moments, count, out->yaw));
	return true;
}
