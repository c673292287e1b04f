/*
 * Traces of programs in files that are made here, by libjpeg and by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "vision/file/png_notes.h"
#include "vision/file/resaved.h"
#include "vision/file/traces.h"

#define WIDTH 640
#define HEIGHT 480

/* Waves and grain: enough coefficients of every kind. */
static void
draw(struct raster *r)
{
	assert_int_equal(raster_make(WIDTH, HEIGHT, 3, r), OK);
	srand(7);
	for (int y = 0; y < HEIGHT; y++) {
		uint8_t *row = raster_row(r, y);
		for (int x = 0; x < WIDTH; x++, row += 3) {
			double wave = 128 + 50 * sin(x * 0.9 + y * 0.2) +
			    30 * sin(y * 0.5 - x * 0.13) + rand() % 40 - 20;
			memset(row, (int)wave, 3);
		}
	}
}

static void
write_jpeg(const struct raster *r, int quality, bool progressive,
    struct buf *out)
{
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	unsigned char *bytes = NULL;
	unsigned long size = 0;
	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &bytes, &size);
	jpeg.image_width = (JDIMENSION)r->width;
	jpeg.image_height = (JDIMENSION)r->height;
	jpeg.input_components = 3;
	jpeg.in_color_space = JCS_RGB;
	jpeg_set_defaults(&jpeg);
	jpeg_set_quality(&jpeg, quality, TRUE);
	if (progressive)
		jpeg_simple_progression(&jpeg);
	jpeg_start_compress(&jpeg, TRUE);
	for (int y = 0; y < r->height; y++) {
		JSAMPROW row = raster_row(r, y);
		jpeg_write_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	buf_init(out, (size_t)1 << 24);
	assert_int_equal(buf_add(out, bytes, size), OK);
	free(bytes);
}

/* A segment right behind the first two bytes. */
static void
insert(struct buf *file, uint8_t marker, const void *body, size_t size)
{
	AUTO(buf_clear) struct buf old = *file;
	const uint8_t head[4] = {0xff, marker, (uint8_t)((size + 2) >> 8),
	    (uint8_t)(size + 2)};
	buf_init(file, (size_t)1 << 24);
	assert_int_equal(buf_add(file, old.data, 2), OK);
	assert_int_equal(buf_add(file, head, 4), OK);
	assert_int_equal(buf_add(file, body, size), OK);
	assert_int_equal(buf_add(file, old.data + 2, old.size - 2), OK);
}

static double
resaved(const struct buf *file)
{
	struct jpeg_file f;
	double gain = NAN;
	assert_int_equal(jpeg_file_parse(span_of_buf(file), &f), OK);
	assert_int_equal(resaved_measure(span_of_buf(file), &f, &gain), OK);
	return gain;
}

static void
tells_the_quality_of_standard_tables(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	(void)state;
	draw(&r);
	for (int q = 30; q <= 95; q += 13) {
		AUTO(buf_clear) struct buf file;
		struct jpeg_file f;
		int quality;
		write_jpeg(&r, q, false, &file);
		assert_int_equal(jpeg_file_parse(span_of_buf(&file), &f), OK);
		assert_string_equal(jpeg_file_family(&f, &quality),
		    "standard");
		assert_int_equal(quality, q);
		assert_int_equal(f.width, WIDTH);
		assert_int_equal(f.across, 2);
		assert_false(f.progressive);
		/* a camera's own table is none of them */
		f.table[5] ^= 1;
		assert_string_equal(jpeg_file_family(&f, &quality), "own");
	}
}

static void
sees_two_roundings_and_not_one(void **state)
{
	static const int pairs[][2] = {{60, 85}, {75, 90}, {70, 95}};
	AUTO(raster_clear) struct raster r = {0};
	(void)state;
	draw(&r);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		AUTO(buf_clear) struct buf once;
		AUTO(buf_clear) struct buf fresh;
		AUTO(buf_clear) struct buf twice;
		AUTO(still_clear) struct still s = {0};
		write_jpeg(&r, pairs[i][0], false, &once);
		write_jpeg(&r, pairs[i][1], false, &fresh);
		assert_int_equal(still_decode(span_of_buf(&once), false, &s), OK);
		write_jpeg(&s.colour, pairs[i][1], false, &twice);
		assert_true(resaved(&twice) > 0.15);
		assert_true(resaved(&fresh) < 0.1);
		assert_true(resaved(&once) < 0.1);
	}
}

