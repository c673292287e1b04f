/*
 * Recordings into findings: the two of a proof of life, and the comparison of
 * what one attempt brought. For processes that are locked in.
 *
 * Each gives a film beside its findings (ident/film.h); boxes of findings are
 * in pixels of its frames, times are those of the recording.
 */
#pragma once

#include "ident/challenge.h"
#include "ident/film.h"
#include "ident/finding.h"
#include "vision/inspect.h"

/* The face: who is there, what they do, and whether it is a picture of a
 * picture. c: what was asked, with the times at which it was shown; without
 * prompts nothing is known of it. */
RESULT inspect_face(const struct inspector *i, struct span file,
    const struct challenge *c, struct findings *out, struct buf *film);
