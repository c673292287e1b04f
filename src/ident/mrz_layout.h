/*
 * The tables mrz_fields.def and mrz_digits.def as C, for what parses, mends
 * and doubts the zone only.
 */
#pragma once

#include "ident/mrz.h"

enum mrz_alphabet { LETTERS, DIGITS, SEX, ANY };

#define MRZ_RANGES_MAX 4

/* Counted from 1, as in the table; line 0 ends a list. */
struct mrz_range {
	uint8_t line, first, last;
};

struct mrz_field {
	enum mrz_format format;
	const char *name;
	struct mrz_range at;
	enum mrz_alphabet alphabet;
};

struct mrz_digit_rule {
	enum mrz_format format;
	enum mrz_digit digit;
	const char *field; /* where the digit stands */
	struct mrz_range over[MRZ_RANGES_MAX];
};

extern const struct mrz_field mrz_fields[];
extern const size_t mrz_field_count;
extern const struct mrz_digit_rule mrz_digit_rules[];
extern const size_t mrz_digit_rule_count;

/* NULL when the format has no such field. */
const struct mrz_field *mrz_field_find(enum mrz_format format,
    const char *name);

/* The format whose shape and first letters these lines have, or MRZ_NONE. */
enum mrz_format mrz_recognise(const char *const lines[], size_t count);

/* Whether a letter of the zone belongs to an alphabet; fillers always do. */
bool mrz_alphabet_has(enum mrz_alphabet alphabet, char letter);

/* The letters that a digit is computed over, one after the other. */
void mrz_gather(const char *const lines[], const struct mrz_digit_rule *rule,
    char out[MRZ_LINES_MAX * MRZ_LINE_SIZE]);
