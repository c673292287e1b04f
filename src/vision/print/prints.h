/*
 * Pieces of print, read by our own network: what each says, how sure each
 * letter is, and all the votes, so that a text can be looked for in them.
 */
#pragma once

#include "vision/net/net.h"
#include "vision/pixels/opencv.h"
#include "vision/print/glyphs.h"
#include "vision/print/pieces.h"

#define PRINT_TEXT_SIZE 160 /* bytes of UTF-8 */
#define PRINT_LETTERS_MAX 110
#define PRINT_STRIDE 2      /* pixels of the network's input a column */
#define PRINT_COLUMNS_MAX 448

struct print_letter {
	uint8_t glyph;
	short from, to; /* columns, the last one included */
	float sure;     /* probability, 0 to 1 */
};

struct print {
	struct piece where;
	int columns;
	float step;         /* pixels of the page from column to column */
	float start;        /* along the base line, where column 0 is */
	const float *votes; /* GLYPH_CLASSES rows of columns: how much less
	                       likely than the best one, as logarithm */
	const float *best;  /* logarithm of the best one's probability */
	const float *spelled;    /* likewise, the best glyph of each spelling */
	const float *separators; /* and the best sign between letters */
	int count;
	struct print_letter at[PRINT_LETTERS_MAX];
	char text[PRINT_TEXT_SIZE];
	char plain[PRINT_TEXT_SIZE]; /* in A-Z, 0-9 and single spaces */
	float sure;         /* mean over letters and digits */
};

struct prints {
	size_t count;
	struct print at[PIECES_MAX];
	float *votes; /* of all */
};

/* Which way the pieces are read: as they stand, or upside down. */
enum print_way { PRINT_UPRIGHT, PRINT_REVERSED };

/*
 * Reads the pieces of an evenly lit page, at most most_columns of them all
 * together, the first ones first.
 */
RESULT prints_read(struct net *net, const struct raster *page,
    const struct pieces *pieces, enum print_way way, int most_columns,
    struct prints *out);
void prints_clear(struct prints *p);

/* Votes into votes for each spelling (SPELLINGS_MAX rows of columns) and for
 * any sign between letters (one row); p refers to them from then on. */
void prints_fold(struct print *p, float *spelled, float *separators);

/* Letters from..to-1 as text, with one space where there is any. */
void print_text(const struct print *p, int from, int to, char *out,
    size_t size);

/* The piece of page that columns from..to cover: x, y, width, height. */
void print_box(const struct print *p, int from, int to, float out[4]);

DEFINE_AUTO_CLEAR(prints_clear, struct prints)
