/*
 * The zone of whole pictures, with the shipped network: specimens as they
 * are, and turned, cut and spoilt here.
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

#include "base/clock.h"
#include "vision/still/still.h"
#include "vision/zone/mrz_read.h"

#define NOW INT64_C(1781481600000) /* 2026-06-15 */

static struct net *net;

struct specimen {
	struct still still;
	char lines[MRZ_LINES_MAX][MRZ_LINE_SIZE];
	size_t count;
	int bottom; /* of the last line, pixels */
	int middle; /* between the last two */
};

static void
slurp(const char *path, struct buf *out)
{
	uint8_t part[65536];
	size_t size;
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	while ((size = fread(part, 1, sizeof(part), file)) > 0)
		assert_int_equal(buf_add(out, part, size), OK);
	fclose(file);
}

/* The truth's "lines": a list of {"text", "quad"}; quad is four corners. */
static void
put_lines(const char *truth, struct specimen *s)
{
	const char *at = strstr(truth, "\"lines\": [");
	assert_non_null(at);
	at += strlen("\"lines\": [");
	for (;;) {
		double corner[8];
		at += strcspn(at, "{]");
		if (*at != '{' || s->count == MRZ_LINES_MAX)
			return;
		at = strstr(at, "\"text\": \"") + strlen("\"text\": \"");
		snprintf(s->lines[s->count++], MRZ_LINE_SIZE, "%.*s",
		    (int)strcspn(at, "\""), at);
		at = strstr(at, "\"quad\"");
		for (int i = 0; i < 8; i++) {
			char *end;
			at += strcspn(at, "-0123456789");
			corner[i] = strtod(at, &end);
			at = end;
		}
		at += strcspn(at, "}");
		s->middle = (int)corner[1];
		s->bottom = (int)corner[5];
	}
}

static void
specimen_load(const char *name, struct specimen *out)
{
	char path[1024];
	struct buf bytes;
	*out = (struct specimen){0};
	buf_init(&bytes, STILL_FILE_MAX);
	snprintf(path, sizeof(path), "%s/%s.jpg", getenv("SPECIMENS"), name);
	slurp(path, &bytes);
	assert_int_equal(still_decode(span_of_buf(&bytes), false,
	    &out->still), OK);
	buf_clear(&bytes);
	snprintf(path, sizeof(path), "%s/%s.json", getenv("SPECIMENS"),
	    name);
	slurp(path, &bytes);
	put_lines((const char *)bytes.data, out);
	buf_clear(&bytes);
}

static void
expect_lines(const struct mrz_found *m, const struct specimen *s)
{
	assert_int_equal(m->reading.line_count, s->count);
	for (size_t i = 0; i < s->count; i++)
		assert_string_equal(m->reading.lines[i], s->lines[i]);
}

static void
expect_read(const char *name)
{
	struct specimen s;
	struct mrz_found m;
	specimen_load(name, &s);
	assert_int_equal(mrz_read(net, &s.still.grey, NOW, &m), OK);
	expect_lines(&m, &s);
	assert_int_equal(m.reading.repaired, 0);
	still_clear(&s.still);
}

static void
reads_every_layout(void **state)
{
	(void)state;
	expect_read("td3_uto_eriksson");
	expect_read("td1_deu_back");
	expect_read("td2_ita");
	expect_read("fra2_fra");
}

static void
returns_a_zone_with_a_wrong_digit_as_it_is(void **state)
{
	struct specimen s;
	struct mrz_found m;
	(void)state;
	specimen_load("td3_ita_altered_digit", &s);
	assert_int_equal(mrz_read(net, &s.still.grey, NOW, &m), OK);
	expect_lines(&m, &s);
	assert_int_equal(m.reading.repaired, 0);
	assert_true(m.reading.mrz.bad[MRZ_DIGIT_number]);
	still_clear(&s.still);
}

