/*
 * A name as declared and as a zone might have it, parted by line breaks, and
 * the same text as an address and a number.
 */
#include "base/fuzz.h"
#include "ident/person.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#define INPUT_MAX 1200

static void
check_name(const char *declared, const char *surname, const char *given)
{
	char clean[PERSON_NAME_SIZE], again[PERSON_NAME_SIZE];
	char folded[PERSON_FOLD_SIZE];
	struct person_names names;

	if (person_name_clean(declared, clean) == OK) {
		assert(person_name_clean(clean, again) == OK);
		assert(strcmp(clean, again) == 0);
		(void)person_names_equal(declared, clean);
		(void)!person_name_to_mrz(clean, folded, sizeof(folded));
	}
	(void)!person_name_fold(declared, folded);
	for (int truncated = 0; truncated < 2; truncated++) {
		enum person_match match = person_match_mrz(declared, surname,
		    given, truncated);
		enum err split = person_split(declared, surname, given,
		    truncated, &names);
		assert((match == PERSON_SAME) == (split == OK));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[INPUT_MAX + 1], email[PERSON_EMAIL_SIZE];
	char phone[PERSON_PHONE_SIZE], digits[PERSON_PHONE_SIZE];
	const char *parts[3] = {"", "", ""};

	if (size > INPUT_MAX)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	char *at = text;
	for (int i = 0; i < 3 && at; i++)
		parts[i] = strsep(&at, "\n");
	check_name(parts[0], parts[1], parts[2]);
	if (person_email_fold(parts[0], email) == OK)
		assert(!strpbrk(email, "\r\n\t <>"));
	if (person_phone_clean(parts[0], phone) == OK)
		assert(phone[0] == '+' && strlen(phone) >= 9);
	person_phone_digits(parts[0], digits);
	return 0;
}
