/*
 * Blocks that were rounded once among blocks that were rounded twice.
 *
 * For each frequency the counts of the whole picture tell the step of the
 * first rounding; then a multiple that this step hardly ever leads to speaks
 * for one rounding, and one that it leads to often for two. A block says
 * little, a run of blocks as large as a few letters enough. Blocks that touch
 * black or white are left out: what is cut off there rounds otherwise.
 */
#include "vision/file/history.h"

#include <math.h>
#include <stdlib.h>

#include "base/enum.h"
#include "vision/file/coefficients.h"
#include "vision/file/roundings.h"
#include "vision/pixels/median.h"

#define BLOCK 8
#define MODES 20       /* frequencies, lowest first */
#define MODE_LEAST 300 /* coefficients of one that say something */
#define GAIN_LEAST 0.01 /* nats a coefficient: else the mode is left out */
#define USUAL_LEAST 0.08 /* of all: below, blocks vary by more than that */
#define PIXELS_MOST (16L * 1000 * 1000)
#define UNPACKED_MOST (6L * 1000 * 1000)
#define MEMORY_MAX (64L * 1000 * 1000)
#define WHITE 252
#define BLACK 3
#define ENOUGH 40      /* coefficients of a place */
#define MIDDLE_LEAST 3 /* parts: fewer have no middle one */
#define AGAINST 0.25   /* of the usual: a place says the contrary */

static const int modes[MODES] = {1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18,
    11, 4, 5, 12, 19, 26, 33, 40};

/* Sizes of places in blocks: some letters, a word, a line. */
static const int sizes[][2] = {{3, 2}, {6, 2}, {10, 3}, {2, 3}, {2, 6},
    {3, 10}};

void
history_clear(struct history *h)
{
	free(h->says);
	free(h->count);
	*h = (struct history){0};
}

struct mode {
	double counts[ROUNDINGS_MOST + 1];
	float says[ROUNDINGS_MOST + 1]; /* of each multiple */
	bool useful;
};

struct reading {
	struct history *history;
	const bool *burnt;
	struct mode modes[MODES];
};

static int
multiple(const int16_t *block, int mode)
{
	int value = abs(block[modes[mode]]);
	return value <= ROUNDINGS_MOST ? value : 0;
}

/* Calls for each block that is neither black nor white. */
static void
each_block(const struct coefficients *c, struct reading *r,
    void (*call)(struct reading *r, size_t at, const int16_t *block))
{
	for (int y = 0; y < r->history->height; y++) {
		const int16_t *block = c->row(c, y);
		for (int x = 0; x < r->history->width; x++) {
			size_t at = (size_t)(y * r->history->width + x);
			if (!r->burnt[at])
				call(r, at, block);
			block += COEFFICIENTS;
		}
	}
}

static void
count_block(struct reading *r, size_t at, const int16_t *block)
{
	(void)at;
	for (int k = 0; k < MODES; k++)
		r->modes[k].counts[multiple(block, k)]++;
}

static void
hear_block(struct reading *r, size_t at, const int16_t *block)
{
	for (int k = 0; k < MODES; k++) {
		int value = multiple(block, k);
		if (value == 0 || !r->modes[k].useful)
			continue;
		r->history->says[at] += r->modes[k].says[value];
		r->history->count[at]++;
	}
}

static void
learn(struct mode *m, int step)
{
	struct roundings two;
	double full[ROUNDINGS_MOST + 1];
	m->useful = roundings_best(m->counts, step, MODE_LEAST, &two) &&
	    two.gain > GAIN_LEAST;
	if (!m->useful)
		return;
	roundings_fullness(two.first, step, full);
	for (int v = 1; v <= ROUNDINGS_MOST; v++)
		m->says[v] = (float)(log(full[v]) - two.level);
}

static void
hear(const struct coefficients *c, void *what)
{
	struct reading *r = what;
	if (c->width < r->history->width || c->height < r->history->height)
		return;
	each_block(c, r, count_block);
	for (int k = 0; k < MODES; k++)
		learn(&r->modes[k], c->steps[modes[k]]);
	each_block(c, r, hear_block);
}

