/*
 * From the network's columns to letters.
 *
 * Each column votes for a letter or for nothing; equal neighbours are one
 * letter. The best path says what is there and where. The cells answer "if
 * there are just so many letters, one about every so many columns, how likely
 * is each letter in each place?", over all paths and not only the best: this
 * mends a filler lost in a run of fillers and says how sure it is of it.
 */
#pragma once

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CTC_LETTERS 37
#define CTC_CLASSES (CTC_LETTERS + 1)
#define CTC_BLANK CTC_LETTERS
#define CTC_COLUMNS_MAX 512
#define CTC_TEXT_MAX 128

extern const char ctc_alphabet[CTC_LETTERS + 1];

/* Log probabilities, one row of CTC_CLASSES a column. */
struct ctc_votes {
	int columns;
	float log[CTC_COLUMNS_MAX][CTC_CLASSES];
};

struct ctc_letter {
	char letter;
	float column; /* where it stands */
	float sure;   /* probability, 0 to 1 */
};

struct ctc_text {
	int count;
	struct ctc_letter at[CTC_TEXT_MAX];
};

/* logits: CTC_CLASSES rows of columns. */
RESULT ctc_votes_of(const float *logits, int classes, int columns,
    struct ctc_votes *out);

/* The best path. Letters past CTC_TEXT_MAX are dropped. */
void ctc_best(const struct ctc_votes *v, struct ctc_text *out);

/* Probability of each letter in each place of a line. */
struct ctc_cells {
	int count;
	float p[CTC_TEXT_MAX][CTC_LETTERS];
	float likely; /* log likelihood of all such paths, a column */
};

/* Letters this many places off are not looked at. */
#define CTC_BAND 3

/*
 * Exactly count letters, the first one near column `first` and `step` columns
 * from each to the next; ERR_UNREADABLE when no path has so many. near: how
 * many steps each may begin off its place, so that those behind a gap do not
 * move up into it; 0 where the places are not known so well.
 */
RESULT ctc_cells_of(const struct ctc_votes *v, int count, float first,
    float step, float near, struct ctc_cells *out);

/* The likeliest letter of a place. */
char ctc_cells_letter(const struct ctc_cells *c, int place);

/* Mean probability; 0 when empty. */
float ctc_sure(const struct ctc_text *t);
