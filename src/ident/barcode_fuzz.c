/*
 * Text of a stranger's barcode: whatever it is, the fields are bounded, clean
 * and dates are dates.
 */
#include "base/fuzz.h"
#include "base/codec.h"
#include "ident/barcode.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define NOW INT64_C(1781481600000)

static void
check(const char field[BARCODE_FIELD_SIZE])
{
	assert(memchr(field, '\0', BARCODE_FIELD_SIZE));
	assert(utf8_is_clean(SPAN((const uint8_t *)field, strlen(field))));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct barcode_data d;
	char *text = calloc(1, size + 1);
	if (!text)
		abort();
	memcpy(text, data, size);
	if (barcode_parse(text, NOW, &d) == OK) {
		check(d.number);
		check(d.surname);
		check(d.given_names);
		check(d.birth_date);
		check(d.expiry);
		assert(!d.birth_date[0] || strlen(d.birth_date) == 10);
		assert(!d.expiry[0] || strlen(d.expiry) == 10);
	}
	free(text);
	return 0;
}
