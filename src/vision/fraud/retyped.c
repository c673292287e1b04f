/*
 * Pieces of print beside one another, as a network sees them.
 *
 * Lens, sensor, file and press leave the same in every piece of a picture;
 * what an image library sets has none of it. The network gives sixteen numbers
 * and an opinion for each piece; its score is its opinion and how far its
 * numbers are from the mean of the others' (scores() of
 * tools/train-retyped/net.py). A file's blocks count: parts begin where one
 * does. It learned from drawn lines and forgers that we invented: its word
 * flags, and decides nothing.
 */
#include "vision/fraud/retyped.h"

#include <math.h>
#include <stdlib.h>

#include "vision/page/native.h"
#include "vision/pixels/median.h"

#define WIDE 128
#define HIGH 48
#define AREA (WIDE * HIGH / 4)
#define NUMBERS 16
#define SAID (NUMBERS + 1)
#define BLOCK 8
#define SHORT 2       /* times as wide as high: less is a sign or two, and
			 mostly something else's print is seen */
#define LOW_TIMES 3   /* so many times a field's height ... */
#define LOW_BY 2      /* ... must be so many of the middle one's: labels */
#define HIGH_MOST 70  /* pixels: a larger field is looked at made smaller */

static double
score(const float *said, size_t count, size_t which)
{
	double sum = (double)said[which * SAID + NUMBERS];
	for (size_t k = 0; k < NUMBERS; k++) {
		double mine = (double)said[which * SAID + k], others = -mine;
		for (size_t i = 0; i < count; i++)
			others += (double)said[i * SAID + k];
		mine -= others / (double)(count - 1);
		sum += mine * mine;
	}
	return sum;
}

/* The middle height of pieces as high as fields with their air. */
static int
usual_height(const struct field_looks *f)
{
	float heights[PATCHES_MAX];
	size_t count = 0;
	for (size_t i = 0; i < f->count; i++)
		if (f->at[i].tall)
			heights[count++] = (float)f->at[i].spot.height;
	return count == 0 ? 0 : (int)median_of(heights, count);
}

static bool
is_asked(const struct field_look *f, int usual)
{
	return (f->tall || (f->candidate && usual > 0 &&
	    LOW_TIMES * f->spot.height > LOW_BY * usual)) &&
	    f->spot.width >= SHORT * f->spot.height;
}

/* The start of a part around a middle, on a block's edge in the picture. */
static int
start_of(float middle, int side, int most)
{
	int at = (int)lroundf((middle - (float)side / 2) / BLOCK) * BLOCK;
	int last = (most - side) / BLOCK * BLOCK;
	return at < 0 ? 0 : at < last ? at : last;
}

/* Made smaller until a field's height fits. */
static bool
place(const struct still *still, const struct plane *page,
    const struct patch *spot, struct square *at, struct native_size *size)
{
	float c[8], middle[2], by = (float)still->reduction;
	patch_corners(page, spot, c);
	for (int k = 0; k < 2; k++)
		middle[k] = by * (c[k] + c[2 + k] + c[4 + k] + c[6 + k]) / 4;
	float high = by * hypotf(c[6] - c[0], c[7] - c[1]);
	*size = (struct native_size){WIDE, HIGH, 1 + (int)high / HIGH_MOST};
	int wide = WIDE * size->pixels, tall = HIGH * size->pixels;
	if (!(middle[0] >= 0 && middle[0] < (float)still->width &&
	    middle[1] >= 0 && middle[1] < (float)still->height) ||
	    wide > still->width || tall > still->height)
		return false;
	*at = (struct square){start_of(middle[0], wide, still->width),
	    start_of(middle[1], tall, still->height)};
	return true;
}

static RESULT
put_pieces(const struct still *still, const struct plane *page,
    const struct field_looks *f, float *planes, size_t of[PATCHES_MAX],
    size_t *count)
{
	static struct native part;
	struct native_size size;
	struct square at;
	int usual = usual_height(f);
	*count = 0;
	for (size_t i = 0; i < f->count; i++) {
		if (!is_asked(&f->at[i], usual) ||
		    !place(still, page, &f->at[i].spot, &at, &size))
			continue;
		TRY(native_part(still, at, size, &part));
		native_fold(&part, size, planes + *count * NATIVE_PLANES *
		    AREA);
		of[(*count)++] = i;
	}
	return *count < RETYPED_LEAST ? FAIL(ERR_NOT_FOUND,
	    "too few pieces to compare") : OK;
}

RESULT
retyped_scores(struct net *net, const struct still *still,
    const struct plane *page, const struct field_looks *f,
    double scores[PATCHES_MAX])
{
	static float planes[PATCHES_MAX * NATIVE_PLANES * AREA];
	AUTO(free) float *said = NULL;
	struct net_shape shape;
	size_t of[PATCHES_MAX], count;
	for (size_t i = 0; i < PATCHES_MAX; i++)
		scores[i] = NAN;
	TRY(put_pieces(still, page, f, planes, of, &count));
	TRY(net_run(net, planes, (struct net_shape){(int)count, NATIVE_PLANES,
	    HIGH / 2, WIDE / 2}, &said, &shape));
	if (shape.batch != (int)count || shape.channels != SAID ||
	    shape.height * shape.width != 1)
		return FAIL(ERR_INTERNAL, "a network of another kind");
	for (size_t i = 0; i < count; i++)
		scores[of[i]] = score(said, count, i);
	return OK;
}
