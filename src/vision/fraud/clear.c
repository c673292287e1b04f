/*
 * What hides a place.
 */
#include "vision/fraud/clear.h"

#include <math.h>

#define BURNT 250       /* level */
#define PAPER_MOST 225  /* of most of the page: paper above it may be white */
#define BURNT_MOST 0.05 /* share of the part */

/*
 * By seven genuine cards whose ghosts a date or a number runs into and 45
 * tuning pictures of ghosts of another's: strokes covered .014 to .039 of the
 * former, nothing of the latter.
 */
#define STROKE_REACH 0.8f   /* millimetres, within which paper is on both
                               sides of a stroke */
#define STROKE_LEVEL 0.5    /* of that paper */
#define STROKES_MOST 0.005  /* share of the part */

double
clear_strength(const struct raster *grey, struct clear_part part)
{
	double sum = 0, squares = 0, n = (double)part.width * part.height;
	for (int y = part.y; y < part.y + part.height; y++)
		for (int x = part.x; x < part.x + part.width; x++) {
			double v = raster_row(grey, y)[x];
			sum += v;
			squares += v * v;
		}
	return sqrt(fmax(0, squares / n - sum * sum / n / n));
}

/* The level that half of the page's pixels do not reach. */
static int
middle_level(const struct raster *page)
{
	int counts[256] = {0}, all = page->width * page->height, seen = 0;
	int level = 0;
	for (int i = 0; i < all; i++)
		counts[page->data[i]]++;
	while (level < 255 && (seen += counts[level]) * 2 < all)
		level++;
	return level;
}

bool
clear_of_glare(const struct raster *page, struct clear_part part)
{
	int burnt = 0;
	for (int y = part.y; y < part.y + part.height; y++)
		for (int x = part.x; x < part.x + part.width; x++)
			burnt += raster_row(page, y)[x] >= BURNT;
	return burnt <= BURNT_MOST * part.width * part.height ||
	    middle_level(page) > PAPER_MOST;
}

/* The brightest of so many pixels from x on, in steps of by. */
static int
brightest(const uint8_t *row, int width, int x, int by, int reach)
{
	int most = 0;
	for (int i = 1; i <= reach; i++) {
		int at = x + i * by;
		if (at < 0 || at >= width)
			break;
		if (row[at] > most)
			most = row[at];
	}
	return most;
}

bool
clear_of_print(const struct raster *grey, float per_mm, struct clear_part part)
{
	int reach = (int)lroundf(STROKE_REACH * per_mm), strokes = 0;
	for (int y = part.y; y < part.y + part.height; y++) {
		const uint8_t *row = raster_row(grey, y);
		for (int x = part.x; x < part.x + part.width; x++) {
			int left = brightest(row, grey->width, x, -1, reach);
			int right = brightest(row, grey->width, x, 1, reach);
			int paper = left < right ? left : right;
			strokes += row[x] < STROKE_LEVEL * paper;
		}
	}
	return strokes <= STROKES_MOST * part.width * part.height;
}