/* The picture turned about its middle, on grey. */
static void
turned(const struct raster *in, double degrees, struct raster *out)
{
	float turn = (float)(degrees * M_PI / 180);
	int side = (int)hypotf((float)in->width, (float)in->height);
	float half = (float)side / 2;
	assert_int_equal(raster_make(side, side, 1, out), OK);
	for (int y = 0; y < side; y++) {
		for (int x = 0; x < side; x++) {
			float dx = (float)x - half, dy = (float)y - half;
			float u = dx * cosf(turn) + dy * sinf(turn) +
			    (float)in->width / 2;
			float v = dy * cosf(turn) - dx * sinf(turn) +
			    (float)in->height / 2;
			bool inside = u >= 0 && v >= 0 &&
			    u < (float)in->width && v < (float)in->height;
			raster_row(out, y)[x] = inside ?
			    (uint8_t)raster_at(in, u, v) : 128;
		}
	}
}

static void
reads_at_any_angle(void **state)
{
	static const double angles[] = {37, 121, 205, 290};
	struct specimen s;
	(void)state;
	specimen_load("td3_uto_eriksson", &s);
	for (size_t i = 0; i < 4; i++) {
		struct raster grey = {0};
		struct mrz_found m;
		turned(&s.still.grey, angles[i], &grey);
		assert_int_equal(mrz_read(net, &grey, NOW, &m), OK);
		expect_lines(&m, &s);
		raster_clear(&grey);
	}
	still_clear(&s.still);
}

/* As a page near its gutter: up to so many rows lower, in an arch. */
static void
bent(const struct raster *in, float rows, struct raster *out)
{
	assert_int_equal(raster_make(in->width, in->height, 1, out), OK);
	for (int x = 0; x < in->width; x++) {
		float down = rows * sinf((float)M_PI * (float)x /
		    (float)in->width);
		for (int y = 0; y < in->height; y++)
			raster_row(out, y)[x] = (uint8_t)raster_at(in,
			    (float)x, fminf((float)y + down,
			    (float)in->height - 1));
	}
}

static void
reads_a_bent_page(void **state)
{
	static const float arches[] = {40, 60, -60};
	struct specimen s;
	(void)state;
	specimen_load("td3_uto_eriksson", &s);
	for (size_t i = 0; i < 3; i++) {
		struct raster grey = {0};
		struct mrz_found m;
		bent(&s.still.grey, arches[i], &grey);
		assert_int_equal(mrz_read(net, &grey, NOW, &m), OK);
		expect_lines(&m, &s);
		assert_int_equal(m.reading.repaired, 0);
		raster_clear(&grey);
	}
	still_clear(&s.still);
}

/* td3_uto_eriksson lies straight: rows below one are gone. */
static void
cut_below(struct specimen *s, int row, struct raster *out)
{
	assert_int_equal(raster_cut(&s->still.grey, 0, 0,
	    s->still.grey.width, row, out), OK);
}

static void
reads_a_zone_at_the_edge_of_the_picture(void **state)
{
	struct specimen s;
	struct raster grey = {0};
	struct mrz_found m;
	(void)state;
	specimen_load("td3_uto_eriksson", &s);
	cut_below(&s, s.bottom + 2, &grey);
	assert_int_equal(mrz_read(net, &grey, NOW, &m), OK);
	expect_lines(&m, &s);
	raster_clear(&grey);
	still_clear(&s.still);
}

static void
returns_one_line_alone_as_what_it_is(void **state)
{
	struct specimen s;
	struct raster grey = {0};
	struct mrz_found m;
	(void)state;
	specimen_load("td3_uto_eriksson", &s);
	cut_below(&s, s.middle - 4, &grey);
	assert_int_equal(mrz_read(net, &grey, NOW, &m), OK);
	assert_int_equal(m.reading.mrz.format, MRZ_NONE);
	assert_int_equal(m.reading.line_count, 1);
	assert_memory_equal(m.reading.lines[0], s.lines[0], 40);
	raster_clear(&grey);
	still_clear(&s.still);
}

/* A bright blot over the second line, which leaves a little of its ink. */
static void
shine(struct raster *grey, int x0, int y0, float ink)
{
	for (int y = 0; y < grey->height; y++) {
		for (int x = 0; x < grey->width; x++) {
			float far = hypotf((float)(x - x0), (float)(y - y0));
			uint8_t *at = &raster_row(grey, y)[x];
			float share = fmaxf(0, fminf(1, (130 - far) / 40));
			float lit = 250 - ink * (float)(255 - *at);
			*at = (uint8_t)((1 - share) * (float)*at +
			    share * lit);
		}
	}
}

