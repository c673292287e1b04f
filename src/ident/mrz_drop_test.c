#include "ident/mrz_drop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <string.h>

#include "base/clock.h"
#include "base/enum.h"
#include "ident/mrz.h"

#define NAME30 "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
#define NAME44 "ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"

static const enum finding_name names[] = {FINDING_mrz_line_1,
    FINDING_mrz_line_2, FINDING_mrz_line_3};

struct example {
	const char *lines[3];
	const char *gone; /* what nobody may find */
	int letters;
};

/* Invented numbers where the countries' own documents have such. */
static const struct example examples[] = {
    {{"IDFINAB12345671010190<123A<<<<", "9001011F3001012FIN<<<<<<<<<<<6",
	NAME30}, "010190<123A", 10},
    {{"IDESTAB0123456738001085718<<<<", "9001011F3001012EST<<<<<<<<<<<0",
	NAME30}, "38001085718", 11},
    {{"IDESPBAA000589599999999R<<<<<<", "8001014F2501017ESP<<<<<<<<<<<7",
	NAME30}, "99999999R", 9},
    {{"IDBEL600001795<0152<<<<<<<<<<<", "1301014F2311207BEL130101987398",
	NAME30}, "13010198739", 11},
    {{"P<UTO" NAME44, "L898902C36UTO7408122F1204159ZE184226B<<<<<10"},
	"ZE184226B", 9},
    {{"P<UTO" NAME44, "L898902C36UTO7408122F1204159ZE184226B<<<<<37"},
	"ZE184226B", 9},
    {{"P<UTO" NAME44, "L898902C36UTO7408122F1204159ZE184226B<<<<<<7"},
	"ZE184226B", 9},
    {{"I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
	"D231458907UTO7408122F1204159A1234566"}, "A123456", 7},
};

static struct findings
found(const char *const lines[3])
{
	struct findings f = {0};

	for (size_t i = 0; i < 3 && lines[i]; i++)
		assert_int_equal(findings_add_text(&f, names[i], lines[i], 1,
		    (struct box){0}), OK);
	return f;
}

static struct mrz
parsed(const struct findings *f)
{
	const char *lines[3];
	size_t count = 0;
	struct mrz m;

	for (; count < 3 && *findings_text(f, names[count]); count++)
		lines[count] = findings_text(f, names[count]);
	assert_int_equal(mrz_parse(lines, count, clock_now(), &m), OK);
	return m;
}

static void
optional_data_are_in_no_line_afterwards(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(examples); i++) {
		struct findings f = found(examples[i].lines);
		assert_int_equal(mrz_drop(&f), OK);
		for (size_t k = 0; k < COUNT_OF(names); k++)
			assert_null(strstr(findings_text(&f, names[k]),
			    examples[i].gone));
		assert_int_equal(findings_number(&f, FINDING_mrz_dropped, 0),
		    examples[i].letters);
	}
}

static void
all_that_is_read_of_a_zone_stays_as_it_was(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(examples); i++) {
		struct findings f = found(examples[i].lines);
		struct mrz before = parsed(&f);
		assert_int_equal(mrz_drop(&f), OK);
		struct mrz after = parsed(&f);
		assert_string_equal(after.number, before.number);
		assert_string_equal(after.surname, before.surname);
		assert_string_equal(after.expiry, before.expiry);
		assert_int_equal(after.format, before.format);
		assert_int_equal(after.flaws, before.flaws);
		assert_int_equal(after.long_number, before.long_number);
		assert_memory_equal(after.bad, before.bad, sizeof(before.bad));
	}
}

/* Each composite and personal digit that there could be. */
static void
a_wrong_digit_stays_wrong_and_a_right_one_right(void **state)
{
	static const struct { size_t example, line, at; } digits[] = {
	    {0, 1, 29}, {1, 1, 29}, {3, 1, 29}, {4, 1, 42}, {4, 1, 43},
	    {7, 1, 35}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(digits); i++)
		for (char d = '0'; d <= '9'; d++) {
			struct findings f = found(
			    examples[digits[i].example].lines);
			f.items[digits[i].line].text[digits[i].at] = d;
			struct mrz before = parsed(&f);
			assert_int_equal(mrz_drop(&f), OK);
			struct mrz after = parsed(&f);
			assert_memory_equal(after.bad, before.bad,
			    sizeof(before.bad));
		}
}

static void
zones_without_optional_data_are_not_touched(void **state)
{
	static const char *const lines[][3] = {
	    {"I<UTOD23145890<1233<<<<<<<<<<<",
		"7408122F3204153UTO<<<<<<<<<<<8", NAME30},
	    {"IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<",
		"8806923102858CORINNE<<<<<<<6512068F6"},
	    {"IDFINAB12345671010190<123A<<<", "9001011F3001012FIN<<<<<<<<<<<6",
		NAME30}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		struct findings f = found(lines[i]);
		assert_int_equal(mrz_drop(&f), OK);
		for (size_t k = 0; k < 3 && lines[i][k]; k++)
			assert_string_equal(findings_text(&f, names[k]),
			    lines[i][k]);
		assert_null(findings_find(&f, FINDING_mrz_dropped));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(optional_data_are_in_no_line_afterwards),
	    cmocka_unit_test(all_that_is_read_of_a_zone_stays_as_it_was),
	    cmocka_unit_test(a_wrong_digit_stays_wrong_and_a_right_one_right),
	    cmocka_unit_test(zones_without_optional_data_are_not_touched),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
