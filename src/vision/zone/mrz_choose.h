/*
 * From lines of letters to a zone: which of them make one of the known layouts.
 */
#pragma once

#include "vision/zone/mrz_read.h"
#include "vision/zone/zone.h"

/* Probabilities of letters, in the mean and the least: so clear that what is
 * wrong was printed so. */
#define MRZ_CLEAR_SURE 0.995f
#define MRZ_CLEAR_LEAST 0.9f

/* How good a reading is: by its arithmetic first, then by its letters; 0: it
 * is none. */
float mrz_worth(const struct mrz_found *m);

/* Nothing better is to be expected of another look: everything agrees, or what
 * is wrong was printed so. */
bool mrz_settled(const struct mrz_found *m);

/* Reads the lines of m anew, by the reader's look. */
RESULT mrz_read_lines(struct reader *r, int64_t now, struct mrz_found *m);

/* best: replaced where a choice of the zone's lines is worth more. */
RESULT mrz_choose(struct reader *r, const struct zone *z, int64_t now,
    struct mrz_found *best);

/* The same where no layout fits, as of lines that a reflection parted. */
RESULT mrz_choose_parted(struct reader *r, const struct zone *z, int64_t now,
    struct mrz_found *best);

/* Whether a layout has lines of so many letters. */
bool mrz_known_width(int letters);
