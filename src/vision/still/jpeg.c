/*
 * JPEG by libjpeg-turbo, reading and writing.
 *
 * A large picture is decoded once, into the planes that the file holds:
 * brightness is kept as it is, and brightness and colour are reduced on the
 * way, which is cheaper than to decode twice. The library reports by
 * longjmp: everything that must survive lives in the struct, not in locals.
 * A file that ends early would be filled with grey; here it is refused, since
 * half a document proves nothing.
 */
#include "vision/still/codecs.h"
#include "vision/still/wide.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>
#include <jerror.h>

/* Each pass of a progressive file goes over every pixel of it. */
#define SCANS_MAX 60
#define SCANNED_MAX ((uint64_t)600 * 1000 * 1000)
/* Two bytes each, whole in memory when the file has several passes. */
#define COEFFICIENTS_MAX ((uint64_t)80 * 1000 * 1000)
#define GROUP_MAX (4 * DCTSIZE) /* rows of a plane that come together */

struct reader {
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr errors;
	struct jpeg_progress_mgr progress;
	jmp_buf broken;
	enum err code; /* already explained, or OK: the file is broken */
	struct span file;
	struct still *out;
	int scans_most;
	struct rows rows;
	uint8_t *room; /* rows of planes, or one of pixels */
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

static void
count_scans(j_common_ptr jpeg)
{
	struct reader *r = (struct reader *)jpeg->client_data;
	if (r->jpeg.input_scan_number > r->scans_most)
		stop_with(r, FAIL(ERR_UNREADABLE,
		    "a JPEG file of too many passes"));
}

static void *
room_of(struct reader *r, size_t size)
{
	r->room = calloc(1, size);
	if (!r->room)
		stop_with(r, FAIL(ERR_TOO_LARGE, "no memory"));
	return r->room;
}

/* What a camera or a scanner writes, and no more. */
static RESULT
judge_header(struct reader *r)
{
	const struct jpeg_decompress_struct *j = &r->jpeg;
	uint64_t pixels = (uint64_t)j->image_width * j->image_height;
	uint64_t samples = 0;
	TRY(still_sides(j->image_width, j->image_height));
	if (j->num_components == 4)
		return FAIL(ERR_UNREADABLE, "a JPEG file in four inks (CMYK);"
		    " save it in RGB");
	if (j->num_components != 1 && j->num_components != 3)
		return FAIL(ERR_UNREADABLE, "a JPEG file of %d components",
		    j->num_components);
	for (int i = 0; i < j->num_components; i++)
		samples += (uint64_t)j->comp_info[i].width_in_blocks *
		    j->comp_info[i].height_in_blocks * DCTSIZE2;
	if (jpeg_has_multiple_scans(&r->jpeg) && samples > COEFFICIENTS_MAX)
		return FAIL(ERR_TOO_LARGE, "too large for a file of several "
		    "passes");
	r->scans_most = SCANNED_MAX / pixels < SCANS_MAX ?
	    (int)(SCANNED_MAX / pixels) : SCANS_MAX;
	return OK;
}

static void
read_orientation(struct reader *r)
{
	for (jpeg_saved_marker_ptr m = r->jpeg.marker_list; m; m = m->next) {
		if (m->data_length < 6 || memcmp(m->data, "Exif\0\0", 6) != 0)
			continue;
		r->out->orientation = exif_orientation(
		    SPAN(m->data + 6, m->data_length - 6));
		return;
	}
}

static void
open_reader(struct reader *r)
{
	jpeg_create_decompress(&r->jpeg);
	r->jpeg.client_data = r;
	r->progress.progress_monitor = count_scans;
	r->jpeg.progress = &r->progress;
	r->scans_most = SCANS_MAX;
	jpeg_save_markers(&r->jpeg, JPEG_APP0 + 1, 0xffff);
	jpeg_mem_src(&r->jpeg, r->file.data, r->file.size);
	jpeg_read_header(&r->jpeg, TRUE);
	stop_with(r, judge_header(r));
	stop_with(r, still_make(r->jpeg.image_width, r->jpeg.image_height,
	    r->out));
	read_orientation(r);
	r->jpeg.dct_method = JDCT_ISLOW;
}

/* Whatever the file holds, pixel by pixel. */
static void
read_pixels(struct reader *r)
{
	r->jpeg.out_color_space = JCS_RGB;
	stop_with(r, rows_begin(r->out, &r->rows));
	JSAMPROW row = room_of(r, (size_t)r->out->width * 3);
	jpeg_start_decompress(&r->jpeg);
	while (r->jpeg.output_scanline < r->jpeg.output_height) {
		jpeg_read_scanlines(&r->jpeg, &row, 1);
		rows_add(&r->rows, row);
	}
}

/* One plane of the file. */
struct plane {
	JSAMPROW rows[GROUP_MAX];
	JSAMPROW spare;   /* the last of these */
	int across, down; /* how much coarser than brightness */
	uint8_t *means;   /* a row of the reduced picture */
};

/* Row `to` of a group, reduced. */
static void
mean_row(const struct plane *p, int to, int reduction, int width)
{
	int across = reduction / p->across, down = reduction / p->down;
	int first = to * reduction / p->down;
	unsigned area = (unsigned)(across * down);
	for (int x = 0; x < width; x++) {
		unsigned sum = area / 2;
		for (int y = first; y < first + down; y++)
			for (int i = 0; i < across; i++)
				sum += p->rows[y][x * across + i];
		p->means[x] = (uint8_t)(sum / area);
	}
}

/* Two neighbours as one number, of which each is half. */
static inline unsigned
pair_sum(const uint8_t *at)
{
	uint16_t pair;
	memcpy(&pair, at, sizeof(pair));
	return (pair & 255u) + (unsigned)(pair >> 8);
}

/* The same where four brightnesses become one: nearly every telephone. */
WIDE static void
mean_row_of_four(const uint8_t *restrict upper, const uint8_t *restrict lower,
    int width, uint8_t *restrict means)
{
	for (int x = 0; x < width; x++)
		means[x] = (uint8_t)((pair_sum(upper + 2 * x) +
		    pair_sum(lower + 2 * x) + 2) >> 2);
}

static void
reduce(const struct plane *p, int to, int reduction, int width)
{
	int across = reduction / p->across, down = reduction / p->down;
	if (across == 1 && down == 1)
		memcpy(p->means, p->rows[to * reduction / p->down],
		    (size_t)width);
	else if (across == 2 && down == 2)
		mean_row_of_four(p->rows[2 * to], p->rows[2 * to + 1], width,
		    p->means);
	else
		mean_row(p, to, reduction, width);
}

static void
write_group(struct reader *r, const struct plane planes[3], int first,
    int count)
{
	struct still *s = r->out;
	int width = s->colour.width;
	for (int y = 0; y < count && first + y < s->height; y++)
		if (planes[0].rows[y] != raster_row(&s->native, first + y))
			memcpy(raster_row(&s->native, first + y),
			    planes[0].rows[y], (size_t)s->width);
	for (int to = 0; to < count / s->reduction; to++) {
		int y = first / s->reduction + to;
		if (y >= s->colour.height)
			break;
		for (int i = 0; i < r->jpeg.num_components; i++)
			reduce(&planes[i], to, s->reduction, width);
		memcpy(raster_row(&s->grey, y), planes[0].means,
		    (size_t)width);
		planes_row(planes[0].means, planes[1].means, planes[2].means,
		    width, raster_row(&s->colour, y));
	}
}

/* Room for a group of each plane; colour of none is the middle level. */
static void
lay_out(struct reader *r, struct plane planes[3])
{
	size_t width = 0;
	for (int i = 0; i < r->jpeg.num_components; i++) {
		size_t own = r->jpeg.comp_info[i].width_in_blocks * DCTSIZE;
		width = own > width ? own : width;
	}
	uint8_t *room = room_of(r, width * 3 * (GROUP_MAX + 1));
	for (int i = 0; i < 3; i++) {
		const jpeg_component_info *c = &r->jpeg.comp_info[
		    i < r->jpeg.num_components ? i : 0];
		for (int y = 0; y < GROUP_MAX; y++, room += width)
			planes[i].rows[y] = planes[i].spare = room;
		planes[i].means = room;
		memset(room, 128, width);
		room += width;
		planes[i].across = r->jpeg.max_h_samp_factor /
		    c->h_samp_factor;
		planes[i].down = r->jpeg.max_v_samp_factor / c->v_samp_factor;
	}
}

/* Brightness goes where it stays, if whole blocks fit into a row there. */
static void
aim(struct reader *r, struct plane *luma, int first, int group)
{
	const struct raster *to = &r->out->native;
	if ((size_t)to->width !=
	    (size_t)r->jpeg.comp_info[0].width_in_blocks * DCTSIZE)
		return;
	for (int y = 0; y < group; y++)
		luma->rows[y] = first + y < to->height ?
		    raster_row(to, first + y) : luma->spare;
}

static void
read_planes(struct reader *r)
{
	struct plane planes[3];
	JSAMPARRAY rows[3] = {planes[0].rows, planes[1].rows, planes[2].rows};
	int group = r->jpeg.max_v_samp_factor * DCTSIZE;
	stop_with(r, raster_make(r->out->colour.width, r->out->colour.height,
	    1, &r->out->grey));
	lay_out(r, planes);
	r->jpeg.raw_data_out = TRUE;
	r->jpeg.out_color_space = r->jpeg.jpeg_color_space;
	jpeg_start_decompress(&r->jpeg);
	while (r->jpeg.output_scanline < r->jpeg.output_height) {
		int first = (int)r->jpeg.output_scanline;
		aim(r, &planes[0], first, group);
		jpeg_read_raw_data(&r->jpeg, rows, (JDIMENSION)group);
		write_group(r, planes, first, group);
	}
}

/* Whether colour is at most as coarse as what is made of it. */
static bool
has_handy_planes(const struct reader *r)
{
	const struct jpeg_decompress_struct *j = &r->jpeg;
	int most_h = j->max_h_samp_factor, most_v = j->max_v_samp_factor;
	int reduction = r->out->reduction;
	if (reduction == 1 || (j->jpeg_color_space != JCS_YCbCr &&
	    j->jpeg_color_space != JCS_GRAYSCALE))
		return false;
	for (int i = 0; i < j->num_components; i++) {
		int h = j->comp_info[i].h_samp_factor;
		int v = j->comp_info[i].v_samp_factor;
		if (most_h % h || most_v % v || reduction % (most_h / h) ||
		    reduction % (most_v / v))
			return false;
	}
	return j->comp_info[0].h_samp_factor == most_h &&
	    j->comp_info[0].v_samp_factor == most_v && most_v != 3;
}

static void
read_picture(struct reader *r)
{
	open_reader(r);
	if (has_handy_planes(r))
		read_planes(r);
	else
		read_pixels(r);
	jpeg_finish_decompress(&r->jpeg);
}

/* Runs a step; the library's jumps end here. */
static RESULT
guarded(struct reader *r)
{
	r->jpeg.err = jpeg_std_error(&r->errors);
	r->errors.error_exit = stop;
	r->errors.emit_message = hear;
	r->errors.output_message = say_nothing;
	if (setjmp(r->broken) == 0) {
		read_picture(r);
		return OK;
	}
	if (r->code != OK)
		return r->code;
	if (r->jpeg.data_precision > 8)
		return FAIL(ERR_UNREADABLE, "a JPEG file of %d bits a level",
		    r->jpeg.data_precision);
	return FAIL(ERR_UNREADABLE, "a broken JPEG file");
}

RESULT
jpeg_decode(struct span file, struct still *out)
{
	struct reader r = {.file = file, .out = out};
	enum err code = guarded(&r);
	jpeg_destroy_decompress(&r.jpeg);
	rows_clear(&r.rows);
	free(r.room);
	return code;
}

struct writer {
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	jmp_buf broken;
	const struct raster *from;
	int quality;
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
	jpeg_set_quality(&w->jpeg, w->quality, TRUE);
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
still_write(const struct raster *colour, int quality, struct buf *out)
{
	struct writer w = {.from = colour, .quality = quality};
	enum err code = guarded_writing(&w);
	if (code == OK)
		code = buf_add(out, w.bytes, w.size);
	jpeg_destroy_compress(&w.jpeg);
	free(w.bytes);
	return code;
}

RESULT
still_encode(const struct raster *colour, struct buf *out)
{
	return still_write(colour, STILL_CLEAN_QUALITY, out);
}
