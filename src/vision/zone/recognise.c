/*
 * Lines of print into letters, by the network.
 */
#include "vision/zone/recognise.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "vision/pixels/blur.h"

/* Pitches of paper on either side of an exact line, as in training. */
#define MARGIN 2
/* The network's columns are this many pixels apart. */
#define STRIDE 4
#define SOFT_REACH 6.0f /* pixels beyond a strip that softening looks at */
/* How a second look differs: letters, pitches, times as high. */
#define ASIDE_ALONG 0.13f
#define ASIDE_DOWN 0.04f
/* Letters that a placed one may begin off its place: votes for its neighbour
 * begin three quarters off, its own line is known to a sixth. */
#define NEAR 0.6f
#define PLACED_LEAST 12  /* letters that tell places better than the line */
#define PLACED_OFF 0.08f
#define ASIDE_STRETCH 1.05f

void
reader_init(struct reader *r, struct net *net, const struct raster *grey)
{
	*r = (struct reader){.net = net, .grey = grey};
}

void
reader_clear(struct reader *r)
{
	raster_clear(&r->soft);
}

/* The whole picture, softened once for all lines of about that pitch. */
static RESULT
soften(struct reader *r, float pitch, double sigma)
{
	if (r->soft.data && fabsf(r->soft_pitch - pitch) <= 0.15f * pitch)
		return OK;
	raster_clear(&r->soft);
	TRY(blur_by(r->grey, sigma, &r->soft));
	r->soft_pitch = pitch;
	return OK;
}

/* The part of the picture that the strip is cut out of, x, y, width, height. */
static void
around_strip(const struct reader *r, const struct line *l, float first,
    int columns, int rows, int box[4])
{
	float half = (float)rows / (2 * STRIP_PITCH);
	float low[2] = {1e9f, 1e9f}, high[2] = {-1e9f, -1e9f};
	for (int i = -1; i <= columns; i++) {
		for (int side = -1; side <= 1; side += 2) {
			float x, y;
			line_at(l, first + (float)i, (float)side * half, &x,
			    &y);
			low[0] = fminf(low[0], x);
			low[1] = fminf(low[1], y);
			high[0] = fmaxf(high[0], x);
			high[1] = fmaxf(high[1], y);
		}
	}
	const int sides[2] = {r->grey->width, r->grey->height};
	for (int k = 0; k < 2; k++) {
		float most = (float)(sides[k] - 1);
		float from = fmaxf(0, fminf(most, low[k] - SOFT_REACH));
		float to = fmaxf(0, fminf(most, high[k] + SOFT_REACH));
		box[k] = (int)from;
		box[2 + k] = (int)to - (int)from + 1;
	}
}

RESULT
reader_cut(struct reader *r, const struct line *l, float first, int columns,
    int rows, float *out)
{
	AUTO(raster_clear) struct raster part = {0};
	AUTO(raster_clear) struct raster soft = {0};
	float pitch = line_pitch(l), scale = pitch / STRIP_PITCH;
	double sigma = (double)(0.35f * scale);
	int box[4];
	if (scale < 1.1f) {
		strip_cut(r->grey, l, first, columns, rows, out);
		return OK;
	}
	around_strip(r, l, first, columns, rows, box);
	if (box[2] * box[3] * 4 > r->grey->width * r->grey->height) {
		TRY(soften(r, pitch, sigma));
		strip_cut(&r->soft, l, first, columns, rows, out);
		return OK;
	}
	TRY(raster_cut(r->grey, box[0], box[1], box[2], box[3], &part));
	TRY(blur_by(&part, sigma, &soft));
	struct line moved = *l;
	moved.x -= (float)box[0];
	moved.y -= (float)box[1];
	strip_cut(&soft, &moved, first, columns, rows, out);
	return OK;
}

