/*
 * Two roundings in a whole file.
 *
 * Only the top of the picture is read, which saves time and memory: the
 * height in a copy of the header is made smaller, and libjpeg then stops by
 * itself.
 */
#include "vision/file/resaved.h"

#include <stdlib.h>

#include "vision/file/coefficients.h"
#include "vision/file/roundings.h"

#define ROWS 512
#define BYTES_MAX ((size_t)1536 * 1024)
#define MEMORY_MAX (48L * 1000 * 1000)
#define WIDTH_MAX 10000
#define MODES 9      /* the lowest frequencies after zero, in zigzag order */
#define LEAST 600    /* coefficients of a mode that say something */

static const int modes[MODES] = {1, 8, 16, 9, 2, 3, 10, 17, 24};

struct counted {
	double counts[MODES][ROUNDINGS_MOST + 1];
	int steps[MODES];
};

static void
count_row(struct counted *r, const int16_t *row, int blocks)
{
	for (int i = 0; i < blocks; i++, row += COEFFICIENTS)
		for (int k = 0; k < MODES; k++) {
			int value = abs(row[modes[k]]);
			if (value <= ROUNDINGS_MOST)
				r->counts[k][value]++;
		}
}

static void
count(const struct coefficients *c, void *what)
{
	struct counted *r = what;
	for (int k = 0; k < MODES; k++)
		r->steps[k] = c->steps[modes[k]];
	for (int y = 0; y < c->height; y++)
		count_row(r, c->row(c, y), c->width);
}

/* The start of the file, its height made smaller. */
static RESULT
shortened(struct span file, const struct jpeg_file *f, struct buf *out)
{
	size_t size = file.size < BYTES_MAX ? file.size : BYTES_MAX;
	buf_init(out, BYTES_MAX);
	TRY(buf_add(out, file.data, size));
	if (f->height > ROWS && f->height_at + 2 <= size) {
		out->data[f->height_at] = ROWS >> 8;
		out->data[f->height_at + 1] = ROWS & 255;
	}
	return OK;
}

RESULT
resaved_measure(struct span file, const struct jpeg_file *f, double *out)
{
	AUTO(buf_clear) struct buf head = {0};
	struct counted r = {0};
	struct roundings one;
	double sum = 0;
	int found = 0;
	if (f->progressive || f->width > WIDTH_MAX)
		return FAIL(ERR_NOT_FOUND, "not measured in such files");
	TRY(shortened(file, f, &head));
	TRY(coefficients_read(span_of_buf(&head), MEMORY_MAX, count, &r));
	for (int k = 0; k < MODES; k++) {
		if (!roundings_best(r.counts[k], r.steps[k], LEAST, &one))
			continue;
		sum += one.gain;
		found++;
	}
	if (found < 3)
		return FAIL(ERR_NOT_FOUND, "too few coefficients");
	*out = sum / found;
	return OK;
}
