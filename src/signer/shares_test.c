/*
 * Shares: arithmetic against known values, letters against mistakes.
 */
#include "signer/shares.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

static void
take(const struct secret *shares, unsigned number, struct secret *out)
{
	assert_int_equal(secret_copy(SPAN(shares->data +
					      (number - 1) * SHARE_SIZE,
				     SHARE_SIZE),
			     out),
	    OK);
}

/* Whether these shares, by number, give the secret. */
static bool
gives(const struct secret *secret, const struct secret *shares,
    const uint8_t *numbers, unsigned count)
{
	AUTO(secret_clear) struct secret joined = {0};
	struct secret values[SHARES_MAX] = {0};

	for (unsigned i = 0; i < count; i++)
		take(shares, numbers[i], &values[i]);
	assert_int_equal(shares_join(numbers, values, count, &joined), OK);
	for (unsigned i = 0; i < count; i++)
		secret_clear(&values[i]);
	return span_equal(span_of_secret(secret), span_of_secret(&joined));
}

static void
make(unsigned count, unsigned needed, struct secret *secret,
    struct secret *shares)
{
	assert_int_equal(secret_new(SHARE_SIZE, secret), OK);
	random_bytes(secret->data, SHARE_SIZE);
	assert_int_equal(shares_split(secret, count, needed, shares), OK);
}

static void
any_two_of_three_give_the_secret(void **state)
{
	static const uint8_t pairs[][2] = {{1, 2}, {2, 1}, {1, 3}, {3, 2}};
	AUTO(secret_clear) struct secret secret = {0};
	AUTO(secret_clear) struct secret shares = {0};

	(void)state;
	make(3, 2, &secret, &shares);
	for (size_t i = 0; i < 4; i++)
		assert_true(gives(&secret, &shares, pairs[i], 2));
}

static void
one_fewer_than_needed_does_not(void **state)
{
	static const uint8_t numbers[] = {5, 2, 8, 1};
	AUTO(secret_clear) struct secret secret = {0};
	AUTO(secret_clear) struct secret shares = {0};

	(void)state;
	make(8, 4, &secret, &shares);
	assert_true(gives(&secret, &shares, numbers, 4));
	assert_false(gives(&secret, &shares, numbers, 3));
	make(3, 3, &secret, &shares);
	assert_false(gives(&secret, &shares, (const uint8_t[]){1, 2}, 2));
}

/* With one share every secret is as likely as any other: over many secrets
 * of the same first octet, that octet of a share takes all values. */
static void
a_share_alone_says_nothing(void **state)
{
	AUTO(secret_clear) struct secret secret = {0};
	bool seen[256] = {false};
	unsigned count = 0;

	(void)state;
	assert_int_equal(secret_new(SHARE_SIZE, &secret), OK);
	for (unsigned i = 0; i < 4096; i++) {
		AUTO(secret_clear) struct secret shares = {0};

		assert_int_equal(shares_split(&secret, 2, 2, &shares), OK);
		count += !seen[shares.data[0]];
		seen[shares.data[0]] = true;
	}
	assert_int_equal(count, 256);
}

/* By hand: over GF(256) with 0x11b, 0x57 * 0x83 = 0xc1 (FIPS 197 4.2). With
 * the line y = 0xc1 + 0x57 x the shares of x 1 and 2 are 0x96 and 0x6f. */
static void
the_field_is_that_of_fips_197(void **state)
{
	static const uint8_t numbers[] = {1, 2};
	struct secret values[2] = {{0}, {0}};
	AUTO(secret_clear) struct secret joined = {0};

	(void)state;
	assert_int_equal(secret_new(SHARE_SIZE, &values[0]), OK);
	assert_int_equal(secret_new(SHARE_SIZE, &values[1]), OK);
	memset(values[0].data, 0xc1 ^ 0x57, SHARE_SIZE);
	memset(values[1].data, 0xc1 ^ 0xae, SHARE_SIZE); /* 0x57 * 2 */
	assert_int_equal(shares_join(numbers, values, 2, &joined), OK);
	for (size_t i = 0; i < SHARE_SIZE; i++)
		assert_int_equal(joined.data[i], 0xc1);
	secret_clear(&values[0]);
	secret_clear(&values[1]);
}

static void
refuses_numbers_that_cannot_be(void **state)
{
	AUTO(secret_clear) struct secret secret = {0};
	AUTO(secret_clear) struct secret out = {0};
	struct secret values[2] = {{0}, {0}};

	(void)state;
	assert_int_equal(secret_new(SHARE_SIZE, &secret), OK);
	assert_int_equal(shares_split(&secret, 1, 1, &out), ERR_INVALID);
	assert_int_equal(shares_split(&secret, 2, 3, &out), ERR_INVALID);
	assert_int_equal(shares_split(&secret, 9, 2, &out), ERR_INVALID);
	assert_int_equal(shares_join((const uint8_t[]){1, 1}, values, 2, &out),
	    ERR_INVALID);
	assert_int_equal(shares_join((const uint8_t[]){0, 1}, values, 2, &out),
	    ERR_INVALID);
}

