/*
 * The shipped network, asked about fixed specimens, whole and cut, and about
 * pictures that are nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/enum.h"
#include "vision/look/look.h"

static struct inspector tools;
static struct findings found;

static void
slurp(const char *folder, const char *name, const char *ending,
    struct buf *out)
{
	uint8_t part[65536];
	char path[1000];
	size_t size;
	snprintf(path, sizeof(path), "%s/%s.%s", getenv(folder), name, ending);
	AUTO(fclose) FILE *file = fopen(path, "rb");
	assert_non_null(file);
	buf_init(out, (size_t)1 << 23);
	while ((size = fread(part, 1, sizeof(part), file)) > 0)
		assert_int_equal(buf_add(out, part, size), OK);
}

static void
load(void)
{
	AUTO(buf_clear) struct buf bytes;
	slurp("MODELS", "kind", "onnx", &bytes);
	opencv_start();
	assert_int_equal(net_load(span_of_buf(&bytes),
	    &tools.nets[MODEL_kind]), OK);
}

/* What the network says of it, which is all that was said. */
static const struct finding *
said(void)
{
	assert_int_equal(found.count, 1);
	assert_int_equal(found.items[0].name, FINDING_kind_seen);
	assert_true(found.items[0].confidence > 0.2);
	assert_true(found.items[0].confidence <= 1);
	return &found.items[0];
}

static const struct finding *
specimen(const char *name, bool with_page)
{
	AUTO(sight_clear) struct sight s = {.tools = &tools, .out = &found};
	AUTO(buf_clear) struct buf file;
	slurp("SPECIMENS", name, "jpg", &file);
	s.file = span_of_buf(&file);
	assert_int_equal(look_picture(&s), OK);
	if (with_page)
		assert_int_equal(look_page(&s), OK);
	found.count = 0;
	assert_int_equal(look_kind(&s), OK);
	return said();
}

static void
tells_pages_and_sides_apart(void **state)
{
	static const char *const rows[][2] = {
	    {"demo_passport", "passport_page"},
	    {"td3_grc", "passport_page"},
	    {"demo_card_front", "card_front"},
	    {"td1_deu_front", "card_front"},
	    {"demo_card_back", "card_back"},
	    {"td1_deu_back", "card_back"},
	    {"mrva_hrv", "other"},
	    {"desk_only", "none"}};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		for (int page = 0; page < 2; page++)
			assert_string_equal(
			    specimen(rows[i][0], page)->text, rows[i][1]);
}

/* Of these sides and a page wherever it is said to lie. */
static const struct finding *
blank(int width, int height, const float corners[8])
{
	AUTO(sight_clear) struct sight s = {.tools = &tools, .out = &found,
	    .still = {.width = width, .height = height, .reduction = 1}};
	assert_int_equal(raster_make(width, height, 3, &s.still.colour), OK);
	for (int i = 0; i < 3 * width * height; i++)
		s.still.colour.data[i] = 150;
	s.has_page = corners != NULL;
	for (int i = 0; corners && i < 8; i++)
		s.page.corners[i] = corners[i];
	found.count = 0;
	assert_int_equal(look_kind(&s), OK);
	return said();
}

static void
takes_one_grey_for_no_document(void **state)
{
	(void)state;
	assert_string_equal(blank(800, 600, NULL)->text, "none");
}

static void
bears_pictures_and_pages_of_any_shape(void **state)
{
	static const float outside[8] = {-900, -900, -500, -900, -500, -700,
	    -900, -700}, beyond[8] = {-50, -50, 900, -50, 900, 900, -50, 900},
	    point[8] = {5, 5, 5, 5, 5, 5, 5, 5},
	    wild[8] = {-1e30f, 0, 1e30f, 0, 1e30f, 1e30f, 0, 1e30f};
	(void)state;
	blank(20000, 100, NULL);
	blank(100, 20000, NULL);
	blank(800, 600, outside);
	blank(800, 600, beyond);
	blank(800, 600, point);
	blank(800, 600, wild);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tells_pages_and_sides_apart),
	    cmocka_unit_test(takes_one_grey_for_no_document),
	    cmocka_unit_test(bears_pictures_and_pages_of_any_shape)};
	load();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
