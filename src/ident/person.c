/*
 * Names: cleaning, folding, spelling as zones do.
 */
#include "ident/person.h"
#include "base/codec.h"
#include "ident/letter.h"
#include "ident/normal.h"

#include <string.h>

#define INPUT_MAX 1000 /* bytes looked at at all */
#define ACCENTS_MAX 2  /* of a letter: Vietnamese has two */

/* Normal form C of a text from outside, in a buffer of the caller. */
static RESULT
normalise(const char *text, struct buf *out)
{
	size_t length = strnlen(text, INPUT_MAX + 1);

	if (length > INPUT_MAX)
		return FAIL(ERR_TOO_LARGE, "the text is too long");
	if (!utf8_is_clean(SPAN(text, length)))
		return FAIL(ERR_INVALID, "not clean UTF-8");
	return normal_form(SPAN(text, length), out);
}

static RESULT
copy_out(const struct buf *b, char *out, size_t size)
{
	if (b->size >= size)
		return FAIL(ERR_TOO_LARGE, "the name is too long");
	memcpy(out, buf_text(b), b->size + 1);
	return OK;
}

static void
trim_end(struct buf *b)
{
	while (b->size > 0 && b->data[b->size - 1] == ' ')
		b->data[--b->size] = '\0';
}

static bool
ends_in_space(const struct buf *b)
{
	return b->size == 0 || b->data[b->size - 1] == ' ';
}

/* One character of a cleaned name: apostrophes and hyphens in one form. */
static RESULT
clean_letter(struct buf *b, uint32_t letter, bool *has_letter)
{
	switch (letter_sign(letter)) {
	case SIGN_SPACE:
		return ends_in_space(b) ? OK : buf_add_byte(b, ' ');
	case SIGN_HYPHEN:
		return buf_add_byte(b, '-');
	case SIGN_SILENT:
		if (letter == '.' || letter == 0xb7)
			return utf8_put(b, letter);
		return buf_add_byte(b, '\'');
	case SIGN_NONE:
		break;
	}
	if (!letter_fold(letter) || (b->size == 0 && normal_is_mark(letter)))
		return FAIL(ERR_INVALID, "a character that no name has");
	*has_letter = true;
	return utf8_put(b, letter);
}

RESULT
person_name_clean(const char *text, char out[PERSON_NAME_SIZE])
{
	AUTO(buf_clear) struct buf normal, clean;
	bool has_letter = false;
	size_t at = 0;

	buf_init(&normal, 4 * INPUT_MAX);
	buf_init(&clean, 4 * INPUT_MAX);
	TRY(normalise(text, &normal));
	while (at < normal.size) {
		int32_t letter = utf8_next(span_of_buf(&normal), &at);
		TRY(clean_letter(&clean, (uint32_t)letter, &has_letter));
	}
	trim_end(&clean);
	if (!has_letter)
		return FAIL(ERR_INVALID, "a name without a letter");
	return copy_out(&clean, out, PERSON_NAME_SIZE);
}

enum script { SCRIPT_none, SCRIPT_latin, SCRIPT_greek, SCRIPT_cyrillic };

/* Signs and accents belong to every script. */
static enum script
script_of(uint32_t letter)
{
	if (normal_is_mark(letter) || letter_sign(letter) != SIGN_NONE)
		return SCRIPT_none;
	if ((letter >= 0x370 && letter < 0x400) ||
	    (letter >= 0x1f00 && letter < 0x2000))
		return SCRIPT_greek;
	if ((letter >= 0x400 && letter < 0x530) ||
	    (letter >= 0x1c80 && letter < 0x1c90) ||
	    (letter >= 0xa640 && letter < 0xa6a0))
		return SCRIPT_cyrillic;
	return SCRIPT_latin;
}

RESULT
person_name_certifiable(const char *name)
{
	struct span text = span_of_text(name);
	enum script first = SCRIPT_none;
	size_t at = 0, accents = 0;
	int32_t c;

	while ((c = utf8_next(text, &at)) > 0) {
		uint32_t letter = (uint32_t)c;
		enum script script = script_of(letter);

		accents = normal_is_mark(letter) ? accents + 1
						 : normal_accents(letter);
		if (accents > ACCENTS_MAX)
			return err_set_field(ERR_INVALID, "fullname",
			    "has a letter with more than two accents");
		first = first ? first : script;
		if (script && script != first)
			return err_set_field(ERR_INVALID, "fullname",
			    "has letters of several scripts: write it in one");
	}
	return OK;
}

static RESULT
fold_letter(struct buf *b, uint32_t letter)
{
	const char *folded = letter_fold(letter);

	switch (letter_sign(letter)) {
	case SIGN_SPACE:
	case SIGN_HYPHEN:
		return ends_in_space(b) ? OK : buf_add_byte(b, ' ');
	case SIGN_SILENT:
		return OK;
	case SIGN_NONE:
		break;
	}
	return folded ? buf_add_text(b, folded) : utf8_put(b, letter);
}

RESULT
person_name_fold(const char *text, char out[PERSON_FOLD_SIZE])
{
	AUTO(buf_clear) struct buf normal, folded;
	size_t at = 0;

	buf_init(&normal, 4 * INPUT_MAX);
	buf_init(&folded, 8 * INPUT_MAX);
	TRY(normalise(text, &normal));
	while (at < normal.size) {
		int32_t letter = utf8_next(span_of_buf(&normal), &at);
		TRY(fold_letter(&folded, (uint32_t)letter));
	}
	trim_end(&folded);
	return copy_out(&folded, out, PERSON_FOLD_SIZE);
}

static bool
fold_packed(const char *text, char out[PERSON_FOLD_SIZE])
{
	size_t used = 0;

	if (person_name_fold(text, out) != OK) {
		err_clear();
		return false;
	}
	for (const char *p = out; *p; p++)
		if (*p != ' ')
			out[used++] = *p;
	out[used] = '\0';
	return used > 0;
}

bool
person_names_equal(const char *a, const char *b)
{
	char one[PERSON_FOLD_SIZE], two[PERSON_FOLD_SIZE];

	return fold_packed(a, one) && fold_packed(b, two) &&
	    strcmp(one, two) == 0;
}

static RESULT
spell_letter(struct buf *b, uint32_t letter)
{
	const char *zones = letter_in_zones(letter);
	enum letter_sign sign = letter_sign(letter);

	if (sign == SIGN_SPACE || sign == SIGN_HYPHEN)
		return buf_add_byte(b, '<');
	if (sign == SIGN_SILENT)
		return OK;
	if (!zones)
		return FAIL(ERR_INVALID, "a letter that no zone spells");
	if (strcmp(zones, "-") == 0)
		return OK;
	return buf_add(b, zones, strcspn(zones, " "));
}

RESULT
person_name_to_mrz(const char *text, char *out, size_t size)
{
	char clean[PERSON_NAME_SIZE];
	AUTO(buf_clear) struct buf spelled;
	size_t at = 0;

	buf_init(&spelled, 4 * INPUT_MAX);
	TRY(person_name_clean(text, clean));
	struct span bytes = span_of_text(clean);
	while (at < bytes.size) {
		int32_t letter = utf8_next(bytes, &at);
		TRY(spell_letter(&spelled, (uint32_t)letter));
	}
	return copy_out(&spelled, out, size);
}
