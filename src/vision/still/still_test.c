/*
 * Pictures from strangers: what is taken, and what is turned away before a
 * pixel of it is made. Files are written here, by the same libraries.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <png.h>
#include <string.h>

#include "vision/still/codecs.h"

/* A picture dark on its left and bright on its right half. */
static struct raster
halves(int width, int height)
{
	struct raster r = {0};
	assert_int_equal(raster_make(width, height, 3, &r), OK);
	for (int y = 0; y < height; y++)
		memset(raster_row(&r, y) + (size_t)(width / 2) * 3, 230,
		    (size_t)(width - width / 2) * 3);
	return r;
}

static void
write_jpeg(int width, int height, struct buf *out)
{
	AUTO(raster_clear) struct raster r = halves(width, height);
	buf_init(out, (size_t)1 << 26);
	assert_int_equal(still_encode(&r, out), OK);
}

static void
write_png(int width, int height, struct buf *out)
{
	AUTO(raster_clear) struct raster r = halves(width, height);
	png_image image = {.version = PNG_IMAGE_VERSION,
	    .width = (png_uint_32)width, .height = (png_uint_32)height,
	    .format = PNG_FORMAT_RGB};
	png_alloc_size_t size = 0;
	uint8_t *room;
	assert_int_not_equal(png_image_write_get_memory_size(image, size, 0,
	    r.data, 0, NULL), 0);
	buf_init(out, (size_t)1 << 26);
	assert_int_equal(buf_extend(out, size, &room), OK);
	assert_int_not_equal(png_image_write_to_memory(&image, room, &size, 0,
	    r.data, 0, NULL), 0);
	out->size = size;
}

static enum err
decoded(struct span file, struct still *out)
{
	*out = (struct still){0};
	return still_decode(file, false, out);
}

static void
decodes_a_jpeg(void **state)
{
	AUTO(buf_clear) struct buf file;
	AUTO(still_clear) struct still s;
	(void)state;
	write_jpeg(400, 300, &file);
	assert_int_equal(decoded(span_of_buf(&file), &s), OK);
	assert_int_equal(s.width, 400);
	assert_int_equal(s.height, 300);
	assert_int_equal(s.reduction, 1);
	assert_true(raster_row(&s.grey, 150)[20] < 20);
	assert_true(raster_row(&s.grey, 150)[380] > 210);
}

static void
decodes_a_png(void **state)
{
	AUTO(buf_clear) struct buf file;
	AUTO(still_clear) struct still s;
	(void)state;
	write_png(400, 300, &file);
	assert_int_equal(decoded(span_of_buf(&file), &s), OK);
	assert_int_equal(s.colour.width, 400);
	assert_int_equal(raster_row(&s.grey, 10)[399], 230);
}

static void
reduces_large_pictures_and_keeps_their_brightness_whole(void **state)
{
	AUTO(buf_clear) struct buf jpeg;
	AUTO(buf_clear) struct buf png;
	AUTO(still_clear) struct still a;
	AUTO(still_clear) struct still b;
	AUTO(raster_clear) struct raster piece = {0};
	(void)state;
	write_jpeg(4000, 1000, &jpeg);
	write_png(4000, 1000, &png);
	assert_int_equal(decoded(span_of_buf(&jpeg), &a), OK);
	assert_int_equal(decoded(span_of_buf(&png), &b), OK);
	assert_int_equal(a.reduction, 2);
	assert_int_equal(b.reduction, 2);
	assert_int_equal(a.colour.width, 2000);
	assert_int_equal(b.grey.height, 500);
	assert_int_equal(a.native.width, 4000);
	assert_int_equal(still_native(&b, 1990, 700, 20, 300, &piece), OK);
	assert_int_equal(raster_row(&piece, 299)[9], 0);
	assert_int_equal(raster_row(&piece, 299)[10], 230);
	assert_int_equal(raster_row(&a.grey, 400)[1999], 230);
}

