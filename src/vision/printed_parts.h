/*
 * What printed.c and printed_names.c share.
 */
#pragma once

#include "vision/sheet.h"

void printed_add(const struct sheet *s, struct printed *out,
    enum finding_name name, const char *text, float sure,
    const struct segment *where);

/* The value of the first label of that kind which has one. */
const struct segment *printed_labelled(const struct sheet *s,
    enum label label);

/* Surname and given names. */
void printed_names(const struct sheet *s, const struct mrz *zone,
    struct printed *out);