static RESULT
vote(struct reader *r, const struct line *l, float first, int columns)
{
	if (columns < 4 || columns > STRIP_COLUMNS_MAX)
		return FAIL(ERR_UNREADABLE, "a line of %d letters", columns);
	if (++r->strips > STRIPS_MAX)
		return FAIL(ERR_UNREADABLE, "too many lines");
	size_t count = (size_t)columns * STRIP_PITCH * STRIP_HEIGHT;
	AUTO(free) float *strip = malloc(count * sizeof(*strip));
	if (!strip)
		return FAIL(ERR_TOO_LARGE, "no memory");
	TRY(reader_cut(r, l, first, columns, STRIP_HEIGHT, strip));
	if (r->look == LOOK_FLAT)
		TRY(strip_flatten(strip, columns, STRIP_HEIGHT));
	if (r->look == LOOK_EVEN)
		TRY(strip_even(strip, columns, STRIP_HEIGHT));
	strip_normalise(strip, count);
	AUTO(free) float *logits = NULL;
	struct net_shape shape = {1, 1, STRIP_HEIGHT, columns * STRIP_PITCH};
	TRY(net_run(r->net, strip, shape, &logits, &shape));
	return ctc_votes_of(logits, shape.channels,
	    shape.height * shape.width, &r->votes);
}

static void
count_in_letters(struct ctc_text *text, float first)
{
	for (int i = 0; i < text->count; i++)
		text->at[i].column = first - 0.5f +
		    (text->at[i].column * STRIDE + 0.5f) / STRIP_PITCH;
}

RESULT
recognise(struct reader *r, const struct line *l, float first, int columns,
    struct ctc_text *out)
{
	TRY(vote(r, l, first, columns));
	ctc_best(&r->votes, out);
	count_in_letters(out, first);
	return OK;
}

/* Where letters of the strip read last stand: columns of the first, and to
 * the next. */
struct places {
	float first, step;
};

static struct places
places_of(float first)
{
	return (struct places){
	    ((0.5f - first) * STRIP_PITCH - 0.5f) / STRIDE,
	    (float)STRIP_PITCH / STRIDE};
}

/* The same by the letters that are read best, since a line may be placed
 * badly: the line through their columns. */
static struct places
places_read(const struct reader *r, struct places p)
{
	struct ctc_text text;
	float n = 0, t = 0, tt = 0, y = 0, ty = 0, place = 0;
	ctc_best(&r->votes, &text);
	for (int i = 0; i < text.count; i++) {
		float column = text.at[i].column;
		float on = i > 0 ? column - text.at[i - 1].column :
		    column - p.first;
		place += i > 0 ? fmaxf(1, roundf(on / p.step)) :
		    roundf(on / p.step);
		n++;
		t += place;
		tt += place * place;
		y += column;
		ty += place * column;
	}
	if (n < PLACED_LEAST)
		return p;
	float step = (n * ty - t * y) / (n * tt - t * t);
	float first = (y - step * t) / n;
	bool near = fabsf(step - p.step) < PLACED_OFF * p.step &&
	    fabsf(first - p.first) < p.step;
	return near ? (struct places){first, step} : p;
}

static RESULT
cells_of(struct reader *r, float first, int count, bool placed,
    struct ctc_cells *out)
{
	struct places p = places_of(first);
	if (placed)
		p = places_read(r, p);
	return ctc_cells_of(&r->votes, count, p.first, p.step,
	    placed ? NEAR : 0, out);
}

RESULT
recognise_exact(struct reader *r, const struct line *l, int count,
    struct ctc_cells *out, struct ctc_cells *placed)
{
	TRY(vote(r, l, -MARGIN, count + 2 * MARGIN));
	TRY(cells_of(r, -MARGIN, count, false, out));
	if (placed)
		TRY(cells_of(r, -MARGIN, count, true, placed));
	return OK;
}

RESULT
recognise_aside(struct reader *r, const struct line *l, int count,
    bool placed, struct ctc_cells *out)
{
	float first = -MARGIN + ASIDE_ALONG;
	struct line cut = line_below(l, ASIDE_DOWN);
	cut.dx *= ASIDE_STRETCH;
	cut.dy *= ASIDE_STRETCH;
	TRY(vote(r, &cut, first, count + 2 * MARGIN));
	return cells_of(r, first, count, placed, out);
}
