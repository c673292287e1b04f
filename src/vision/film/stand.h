/*
 * A face that does not move at all, as none does that lives: a picture that
 * stands, even where its frames differ.
 */
#pragma once

#include "vision/film/seams.h"

/* The longest time in which no part of the face moves, in seconds, and when;
 * moments of a picture so wide. */
void stand_find(const struct moment *moments, size_t count, int width,
    struct seam *out);
