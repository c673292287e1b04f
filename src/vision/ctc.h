/*
 * From the network's columns to letters.
 *
 * Each column votes for a letter or for nothing; equal neighbours are one
 * letter. The best path says what is there and where; the exact path answers
 * "if there are just so many letters, which?", which mends a filler lost in a
 * run of fillers without inventing anything else.
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

/* The best path of exactly count letters; ERR_UNREADABLE when too narrow. */
RESULT ctc_exact(const struct ctc_votes *v, int count, struct ctc_text *out);

/* Mean probability; 0 when empty. */
float ctc_sure(const struct ctc_text *t);
