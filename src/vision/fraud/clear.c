/*
 * What hides a place.
 */
#include "vision/fraud/clear.h"

#include <math.h>

#define BURNT 250       /* level */
#define PAPER_MOST 225  /* of most of the page: paper above it may be white */
#define BURNT_MOST 0.05 /* share of the part */

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