static void
does_not_measure_progressive_files(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	AUTO(buf_clear) struct buf file;
	struct jpeg_file f;
	double gain;
	(void)state;
	draw(&r);
	write_jpeg(&r, 80, true, &file);
	assert_int_equal(jpeg_file_parse(span_of_buf(&file), &f), OK);
	assert_true(f.progressive);
	assert_int_equal(resaved_measure(span_of_buf(&file), &f, &gain),
	    ERR_NOT_FOUND);
}

/* Directory 0 with a software tag, directory 1 with a thumbnail. */
static size_t
exif_block(const char *software, const struct buf *small, uint8_t *out)
{
	static const uint8_t head[] = {'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42,
	    0, 8, 0, 0, 0, 1, 0, 0x31, 1, 2, 0, 32, 0, 0, 0, 56, 0, 0, 0, 26,
	    0, 0, 0, 2, 0, 1, 2, 4, 0, 1, 0, 0, 0, 88, 0, 0, 0, 2, 2, 4, 0, 1,
	    0, 0, 0};
	size_t size = small ? small->size : 0;
	memcpy(out, head, sizeof(head));
	out[54] = (uint8_t)size;
	out[55] = (uint8_t)(size >> 8);
	memset(out + 56, 0, 38);
	memcpy(out + 6 + 56, software, strlen(software));
	if (small)
		memcpy(out + 6 + 88, small->data, size);
	return 6 + 88 + size;
}

static struct traces
found(const struct buf *file)
{
	AUTO(still_clear) struct still s = {0};
	struct traces t;
	assert_int_equal(still_decode(span_of_buf(file), false, &s), OK);
	assert_int_equal(traces_find(span_of_buf(file), &s, &t), OK);
	return t;
}

static void
names_programs_by_tag_comment_and_segment(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	AUTO(buf_clear) struct buf plain;
	AUTO(buf_clear) struct buf tagged;
	AUTO(buf_clear) struct buf commented;
	AUTO(buf_clear) struct buf ducky;
	AUTO(buf_clear) struct buf developed;
	uint8_t block[256];
	(void)state;
	draw(&r);
	write_jpeg(&r, 80, false, &plain);
	write_jpeg(&r, 80, false, &tagged);
	write_jpeg(&r, 80, false, &commented);
	write_jpeg(&r, 80, false, &ducky);
	write_jpeg(&r, 80, false, &developed);
	insert(&tagged, 0xe1, block, exif_block("gimp 2.10.34", NULL, block));
	insert(&commented, 0xfe, "CREATOR: gd-jpeg v1.0", 21);
	insert(&ducky, 0xec, "Ducky", 5);
	insert(&developed, 0xe1, block, exif_block(
	    "Adobe Photoshop Lightroom 6.1", NULL, block));
	assert_string_equal(found(&plain).program, "");
	assert_string_equal(found(&tagged).program, "GIMP");
	assert_true(found(&tagged).edits);
	assert_false(found(&commented).edits);
	assert_string_equal(found(&commented).program, "CREATOR: gd-jpeg");
	assert_string_equal(found(&ducky).program, "Adobe Photoshop");
	/* made to develop pictures, not to change what they show */
	assert_string_equal(found(&developed).program,
	    "Adobe Photoshop Lightroom");
	assert_false(found(&developed).edits);
}