/* ---- on paper ---- */

static const struct share example = {.set = {1, 2, 3, 4},
    .number = 2,
    .needed = 2,
    .value = {0xde, 0xad, 0xbe, 0xef, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
	17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 0xff}};

static void
print(const struct share *s, char out[256], const char *ending)
{
	size_t n = 0;
	char line[SHARE_LINE_SIZE];

	for (unsigned i = 0; i < SHARE_LINES; i++) {
		share_line(s, i, line);
		n += (size_t)snprintf(
		    out + n, 256 - n, "%u  %s%s", i + 1, line, ending);
	}
}

static void
what_was_printed_is_read(void **state)
{
	char text[256], around[512];
	struct share s;

	(void)state;
	print(&example, text, "\n");
	assert_int_equal(share_find(span_of_text(text), &s), OK);
	assert_memory_equal(&s, &example, sizeof(s));
	snprintf(around, sizeof(around), "SHARE 2 OF 3\n\n%s\nkeep it\n", text);
	assert_int_equal(share_find(span_of_text(around), &s), OK);
	assert_memory_equal(&s, &example, sizeof(s));
	print(&example, text, "\r\n");
	assert_int_equal(share_find(span_of_text(text), &s), OK);
}

static void
letters_that_look_alike_are_read_alike(void **state)
{
	char text[256];
	struct share s;

	(void)state;
	print(&example, text, "\n");
	for (char *c = text; *c; c++) {
		bool of_the_line = c > text && c[-1] != '\n';

		if (*c == '0')
			*c = 'o';
		else if (*c == '1' && of_the_line)
			*c = 'l';
		else if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 32);
		else if (*c == ' ' && of_the_line)
			*c = '-';
	}
	assert_int_equal(share_find(span_of_text(text), &s), OK);
	assert_memory_equal(&s, &example, sizeof(s));
}

static void
every_single_wrong_letter_is_told(void **state)
{
	static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned tried = 0, told = 0;
	char text[256];
	struct share s;

	(void)state;
	print(&example, text, "\n");
	for (char *c = text; *c; c++) {
		char right = *c;

		if (!strchr(letters, right) || c == text || c[-1] == '\n')
			continue;
		for (const char *wrong = letters; *wrong; wrong++) {
			*c = *wrong;
			tried += *wrong != right;
			told += *wrong != right &&
				share_find(span_of_text(text), &s) != OK;
		}
		*c = right;
	}
	err_clear();
	assert_int_equal(tried, 4 * 18 * 31);
	/* a line's ten bits miss one in a thousand; the last octet of the
	 * whole leaves one in 256 of those */
	assert_int_equal(told, tried);
}

static void
lines_in_another_order_are_told(void **state)
{
	uint8_t packed[SHARE_PACKED_SIZE];
	char line[SHARE_LINE_SIZE];
	struct share s;

	(void)state;
	share_line(&example, 1, line);
	assert_int_equal(
	    share_read_line(span_of_text(line), 1, &s, packed), OK);
	assert_int_equal(
	    share_read_line(span_of_text(line), 2, &s, packed), ERR_INVALID);
	assert_int_equal(share_read_line(span_of_text("0000"), 0, &s, packed),
	    ERR_INVALID);
}

static void
lines_of_two_sheets_are_not_one_share(void **state)
{
	struct share other = example, s;
	uint8_t packed[SHARE_PACKED_SIZE];
	char line[SHARE_LINE_SIZE];
	enum err result = OK;

	(void)state;
	other.value[2] ^= 1; /* in the first line */
	for (unsigned i = 0; i < SHARE_LINES; i++) {
		share_line(i == 0 ? &other : &example, i, line);
		result = share_read_line(span_of_text(line), i, &s, packed);
	}
	assert_int_equal(result, ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(any_two_of_three_give_the_secret),
	    cmocka_unit_test(one_fewer_than_needed_does_not),
	    cmocka_unit_test(a_share_alone_says_nothing),
	    cmocka_unit_test(the_field_is_that_of_fips_197),
	    cmocka_unit_test(refuses_numbers_that_cannot_be),
	    cmocka_unit_test(what_was_printed_is_read),
	    cmocka_unit_test(letters_that_look_alike_are_read_alike),
	    cmocka_unit_test(every_single_wrong_letter_is_told),
	    cmocka_unit_test(lines_in_another_order_are_told),
	    cmocka_unit_test(lines_of_two_sheets_are_not_one_share),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
