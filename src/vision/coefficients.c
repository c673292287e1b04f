/*
 * A JPEG without its pixels.
 *
 * libjpeg leaves by a jump when something breaks, out of whoever asked for a
 * row: all of that happens below coefficients_read().
 */
#include "vision/coefficients.h"

#include <setjmp.h>
#include <stdio.h>

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

const int16_t *
coefficients_row(const struct coefficients *c, int y)
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
	struct reader r = {.out = {.file = &r}};
	return guarded(&r, file, memory, see, what);
}
