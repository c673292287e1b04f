/*
 * Words that stand together: a label, a value. And what a piece of print
 * says when case, accents and the usual mistakes of reading are set aside.
 */
#pragma once

#include "vision/ocr.h"

#define SEGMENTS_MAX 200
#define SEGMENT_SIZE 160

struct segment {
	char text[SEGMENT_SIZE];  /* words with one space between them */
	char plain[SEGMENT_SIZE]; /* the same in A-Z, 0-9 and single spaces */
	int x, y, width, height;
	float sure; /* of its least certain word that has letters or digits */
};

struct segments {
	size_t count;
	struct segment at[SEGMENTS_MAX];
};

void segments_of(const struct ocr_words *words, struct segments *out);

/* A-Z, 0-9, everything else a space; accents dropped. */
void plain_of(const char *text, char *out, size_t size);

/* Only letters and digits. */
void squeeze(const char *text, char *out, size_t size);

/* How many letters must be changed, added or dropped; size limits apply. */
int edits_between(const char *a, const char *b);

/* Equal but for what readers take for one another: O 0, I 1, S 5, B 8. */
bool looks_alike(const char *a, const char *b);

/* A date as documents print it: "23 SEP 1988", "15.11.1988", "1988-11-15".
 * out gets YYYY-MM-DD; *end (may be NULL) the first byte after it. */
bool date_in(const char *plain, char out[11], const char **end);
