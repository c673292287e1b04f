/*
 * Cuts, loops, frozen pictures and missing ones.
 *
 * All is measured against the recording itself: what a step or a difference
 * is worth depends on camera, light and codec.
 */
#include "vision/film/seams.h"

#include "base/enum.h"

#include <math.h>
#include <stdlib.h>

#define STILL_STEP 0.12f   /* grey levels: no camera is so quiet */
#define NEAR_US 600000     /* around a step */
#define BESIDE 4           /* frames on each side: a motion has these too */
#define FLOOR_CHANGE 0.35  /* grey levels; below, changes are all alike */
#define PAIR 9             /* such a change by one as large: a doubt */
#define TWIN_US 210000     /* one lost picture of ten a second */
#define TWIN_PART 5        /* of a step, what a codec mends in its twin */
#define TWIN_STEP 0.7f     /* grey levels, at most */
#define LOST_MOST 2.5
#define GAIN_LEAST 0.6     /* of an exposure by the one before */
#define GAIN_MOST 1.7
#define LOOP_LEAST_US 800000
#define LOOP_WINDOW_US 1500000
#define LOOP_STEP_US 60000 /* frames closer than that are one */
#define LOOP_MOVES 0.3     /* grey levels within a stretch: something moves */
#define LOOP_MOST 1500     /* samples */
#define LOOP_STEP 0.4      /* grey levels: a codec's, where nothing moves */
#define LOOP_STEPS 0.2     /* 1.5 steps apart are as unlike as the line */
#define NOTHING_MOVES 9

