/*
 * A zone in the shade. Letters are looked for as what is darker than its
 * paper by so many levels, and dim paper leaves them fewer; so where no zone
 * was seen the picture is looked at once more as if it had been exposed
 * longer. What burns out by that was bright enough the first time. A desk may
 * be as dim as paper in the shade, and most sides without a zone lie on one:
 * only where all is dim, or the ground is dark, is it the paper that is.
 */
#include "vision/zone/mrz_read.h"

#define LONGER 1.6f
#define PAPER_FROM 90 /* grey levels: darker is ink, or a desk */
#define DIM_TO 150
#define BRIGHT_FROM 180
#define DIM_LEAST 12     /* one pixel of paper of so many: what a zone takes */
#define BRIGHT_LEAST 20  /* of the picture; fewer: all of it is dim */
#define PAPER_MOST 0.4f  /* of it; more: the ground is not dark */

static bool
has_dim_paper(const struct raster *grey)
{
	size_t dim = 0, paper = 0, bright = 0;
	size_t all = (size_t)grey->width * (size_t)grey->height;
	for (size_t i = 0; i < all; i++) {
		paper += grey->data[i] >= PAPER_FROM;
		dim += grey->data[i] >= PAPER_FROM && grey->data[i] < DIM_TO;
		bright += grey->data[i] >= BRIGHT_FROM;
	}
	return dim * DIM_LEAST > paper && (bright * BRIGHT_LEAST < all ||
	    (float)paper < PAPER_MOST * (float)all);
}

RESULT
mrz_read_dim(struct net *net, const struct raster *grey, int64_t now,
    struct mrz_found *out)
{
	AUTO(raster_clear) struct raster light = {0};
	if (!has_dim_paper(grey))
		return FAIL(ERR_UNREADABLE, "nothing lies in the shade");
	TRY(raster_make(grey->width, grey->height, 1, &light));
	size_t all = (size_t)grey->width * (size_t)grey->height;
	for (size_t i = 0; i < all; i++) {
		float level = LONGER * (float)grey->data[i];
		light.data[i] = level > 255 ? 255 : (uint8_t)level;
	}
	return mrz_read(net, &light, now, out);
}
