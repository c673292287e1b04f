/*
 * The glyphs of print.
 */
#include "vision/print/glyphs.h"

#include <string.h>

#include "base/codec.h"
#include "base/enum.h"
#include "ident/letter.h"

static const char all[] =
#define GLYPHS(text) text
#include "vision/print/glyphs.def"
#undef GLYPHS
    ;

struct glyph_row {
	char text[5];
	bool is_letter, is_digit;
	uint32_t letter;
};

static struct glyph_row rows[GLYPH_CLASSES];

static const struct glyph_row *
row(int glyph)
{
	size_t at = 0;
	bool made = rows[0].letter != 0;
	for (int i = 0; !made && i < GLYPHS_COUNT; i++) {
		size_t from = at;
		rows[i].letter = (uint32_t)utf8_next(span_of_text(all), &at);
		memcpy(rows[i].text, all + from, at - from);
		rows[i].is_digit = rows[i].letter >= '0' &&
		    rows[i].letter <= '9';
		rows[i].is_letter = rows[i].is_digit ||
		    (letter_in_zones(rows[i].letter) &&
			letter_sign(rows[i].letter) == SIGN_NONE);
	}
	return &rows[glyph >= 0 && glyph < GLYPHS_COUNT ? glyph :
	    GLYPH_BLANK];
}

const char *
glyph_text(int glyph)
{
	return row(glyph)->text;
}

int
glyph_find(const char *text)
{
	int glyph = 0;
	while (glyph < GLYPHS_COUNT && strcmp(row(glyph)->text, text) != 0)
		glyph++;
	return glyph;
}

bool
glyph_is_digit(int glyph)
{
	return row(glyph)->is_digit;
}

bool
glyph_is_letter(int glyph)
{
	return row(glyph)->is_letter;
}

/* The basic letters stand in two runs; the accented ones in two halves; then
 * those that came later, each capital before its small letter, and signs. */
#define CAPITALS 10
#define SMALLS 36
#define ACCENTED 76
#define LATER 226
#define SIGNS 236
#define ACCENTED_HALF ((LATER - ACCENTED) / 2)

bool
glyph_is_capital(int glyph)
{
	return (glyph >= CAPITALS && glyph < SMALLS) ||
	    (glyph >= ACCENTED && glyph < ACCENTED + ACCENTED_HALF) ||
	    (glyph >= LATER && glyph < SIGNS && (glyph - LATER) % 2 == 0);
}

int
glyph_other_case(int glyph)
{
	if (glyph >= CAPITALS && glyph < SMALLS)
		return glyph + (SMALLS - CAPITALS);
	if (glyph >= SMALLS && glyph < SMALLS + 26)
		return glyph - (SMALLS - CAPITALS);
	if (glyph >= ACCENTED && glyph < ACCENTED + ACCENTED_HALF)
		return glyph + ACCENTED_HALF;
	if (glyph >= ACCENTED + ACCENTED_HALF && glyph < LATER)
		return glyph - ACCENTED_HALF;
	if (glyph >= LATER && glyph < SIGNS)
		return ((glyph - LATER) ^ 1) + LATER;
	return glyph;
}

bool
glyph_is_even(int glyph)
{
	const char *zone = glyph_is_letter(glyph) ?
	    letter_in_zones(row(glyph)->letter) : NULL;
	return zone && !glyph_is_digit(glyph) && zone[0] &&
	    strchr("COSUVWXZ", zone[0]) && (zone[1] == '\0' || zone[1] == ' ' ||
	    zone[1] == 'E');
}

static size_t
spelling_of(struct spellings *s, const char *text, size_t size)
{
	for (size_t i = 0; i < s->count; i++)
		if (strlen(s->text[i]) == size &&
		    memcmp(s->text[i], text, size) == 0)
			return i;
	memcpy(s->text[s->count], text, size);
	return s->count++;
}

static void
add(struct spellings *s, const char *text, size_t size, int glyph)
{
	if (size == 0 || size > 4 || s->pairs == SPELLED_MAX ||
	    s->count == SPELLINGS_MAX)
		return;
	size_t spelling = spelling_of(s, text, size);
	s->pair[s->pairs++] = (struct spelled){(uint8_t)spelling,
	    (uint8_t)glyph};
}

/* What people print and what machines are given look the same. */
static void
add_alike(struct spellings *s, int glyph)
{
	static const char *const alike[][2] = {{"0", "O"}, {"O", "0"},
	    {"o", "0"}, {"1", "I"}, {"I", "1"}, {"l", "1"}, {"l", "I"}};
	for (size_t i = 0; i < COUNT_OF(alike); i++)
		if (strcmp(row(glyph)->text, alike[i][0]) == 0)
			add(s, alike[i][1], 1, glyph);
}

static void
make(struct spellings *s)
{
	for (int g = 0; g < GLYPHS_COUNT; g++) {
		uint32_t letter = row(g)->letter;
		const char *zones = glyph_is_digit(g) ? row(g)->text :
		    glyph_is_letter(g) ? letter_in_zones(letter) : "";
		while (*zones) {
			size_t size = strcspn(zones, " ");
			add(s, zones, size, g);
			zones += size;
			zones += strspn(zones, " ");
		}
		add_alike(s, g);
	}
}

const struct spellings *
glyph_spellings(void)
{
	static struct spellings made;
	if (made.count == 0)
		make(&made);
	return &made;
}
