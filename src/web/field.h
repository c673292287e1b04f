/*
 * One value from outside: its type, and the form in which handlers get it.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

enum field_type {
#define TYPE(name, doc) FIELD_TYPE_##name,
#include "web/field_types.def"
#undef TYPE
	FIELD_TYPE_COUNT
};

struct field_row {
	const char *name;
	enum field_type type;
	bool required;
	size_t max;          /* bytes */
	const char *choices; /* words, "" for any */
	const char *aliases; /* words */
};

const char *field_type_doc(enum field_type type);

/*
 * Checks a text and gives its normal form, in the arena: a phone number
 * without its spaces, an e-mail address without those around it. ERR_INVALID
 * names the field and says what is wrong, never the value.
 */
RESULT field_check(struct arena *a, const struct field_row *row,
    struct span value, const char **out);

/* Whether a word is one of a list with a space between. */
bool word_in(const char *words, const char *word, size_t size);

/* The 11 languages of the product. */
bool language_known(const char *language);