static uint32_t
ms_of(int64_t us)
{
	return (uint32_t)(us / 1000);
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double
median(double *values, size_t count)
{
	if (count == 0)
		return 0;
	qsort(values, count, sizeof(*values), by_value);
	return values[count / 2];
}

/*
 * All frames, and by how much each changed against the one before; own: the
 * places of those that are no twins, from the second frame on.
 */
struct reel {
	const struct tick *ticks;
	const float *change;
	size_t count;
	const size_t *own;
	size_t own_count;
};

/* How many frames after this one are like it but for what a codec mends. */
static size_t
twins_of(const struct tick *t, size_t count, size_t at)
{
	float most = fmaxf(STILL_STEP, fminf(t[at].step / TWIN_PART,
	    TWIN_STEP));
	size_t n = 0;
	while (at + n + 1 < count && t[at + n + 1].step < most)
		n++;
	return n;
}

/*
 * In little light a camera takes ten or fifteen pictures a second, and each is
 * sent twice or three times, as if it were thirty. Among frames that stand, a
 * motion is a row of changes that are each alone. So twins tell nothing of
 * what is usual; those of a picture that stands for longer do, for somebody
 * made it stand.
 */
static size_t
without_twins(const struct tick *t, size_t count, size_t *out)
{
	size_t n = 0;
	for (size_t i = 0; i < count; i++) {
		size_t last = i + twins_of(t, count, i);
		if (i > 0)
			out[n++] = i;
		if (t[last].time_us - t[i].time_us <= TWIN_US)
			i = last;
		while (i < last)
			out[n++] = ++i;
	}
	return n;
}

/* One glance out of another by the light: y = gain * (x - from) + to. */
struct light {
	double gain, from, to;
};

static struct light
light_between(const struct tick *before, const struct tick *now,
    const struct box *cells)
{
	double a = 0, b = 0, aa = 0, ab = 0;
	double n = (double)cells->width * cells->height;
	for (int y = cells->y; y < cells->y + cells->height; y++)
		for (int x = cells->x; x < cells->x + cells->width; x++) {
			double from = before->glance[y * GLANCE_WIDTH + x];
			double to = now->glance[y * GLANCE_WIDTH + x];
			a += from;
			b += to;
			aa += from * from;
			ab += from * to;
		}
	double spread = aa - a * a / n;
	double gain = spread > 0 ? (ab - a * b / n) / spread : 1;
	return (struct light){fmin(fmax(gain, GAIN_LEAST), GAIN_MOST), a / n,
	    b / n};
}

/*
 * What is left of a change once the light is taken from it, in grey levels:
 * cameras set their exposure anew from one frame to the next, and all of the
 * picture becomes brighter. What they show stays what it was, by a factor and
 * a sum; another scene does not. At a glance, where means of many pixels are
 * left of a camera's noise: among single ones it would hide a cut to the same
 * room.
 */
static float
change_in(const struct tick *before, const struct tick *now,
    const struct box *cells)
{
	struct light l = light_between(before, now, cells);
	double left = 0;
	for (int y = cells->y; y < cells->y + cells->height; y++)
		for (int x = cells->x; x < cells->x + cells->width; x++) {
			int i = y * GLANCE_WIDTH + x;
			left += fabs(now->glance[i] - l.to -
			    l.gain * (before->glance[i] - l.from));
		}
	return (float)(left / cells->width / cells->height);
}

/*
 * The usual change among the few frames on both sides: a motion that is over
 * in half a second is less than half of all that is near, but its steps stand
 * beside each other, and those of a cut do not. A codec may spread a cut over
 * the next frame: the neighbours are left out.
 */
static double
change_beside(const struct reel *r, size_t at)
{
	double beside[2 * BESIDE];
	size_t n = 0, first = at > BESIDE ? at - BESIDE : 0;
	for (size_t i = first; i < r->own_count && i <= at + BESIDE; i++)
		if (i + 1 < at || i > at + 1)
			beside[n++] = (double)r->change[r->own[i]];
	return n < BESIDE ? 0 : median(beside, n);
}

/*
 * The second largest of the two before and the two after. Somebody who leans
 * back in a third of a second does it in five frames of a slow camera: too few
 * to be usual, but each has two that are large as well. A cut has one at most,
 * where a codec spreads it.
 */
static double
change_next(const struct reel *r, size_t at)
{
	double largest = 0, second = 0;
	for (size_t i = at > 2 ? at - 2 : 0; i < r->own_count && i <= at + 2;
	    i++) {
		double change = (double)r->change[r->own[i]];
		if (i == at || change <= second)
			continue;
		second = fmin(change, largest);
		largest = fmax(change, largest);
	}
	return second;
}

/*
 * The larger of its two neighbours. Before a camera of ten pictures a second
 * somebody comes closer in two of them, and both are large and alone; a cut
 * that a codec spreads leaves the next one little. But a picture blended of
 * both sides of a cut looks like that too: it stays a doubt.
 */
static double
change_pair(const struct reel *r, size_t at)
{
	float before = at > 0 ? r->change[r->own[at - 1]] : 0;
	float after = at + 1 < r->own_count ? r->change[r->own[at + 1]] : 0;
	return (double)fmaxf(before, after);
}

/* The usual change around the one at that place of r->own, itself and its
 * neighbours left out. */
static double
usual_change(const struct reel *r, size_t at)
{
	const struct tick *t = r->ticks;
	double near[256], beside = change_beside(r, at);
	int64_t now = t[r->own[at]].time_us;
	size_t n = 0, first = at;
	while (first > 0 && now - t[r->own[first - 1]].time_us < NEAR_US)
		first--;
	for (size_t i = first; i < r->own_count && n < 256; i++) {
		if (t[r->own[i]].time_us - now > NEAR_US)
			break;
		if (i + 1 < at || i > at + 1)
			near[n++] = (double)r->change[r->own[i]];
	}
	double beside_all = fmax(median(near, n), beside);
	return fmax(fmax(beside_all, change_pair(r, at) / PAIR),
	    fmax(FLOOR_CHANGE, change_next(r, at) / 2));
}

/* From the picture before, its twins included, in microseconds. */
static double
time_to(const struct reel *r, size_t at)
{
	size_t before = at > 0 ? r->own[at - 1] : 0;
	return (double)(r->ticks[r->own[at]].time_us -
	    r->ticks[before].time_us);
}

/*
 * How many pictures' time lies in a step: where a busy device lost some, what
 * moves has moved on. No more than LOST_MOST are believed: lost frames must
 * not hide a cut.
 */
static double
pictures_in(const struct reel *r, size_t at)
{
	double near[65];
	size_t n = 0, first = at > 32 ? at - 32 : 0;
	for (size_t i = first; i < r->own_count && n < COUNT_OF(near); i++)
		near[n++] = time_to(r, i);
	double usual = median(near, n);
	return usual > 0 ? fmin(fmax(time_to(r, at) / usual, 1), LOST_MOST) :
	    1;
}

/* A change by those that are usual there; at: the place in r->own of that
 * frame, or of the one whose twin it is. */
static double
times_usual(const struct reel *r, size_t frame, size_t at)
{
	double times = (double)r->change[frame] / usual_change(r, at);
	return r->own[at] == frame ? times / pictures_in(r, at) : times;
}

/*
 * A cut is a change alone: a quick motion has more of them around it. It is
 * one of all of the picture and of who sits in it: a television behind them
 * has its own. Twins are searched too: what makes one is only a few pixels.
 */
static void
search_cut(const struct reel *all, const struct reel *sitter,
    struct seam *out)
{
	const struct tick *t = all->ticks;
	size_t at = 0;
	for (size_t i = 1; i < all->count; i++) {
		while (at + 1 < all->own_count && all->own[at + 1] <= i)
			at++;
		if ((double)fminf(all->change[i], sitter->change[i]) /
		    FLOOR_CHANGE <= out->value)
			continue;
		double times = fmin(times_usual(all, i, at),
		    times_usual(sitter, i, at));
		if (times > out->value)
			*out = (struct seam){times, ms_of(t[i - 1].time_us),
			    ms_of(t[i].time_us)};
	}
}

static void
find_cut(const struct tick *t, size_t count, struct seam *out)
{
	static const struct box all = {0, 0, GLANCE_WIDTH, GLANCE_HEIGHT};
	static float whole[VIDEO_FRAMES_MAX], sitter[VIDEO_FRAMES_MAX];
	static size_t own[VIDEO_FRAMES_MAX];
	if (count > VIDEO_FRAMES_MAX)
		count = VIDEO_FRAMES_MAX;
	for (size_t i = 1; i < count; i++) {
		const struct box *seen = &t[i].sitter;
		whole[i] = change_in(&t[i - 1], &t[i], &all);
		sitter[i] = seen->width ? change_in(&t[i - 1], &t[i], seen) :
		    whole[i];
	}
	size_t n = without_twins(t, count, own);
	if (n > 0)
		search_cut(&(struct reel){t, whole, count, own, n},
		    &(struct reel){t, sitter, count, own, n}, out);
}

static void
find_freeze(const struct tick *t, size_t count, struct seams *out)
{
	size_t from = 0, twins = 0;
	for (size_t i = 1; i < count; i++) {
		bool twin = t[i].step < STILL_STEP;
		twins += twin;
		if (!twin) {
			from = i;
			continue;
		}
		double run = (double)(t[i].time_us - t[from].time_us) / 1e6;
		if (run > out->freeze.value)
			out->freeze = (struct seam){run,
			    ms_of(t[from].time_us), ms_of(t[i].time_us)};
	}
	out->twins = count > 1 ? (double)twins / (double)(count - 1) : 0;
}

static void
measure_times(const struct tick *t, size_t count, struct seams *out)
{
	double sum = 0, squares = 0, n = (double)count - 1;
	for (size_t i = 1; i < count; i++) {
		double ms = (double)(t[i].time_us - t[i - 1].time_us) / 1000;
		sum += ms;
		squares += ms * ms;
		if (ms / 1000 > out->gap.value)
			out->gap = (struct seam){ms / 1000,
			    ms_of(t[i - 1].time_us), ms_of(t[i].time_us)};
	}
	if (count > 2)
		out->unevenness = sqrt(fmax(squares / n - sum / n * sum / n,
		    0));
}

/* Frames some way apart from each other, as indices. */
static size_t
thin_out(const struct tick *t, size_t count, size_t out[LOOP_MOST])
{
	size_t n = 0;
	int64_t next = 0;
	for (size_t i = 0; i < count && n < LOOP_MOST; i++) {
		if (t[i].time_us < next)
			continue;
		out[n++] = i;
		next = t[i].time_us + LOOP_STEP_US;
	}
	return n;
}

/* A glance without what its rows and its columns have in common: lamps on an
 * alternating current draw bands over a picture, which come again exactly. */
struct bare {
	int8_t cell[GLANCE_SIZE];
};

static int
rounded(int value, int by)
{
	return (2 * value + (value < 0 ? -by : by)) / (2 * by);
}

static void
strip(const uint8_t *glance, struct bare *out)
{
	int rows[GLANCE_HEIGHT] = {0}, columns[GLANCE_WIDTH] = {0}, all = 0;
	for (int i = 0; i < GLANCE_SIZE; i++) {
		rows[i / GLANCE_WIDTH] += glance[i];
		columns[i % GLANCE_WIDTH] += glance[i];
		all += glance[i];
	}
	for (int i = 0; i < GLANCE_SIZE; i++) {
		/* in parts of the whole, so that it is rounded only once */
		int value = rounded(glance[i] * GLANCE_SIZE -
		    rows[i / GLANCE_WIDTH] * GLANCE_HEIGHT -
		    columns[i % GLANCE_WIDTH] * GLANCE_WIDTH + all,
		    GLANCE_SIZE);
		out->cell[i] = (int8_t)(value > 127 ? 127 :
		    value < -127 ? -127 : value);
	}
}

static unsigned
difference(const struct bare *a, const struct bare *b)
{
	unsigned sum = 0;
	for (int i = 0; i < GLANCE_SIZE; i++)
		sum += (unsigned)abs(a->cell[i] - b->cell[i]);
	return sum;
}

/* How far the frames of a stretch are from its middle one: what moves. */
static double
spread(const struct bare *b, size_t from, size_t length)
{
	unsigned sum = 0;
	for (size_t i = 0; i < length; i++)
		sum += difference(&b[from + i], &b[from + length / 2]);
	return (double)sum / (double)length / GLANCE_SIZE;
}

/* Of the stretch that begins there: its difference to the one so many frames
 * before, by what moves in it. */
static double
unlikeness(const struct bare *b, size_t from, size_t length, double mean)
{
	double moves = spread(b, from, length);
	return moves >= LOOP_MOVES ? mean / moves : NOTHING_MOVES;
}

/*
 * How far its frames are from those so many before, by the steps from one to
 * the next; of both the middle ones. Large motions make all else look alike:
 * who comes closer twice from far away is within a quarter of what moves, but
 * sits elsewhere before and after, by two to four steps. A copy is nowhere
 * further off than the next frame is.
 */
static double
steps_apart(const struct bare *b, const double *apart, size_t from,
    size_t length)
{
	double off[LOOP_MOST], step[LOOP_MOST];
	for (size_t i = 0; i < length; i++) {
		off[i] = apart[i];
		step[i] = (double)difference(&b[from + i], &b[from + i - 1]) /
		    GLANCE_SIZE;
	}
	return median(off, length) / fmax(median(step, length), LOOP_STEP);
}

/*
 * Two stretches, one so many frames after the other, and the two that follow
 * them: who is asked for an action twice does it twice much alike, but what
 * comes before and after it is never the same again.
 */
static void
find_loop_at(const struct tick *t, const size_t *kept, const struct bare *b,
    size_t count, size_t lag, size_t length, struct seam *out)
{
	double apart[LOOP_MOST], mean[LOOP_MOST], sum = 0;
	for (size_t i = 0; i + lag < count; i++) {
		apart[i] = (double)difference(&b[i], &b[i + lag]) /
		    GLANCE_SIZE;
		sum += apart[i];
		if (i + 1 < length)
			continue;
		mean[i] = sum / (double)length;
		sum -= apart[i + 1 - length];
		/* only where it may be the new least is the spread worth it */
		if (i + 1 < 2 * length ||
		    fmax(mean[i], mean[i - length]) >= out->value * 24)
			continue;
		size_t from = i + 1 - 2 * length + lag;
		double value = fmax(unlikeness(b, from, length,
		    mean[i - length]), unlikeness(b, from + length, length,
		    mean[i]));
		for (int k = 0; k < 2 && value < out->value; k++)
			value = fmax(value, LOOP_STEPS * steps_apart(b, apart +
			    from - lag + (size_t)k * length,
			    from + (size_t)k * length, length));
		if (value < out->value)
			*out = (struct seam){value, ms_of(t[kept[from]].
			    time_us), ms_of(t[kept[i + lag]].time_us)};
	}
}

static void
find_loop(const struct tick *t, size_t count, struct seam *out)
{
	static size_t kept[LOOP_MOST];
	static struct bare bare[LOOP_MOST];
	size_t n = thin_out(t, count, kept);
	out->value = NOTHING_MOVES;
	if (n < 3)
		return;
	for (size_t i = 0; i < n; i++)
		strip(t[kept[i]].glance, &bare[i]);
	double each = (double)(t[kept[n - 1]].time_us) / (double)(n - 1);
	size_t least = (size_t)(LOOP_LEAST_US / each);
	size_t length = (size_t)(LOOP_WINDOW_US / each) + 1;
	for (size_t lag = least > length ? least : length; lag + 2 * length < n;
	    lag++)
		find_loop_at(t, kept, bare, n, lag, length, out);
}

void
seams_find(const struct tick *ticks, size_t count, struct seams *out)
{
	*out = (struct seams){.loop.value = NOTHING_MOVES};
	find_cut(ticks, count, &out->cut);
	find_freeze(ticks, count, out);
	measure_times(ticks, count, out);
	find_loop(ticks, count, &out->loop);
}