static void
gives_the_same_colours_by_planes_as_by_pixels(void **state)
{
	AUTO(buf_clear) struct buf small;
	AUTO(buf_clear) struct buf large;
	AUTO(raster_clear) struct raster r = {0};
	AUTO(still_clear) struct still a;
	AUTO(still_clear) struct still b;
	static const uint8_t colours[4][3] = {{200, 30, 60}, {20, 160, 220},
	    {250, 250, 10}, {128, 90, 128}};
	(void)state;
	for (int width = 1000; width <= 4000; width += 3000) {
		raster_clear(&r);
		assert_int_equal(raster_make(width, 400, 3, &r), OK);
		for (int i = 0; i < width * 400; i++)
			memcpy(r.data + 3 * i,
			    colours[i % width / (width / 4)], 3);
		struct buf *out = width == 1000 ? &small : &large;
		buf_init(out, (size_t)1 << 26);
		assert_int_equal(still_encode(&r, out), OK);
	}
	assert_int_equal(decoded(span_of_buf(&small), &a), OK);
	assert_int_equal(decoded(span_of_buf(&large), &b), OK);
	for (int i = 0; i < 12; i++) {
		int one = raster_row(&a.colour, 200)[(125 + i / 3 * 250) * 3 +
		    i % 3];
		int two = raster_row(&b.colour, 100)[(250 + i / 3 * 500) * 3 +
		    i % 3];
		assert_in_range(one - two + 3, 0, 6);
	}
}

static void
refuses_no_bytes_and_other_files(void **state)
{
	static const char gif[] = "GIF89a\x01\x00\x01\x00";
	struct still s;
	(void)state;
	assert_int_equal(decoded(SPAN("", 0), &s), ERR_UNREADABLE);
	assert_int_equal(decoded(SPAN(gif, sizeof(gif)), &s),
	    ERR_MEDIA_TYPE);
	assert_int_equal(decoded(SPAN("\xff\xd8", 2), &s), ERR_MEDIA_TYPE);
}

static void
says_what_a_telephone_kept_instead(void **state)
{
	static const char heic[] = "\0\0\0\x18" "ftypheic\0\0\0\0mif1heic";
	static const char webp[] = "RIFF\x10\0\0\0WEBPVP8 ";
	struct still s;
	(void)state;
	assert_int_equal(decoded(SPAN(heic, sizeof(heic)), &s),
	    ERR_MEDIA_TYPE);
	assert_non_null(strstr(err_explanation(), "but HEIC"));
	assert_int_equal(decoded(SPAN(webp, sizeof(webp)), &s),
	    ERR_MEDIA_TYPE);
	assert_non_null(strstr(err_explanation(), "but WebP"));
	assert_int_equal(decoded(SPAN(heic, 9), &s), ERR_MEDIA_TYPE);
	assert_null(strstr(err_explanation(), "but"));
}

static void
refuses_truncated_files_at_any_length(void **state)
{
	AUTO(buf_clear) struct buf jpeg;
	AUTO(buf_clear) struct buf png;
	struct still s;
	(void)state;
	write_jpeg(300, 200, &jpeg);
	write_png(300, 200, &png);
	for (size_t size = 4; size + 3 < jpeg.size; size += 37)
		assert_int_equal(decoded(SPAN(jpeg.data, size), &s),
		    ERR_UNREADABLE);
	for (size_t size = 8; size + 13 < png.size; size += 7)
		assert_int_equal(decoded(SPAN(png.data, size), &s),
		    ERR_UNREADABLE);
}

/* Writes sides into the frame header of a JPEG. */
static void
lie_about_sides(struct buf *jpeg, unsigned width, unsigned height)
{
	for (size_t i = 0; i + 9 < jpeg->size; i++) {
		if (jpeg->data[i] != 0xff || jpeg->data[i + 1] != 0xc0)
			continue;
		jpeg->data[i + 5] = (uint8_t)(height >> 8);
		jpeg->data[i + 6] = (uint8_t)height;
		jpeg->data[i + 7] = (uint8_t)(width >> 8);
		jpeg->data[i + 8] = (uint8_t)width;
		return;
	}
	fail();
}

static void
refuses_120_megapixels_by_their_header(void **state)
{
	AUTO(buf_clear) struct buf file;
	struct still s;
	(void)state;
	write_jpeg(200, 200, &file);
	lie_about_sides(&file, 12000, 10000);
	assert_int_equal(decoded(span_of_buf(&file), &s), ERR_TOO_LARGE);
}

static void
refuses_a_picture_too_narrow_for_a_document(void **state)
{
	AUTO(buf_clear) struct buf band;
	AUTO(buf_clear) struct buf strip;
	AUTO(still_clear) struct still s = {0};
	(void)state;
	write_jpeg(2400, 110, &band);
	assert_int_equal(decoded(span_of_buf(&band), &s), ERR_UNREADABLE);
	write_jpeg(2200, 110, &strip);
	assert_int_equal(decoded(span_of_buf(&strip), &s), OK);
}

