/*
 * Lines as a recogniser might hand them over, split at line breaks: parsed,
 * mended, and what comes out must be text within its bounds.
 */
#include "base/fuzz.h"
#include "ident/mrz.h"

#include <assert.h>
#include <string.h>

#define NOW INT64_C(1781481600000)
#define INPUT_MAX 256

static void
check(const struct mrz *m)
{
	char list[400];

	assert(m->format != MRZ_NONE && m->format < MRZ_FORMAT_COUNT);
	assert(m->bad_digits <= m->digits);
	assert(strlen(m->number) < MRZ_NUMBER_SIZE);
	assert(strlen(m->surname) < MRZ_NAME_SIZE);
	assert(strlen(m->given_names) < MRZ_NAME_SIZE);
	assert(m->expiry[0] == '\0' || strlen(m->expiry) == 10);
	assert(m->birth_date[0] == '\0' || strlen(m->birth_date) == 10);
	mrz_bad_digits_list(m, list, sizeof(list));
	mrz_flaws_list(m, list, sizeof(list));
	(void)mrz_age(m->birth_date, NOW);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[INPUT_MAX + 1];
	const char *lines[4];
	size_t count = 0;
	struct mrz m;
	struct mrz_reading r;

	if (size > INPUT_MAX)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	for (char *at = text; at && count < 4; count++)
		lines[count] = strsep(&at, "\n");
	bool read = mrz_parse(lines, count, NOW, &m) == OK;
	if (read)
		check(&m);
	if (mrz_repair(lines, count, NOW, &r) == OK) {
		check(&r.mrz);
		assert(r.repaired <= MRZ_COERCED_MAX + 1);
	} else {
		assert(!read);
	}
	return 0;
}
