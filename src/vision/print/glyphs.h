/*
 * The glyphs of print: what each class of the reader is, and how a zone would
 * spell it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GLYPHS_COUNT 238
#define GLYPH_CLASSES (GLYPHS_COUNT + 1)
#define GLYPH_BLANK GLYPHS_COUNT
#define GLYPH_FOREIGN (GLYPHS_COUNT - 1) /* Greek, Cyrillic */

/* Its UTF-8, with a NUL; "" for the blank. */
const char *glyph_text(int glyph);

/* The glyph of that text; GLYPH_BLANK when there is none. */
int glyph_find(const char *text);

/* A letter or a digit. */
bool glyph_is_letter(int glyph);
bool glyph_is_digit(int glyph);
/* A letter that has this glyph's other case; itself when there is none. */
int glyph_other_case(int glyph);
bool glyph_is_capital(int glyph);
/* Capital and small letter differ in size alone, or nearly so: c o s u v w x
 * z. */
bool glyph_is_even(int glyph);

/*
 * Spellings are what letters become in zones: one letter or digit, or several
 * (AE, OE, SS ...). Each has a number; digits and letters that print alike
 * share theirs (0 O, 1 I l) when exact is false.
 */
#define SPELLINGS_MAX 64
#define SPELLED_MAX 400

struct spelled {
	uint8_t spelling;
	uint8_t glyph;
};

struct spellings {
	size_t count; /* of spellings */
	char text[SPELLINGS_MAX][5];
	size_t pairs;
	struct spelled pair[SPELLED_MAX];
};

/* Made when first asked for. */
const struct spellings *glyph_spellings(void);
