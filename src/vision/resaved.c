/*
 * Two roundings.
 *
 * Coefficients rounded to multiples of one step and then to multiples of
 * another leave some multiples empty or doubly full, again and again along
 * the histogram. Only the top of the picture is read, which saves time and
 * memory: the height in a copy of the header is made smaller, and libjpeg
 * then stops by itself.
 */
#include "vision/resaved.h"

#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#define ROWS 512
#define BYTES_MAX ((size_t)1536 * 1024)
#define MEMORY_MAX (48L * 1000 * 1000)
#define WIDTH_MAX 10000
#define MODES 9      /* the lowest frequencies after zero, in zigzag order */
#define MOST 40      /* multiples looked at */
#define STEPS 64     /* steps tried for the first rounding */
#define LEAST 600    /* coefficients of a mode that say something */
#define LEAK 0.15    /* share that falls beside, by rounding pixels */

static const int modes[MODES] = {1, 8, 16, 9, 2, 3, 10, 17, 24};

struct reader {
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr errors;
	jmp_buf broken;
	double counts[MODES][MOST + 1];
	int steps[MODES];
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

static void
count_row(struct reader *r, JBLOCKROW row, JDIMENSION blocks)
{
	for (JDIMENSION i = 0; i < blocks; i++) {
		for (int k = 0; k < MODES; k++) {
			int value = abs(row[i][modes[k]]);
			if (value <= MOST)
				r->counts[k][value]++;
		}
	}
}

static void
read_counts(struct reader *r, struct span file)
{
	jpeg_create_decompress(&r->jpeg);
	r->jpeg.client_data = r;
	r->jpeg.mem->max_memory_to_use = MEMORY_MAX;
	jpeg_mem_src(&r->jpeg, file.data, file.size);
	jpeg_read_header(&r->jpeg, TRUE);
	jvirt_barray_ptr *planes = jpeg_read_coefficients(&r->jpeg);
	jpeg_component_info *luma = &r->jpeg.comp_info[0];
	if (!luma->quant_table)
		longjmp(r->broken, 1);
	for (int k = 0; k < MODES; k++)
		r->steps[k] = luma->quant_table->quantval[modes[k]];
	for (JDIMENSION y = 0; y < luma->height_in_blocks; y++) {
		JBLOCKARRAY rows = r->jpeg.mem->access_virt_barray(
		    (j_common_ptr)&r->jpeg, planes[0], y, 1, FALSE);
		count_row(r, rows[0], luma->width_in_blocks);
	}
}

static RESULT
counted(struct reader *r, struct span file)
{
	r->jpeg.err = jpeg_std_error(&r->errors);
	r->errors.error_exit = stop;
	r->errors.emit_message = hear_nothing;
	r->errors.output_message = say_nothing;
	if (setjmp(r->broken) == 0) {
		read_counts(r, file);
		jpeg_destroy_decompress(&r->jpeg);
		return OK;
	}
	jpeg_destroy_decompress(&r->jpeg);
	return FAIL(ERR_NOT_FOUND, "the coefficients cannot be read");
}

/* How many multiples of the first step become each one of the second,
 * against how many would evenly. */
static void
fullness(int first, int second, double out[MOST + 1])
{
	int n[MOST + 1] = {0};
	for (int m = 1; m * first <= (MOST + 1) * second; m++) {
		int v = (2 * m * first + second) / (2 * second);
		if (v <= MOST)
			n[v]++;
	}
	for (int v = 1; v <= MOST; v++)
		out[v] = (1 - LEAK) * n[v] * first / second + LEAK;
}

/*
 * The gain of two roundings over one for a mode: both as a geometric fall
 * from 1 upwards, one of them filled unevenly.
 */
static double
gain(const double counts[MOST + 1], double fall, const double full[MOST + 1])
{
	double all = 0, log_full = 0, even = 0, uneven = 0, weight = 1;
	for (int v = 1; v <= MOST; v++, weight *= fall) {
		all += counts[v];
		log_full += counts[v] * log(full[v]);
		even += weight;
		uneven += weight * full[v];
	}
	return log_full / all - log(uneven / even);
}

/* The best gain of any first step; false for too few coefficients. */
static bool
judge_mode(const double counts[MOST + 1], int step, double *out)
{
	double all = 0, sum = 0, full[MOST + 1];
	for (int v = 1; v <= MOST; v++) {
		all += counts[v];
		sum += counts[v] * v;
	}
	if (all < LEAST || sum / all < 1.3)
		return false;
	double fall = 1 - all / sum;
	*out = -1;
	for (int first = 2; first <= STEPS; first++) {
		if (step % first == 0)
			continue;
		fullness(first, step, full);
		*out = fmax(*out, gain(counts, fall, full));
	}
	return true;
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
	struct reader r = {0};
	double sum = 0, one;
	int count = 0;
	if (f->progressive || f->width > WIDTH_MAX)
		return FAIL(ERR_NOT_FOUND, "not measured in such files");
	TRY(shortened(file, f, &head));
	TRY(counted(&r, span_of_buf(&head)));
	for (int k = 0; k < MODES; k++) {
		if (!judge_mode(r.counts[k], r.steps[k], &one))
			continue;
		sum += one;
		count++;
	}
	if (count < 3)
		return FAIL(ERR_NOT_FOUND, "too few coefficients");
	*out = sum / count;
	return OK;
}
