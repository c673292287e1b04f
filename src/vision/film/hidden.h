/*
 * What of a recording may hide an action from whoever measures it. Nothing is
 * forgiven by it: it tells where a person must look.
 */
#pragma once

#include "vision/film/signals.h"

/* Gap of the inner lips by their width, in the middle one of the pictures in
 * which the face looks ahead; -1: hardly any. Lips that seem apart there are
 * no lips that are, but ones that landmarks do not find. */
float hidden_lips(const struct moment *moments, size_t count,
    const struct signals *rest);

/* The longest time between two pictures in which the face could be measured,
 * milliseconds, from the one moment to the other. What comes after the end of
 * the recording is not hidden: it is not there. */
uint32_t hidden_longest(const struct moment *moments, size_t count,
    uint32_t from_ms, uint32_t to_ms);