static void
names_the_program_of_an_xmp_packet(void **state)
{
	static const struct {
		const char *packet, *program;
		bool edits;
	} packets[] = {
	    {"<x xmp:CreatorTool=\"Adobe Photoshop 24.1\" y=''/>",
		"Adobe Photoshop", true},
	    {"<x xmp:CreatorTool='Canva'/>", "Canva", true},
	    {"<xmp:CreatorTool>darktable 4.2</xmp:CreatorTool>", "darktable",
		false},
	    {"<xmp:CreatorTool>17.2.1</xmp:CreatorTool>", "", false},
	    {"<xmp:CreatorTool=\"Canva", "", false},
	    {"<xmp:CreatorTool", "", false},
	};
	static const char head[] = "http://ns.adobe.com/xap/1.0/";
	AUTO(raster_clear) struct raster r = {0};
	(void)state;
	draw(&r);
	for (size_t i = 0; i < sizeof(packets) / sizeof(packets[0]); i++) {
		AUTO(buf_clear) struct buf file;
		char body[256];
		int size = snprintf(body, sizeof(body), "%s%c%s", head, 0,
		    packets[i].packet);
		write_jpeg(&r, 80, false, &file);
		insert(&file, 0xe1, body, (size_t)size);
		assert_string_equal(found(&file).program, packets[i].program);
		assert_int_equal(found(&file).edits, packets[i].edits);
	}
}

/* A chunk; its checksum is nobody's matter here. */
static void
add_chunk(struct buf *file, const char *kind, const void *body, size_t size)
{
	const uint8_t length[4] = {0, 0, (uint8_t)(size >> 8), (uint8_t)size};
	assert_int_equal(buf_add(file, length, 4), OK);
	assert_int_equal(buf_add(file, kind, 4), OK);
	assert_int_equal(buf_add(file, body, size), OK);
	assert_int_equal(buf_add(file, "crc!", 4), OK);
}

static struct traces
found_in_png(const char *kind, const void *body, size_t size)
{
	static const struct still none;
	AUTO(buf_clear) struct buf file;
	struct traces t;
	buf_init(&file, 4096);
	assert_int_equal(buf_add(&file, "\x89PNG\r\n\x1a\n", 8), OK);
	add_chunk(&file, "IHDR", "0123456789abc", 13);
	add_chunk(&file, kind, body, size);
	add_chunk(&file, "IEND", "", 0);
	assert_int_equal(traces_find(span_of_buf(&file), &none, &t), OK);
	for (size_t cut = 0; cut < file.size; cut++) {
		struct png_notes notes;
		png_notes_read(SPAN(file.data, cut), &notes);
	}
	return t;
}

#define IN_PNG(kind, body) found_in_png(kind, body, sizeof(body) - 1)

static void
names_the_program_that_wrote_a_png(void **state)
{
	static const char xmp[] = "XML:com.adobe.xmp\0\0\0\0\0"
	    "<x xmp:CreatorTool=\"Adobe Photoshop 24.1\"/>";
	uint8_t block[256];
	(void)state;
	assert_string_equal(IN_PNG("tEXt", "Software\0Paint.NET 5").program,
	    "Paint.NET");
	assert_string_equal(IN_PNG("tEXt", "Comment\0Created with GIMP")
	    .program, "GIMP");
	assert_string_equal(IN_PNG("iTXt", "Comment\0\0\0\0\0"
	    "Created with GIMP").program, "GIMP");
	assert_string_equal(IN_PNG("iTXt", xmp).program, "Adobe Photoshop");
	size_t size = exif_block("Snapseed 2.0", NULL, block) - 6;
	assert_string_equal(found_in_png("eXIf", block + 6, size).program,
	    "Snapseed");
	/* packed, of another keyword, without an end */
	assert_string_equal(IN_PNG("iTXt", "Comment\0\1\0\0\0Created with "
	    "GIMP").program, "");
	assert_string_equal(IN_PNG("tEXt", "Title\0GIMP").program, "");
	assert_string_equal(IN_PNG("tEXt", "Software").program, "");
	assert_string_equal(IN_PNG("IDAT", "Software\0GIMP").program, "");
}

/* Whatever stored the picture after it had been changed. */
static void
does_not_forget_who_changed_the_picture(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	AUTO(buf_clear) struct buf file;
	uint8_t block[256];
	(void)state;
	draw(&r);
	write_jpeg(&r, 80, false, &file);
	insert(&file, 0xfe, "Created with GIMP", 17);
	insert(&file, 0xe1, block, exif_block("ImageMagick 7", NULL, block));
	assert_string_equal(found(&file).program, "GIMP");
	assert_true(found(&file).edits);
}

