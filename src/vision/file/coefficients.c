/*
 * A JPEG without its pixels, and pixels as a JPEG.
 *
 * libjpeg leaves by a jump when something breaks, out of whoever asked for a
 * row: all of that happens below coefficients_read().
 */
#include "vision/file/coefficients.h"

#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

struct reader {
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr errors;
	jmp_buf broken;
	jvirt_barray_ptr *planes;
	struct coefficients out;
};

static void
stop(j_common_ptr jpeg)
{
	struct reader *r = (struct reader *)jpeg->client_data;
	longjmp(r->broken, 1);
}

static void
say_nothing(j_common_ptr jpeg)
{
	(void)jpeg;
}

static void
hear_nothing(j_common_ptr jpeg, int level)
{
	(void)jpeg;
	(void)level;
}

static const int16_t *
row_of_file(const struct coefficients *c, int y)
{
	struct reader *r = (struct reader *)c->file;
	return r->jpeg.mem->access_virt_barray((j_common_ptr)&r->jpeg,
	    r->planes[0], (JDIMENSION)y, 1, FALSE)[0][0];
}

static void
begin(struct reader *r, struct span file, long memory)
{
	jpeg_create_decompress(&r->jpeg);
	r->jpeg.client_data = r;
	r->jpeg.mem->max_memory_to_use = memory;
	jpeg_mem_src(&r->jpeg, file.data, file.size);
	jpeg_read_header(&r->jpeg, TRUE);
	r->planes = jpeg_read_coefficients(&r->jpeg);
	const jpeg_component_info *luma = &r->jpeg.comp_info[0];
	if (!luma->quant_table)
		longjmp(r->broken, 1);
	r->out.width = (int)luma->width_in_blocks;
	r->out.height = (int)luma->height_in_blocks;
	for (int k = 0; k < COEFFICIENTS; k++)
		r->out.steps[k] = luma->quant_table->quantval[k];
}

static RESULT
guarded(struct reader *r, struct span file, long memory,
    void (*see)(const struct coefficients *c, void *what), void *what)
{
	r->jpeg.err = jpeg_std_error(&r->errors);
	r->errors.error_exit = stop;
	r->errors.emit_message = hear_nothing;
	r->errors.output_message = say_nothing;
	if (setjmp(r->broken) == 0) {
		begin(r, file, memory);
		see(&r->out, what);
		jpeg_destroy_decompress(&r->jpeg);
		return OK;
	}
	jpeg_destroy_decompress(&r->jpeg);
	return FAIL(ERR_NOT_FOUND, "the coefficients cannot be read");
}

RESULT
coefficients_read(struct span file, long memory,
    void (*see)(const struct coefficients *c, void *what), void *what)
{
	struct reader r = {.out = {.row = row_of_file, .file = &r}};
	return guarded(&r, file, memory, see, what);
}

#define SIDE 8
#define STEP 2

struct pixels {
	const struct still *still;
	float waves[SIDE][SIDE]; /* of a frequency, along eight pixels */
	int16_t *row;
};

static void
put_waves(float out[SIDE][SIDE])
{
	for (int u = 0; u < SIDE; u++)
		for (int x = 0; x < SIDE; x++)
			out[u][x] = (float)((u == 0 ? sqrt(0.125) : 0.5) *
			    cos((2 * x + 1) * u * M_PI / 16));
}

static void
transform(const struct raster *eight, int left, const float w[SIDE][SIDE],
    int16_t out[COEFFICIENTS])
{
	float half[SIDE][SIDE];
	for (int y = 0; y < SIDE; y++)
		for (int u = 0; u < SIDE; u++) {
			const uint8_t *p = raster_row(eight, y) + left;
			half[y][u] = 0;
			for (int x = 0; x < SIDE; x++)
				half[y][u] += w[u][x] * (float)(p[x] - 128);
		}
	for (int v = 0; v < SIDE; v++)
		for (int u = 0; u < SIDE; u++) {
			float sum = 0;
			for (int y = 0; y < SIDE; y++)
				sum += w[v][y] * half[y][u];
			out[v * SIDE + u] = (int16_t)lrintf(sum / STEP);
		}
}

/* Where pixels cannot be had the row is empty. */
static const int16_t *
row_of_pixels(const struct coefficients *c, int y)
{
	AUTO(raster_clear) struct raster eight = {0};
	struct pixels *p = (struct pixels *)c->file;
	bool there = still_native(p->still, 0, SIDE * y, SIDE * c->width,
	    SIDE, &eight) == OK;
	for (int x = 0; x < c->width; x++) {
		int16_t *out = p->row + (size_t)x * COEFFICIENTS;
		for (int k = 0; k < COEFFICIENTS; k++)
			out[k] = 0;
		if (there)
			transform(&eight, SIDE * x, p->waves, out);
	}
	return p->row;
}

RESULT
coefficients_of(const struct still *s,
    void (*see)(const struct coefficients *c, void *what), void *what)
{
	struct pixels p = {.still = s};
	struct coefficients c = {.width = s->width / SIDE,
	    .height = s->height / SIDE, .row = row_of_pixels, .file = &p};
	AUTO(free) int16_t *row = calloc((size_t)c.width * COEFFICIENTS + 1,
	    sizeof(*row));
	if (!row)
		return FAIL(ERR_TOO_LARGE, "no memory");
	p.row = row;
	put_waves(p.waves);
	for (int k = 0; k < COEFFICIENTS; k++)
		c.steps[k] = STEP;
	see(&c, what);
	return OK;
}
