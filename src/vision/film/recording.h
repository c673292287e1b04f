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

/* The document: the zone and print of its sharpest frames, its sides laid
 * flat, and what changes while it is tilted. */
RESULT inspect_document_shown(const struct inspector *i, struct span file,
    const struct challenge *c, struct findings *out, struct buf *film);

/* An attempt against itself. album: a film with the stills, and the best
 * pictures of both recordings. */
RESULT inspect_comparison(const struct inspector *i, struct span album,
    struct findings *out, struct buf *film);

/* What any recording has: its kind, length and state. */
struct video_facts;
RESULT recording_report(const struct video_facts *f, struct findings *out);
