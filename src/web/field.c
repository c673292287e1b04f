/*
 * Field types. Each refuses what it does not know: a value that passes here
 * may be stored, shown and put into a mail.
 */
#include "web/field.h"

#include "base/clock.h"
#include "base/codec.h"
#include "ident/person.h"

#include <ctype.h>

#define LANGUAGES "bg ca nl en fr de it pl pt ro es"
#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static const char *const docs[] = {
#define TYPE(name, doc) [FIELD_TYPE_##name] = doc,
#include "web/field_types.def"
#undef TYPE
};

const char *
field_type_doc(enum field_type type)
{
	return docs[type];
}

bool
word_in(const char *words, const char *word, size_t size)
{
	while (*words) {
		size_t length = strcspn(words, " ");
		if (size > 0 && length == size &&
		    memcmp(words, word, size) == 0)
			return true;
		words += length;
		words += strspn(words, " ");
	}
	return false;
}

bool
language_known(const char *language)
{
	return word_in(LANGUAGES, language, strlen(language));
}

/* Of these letters only. */
static bool
made_of(const char *text, const char *letters)
{
	return text[strspn(text, letters)] == '\0';
}

static bool
is_email(const char *text)
{
	char folded[PERSON_EMAIL_SIZE];

	return person_email_fold(text, folded) == OK;
}

/* E.164, from the separators people write and 00 for +. */
static bool
normal_phone(char *text)
{
	char clean[PERSON_PHONE_SIZE];

	if (person_phone_clean(text, clean) != OK ||
	    strlen(clean) > strlen(text))
		return false;
	memcpy(text, clean, strlen(clean) + 1);
	return true;
}

static bool
is_url(const char *text)
{
	size_t scheme = strncmp(text, "https://", 8) == 0 ? 8
	    : strncmp(text, "http://", 7) == 0            ? 7
	                                                  : 0;

	return scheme > 0 && isalnum((unsigned char)text[scheme]) &&
	    !strpbrk(text, " \"<>\\^`{|}") && !strchr(text, '@');
}

static bool
is_time(const char *text)
{
	int64_t ms;

	if (clock_parse(text, &ms) == OK)
		return true;
	err_clear();
	return false;
}

static bool
is_country(char *text)
{
	for (char *c = text; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return strlen(text) == 3 && made_of(text, UPPER);
}

static bool
is_flag(const char *text)
{
	return word_in("true false 1 0 yes no", text, strlen(text));
}

/* Brings the text into its normal form where a type has one. */
static bool
fits(enum field_type type, char *text)
{
	switch (type) {
	case FIELD_TYPE_COUNTRY:
		return is_country(text);
	case FIELD_TYPE_CURSOR:
	case FIELD_TYPE_TOKEN:
		return made_of(text, LOWER UPPER DIGITS "-_.:=~");
	case FIELD_TYPE_DIGITS:
	case FIELD_TYPE_NUMBER:
		return made_of(text, DIGITS);
	case FIELD_TYPE_EMAIL:
		return is_email(text);
	case FIELD_TYPE_FLAG:
		return is_flag(text);
	case FIELD_TYPE_HASH:
		return strlen(text) == 64 && made_of(text, DIGITS "abcdef");
	case FIELD_TYPE_HEX:
		return made_of(text, DIGITS "abcdefABCDEF:");
	case FIELD_TYPE_LANGUAGE:
		return language_known(text);
	case FIELD_TYPE_MOMENTS:
		return made_of(text, DIGITS " ");
	case FIELD_TYPE_PHONE:
		return normal_phone(text);
	case FIELD_TYPE_TIME:
		return is_time(text);
	case FIELD_TYPE_URL:
		return is_url(text);
	case FIELD_TYPE_WORD:
		return made_of(text, LOWER "_");
	case FIELD_TYPE_WORDS:
		return made_of(text, LOWER "_ ");
	case FIELD_TYPE_MAP:
	case FIELD_TYPE_NOTE:
	case FIELD_TYPE_OBJECT:
	case FIELD_TYPE_TEXT:
	case FIELD_TYPE_COUNT:
		return true;
	}
	return false;
}

/* A note may have lines and tabs; nothing else has a control character. */
static bool
is_clean(enum field_type type, struct span value)
{
	bool lines = type == FIELD_TYPE_NOTE;
	size_t from = 0;

	for (size_t at = 0; lines && at < value.size; at++) {
		if (value.data[at] != '\n' && value.data[at] != '\r' &&
		    value.data[at] != '\t')
			continue;
		if (!utf8_is_clean(SPAN(value.data + from, at - from)))
			return false;
		from = at + 1;
	}
	return utf8_is_clean(SPAN(value.data + from, value.size - from));
}

static struct span
trimmed(struct span value)
{
	while (value.size > 0 && value.data[0] == ' ') {
		value.data++;
		value.size--;
	}
	while (value.size > 0 && value.data[value.size - 1] == ' ')
		value.size--;
	return value;
}

RESULT
field_check(struct arena *a, const struct field_row *row, struct span value,
    const char **out)
{
	if (!is_clean(row->type, value))
		return err_set_field(ERR_INVALID, row->name,
		    "is not clean UTF-8 text without control characters");
	value = trimmed(value);
	if (value.size > row->max)
		return err_set_field(ERR_INVALID, row->name,
		    "is longer than %zu bytes", row->max);
	char *text = arena_text_of(a, value);
	if (*text && !fits(row->type, text))
		return err_set_field(ERR_INVALID, row->name, "is not %s",
		    field_type_doc(row->type));
	if (*text && row->choices[0] &&
	    !word_in(row->choices, text, strlen(text)))
		return err_set_field(ERR_INVALID, row->name, "is none of: %s",
		    row->choices);
	*out = text;
	return OK;
}
