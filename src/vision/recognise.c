/*
 * Lines of print into letters, by the network.
 */
#include "vision/recognise.h"

#include <math.h>

/* Pitches of paper on either side of an exact line, as in training. */
#define MARGIN 2
/* The network's columns are this many pixels apart. */
#define STRIDE 4
/* How a second look differs: letters, pitches, times as high. */
#define ASIDE_ALONG 0.13f
#define ASIDE_DOWN 0.04f
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

RESULT
reader_grey(struct reader *r, float pitch, const struct raster **out)
{
	float scale = pitch / STRIP_PITCH;
	*out = r->grey;
	if (scale < 1.1f)
		return OK;
	if (!r->soft.data || fabsf(r->soft_pitch - pitch) > 0.15f * pitch) {
		raster_clear(&r->soft);
		TRY(opencv_blur(r->grey, (double)(0.35f * scale), &r->soft));
		r->soft_pitch = pitch;
	}
	*out = &r->soft;
	return OK;
}

static RESULT
vote(struct reader *r, const struct line *l, float first, int columns)
{
	if (columns < 4 || columns > STRIP_COLUMNS_MAX)
		return FAIL(ERR_UNREADABLE, "a line of %d letters", columns);
	if (++r->strips > STRIPS_MAX)
		return FAIL(ERR_UNREADABLE, "too many lines");
	const struct raster *grey = NULL;
	TRY(reader_grey(r, line_pitch(l), &grey));
	size_t count = (size_t)columns * STRIP_PITCH * STRIP_HEIGHT;
	AUTO(free) float *strip = malloc(count * sizeof(*strip));
	if (!strip)
		return FAIL(ERR_TOO_LARGE, "no memory");
	strip_cut(grey, l, first, columns, STRIP_HEIGHT, strip);
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

RESULT
recognise_exact(struct reader *r, const struct line *l, int count,
    bool aside, struct ctc_cells *out)
{
	struct line cut = *l;
	float first = -MARGIN;
	if (aside) {
		first += ASIDE_ALONG;
		cut = line_below(l, ASIDE_DOWN);
		cut.dx *= ASIDE_STRETCH;
		cut.dy *= ASIDE_STRETCH;
	}
	TRY(vote(r, &cut, first, count + 2 * MARGIN));
	return ctc_cells_of(&r->votes, count,
	    ((0.5f - first) * STRIP_PITCH - 0.5f) / STRIDE,
	    (float)STRIP_PITCH / STRIDE, out);
}
