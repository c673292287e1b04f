/*
 * Fitness of a picture.
 *
 * Blur is measured on the page at one size, so that a distant camera counts
 * as what it is: fewer details. Moire is measured on native pixels before
 * anything reduces them, and only there.
 */
#include "vision/quality.h"

#include <math.h>

#define BLUR_WIDTH 1000.0f /* pixels across the page */
#define COLOUR_WIDTH 250.0f
#define TILE 256
#define TILES 6
#define BURNT 246          /* level above which paper is burnt out */
#define FLAT 14            /* levels from dark to light in a burnt cell */

static void
whole_picture(const struct still *s, struct page *p)
{
	float w = (float)s->grey.width, h = (float)s->grey.height;
	const float corners[8] = {0, 0, w, 0, w, h, 0, h};
	*p = (struct page){.width = w, .height = h};
	memcpy(p->corners, corners, sizeof(corners));
}

static void
blur_and_brightness(const struct raster *page, struct quality *q)
{
	double sum = 0, squares = 0, edge = 0, edges = 0;
	double count = 0;
	for (int y = 1; y < page->height - 1; y++) {
		const uint8_t *above = raster_row(page, y - 1);
		const uint8_t *row = raster_row(page, y);
		const uint8_t *below = raster_row(page, y + 1);
		for (int x = 1; x < page->width - 1; x++) {
			double bend = above[x] + below[x] + row[x - 1] +
			    row[x + 1] - 4 * row[x];
			sum += row[x];
			squares += row[x] * row[x];
			edge += bend;
			edges += bend * bend;
			count++;
		}
	}
	double mean = sum / count;
	double variance = squares / count - mean * mean;
	double bends = edges / count - (edge / count) * (edge / count);
	q->brightness = mean / 255;
	q->blur = bends / fmax(variance, 1);
}

/* Chroma in Lab, near enough: a and b from opponent colours. */
static double
chroma(const uint8_t *rgb)
{
	double level[3], f[3];
	for (int i = 0; i < 3; i++)
		level[i] = pow(rgb[i] / 255.0, 2.2);
	double x = (0.4124 * level[0] + 0.3576 * level[1] +
	    0.1805 * level[2]) / 0.9505;
	double y = 0.2126 * level[0] + 0.7152 * level[1] + 0.0722 * level[2];
	double z = (0.0193 * level[0] + 0.1192 * level[1] +
	    0.9505 * level[2]) / 1.089;
	f[0] = cbrt(x);
	f[1] = cbrt(y);
	f[2] = cbrt(z);
	return hypot(500 * (f[0] - f[1]), 200 * (f[1] - f[2]));
}

static double
colour_spread(const struct raster *page)
{
	double sum = 0, squares = 0;
	size_t count = (size_t)page->width * (size_t)page->height;
	for (size_t i = 0; i < count; i++) {
		double c = chroma(page->data + 3 * i);
		sum += c;
		squares += c * c;
	}
	double mean = sum / (double)count;
	return sqrt(fmax(squares / (double)count - mean * mean, 0));
}

/* Light so strong that the print in it is gone. */
static bool
burnt_cell(const struct raster *grey, const struct line *l, int letter)
{
	float low = 255, high = 0, sum = 0;
	int count = 0;
	for (float down = -0.5f; down <= 0.5f; down += 0.125f) {
		for (float along = -0.5f; along <= 0.5f; along += 0.125f) {
			float x, y;
			line_at(l, (float)letter + along, down, &x, &y);
			float level = raster_at(grey, x, y);
			low = fminf(low, level);
			high = fmaxf(high, level);
			sum += level;
			count++;
		}
	}
	return sum / (float)count >= BURNT && high - low <= FLAT;
}

static double
glare_over(const struct raster *grey, const struct mrz_found *zone)
{
	int burnt = 0, all = 0;
	for (size_t i = 0; i < zone->reading.line_count; i++) {
		for (int k = 0; k < zone->columns; k++, all++)
			burnt += burnt_cell(grey, &zone->lines[i], k);
	}
	return all > 0 ? (double)burnt / all : 0;
}

/* TILES TODO */
static double
tile_peak(const struct raster *r)
{
	static float levels[TILE * TILE];
	for (int i = 0; i < TILE * TILE; i++)
		levels[i] = r->data[i];
	double peak = 0;
	if (opencv_spectrum(levels, TILE, &peak) != OK) {
		err_clear();
		return 0;
	}
	return peak;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* A screen's grid is everywhere; guilloches and print are in some places. */
static double
middle(double values[TILES])
{
	qsort(values, TILES, sizeof(*values), ascending);
	return values[TILES / 2 - 1];
}

/* Tiles across the middle of the document, on pixels nobody has touched. */
static double
moire(const struct still *s, const struct page *p)
{
	double peaks[TILES] = {0};
	float scale = (float)s->reduction;
	if (s->width < TILE || s->height < TILE)
		return 0;
	for (int i = 0; i < TILES; i++) {
		AUTO(raster_clear) struct raster tile = {0};
		float x, y;
		page_point(p, p->width * ((float)i + 0.5f) / TILES,
		    p->height / 2, &x, &y);
		int left = (int)(x * scale) - TILE / 2;
		int top = (int)(y * scale) - TILE / 2;
		left = left < 0 ? 0 : left > s->width - TILE ?
		    s->width - TILE : left;
		top = top < 0 ? 0 : top > s->height - TILE ?
		    s->height - TILE : top;
		if (still_native(s, left, top, TILE, TILE, &tile) != OK) {
			err_clear();
			continue;
		}
		peaks[i] = tile_peak(&tile);
	}
	return middle(peaks);
}

RESULT
quality_measure(const struct still *s, const struct page *page,
    const struct mrz_found *zone, struct quality *out)
{
	struct page whole;
	AUTO(raster_clear) struct raster cut = {0};
	AUTO(raster_clear) struct raster small = {0};
	if (!page) {
		whole_picture(s, &whole);
		page = &whole;
	}
	TRY(page_cut(&s->grey, page, BLUR_WIDTH / page->width, &cut));
	TRY(page_cut(&s->colour, page, COLOUR_WIDTH / page->width, &small));
	*out = (struct quality){0};
	blur_and_brightness(&cut, out);
	out->colour = colour_spread(&small);
	out->glare = zone ? glare_over(&s->grey, zone) : 0;
	out->moire = moire(s, page);
	return OK;
}
