/*
 * Where a field's letters stand in the machine-readable zone, and so in the
 * picture it was read from: what an eye is led to. Nothing is decided by it.
 */
#pragma once

#include "ident/finding.h"
#include "ident/mrz_layout.h"

/*
 * Letters of a field, counted from 1 as in mrz_fields.def. "surname" and
 * "given_names" are told apart in a zone that has both in one field. False
 * where the lines are of no known format or have no such field, or an empty
 * one; then *out is not written.
 */
bool mrz_letters_of(const char *const lines[], size_t count, const char *name,
    struct mrz_range *out);

/*
 * Upright box, in pixels of the picture, around letters of a line whose
 * corners are given as x,y from the upper left on, clockwise. columns: of the
 * line, not 0.
 */
struct box mrz_letters_box(const int corners[8], size_t columns,
    struct mrz_range at);

/* "x,y x,y x,y x,y"; false, and corners undefined, for any other text. */
bool corners_parse(const char *text, int corners[8]);
