/*
 * What a piece of print says when case, accents and the usual mistakes of
 * reading are set aside.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define WORDING_SIZE 160

/* A-Z, 0-9, everything else a space; accents dropped. */
void plain_of(const char *text, char *out, size_t size);

/* Only letters and digits, in capitals. */
void squeeze(const char *text, char *out, size_t size);

/* How many letters must be changed, added or dropped; size limits apply. */
int edits_between(const char *a, const char *b);

/* Equal but for what readers take for one another: O 0, I 1, S 5, B 8. */
bool looks_alike(const char *a, const char *b);

/* A date as documents print it: "23 SEP 1988", "15 11 1988", "1988 11 15".
 * out gets YYYY-MM-DD; *end (may be NULL) the first byte after it. */
bool date_in(const char *plain, char out[11], const char **end);

/* "11.05.73", "11 05 73": a date of six digits and nothing else; years to 40
 * are taken for those after 2000. out gets YYYY-MM-DD. */
bool short_date_in(const char *text, char out[11]);

/* "13 SEP SEP 03": begins with a day and a month's name. */
bool day_and_month_in(const char *plain);

/* The words of one month in months.def, one after another; NULL at the end. */
const char *month_word(int month, size_t index);
