/*
 * Letters: a table of the special ones (transliteration.def); all others are
 * a basic letter with accents, which are left out.
 */
#include "ident/letter.h"
#include "base/codec.h"
#include "base/enum.h"
#include "ident/normal.h"

struct row {
	const char *capital, *small, *fold, *zones;
};

static const struct row rows[] = {
#define LETTER(capital, small, fold, zones) {capital, small, fold, zones},
#include "ident/transliteration.def"
#undef LETTER
};

static const char capitals[] =
    "A\0B\0C\0D\0E\0F\0G\0H\0I\0J\0K\0L\0M\0N\0O\0P\0Q\0R\0S\0T\0U\0V\0W\0X\0"
    "Y\0Z";
static const char smalls[] =
    "a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0p\0q\0r\0s\0t\0u\0v\0w\0x\0"
    "y\0z";

/* The first byte of a letter in UTF-8. */
static unsigned char
lead_of(uint32_t letter)
{
	return (unsigned char)(letter < 0x80 ? letter :
	    letter < 0x800 ? 0xc0 | letter >> 6 :
	    letter < 0x10000 ? 0xe0 | letter >> 12 : 0xf0 | letter >> 18);
}

/* lead: the letter's; names are folded by the thousand, and hardly a row
 * begins like the letter. */
static int
is_letter(const char *text, unsigned char lead, uint32_t letter)
{
	size_t at = 0;

	return (unsigned char)text[0] == lead &&
	    utf8_next(span_of_text(text), &at) == (int32_t)letter;
}

/* The row of a special letter; plain I and S only name their partners. */
static const struct row *
row_of(uint32_t letter)
{
	if (letter < 0x80)
		return NULL;
	unsigned char lead = lead_of(letter);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (is_letter(rows[i].small, lead, letter) ||
		    is_letter(rows[i].capital, lead, letter))
			return &rows[i];
	return NULL;
}

/* The letter itself when special, else with all its accents taken off. */
static const struct row *
find(uint32_t *letter)
{
	const struct row *row = row_of(*letter);

	if (row)
		return row;
	*letter = normal_base(*letter);
	return row_of(*letter);
}

static const char *
basic(uint32_t letter, const char *list)
{
	if (letter >= 'A' && letter <= 'Z')
		return list + 2 * (letter - 'A');
	if (letter >= 'a' && letter <= 'z')
		return list + 2 * (letter - 'a');
	return normal_is_mark(letter) ? "" : NULL;
}

const char *
letter_fold(uint32_t letter)
{
	const struct row *row = find(&letter);

	return row ? row->fold : basic(letter, smalls);
}

const char *
letter_in_zones(uint32_t letter)
{
	const struct row *row = find(&letter);

	return row ? row->zones : basic(letter, capitals);
}

enum letter_sign
letter_sign(uint32_t letter)
{
	switch (letter) {
	case ' ':
	case ',':    /* "Marie, Claire", "Dupont, Marie" */
	case 0x00a0: /* no-break space */
	case 0x2009: /* thin space */
	case 0x202f: /* narrow no-break space */
		return SIGN_SPACE;
	case '-':
	case 0x2010: /* hyphen */
	case 0x2011: /* no-break hyphen */
		return SIGN_HYPHEN;
	case '\'':
	case '`':
	case '.':
	case 0x00b4: /* acute accent */
	case 0x00b7: /* middle dot */
	case 0x02bc: /* modifier apostrophe */
	case 0x2018: /* quotation marks used as apostrophes */
	case 0x2019:
		return SIGN_SILENT;
	default:
		return SIGN_NONE;
	}
}