static void
reads_what_a_reflection_left_faint(void **state)
{
	struct specimen s;
	struct mrz_found m;
	(void)state;
	specimen_load("td3_uto_eriksson", &s);
	shine(&s.still.grey, s.still.grey.width / 3, s.bottom - 20, 0.06f);
	assert_int_equal(mrz_read(net, &s.still.grey, NOW, &m), OK);
	expect_lines(&m, &s);
	assert_int_equal(m.reading.repaired, 0);
	assert_int_equal(m.look, LOOK_FLAT);
	still_clear(&s.still);
}

/* One letter burnt to white. */
static void
burn(const struct mrz_found *m, size_t line, int letter,
    struct raster *grey)
{
	float x, y, pitch = line_pitch(&m->lines[line]);
	line_at(&m->lines[line], (float)letter, 0, &x, &y);
	for (int v = 0; v < grey->height; v++)
		for (int u = 0; u < grey->width; u++)
			if (fabsf((float)u - x) < 0.5f * pitch &&
			    fabsf((float)v - y) < pitch)
				raster_row(grey, v)[u] = 253;
}

static void
restores_a_burnt_digit_by_the_check_digits_and_says_so(void **state)
{
	static const int of_dates[] = {14, 17, 25};
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct specimen s;
		struct mrz_found m;
		specimen_load("td3_uto_eriksson", &s);
		assert_int_equal(mrz_read(net, &s.still.grey, NOW, &m), OK);
		burn(&m, 1, of_dates[i], &s.still.grey);
		assert_int_equal(mrz_read(net, &s.still.grey, NOW, &m), OK);
		expect_lines(&m, &s);
		assert_true(m.reading.repaired > 0);
		assert_true(m.reading.least < 0.5f);
		still_clear(&s.still);
	}
}

static void
doubts_a_name_of_which_a_letter_is_burnt(void **state)
{
	struct specimen s;
	struct mrz_found m;
	(void)state;
	specimen_load("td3_uto_eriksson", &s);
	assert_int_equal(mrz_read(net, &s.still.grey, NOW, &m), OK);
	burn(&m, 0, 8, &s.still.grey); /* of the surname */
	assert_int_equal(mrz_read(net, &s.still.grey, NOW, &m), OK);
	assert_string_equal(m.reading.lines[1], s.lines[1]);
	assert_true(m.reading.least < 0.5f);
	still_clear(&s.still);
}

/* Two letters of the number: too many of them would do. */
static void
does_not_guess_what_check_digits_leave_open(void **state)
{
	struct specimen s;
	struct mrz_found m;
	(void)state;
	specimen_load("td3_uto_eriksson", &s);
	assert_int_equal(mrz_read(net, &s.still.grey, NOW, &m), OK);
	burn(&m, 1, 2, &s.still.grey);
	burn(&m, 1, 4, &s.still.grey);
	assert_int_equal(mrz_read(net, &s.still.grey, NOW, &m), OK);
	assert_true(m.reading.mrz.format == MRZ_NONE ||
	    m.reading.mrz.bad_digits > 0 || m.reading.repaired > 0 ||
	    m.reading.least < 0.5f);
	still_clear(&s.still);
}

/* Nothing is left: what stands there now must not look sure. */
static void
is_not_sure_of_letters_that_are_gone(void **state)
{
	struct specimen s;
	struct mrz_found m;
	(void)state;
	specimen_load("td3_uto_eriksson", &s);
	shine(&s.still.grey, s.still.grey.width / 3, s.bottom - 20, 0);
	if (mrz_read(net, &s.still.grey, NOW, &m) == OK)
		assert_true(m.reading.mrz.format == MRZ_NONE ||
		    m.reading.sure < 0.985f || m.reading.least < 0.5f ||
		    m.reading.repaired > 0 || m.reading.raw.bad_digits > 0);
	still_clear(&s.still);
}

