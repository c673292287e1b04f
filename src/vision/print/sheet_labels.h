/*
 * Which pieces of a sheet are labels. For sheet.c.
 */
#pragma once

#include "vision/print/sheet.h"

/* How many of the pieces are labels: which end is up shows in that. */
size_t sheet_count_labels(const struct prints *prints);

/* Fills labels, is_label and country. */
void sheet_find_labels(struct sheet *s);
