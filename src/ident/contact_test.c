#include "ident/person.h"
#include "base/enum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void
addresses_are_folded(void **state)
{
	char out[PERSON_EMAIL_SIZE];

	(void)state;
	assert_int_equal(person_email_fold("Anna.Berg+x@Example.ORG", out),
	    OK);
	assert_string_equal(out, "anna.berg+x@example.org");
	assert_int_equal(person_email_fold("a@xn--bcher-kva.example", out), OK);
	assert_int_equal(person_email_fold("o'neil_1@mail.example", out), OK);
}

static void
refuses_what_is_no_address(void **state)
{
	static const char *const cases[] = {"", "@", "anna", "anna@",
	    "@example.org", "anna@example", "anna@example..org",
	    "anna@-example.org", "anna@example-.org", "anna@example.org.",
	    ".anna@example.org", "anna.@example.org", "an..na@example.org",
	    "an na@example.org", "anna@exam ple.org", "anna@example.org\n",
	    "anna@example.org\r\nBcc: x@example.org", "an\tna@example.org",
	    "\"anna\"@example.org", "anna@berg@example.org", "ånna@example.org",
	    "anna@exämple.org", "anna@[127.0.0.1]", "anna@127.0.0.1",
	    "anna@example.org>", "<anna@example.org>"};
	char out[PERSON_EMAIL_SIZE] = "kept", text[400];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(person_email_fold(cases[i], out),
		    ERR_INVALID);
	memset(text, 'a', sizeof(text));
	memcpy(text + 65, "@example.org", 13);
	assert_int_equal(person_email_fold(text, out), ERR_INVALID);
	assert_int_equal(person_email_fold(text + 1, out), OK);
	memset(text, 'a', sizeof(text));
	text[1] = '@';
	for (size_t i = 60; i < 254; i += 60)
		text[i] = '.';
	text[254] = '\0';
	assert_int_equal(person_email_fold(text, out), OK);
	text[254] = 'a';
	text[255] = '\0';
	assert_int_equal(person_email_fold(text, out), ERR_INVALID);
}

static void
telephone_numbers_are_international(void **state)
{
	char out[PERSON_PHONE_SIZE];

	(void)state;
	assert_int_equal(person_phone_clean("+33 6 12 34 56 78", out), OK);
	assert_string_equal(out, "+33612345678");
	assert_int_equal(person_phone_clean("0033 (6) 12-34.56.78", out), OK);
	assert_string_equal(out, "+33612345678");
	assert_int_equal(person_phone_clean("+123456789012345", out), OK);
}

static void
refuses_what_is_no_number(void **state)
{
	static const char *const cases[] = {"", "+", "0612345678", "+1234567",
	    "+1234567890123456", "+0612345678", "+33 6 12 34 56 7x",
	    "+33612345678\n", "++33612345678", "00", "+33;ext=1"};
	char out[PERSON_PHONE_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(person_phone_clean(cases[i], out),
		    ERR_INVALID);
}

static void
numbers_are_searched_with_or_without_prefix(void **state)
{
	char number[PERSON_PHONE_SIZE], search[PERSON_PHONE_SIZE];

	(void)state;
	person_phone_digits("+33 6 12 34 56 78", number);
	assert_string_equal(number, "33612345678");
	person_phone_digits("06 12 34", search);
	assert_non_null(strstr(number, search));
	person_phone_digits("0033 6 12", search);
	assert_non_null(strstr(number, search));
	person_phone_digits("079", search);
	assert_null(strstr(number, search));
	person_phone_digits("no digit", search);
	assert_string_equal(search, "");
	person_phone_digits("12345678901234567890", search);
	assert_int_equal(strlen(search), 15);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(addresses_are_folded),
	    cmocka_unit_test(refuses_what_is_no_address),
	    cmocka_unit_test(telephone_numbers_are_international),
	    cmocka_unit_test(refuses_what_is_no_number),
	    cmocka_unit_test(numbers_are_searched_with_or_without_prefix),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
