/*
 * What one letter of a name becomes when names are compared, and in
 * machine-readable zones. For person.c.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * UTF-8 of what stands for the letter in comparisons, "" for an accent; NULL
 * when it is no letter of Latin, Greek or Cyrillic.
 */
const char *letter_fold(uint32_t letter);

/*
 * Its spellings in zones, separated by spaces, "-" for none of its own
 * ("AE A"); "" for an accent; NULL when no zone spells it.
 */
const char *letter_in_zones(uint32_t letter);

/* Kinds of sign between letters. */
enum letter_sign { SIGN_NONE, SIGN_SPACE, SIGN_HYPHEN, SIGN_SILENT };

/* SIGN_SILENT: apostrophes, full stops, the Catalan middle dot. */
enum letter_sign letter_sign(uint32_t letter);
