/*
 * Print under a word across, by the shipped network and a fixed specimen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "vision/look/look.h"

static struct inspector tools;
static struct findings found;

static void
slurp(const char *folder, const char *name, struct buf *out)
{
	uint8_t part[65536];
	char path[1000];
	size_t size;
	snprintf(path, sizeof(path), "%s/%s", getenv(folder), name);
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
	slurp("MODELS", "print.onnx", &bytes);
	opencv_start();
	assert_int_equal(net_load(span_of_buf(&bytes),
	    &tools.nets[MODEL_print]), OK);
}

/* How many fields are known where one was, on a front given as this side. */
static size_t
fields_after(bool back)
{
	AUTO(sight_clear) struct sight s = {.tools = &tools, .out = &found,
	    .back = back};
	AUTO(buf_clear) struct buf file;
	slurp("SPECIMENS", "demo_card_front.jpg", &file);
	s.file = span_of_buf(&file);
	found.count = 0;
	assert_int_equal(look_picture(&s), OK);
	assert_int_equal(look_page(&s), OK);
	assert_true(s.has_page);
	s.printed = (struct printed){.country = "", .kind = "", .count = 1};
	s.printed.at[0] = (struct printed_field){FINDING_printed_number,
	    .text = "7", .read = "7", .sure = 1};
	assert_int_equal(look_word(&s), OK);
	assert_string_equal(s.across.word, "");
	return s.printed.count;
}

static void
reads_once_more_where_fields_are_missing(void **state)
{
	(void)state;
	assert_true(fields_after(false) > 3);
}

/* They were read on another page, the front beside this one. */
static void
reads_no_back_for_the_front_beside_it(void **state)
{
	(void)state;
	assert_int_equal(fields_after(true), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_once_more_where_fields_are_missing),
	    cmocka_unit_test(reads_no_back_for_the_front_beside_it),
	};
	load();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	net_free(tools.nets[MODEL_print]);
	return failed;
}
