/*
 * For each light the mean colour of the skin, as two ratios, so that neither
 * exposure nor a shadow counts; less that of the ground, so that a camera that
 * sets its white anew does not count either. These are laid beside the colours
 * that the screen had, and beside each other order in which it could have had
 * them.
 */
#include "vision/film/lights.h"

#include "vision/pixels/median.h"

#include <math.h>
#include <string.h>

#define SETTLES_MS 450 /* screen, camera and its clock, after a prompt */
#define ENDS_MS 50     /* ... before which the next one cannot be seen */
#define LAST_MS 950    /* how long the last one surely stands */
#define LEAST 3        /* pictures of a light */
#define LIGHTS CHALLENGE_LIGHTS
#define RATIOS 2       /* red by green, blue by green */
#define CURVE 2.2f     /* of screens */
#define AS_USUAL 20    /* degrees: a turned cheek has another light */
#define USUAL_MOST 256 /* moments */

struct tints {
	double at[LIGHTS][RATIOS];
};

static bool
is_lit(const float light[3])
{
	return light[0] > 0 && light[1] > 0 && light[2] > 0;
}

static void
ratios_of(const float light[3], double out[RATIOS])
{
	out[0] = log((double)light[0] / (double)light[1]);
	out[1] = log((double)light[2] / (double)light[1]);
}

static bool
tint_of(const struct skin *s, double out[RATIOS])
{
	double ground[RATIOS] = {0};
	if (!s->seen || !is_lit(s->colour))
		return false;
	ratios_of(s->colour, out);
	if (is_lit(s->ground))
		ratios_of(s->ground, ground);
	for (int k = 0; k < RATIOS; k++)
		out[k] -= ground[k];
	return true;
}

/* How the head stands while the lights do: cameras stand aside, and who looks
 * at the screen is seen turned then. */
static float
usual_yaw(const struct moment *moments, size_t count, uint32_t from_ms,
    uint32_t to_ms)
{
	float yaw[USUAL_MOST];
	size_t n = 0;
	for (size_t i = 0; i < count && n < USUAL_MOST; i++)
		if (moments[i].time_ms >= from_ms &&
		    moments[i].time_ms <= to_ms && moments[i].skin.seen)
			yaw[n++] = moments[i].signals.yaw;
	return n ? median_of(yaw, n) : 0;
}

/* The time of a light, and how the head stands meanwhile. */
struct stand {
	uint32_t from_ms, to_ms;
	float yaw;
};

/* Mean and uncertainty of one light; false: too little was seen. */
static bool
mean_tint(const struct moment *moments, size_t count, const struct stand *of,
    double out[RATIOS], double *square)
{
	double sum[RATIOS] = {0}, squares = 0;
	size_t n = 0;
	for (size_t i = 0; i < count; i++) {
		double tint[RATIOS];
		const struct moment *m = &moments[i];
		if (m->time_ms < of->from_ms || m->time_ms > of->to_ms ||
		    fabsf(m->signals.yaw - of->yaw) > AS_USUAL ||
		    !tint_of(&m->skin, tint))
			continue;
		n++;
		for (int k = 0; k < RATIOS; k++) {
			sum[k] += tint[k];
			squares += tint[k] * tint[k];
		}
	}
	if (n < LEAST)
		return false;
	for (int k = 0; k < RATIOS; k++) {
		out[k] = sum[k] / (double)n;
		squares -= sum[k] * out[k];
	}
	*square += fmax(squares, 0) / (double)(n - 1) / (double)n;
	return true;
}

/* What the screen added, channel by channel; differences to green, since it
 * is little beside all other light. */
static bool
shown_of(enum prompt_name name, double out[RATIOS])
{
	uint8_t rgb[3];
	float light[3];
	if (!prompt_light(name, rgb))
		return false;
	for (int i = 0; i < 3; i++)
		light[i] = powf((float)rgb[i] / 255, CURVE);
	out[0] = (double)(light[0] - light[1]);
	out[1] = (double)(light[2] - light[1]);
	return true;
}

static void
centre(struct tints *t)
{
	for (int k = 0; k < RATIOS; k++) {
		double mean = 0;
		for (int i = 0; i < LIGHTS; i++)
			mean += t->at[i][k] / LIGHTS;
		for (int i = 0; i < LIGHTS; i++)
			t->at[i][k] -= mean;
	}
}

static double
product(const struct tints *a, const struct tints *b)
{
	double sum = 0;
	for (int i = 0; i < LIGHTS; i++)
		for (int k = 0; k < RATIOS; k++)
			sum += a->at[i][k] * b->at[i][k];
	return sum;
}

static double
likeness_of(const struct tints *seen, const enum prompt_name order[LIGHTS])
{
	struct tints shown;
	for (int i = 0; i < LIGHTS; i++)
		if (!shown_of(order[i], shown.at[i]))
			return 0;
	centre(&shown);
	double size = sqrt(product(seen, seen) * product(&shown, &shown));
	return size > 0 ? product(seen, &shown) / size : 0;
}

/* Of all orders but the one that was shown. */
static double
best_other(const struct tints *seen, const enum prompt_name asked[LIGHTS])
{
	enum prompt_name all[PROMPT_COUNT], order[LIGHTS];
	size_t kinds = 0, orders = 1;
	double best = -1;
	for (enum prompt_name p = 0; p < PROMPT_COUNT; p++)
		if (prompt_is_light(p))
			all[kinds++] = p;
	for (int i = 0; i < LIGHTS; i++)
		orders *= kinds;
	for (size_t n = 0; n < orders; n++) {
		bool twice = false;
		size_t rest = n;
		for (int i = 0; i < LIGHTS; i++, rest /= kinds) {
			order[i] = all[rest % kinds];
			twice |= i > 0 && order[i] == order[i - 1];
		}
		if (!twice && memcmp(order, asked, sizeof(order)) != 0)
			best = fmax(best, likeness_of(seen, order));
	}
	return best;
}

/* Where the lights begin in a challenge; false: it has none, or not all were
 * shown. */
static bool
find_lights(const struct challenge *c, size_t *first)
{
	size_t count = 0;
	for (size_t i = c->count; i-- > 0;)
		if (prompt_is_light(c->prompts[i].name) &&
		    c->prompts[i].shown_ms > 0) {
			*first = i;
			count++;
		}
	return count == LIGHTS && *first + LIGHTS <= c->count;
}

void
lights_measure(const struct moment *moments, size_t count,
    const struct challenge *c, struct lights *out)
{
	enum prompt_name asked[LIGHTS];
	struct tints seen;
	double square = 0;
	size_t first;
	*out = (struct lights){0};
	if (!find_lights(c, &first))
		return;
	const struct prompt *p = &c->prompts[first];
	out->from_ms = p[0].shown_ms;
	out->to_ms = p[LIGHTS - 1].shown_ms + LAST_MS;
	float yaw = usual_yaw(moments, count, out->from_ms, out->to_ms);
	for (size_t i = 0; i < LIGHTS; i++) {
		struct stand of = {p[i].shown_ms + SETTLES_MS, i + 1 < LIGHTS ?
		    p[i + 1].shown_ms + ENDS_MS : out->to_ms, yaw};
		asked[i] = p[i].name;
		out->seen += mean_tint(moments, count, &of, seen.at[i],
		    &square);
	}
	if (out->seen < LIGHTS)
		return;
	centre(&seen);
	out->trembles = sqrt(square / LIGHTS);
	out->likeness = likeness_of(&seen, asked);
	out->another = best_other(&seen, asked);
	out->change = sqrt(product(&seen, &seen) / LIGHTS);
}