static bool
is_burnt(const struct still *s, int x, int y)
{
	int box[4] = {BLOCK * x, BLOCK * y, BLOCK, BLOCK};
	still_box_upright(s, box);
	int right = (box[0] + box[2] - 1) / s->reduction;
	int bottom = (box[1] + box[3] - 1) / s->reduction;
	for (int v = box[1] / s->reduction; v <= bottom &&
	    v < s->colour.height; v++) {
		const uint8_t *row = raster_row(&s->colour, v);
		for (int u = 3 * (box[0] / s->reduction);
		    u < 3 * (right + 1) && u < 3 * s->colour.width; u++)
			if (row[u] >= WHITE || row[u] <= BLACK)
				return true;
	}
	return false;
}

static double
usual_of(const struct history *h)
{
	double sum = 0, count = 0;
	for (int i = 0; i < h->width * h->height; i++) {
		sum += (double)h->says[i];
		count += h->count[i];
	}
	return count < 1000 ? 0 : sum / count;
}

/* Whole blocks only: what lies beyond the edge was filled up. */
static RESULT
begin(int width, int height, struct history *out)
{
	*out = (struct history){.width = width / BLOCK,
	    .height = height / BLOCK};
	size_t all = (size_t)out->width * (size_t)out->height;
	out->says = calloc(all + 1, sizeof(*out->says));
	out->count = calloc(all + 1, sizeof(*out->count));
	return out->says && out->count ? OK : FAIL(ERR_TOO_LARGE,
	    "no memory");
}

static RESULT
fill(const struct span *file, const struct still *s, struct history *h)
{
	AUTO(free) bool *burnt = calloc((size_t)h->width * (size_t)h->height +
	    1, sizeof(*burnt));
	AUTO(free) struct reading *r = calloc(1, sizeof(*r));
	if (!burnt || !r)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (int y = 0; y < h->height; y++)
		for (int x = 0; x < h->width; x++)
			burnt[y * h->width + x] = is_burnt(s, x, y);
	r->history = h;
	r->burnt = burnt;
	TRY(file ? coefficients_read(*file, MEMORY_MAX, hear, r) :
	    coefficients_of(s, hear, r));
	h->usual = usual_of(h);
	return h->usual < USUAL_LEAST ? FAIL(ERR_NOT_FOUND,
	    "not saved twice, or nothing is left of it") : OK;
}

RESULT
history_read(struct span file, const struct jpeg_file *f,
    const struct still *s, struct history *out)
{
	AUTO(history_clear) struct history h = {0};
	bool lying = s->orientation >= 5;
	if (f->progressive || (long)f->width * f->height > PIXELS_MOST ||
	    f->width != (lying ? s->height : s->width) ||
	    f->height != (lying ? s->width : s->height))
		return FAIL(ERR_NOT_FOUND, "not looked at in such files");
	TRY(begin(f->width, f->height, &h));
	TRY(fill(&file, s, &h));
	*out = h;
	h = (struct history){0};
	return OK;
}

RESULT
history_read_pixels(const struct still *s, struct history *out)
{
	AUTO(history_clear) struct history h = {0};
	if (s->orientation != 1 || (long)s->width * s->height > UNPACKED_MOST)
		return FAIL(ERR_NOT_FOUND, "not looked at in such files");
	TRY(begin(s->width, s->height, &h));
	TRY(fill(NULL, s, &h));
	*out = h;
	h = (struct history){0};
	return OK;
}

/* The part of the file around points, in blocks. */
static void
blocks_around(const struct history *h, const struct still *s,
    const float *points, size_t count, int out[4])
{
	float left = 1e6f, top = 1e6f, right = 0, bottom = 0;
	for (size_t i = 0; points && i < count; i++) {
		left = fminf(left, points[2 * i]);
		right = fmaxf(right, points[2 * i]);
		top = fminf(top, points[2 * i + 1]);
		bottom = fmaxf(bottom, points[2 * i + 1]);
	}
	/* planes seen at a slant lead far beyond what integers hold */
	left = fmaxf(left, 0);
	top = fmaxf(top, 0);
	right = fminf(right, (float)(s->width / s->reduction + 1));
	bottom = fminf(bottom, (float)(s->height / s->reduction + 1));
	int box[4] = {(int)left * s->reduction, (int)top * s->reduction,
	    (int)(right - left) * s->reduction,
	    (int)(bottom - top) * s->reduction};
	if (points)
		still_box_in_file(s, box);
	int first[2] = {box[0] / BLOCK, box[1] / BLOCK};
	int last[2] = {(box[0] + box[2]) / BLOCK, (box[1] + box[3]) / BLOCK};
	int most[2] = {h->width - 1, h->height - 1};
	for (int k = 0; k < 2; k++) {
		out[k] = points && first[k] > 0 ? first[k] : 0;
		out[2 + k] = points && last[k] < most[k] ? last[k] : most[k];
	}
}

