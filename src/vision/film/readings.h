/*
 * Several readings of one document, from frames of one recording, into one.
 */
#pragma once

#include "ident/finding.h"

/* How much a reading tells: the more, the more. */
int readings_score(const struct findings *f);

/* A printed field counts from the frame in which it was read most surely. */
RESULT readings_merge(const struct findings *from, struct findings *into);

/* The zone counts as a whole, from the frame in which it was read best: lines
 * of two frames are never put together. */
RESULT readings_take_zone(const struct findings *from,
    struct findings *into);