static void
refuses_a_png_that_says_it_is_huge(void **state)
{
	static const uint8_t head[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a,
	    '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0xee, 0x48, 0, 0,
	    0xee, 0x48, 8, 2, 0, 0, 0, 0x7a, 0x27, 0x07, 0x8d};
	struct still s;
	(void)state;
	enum err code = decoded(SPAN(head, sizeof(head)), &s);
	assert_true(code == ERR_TOO_LARGE || code == ERR_UNREADABLE);
}

static void
refuses_a_long_file_and_a_small_picture(void **state)
{
	AUTO(free) uint8_t *bytes = calloc(1, STILL_FILE_MAX + 1);
	AUTO(buf_clear) struct buf file;
	struct still s;
	(void)state;
	assert_non_null(bytes);
	memcpy(bytes, "\xff\xd8\xff", 3);
	assert_int_equal(decoded(SPAN(bytes, STILL_FILE_MAX + 1), &s),
	    ERR_TOO_LARGE);
	write_jpeg(99, 400, &file);
	assert_int_equal(decoded(span_of_buf(&file), &s), ERR_UNREADABLE);
}

/* An EXIF block with one entry: how the camera was held. */
static void
say_orientation(struct buf *file, uint8_t orientation)
{
	const uint8_t block[] = {0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,
	    'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0,
	    orientation, 0, 0, 0, 0, 0, 0, 0};
	AUTO(buf_clear) struct buf old = *file;
	buf_init(file, (size_t)1 << 26);
	assert_int_equal(buf_add(file, old.data, 2), OK);
	assert_int_equal(buf_add(file, block, sizeof(block)), OK);
	assert_int_equal(buf_add(file, old.data + 2, old.size - 2), OK);
}

static void
turns_a_picture_as_its_camera_was_held(void **state)
{
	(void)state;
	for (uint8_t o = 1; o <= 8; o++) {
		AUTO(buf_clear) struct buf file;
		AUTO(still_clear) struct still s;
		write_jpeg(400, 300, &file);
		say_orientation(&file, o);
		assert_int_equal(decoded(span_of_buf(&file), &s), OK);
		assert_int_equal(s.width, o >= 5 ? 300 : 400);
		bool dark_left = raster_row(&s.grey, s.height / 2)[5] < 20;
		bool dark_top = raster_row(&s.grey, 5)[s.width / 2] < 20;
		if (o <= 4)
			assert_int_equal(dark_left, o == 1 || o == 4);
		else
			assert_int_equal(dark_top, o == 5 || o == 6);
	}
}

static void
reads_no_orientation_outside_its_block(void **state)
{
	static const uint8_t far[] = {'M', 'M', 0, 42, 0x7f, 0xff, 0xff, 0xff,
	    0, 1};
	(void)state;
	assert_int_equal(exif_orientation(SPAN(far, sizeof(far))), 1);
	assert_int_equal(exif_orientation(SPAN(far, 3)), 1);
	assert_int_equal(exif_orientation(SPAN("IM*\0\0\0\0\0", 8)), 1);
}

static void
writes_nothing_but_the_view(void **state)
{
	AUTO(buf_clear) struct buf file;
	AUTO(buf_clear) struct buf clean;
	AUTO(still_clear) struct still s;
	(void)state;
	write_jpeg(400, 300, &file);
	say_orientation(&file, 6);
	buf_init(&clean, STILL_CLEAN_MAX);
	assert_int_equal(decoded(span_of_buf(&file), &s), OK);
	assert_int_equal(still_encode(&s.colour, &clean), OK);
	assert_null(memmem(clean.data, clean.size, "Exif", 4));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(decodes_a_jpeg),
	    cmocka_unit_test(decodes_a_png),
	    cmocka_unit_test(
		reduces_large_pictures_and_keeps_their_brightness_whole),
	    cmocka_unit_test(gives_the_same_colours_by_planes_as_by_pixels),
	    cmocka_unit_test(refuses_no_bytes_and_other_files),
	    cmocka_unit_test(says_what_a_telephone_kept_instead),
	    cmocka_unit_test(refuses_truncated_files_at_any_length),
	    cmocka_unit_test(refuses_120_megapixels_by_their_header),
	    cmocka_unit_test(refuses_a_picture_too_narrow_for_a_document),
	    cmocka_unit_test(refuses_a_png_that_says_it_is_huge),
	    cmocka_unit_test(refuses_a_long_file_and_a_small_picture),
	    cmocka_unit_test(turns_a_picture_as_its_camera_was_held),
	    cmocka_unit_test(reads_no_orientation_outside_its_block),
	    cmocka_unit_test(writes_nothing_but_the_view)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
