#include "base/codec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* RFC 4648 section 10 */
static const char *const vectors[][2] = {{"", ""}, {"f", "Zg=="},
    {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};

static void
base64_agrees_with_the_rfc(void **state)
{
	(void)state;
	for (size_t i = 0; i < 7; i++) {
		AUTO(buf_clear) struct buf b, back;
		buf_init(&b, 100);
		buf_init(&back, 100);
		struct span in = span_of_text(vectors[i][0]);
		assert_int_equal(base64_encode(in, 0, &b), OK);
		assert_string_equal(buf_text(&b), vectors[i][1]);
		assert_int_equal(base64_decode(span_of_buf(&b), &back), OK);
		assert_true(span_equal(span_of_buf(&back), in));
	}
}

static void
base64url_has_its_own_letters_and_no_padding(void **state)
{
	AUTO(buf_clear) struct buf b, back;

	(void)state;
	buf_init(&b, 100);
	buf_init(&back, 100);
	assert_int_equal(base64url_encode(SPAN("\xfb\xef\xff\xfe", 4), &b),
	    OK);
	assert_string_equal(buf_text(&b), "--___g");
	assert_int_equal(base64url_decode("--___g", &back), OK);
	assert_int_equal(back.size, 4);
}

static void
refuses_base64_with_strange_bytes_or_bits(void **state)
{
	static const char *const bad[] = {"Zg=", "Zh==", "Z", "Zm9v\n", "====",
	    "Zm=v"};
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, 100);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(base64_decode(span_of_text(bad[i]), &b),
		    ERR_INVALID);
	assert_int_equal(base64url_decode("ab+c", &b), ERR_INVALID);
}

static void
hex_goes_both_ways_and_refuses_the_rest(void **state)
{
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, 100);
	assert_int_equal(hex_decode("00ff1a", &b), OK);
	assert_memory_equal(b.data, "\0\xff\x1a", 3);
	assert_int_equal(hex_decode("0", &b), ERR_INVALID);
	assert_int_equal(hex_decode("0G", &b), ERR_INVALID);
	assert_int_equal(hex_decode("FF", &b), ERR_INVALID);
}

static void
pem_lines_are_of_64_letters(void **state)
{
	AUTO(buf_clear) struct buf b;
	uint8_t bytes[100] = {0};

	(void)state;
	buf_init(&b, 1000);
	assert_int_equal(pem_encode("X", SPAN(bytes, 100), &b), OK);
	assert_string_equal(buf_text(&b),
	    "-----BEGIN X-----\n"
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	    "\n"
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	    "\nAAAAAA==\n-----END X-----\n");
}

static void
clean_text_is_accepted(void **state)
{
	(void)state;
	assert_true(utf8_is_clean(span_of_text("Zoé Åsa Ωmega 𝔄")));
	assert_true(utf8_is_clean(span_of_text("")));
}

static void
refuses_text_that_is_not_clean(void **state)
{
	static const char *const bad[] = {"\xc0\x80", "\xed\xa0\x80", "\xff",
	    "a\nb", "\xe2\x82", "\xf4\x90\x80\x80", "\x7f", "\xc2\x85",
	    "a\xe2\x80\xae!"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(utf8_is_clean(span_of_text(bad[i])));
	assert_false(utf8_is_clean(SPAN("a\0b", 3)));
}

static void
characters_survive_the_round_trip(void **state)
{
	static const uint32_t some[] = {0x24, 0xa2, 0x20ac, 0x10348, 0xffff};

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		AUTO(buf_clear) struct buf b;
		size_t at = 0;
		buf_init(&b, 10);
		assert_int_equal(utf8_put(&b, some[i]), OK);
		assert_int_equal(utf8_next(span_of_buf(&b), &at), some[i]);
		assert_int_equal(at, b.size);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(base64_agrees_with_the_rfc),
	    cmocka_unit_test(base64url_has_its_own_letters_and_no_padding),
	    cmocka_unit_test(refuses_base64_with_strange_bytes_or_bits),
	    cmocka_unit_test(hex_goes_both_ways_and_refuses_the_rest),
	    cmocka_unit_test(pem_lines_are_of_64_letters),
	    cmocka_unit_test(clean_text_is_accepted),
	    cmocka_unit_test(refuses_text_that_is_not_clean),
	    cmocka_unit_test(characters_survive_the_round_trip),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
