/*
 * Bars.
 *
 * A row belongs to a bar if most of it is as the outermost row: a screenshot's
 * clock and buttons stand in its bars. Cameras' own pictures have noise, and
 * no row of one level.
 */
#include "vision/page/bars.h"

#include <stdlib.h>
#include <string.h>

#define STEP 4        /* pixels along a row: every fourth is looked at */
#define NEAR 3        /* levels */
#define MOST_OF 70    /* of a hundred pixels of a row */
#define SHARE_MOST 45 /* of a hundred rows, on each side */

/* Rows, or columns, counted from one side. */
struct side {
	const struct raster *grey;
	bool upright; /* columns */
	bool last;    /* from the right, or from below */
};

static int
lines_of(const struct side *s)
{
	return s->upright ? s->grey->width : s->grey->height;
}

static int
length_of(const struct side *s)
{
	return s->upright ? s->grey->height : s->grey->width;
}

static int
level_at(const struct side *s, int line, int along)
{
	int at = s->last ? lines_of(s) - 1 - line : line;
	return s->upright ? raster_row(s->grey, along)[at] :
	    raster_row(s->grey, at)[along];
}

/* The level that most of the outermost line has. */
static int
usual_level(const struct side *s)
{
	int counts[256] = {0}, best = 0;
	for (int i = 0; i < length_of(s); i += STEP)
		counts[level_at(s, 0, i)]++;
	for (int level = 1; level < 256; level++)
		if (counts[level] > counts[best])
			best = level;
	return best;
}

static bool
is_bar(const struct side *s, int line, int level)
{
	int near = 0, seen = 0;
	for (int i = 0; i < length_of(s); i += STEP, seen++)
		near += abs(level_at(s, line, i) - level) <= NEAR;
	return near * 100 >= seen * MOST_OF;
}

static int
bar_of(struct side s)
{
	int most = lines_of(&s) * SHARE_MOST / 100, line = 0;
	int level = usual_level(&s);
	while (line < most && is_bar(&s, line, level))
		line++;
	return line;
}

void
bars_of(const struct raster *grey, struct bars *out)
{
	*out = (struct bars){
	    bar_of((struct side){grey, true, false}),
	    bar_of((struct side){grey, false, false}),
	    bar_of((struct side){grey, true, true}),
	    bar_of((struct side){grey, false, true})};
	if (out->left + out->right > grey->width * 3 / 4 &&
	    out->top + out->bottom > grey->height * 3 / 4)
		memset(out, 0, sizeof(*out));
}
