/*
 * JPEG by libjpeg-turbo, reading and writing.
 *
 * The library reports by longjmp: everything that must survive lives in the
 * struct, not in locals. A file that ends early would be filled with grey;
 * here it is refused, since half a document proves nothing.
 */
#include "vision/codecs.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>
#include <jerror.h>

#define SCANS_MAX 60
#define MEMORY_MAX (400L * 1000 * 1000)
#define BAND_PIXELS_MAX ((uint64_t)50 * 1000 * 1000)

struct reader {
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr errors;
	struct jpeg_progress_mgr progress;
	jmp_buf broken;
	enum err code; /* already explained, or OK: the file is broken */
	struct span file;
	struct still *out;
	int orientation;
};

static void
stop(j_common_ptr jpeg)
{
	struct reader *r = (struct reader *)jpeg->client_data;
	longjmp(r->broken, 1);
}

static void
stop_with(struct reader *r, enum err code)
{
	r->code = code;
	if (code != OK)
		longjmp(r->broken, 1);
}

static void
hear(j_common_ptr jpeg, int level)
{
	int code = jpeg->err->msg_code;
	if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER))
		stop(jpeg);
}

static void
say_nothing(j_common_ptr jpeg)
{
	(void)jpeg;
}

/* A progressive file may ask for thousands of passes over every pixel. */
static void
count_scans(j_common_ptr jpeg)
{
	struct reader *r = (struct reader *)jpeg->client_data;
	if (r->jpeg.input_scan_number > SCANS_MAX)
		longjmp(r->broken, 1);
}

static void
open_reader(struct reader *r)
{
	jpeg_create_decompress(&r->jpeg);
	r->jpeg.client_data = r;
	r->jpeg.mem->max_memory_to_use = MEMORY_MAX;
	r->progress.progress_monitor = count_scans;
	r->jpeg.progress = &r->progress;
	jpeg_save_markers(&r->jpeg, JPEG_APP0 + 1, 0xffff);
	jpeg_mem_src(&r->jpeg, r->file.data, r->file.size);
	jpeg_read_header(&r->jpeg, TRUE);
	stop_with(r, still_sides(r->jpeg.image_width, r->jpeg.image_height));
	if (r->jpeg.num_components != 1 && r->jpeg.num_components != 3)
		longjmp(r->broken, 1);
	r->jpeg.out_color_space = JCS_RGB;
	r->jpeg.dct_method = JDCT_ISLOW;
}

static void
read_orientation(struct reader *r)
{
	for (jpeg_saved_marker_ptr m = r->jpeg.marker_list; m; m = m->next) {
		if (m->data_length < 6 || memcmp(m->data, "Exif\0\0", 6) != 0)
			continue;
		r->orientation = exif_orientation(
		    SPAN(m->data + 6, m->data_length - 6));
		return;
	}
}

static void
read_rows(struct reader *r, struct raster *to, int count)
{
	for (int y = 0; y < count; y++) {
		JSAMPROW row = raster_row(to, y);
		jpeg_read_scanlines(&r->jpeg, &row, 1);
	}
}

static void
read_picture(struct reader *r)
{
	open_reader(r);
	read_orientation(r);
	struct still *s = r->out;
	s->width = (int)r->jpeg.image_width;
	s->height = (int)r->jpeg.image_height;
	s->reduction = still_reduction(s->width, s->height);
	r->jpeg.scale_num = 1;
	r->jpeg.scale_denom = (unsigned)s->reduction;
	jpeg_start_decompress(&r->jpeg);
	stop_with(r, raster_make((int)r->jpeg.output_width,
	    (int)r->jpeg.output_height, 3, &s->colour));
	read_rows(r, &s->colour, s->colour.height);
	jpeg_finish_decompress(&r->jpeg);
}

/* The same file again, at full size, for some rows in its middle. */
static void
read_band(struct reader *r)
{
	open_reader(r);
	int height = (int)r->jpeg.image_height;
	int rows = height < STILL_BAND ? height : STILL_BAND;
	int first = (height - rows) / 2;
	jpeg_start_decompress(&r->jpeg);
	stop_with(r, raster_make((int)r->jpeg.output_width, rows, 3,
	    &r->out->band));
	jpeg_skip_scanlines(&r->jpeg, (JDIMENSION)first);
	read_rows(r, &r->out->band, rows);
	jpeg_abort_decompress(&r->jpeg);
}

/* Runs a step; the library's jumps end here. */
static RESULT
guarded(struct reader *r, void (*step)(struct reader *))
{
	r->jpeg.err = jpeg_std_error(&r->errors);
	r->errors.error_exit = stop;
	r->errors.emit_message = hear;
	r->errors.output_message = say_nothing;
	if (setjmp(r->broken) == 0) {
		step(r);
		jpeg_destroy_decompress(&r->jpeg);
		return OK;
	}
	jpeg_destroy_decompress(&r->jpeg);
	if (r->code != OK)
		return r->code;
	return FAIL(ERR_UNREADABLE, "a broken JPEG file");
}

RESULT
jpeg_decode(struct span file, struct still *out, int *orientation)
{
	struct reader r = {.file = file, .out = out, .orientation = 1};
	TRY(guarded(&r, read_picture));
	*orientation = r.orientation;
	if (out->reduction == 1)
		return OK;
	struct reader again = {.file = file, .out = out};
	return guarded(&again, read_band);
}

struct writer {
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	jmp_buf broken;
	const struct raster *from;
	unsigned char *bytes;
	unsigned long size;
};

static void
stop_writing(j_common_ptr jpeg)
{
	struct writer *w = (struct writer *)jpeg->client_data;
	longjmp(w->broken, 1);
}

static void
write_picture(struct writer *w)
{
	jpeg_create_compress(&w->jpeg);
	w->jpeg.client_data = w;
	jpeg_mem_dest(&w->jpeg, &w->bytes, &w->size);
	w->jpeg.image_width = (JDIMENSION)w->from->width;
	w->jpeg.image_height = (JDIMENSION)w->from->height;
	w->jpeg.input_components = w->from->channels;
	w->jpeg.in_color_space =
	    w->from->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
	jpeg_set_defaults(&w->jpeg);
	jpeg_set_quality(&w->jpeg, STILL_CLEAN_QUALITY, TRUE);
	jpeg_start_compress(&w->jpeg, TRUE);
	for (int y = 0; y < w->from->height; y++) {
		JSAMPROW row = raster_row(w->from, y);
		jpeg_write_scanlines(&w->jpeg, &row, 1);
	}
	jpeg_finish_compress(&w->jpeg);
}

static RESULT
guarded_writing(struct writer *w)
{
	w->jpeg.err = jpeg_std_error(&w->errors);
	w->errors.error_exit = stop_writing;
	w->errors.output_message = say_nothing;
	if (setjmp(w->broken) != 0)
		return FAIL(ERR_INTERNAL, "the picture could not be written");
	write_picture(w);
	return OK;
}

RESULT
still_encode(const struct raster *colour, struct buf *out)
{
	struct writer w = {.from = colour};
	enum err code = guarded_writing(&w);
	if (code == OK)
		code = buf_add(out, w.bytes, w.size);
	jpeg_destroy_compress(&w.jpeg);
	free(w.bytes);
	return code;
}
