/*
 * The words of a piece of print, and which of them name a field. For
 * sheet_labels.c.
 */
#pragma once

#include "vision/print/sheet.h"

#define WORDS_MAX 32
#define WORD_SIZE 32

/* Letters begin..end-1 of a piece. */
struct word {
	char plain[WORD_SIZE];
	int size;
	int begin, end;
};

struct words {
	int count;
	struct word at[WORDS_MAX];
};

struct found {
	int letters, merit; /* long and well read is more */
	int next;           /* the word after it */
};

/* Words first..next-1 that name a field. */
struct part {
	enum field field;
	int first, next;
	int letters;
	bool name; /* nothing but "name" */
};

struct parts {
	int count;
	struct part at[WORDS_MAX];
};

void phrases_words(const struct print *p, struct words *out);

/* Does the phrase stand from word `at` on? */
bool phrases_at(const struct words *words, int at, const char *phrase,
    struct found *out);

/* The same of a title or a sign, whose words may have run into one another:
 * "POVOLENI KPOBYTU". */
bool phrases_title_at(const struct words *words, int at, const char *phrase,
    struct found *out);

/* The parts of a piece that name fields, and its words. */
void phrases_parts(const struct print *p, struct words *words,
    struct parts *out);

/* The next field, from *at on, that a part names beside its own; false: none
 * is left. */
bool phrases_second(const struct words *words, const struct part *part,
    size_t *at, enum field *out);