static bool
speaks_against(const struct history *h, int x, int y, const int size[2],
    double *sum)
{
	int count = 0;
	*sum = 0;
	for (int v = y; v < y + size[1]; v++)
		for (int u = x; u < x + size[0]; u++) {
			*sum += (double)h->says[v * h->width + u];
			count += h->count[v * h->width + u];
		}
	return count >= ENOUGH && *sum < -AGAINST * h->usual * count;
}

/* A place whose middle lies within the part. */
static void
look_for(const struct history *h, const int part[4], const int size[2],
    double *most, int place[4])
{
	for (int y = part[1] - size[1] / 2; y + size[1] / 2 <= part[3]; y++)
		for (int x = part[0] - size[0] / 2; x + size[0] / 2 <= part[2];
		    x++) {
			double sum;
			if (x < 0 || y < 0 || x + size[0] > h->width ||
			    y + size[1] > h->height ||
			    !speaks_against(h, x, y, size, &sum) ||
			    -sum <= *most)
				continue;
			*most = -sum;
			place[0] = BLOCK * x;
			place[1] = BLOCK * y;
			place[2] = BLOCK * size[0];
			place[3] = BLOCK * size[1];
		}
}

/* The part as a whole: one that was saved twice with hardly another table
 * speaks only by its many blocks. */
static void
look_at_all(const struct history *h, const int part[4], double *most,
    int place[4])
{
	const int size[2] = {part[2] - part[0] + 1, part[3] - part[1] + 1};
	double sum;
	if (!speaks_against(h, part[0], part[1], size, &sum) || -sum <= *most)
		return;
	*most = -sum;
	for (int k = 0; k < 2; k++) {
		place[k] = BLOCK * part[k];
		place[2 + k] = BLOCK * size[k];
	}
}

static int
coefficients_in(const struct history *h, const int part[4])
{
	int count = 0;
	for (int y = part[1]; y <= part[3]; y++)
		for (int x = part[0]; x <= part[2]; x++)
			count += h->count[y * h->width + x];
	return count;
}

static RESULT
part_of(const struct history *h, const struct still *s, const float *points,
    size_t count, int part[4])
{
	if (!h->says)
		return FAIL(ERR_NOT_FOUND, "the file has no history");
	blocks_around(h, s, points, count, part);
	return coefficients_in(h, part) < ENOUGH ? FAIL(ERR_NOT_FOUND,
	    "too little is there") : OK;
}

static void
put_corners(const struct still *s, int place[4], struct apart *out)
{
	still_box_upright(s, place);
	float by = (float)s->reduction;
	float left = (float)place[0] / by, top = (float)place[1] / by;
	float right = (float)(place[0] + place[2]) / by;
	float bottom = (float)(place[1] + place[3]) / by;
	const float corners[8] = {left, top, right, top, right, bottom, left,
	    bottom};
	for (int i = 0; i < 8; i++)
		out->corners[i] = out->against > 0 ? corners[i] : 0;
}

RESULT
history_apart(const struct history *h, const struct still *s,
    const float *points, size_t count, struct apart *out)
{
	int part[4], place[4] = {0};
	*out = (struct apart){0};
	TRY(part_of(h, s, points, count, part));
	for (size_t i = 0; i < COUNT_OF(sizes); i++)
		look_for(h, part, sizes[i], &out->against, place);
	if (points)
		look_at_all(h, part, &out->against, place);
	put_corners(s, place, out);
	return OK;
}

RESULT
history_apart_whole(const struct history *h, const struct still *s,
    const float *points, size_t count, struct apart *out)
{
	int part[4], place[4] = {0};
	*out = (struct apart){0};
	TRY(part_of(h, s, points, count, part));
	look_at_all(h, part, &out->against, place);
	put_corners(s, place, out);
	return OK;
}

double
history_alone(float *against, size_t count)
{
	double middle = (double)median_of(against, count);
	double most = (double)against[count - 1];
	return count < MIDDLE_LEAST ? most : fmax(0, most - 2 * middle);
}
