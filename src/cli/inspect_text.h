/*
 * Words on a terminal of 80 columns, in colour where that is wished for.
 */
#pragma once

#include <stdbool.h>

#define WIDTH 80
#define SMALL_SIZE 256

enum paint { PLAIN, BOLD, DIM, GOOD, DOUBT, BAD };

void text_colour(bool shown);

/* What begins a colour, and what ends it; "" without colours. */
const char *paint(enum paint p);
const char *plain(void);

/* Columns that a text takes. */
int columns_of(const char *text);

/* Spaces up to a column, at least one. */
void pad(int from, int to);

/* Words from column `at` on, broken at spaces, further lines indented; ends
 * the line. */
void print_wrapped(int at, int indent, const char *text);

/* A file's name without what could steer a terminal. */
const char *clean_name(const char *file, char out[SMALL_SIZE]);
