/*
 * The second look, at a specimen: it believes what stands there alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/enum.h"
#include "vision/look/look.h"
#include "vision/print/printed_parts.h"

static struct inspector tools;
static struct findings found;
static struct sheet sheet;

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

/* What is told of a front without a zone. */
static void
read_front(const char *name, struct printed *out)
{
	AUTO(sight_clear) struct sight s = {.tools = &tools, .out = &found};
	AUTO(buf_clear) struct buf network;
	AUTO(buf_clear) struct buf file;
	static struct page page;
	slurp("MODELS", "print.onnx", &network);
	slurp("SPECIMENS", name, &file);
	opencv_start();
	assert_int_equal(net_load(span_of_buf(&network),
	    &tools.nets[MODEL_print]), OK);
	s.file = span_of_buf(&file);
	assert_int_equal(look_picture(&s), OK);
	assert_int_equal(look_page(&s), OK);
	page = s.page;
	assert_int_equal(sheet_read(&tools, &s.still.grey, NULL, &page,
	    &sheet), OK);
	printed_report(&sheet, NULL, out);
}

static void
a_second_look_believes_what_stands_there(void **state)
{
	static struct printed first, again;
	(void)state;
	read_front("td1_hun_front.jpg", &first);
	assert_true(first.count >= 3);
	again = first;
	/* as if the last letter of the first value had been read as another */
	char *last = strchr(again.at[0].read, '\0') - 1;
	*last = *last == 'W' ? 'X' : 'W';
	assert_int_equal(printed_look_again(&sheet, &again), OK);
	assert_true(again.at[0].sure < 0.2f);
	for (size_t i = 1; i < first.count; i++) {
		assert_true(again.at[i].sure <= first.at[i].sure);
		assert_true(again.at[i].sure > 0.5f * first.at[i].sure);
	}
	sheet_clear(&sheet);
	net_free(tools.nets[MODEL_print]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_second_look_believes_what_stands_there)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
