#include "ident/finding.h"
#include "base/enum.h"
#include "proc/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

static const struct box somewhere = {10, 20, 300, 40};
static const struct box nowhere;

static void
fill(struct findings *f)
{
	assert_int_equal(findings_add_text(f, FINDING_printed_surname,
	    "Lindqvist-Ørsted", 0.875, somewhere), OK);
	assert_int_equal(findings_add_number(f, FINDING_quality_blur, 0.25,
	    nowhere), OK);
	assert_int_equal(findings_add_number(f, FINDING_document_found, 1,
	    nowhere), OK);
}

static void
findings_come_back_as_they_went(void **state)
{
	struct findings f = {0}, back = {0};
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, WIRE_MAX);
	fill(&f);
	assert_int_equal(findings_put(&b, &f), OK);
	assert_int_equal(findings_get(span_of_buf(&b), &back), OK);
	assert_int_equal(back.count, 3);
	const struct finding *s = findings_find(&back,
	    FINDING_printed_surname);
	assert_non_null(s);
	assert_string_equal(s->text, "Lindqvist-Ørsted");
	assert_true(s->confidence > 0.874 && s->confidence < 0.876);
	assert_int_equal(s->box.width, 300);
	assert_true(findings_number(&back, FINDING_document_found, 0) > 0.5);
	assert_string_equal(findings_text(&back, FINDING_mrz_line_1), "");
	assert_true(findings_number(&back, FINDING_width, -1) < 0);
	assert_null(findings_find(NULL, FINDING_width));
}

static void
refuses_to_add_what_does_not_fit(void **state)
{
	struct findings f = {0};
	char text[FINDING_TEXT_MAX + 1];

	(void)state;
	memset(text, 'a', FINDING_TEXT_MAX);
	text[FINDING_TEXT_MAX] = '\0';
	assert_int_equal(findings_add_text(&f, FINDING_mrz_line_1, text, 1,
	    nowhere), ERR_TOO_LARGE);
	text[FINDING_TEXT_MAX - 1] = '\0';
	assert_int_equal(findings_add_text(&f, FINDING_mrz_line_1, text, 1,
	    nowhere), OK);
	assert_int_equal(findings_add_text(&f, FINDING_width, "7", 1, nowhere),
	    ERR_INVALID);
	assert_int_equal(findings_add_number(&f, FINDING_mrz_line_1, 7,
	    nowhere), ERR_INVALID);
	assert_int_equal(findings_add_text(&f, FINDING_mrz_line_2, "a\nb", 1,
	    nowhere), ERR_INVALID);
	assert_int_equal(findings_add_text(&f, FINDING_mrz_line_2, "a", 1.5,
	    nowhere), ERR_INVALID);
	assert_int_equal(findings_add_number(&f, FINDING_width, NAN, nowhere),
	    ERR_INVALID);
	assert_int_equal(findings_add_number(&f, FINDING_document_found, 0.5,
	    nowhere), ERR_INVALID);
	assert_int_equal(f.count, 1);
	while (f.count < FINDINGS_MAX)
		assert_int_equal(findings_add_number(&f, FINDING_width, 1,
		    nowhere), OK);
	assert_int_equal(findings_add_number(&f, FINDING_width, 1, nowhere),
	    ERR_TOO_LARGE);
}

/* What a subverted inspector could send instead. */
static void
write_one(struct buf *b, const char *name, const char *text, double value,
    double confidence, uint32_t x)
{
	b->size = 0;
	put_u32(b, 1);
	put_text(b, name);
	put_text(b, text);
	put_double(b, value);
	put_double(b, confidence);
	put_u32(b, x);
	put_u32(b, 0);
	put_u32(b, 0);
	put_u32(b, 0);
}

static void
refuses_a_hostile_message(void **state)
{
	static const struct {
		const char *name, *text;
		double value, confidence;
		uint32_t x;
		enum err want;
	} cases[] = {
	    {"width", "", 100, 1, 0, OK},
	    {"widht", "", 100, 1, 0, ERR_INVALID},
	    {"width", "x", 100, 1, 0, ERR_INVALID},
	    {"width", "", 100, 1, 0xffffffff, ERR_INVALID},
	    {"width", "", 100, 2, 0, ERR_INVALID},
	    {"document_found", "", 2, 1, 0, ERR_INVALID},
	    {"mrz_line_1", "P<UTO", 0, 1, 0, OK},
	    {"mrz_line_1", "P<\x1b[31m", 0, 1, 0, ERR_INVALID},
	};
	struct findings f;
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, WIRE_MAX);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		write_one(&b, cases[i].name, cases[i].text, cases[i].value,
		    cases[i].confidence, cases[i].x);
		assert_int_equal(findings_get(span_of_buf(&b), &f),
		    cases[i].want);
		if (cases[i].want != OK)
			continue;
		struct span cut = SPAN(b.data, b.size - 1);
		assert_int_not_equal(findings_get(cut, &f), OK);
		put_u8(&b, 0);
		assert_int_not_equal(findings_get(span_of_buf(&b), &f), OK);
	}
}

static void
refuses_more_findings_than_fit(void **state)
{
	struct findings f;
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, WIRE_MAX);
	put_u32(&b, FINDINGS_MAX + 1);
	assert_int_equal(findings_get(span_of_buf(&b), &f), ERR_INVALID);
	assert_int_equal(findings_get(SPAN("", 0), &f), ERR_INVALID);
}

static void
names_are_rows_of_the_table(void **state)
{
	(void)state;
	for (int i = 0; i < FINDING_COUNT; i++)
		assert_int_equal(finding_of_text(
		    finding_name_text((enum finding_name)i)), i);
	assert_int_equal(finding_of_text("nothing"), FINDING_COUNT);
	assert_int_equal(finding_type_of(FINDING_mrz_line_1), FINDING_TEXT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(findings_come_back_as_they_went),
	    cmocka_unit_test(refuses_to_add_what_does_not_fit),
	    cmocka_unit_test(refuses_a_hostile_message),
	    cmocka_unit_test(refuses_more_findings_than_fit),
	    cmocka_unit_test(names_are_rows_of_the_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