static void
finds_nothing_where_there_is_nothing(void **state)
{
	struct specimen s;
	struct mrz_found m;
	struct raster noise = {0};
	uint32_t seed = 1;
	(void)state;
	specimen_load("desk_only", &s);
	assert_int_equal(mrz_read(net, &s.still.grey, NOW, &m),
	    ERR_UNREADABLE);
	still_clear(&s.still);
	assert_int_equal(raster_make(1200, 900, 1, &noise), OK);
	assert_int_equal(mrz_read(net, &noise, NOW, &m), ERR_UNREADABLE);
	for (int y = 0; y < noise.height; y++)
		for (int x = 0; x < noise.width; x++) {
			seed = seed * 1664525 + 1013904223;
			raster_row(&noise, y)[x] = (uint8_t)(seed >> 24);
		}
	assert_int_equal(mrz_read(net, &noise, NOW, &m), ERR_UNREADABLE);
	raster_clear(&noise);
}

static int
load(void **state)
{
	char path[1024];
	struct buf bytes;
	(void)state;
	opencv_start();
	buf_init(&bytes, (size_t)16 * 1024 * 1024);
	snprintf(path, sizeof(path), "%s/mrz.onnx", getenv("MODELS"));
	slurp(path, &bytes);
	int failed = net_load(span_of_buf(&bytes), &net) != OK;
	buf_clear(&bytes);
	return failed;
}

static int
unload(void **state)
{
	(void)state;
	net_free(net);
	return 0;
}

/* A line is found in a small picture and read in the large one. */
static void
a_bent_line_lies_alike_in_a_larger_picture(void **state)
{
	struct line small = {.x = 20, .y = 30, .sx = 8, .sy = 0.5f,
	    .qx = -0.001f, .qy = 0.02f, .dx = -0.5f, .dy = 8, .letters = 44};
	struct line large = small;
	float x, y, to_x, to_y;

	(void)state;
	line_enlarge(&large, 2.5f);
	for (float at = 0; at < 44; at += 11) {
		line_at(&small, at, 1, &x, &y);
		line_at(&large, at, 1, &to_x, &to_y);
		assert_float_equal(to_x, (x + 0.5f) * 2.5f - 0.5f, 0.01f);
		assert_float_equal(to_y, (y + 0.5f) * 2.5f - 0.5f, 0.01f);
	}
}

static void
reads_what_lies_in_the_shade(void **state)
{
	struct specimen s;
	struct mrz_found m;
	(void)state;
	specimen_load("td3_uto_eriksson", &s);
	struct raster *grey = &s.still.grey;
	size_t all = (size_t)grey->width * (size_t)grey->height;
	/* what is dim is the desk: it is not looked at again */
	assert_int_equal(mrz_read(net, grey, NOW, &m), OK);
	assert_int_equal(mrz_read_dim(net, grey, NOW, &m), ERR_UNREADABLE);
	for (size_t i = 0; i < all; i++)
		grey->data[i] = (uint8_t)(grey->data[i] / 2);
	assert_int_equal(mrz_read_dim(net, grey, NOW, &m), OK);
	expect_lines(&m, &s);
	memset(grey->data, 100, all); /* nothing to read */
	assert_int_equal(mrz_read_dim(net, grey, NOW, &m), ERR_UNREADABLE);
	still_clear(&s.still);
	specimen_load("td3_bel_l4", &s); /* on a dark desk */
	assert_int_equal(mrz_read_dim(net, grey, NOW, &m), OK);
	still_clear(&s.still);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_every_layout),
	    cmocka_unit_test(returns_a_zone_with_a_wrong_digit_as_it_is),
	    cmocka_unit_test(reads_at_any_angle),
	    cmocka_unit_test(reads_a_bent_page),
	    cmocka_unit_test(reads_what_lies_in_the_shade),
	    cmocka_unit_test(a_bent_line_lies_alike_in_a_larger_picture),
	    cmocka_unit_test(reads_a_zone_at_the_edge_of_the_picture),
	    cmocka_unit_test(returns_one_line_alone_as_what_it_is),
	    cmocka_unit_test(reads_what_a_reflection_left_faint),
	    cmocka_unit_test(
		restores_a_burnt_digit_by_the_check_digits_and_says_so),
	    cmocka_unit_test(does_not_guess_what_check_digits_leave_open),
	    cmocka_unit_test(
		doubts_a_name_of_which_a_letter_is_burnt),
	    cmocka_unit_test(is_not_sure_of_letters_that_are_gone),
	    cmocka_unit_test(finds_nothing_where_there_is_nothing)};
	return cmocka_run_group_tests(tests, load, unload);
}