/* How alike a large picture is to a small one put into its file. */
static double
thumbnail(const struct raster *large, const struct raster *of)
{
	AUTO(raster_clear) struct raster small = {0};
	AUTO(buf_clear) struct buf file;
	AUTO(buf_clear) struct buf inner;
	static uint8_t block[65536];
	assert_int_equal(raster_shrink(of, 4, &small), OK);
	write_jpeg(&small, 60, false, &inner);
	write_jpeg(large, 80, false, &file);
	insert(&file, 0xe1, block, exif_block("", &inner, block));
	struct traces t = found(&file);
	assert_true(t.has_thumbnail);
	return t.thumbnail;
}

/* Dark above and a bright corner; each seed has other patches. */
static void
draw_patches(unsigned seed, struct raster *r)
{
	draw(r);
	srand(seed);
	for (int i = 0; i < 24; i++) {
		int x = rand() % (WIDTH - 160), y = rand() % (HEIGHT - 120);
		int w = 40 + rand() % 120, h = 30 + rand() % 90;
		int level = rand() % 256;
		for (int k = 0; k < h; k++)
			memset(raster_row(r, y + k) + 3 * x, level,
			    3 * (size_t)w);
	}
}

static void
holds_the_small_picture_against_the_large_one(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	AUTO(raster_clear) struct raster other = {0};
	(void)state;
	for (unsigned seed = 1; seed < 6; seed++) {
		draw_patches(seed, &r);
		draw_patches(seed + 100, &other);
		assert_true(thumbnail(&r, &r) > 0.9);
		assert_true(thumbnail(&r, &other) < 0.7);
		raster_clear(&r);
		raster_clear(&other);
	}
}

static void
knows_the_small_picture_of_one_that_was_turned_or_cut(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	AUTO(raster_clear) struct raster turned = {0};
	AUTO(raster_clear) struct raster cut = {0};
	(void)state;
	draw_patches(3, &r);
	draw_patches(3, &turned);
	assert_int_equal(raster_turn(&turned, 6), OK);
	assert_true(thumbnail(&turned, &r) > 0.85);
	assert_int_equal(raster_cut(&r, 96, 120, 512, 320, &cut), OK);
	assert_true(thumbnail(&cut, &r) > 0.85);
}

static void
refuses_segments_that_lead_outside(void **state)
{
	static const uint8_t lies[][12] = {
	    {0xff, 0xd8, 0xff, 0xdb, 0xff, 0xff, 0, 1, 2, 3, 4, 5},
	    {0xff, 0xd8, 0xff, 0xe1, 0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
	    {0xff, 0xd8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff}};
	struct jpeg_file f;
	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(jpeg_file_parse(SPAN(lies[i], 12), &f),
		    ERR_UNREADABLE);
	assert_int_equal(jpeg_file_parse(SPAN("", 0), &f), ERR_UNREADABLE);
}

static void
reads_no_tag_outside_its_block(void **state)
{
	uint8_t block[256];
	struct exif_tags tags;
	size_t size = exif_block("Snapseed 2.0", NULL, block) - 6;
	(void)state;
	exif_tags_read(SPAN(block + 6, size), &tags);
	assert_string_equal(tags.software, "Snapseed 2.0");
	block[6 + 18 + 3] = 0x7f; /* its text lies far beyond the end */
	exif_tags_read(SPAN(block + 6, size), &tags);
	assert_string_equal(tags.software, "");
	for (size_t cut = 0; cut < size; cut++)
		exif_tags_read(SPAN(block + 6, cut), &tags);
	assert_int_equal(tags.orientation, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tells_the_quality_of_standard_tables),
	    cmocka_unit_test(sees_two_roundings_and_not_one),
	    cmocka_unit_test(does_not_measure_progressive_files),
	    cmocka_unit_test(names_programs_by_tag_comment_and_segment),
	    cmocka_unit_test(names_the_program_of_an_xmp_packet),
	    cmocka_unit_test(names_the_program_that_wrote_a_png),
	    cmocka_unit_test(does_not_forget_who_changed_the_picture),
	    cmocka_unit_test(holds_the_small_picture_against_the_large_one),
	    cmocka_unit_test(
	        knows_the_small_picture_of_one_that_was_turned_or_cut),
	    cmocka_unit_test(refuses_segments_that_lead_outside),
	    cmocka_unit_test(reads_no_tag_outside_its_block)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
