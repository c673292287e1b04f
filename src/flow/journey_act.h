/*
 * What the participant's acts share.
 */
#pragma once

#include "flow/act.h"
#include "flow/journey.h"

#define ASK_A_PERSON_LIFE (7 * DAY)

/* opened -> collecting when name, e-mail, phone, consent, agreement are done. */
RESULT journey_identified(struct act *t);

/* The name differed from the document's and may be corrected now. */
RESULT journey_name_is_asked(struct act *t, bool *out);

/* ERR_WRONG_STATE (field: the side) unless every side is read. */
RESULT journey_require_pictures(struct act *t);

/* All that the level asks for was read: -> checking, with the job that looks
 * at it as a whole. */
RESULT journey_hand_in(struct act *t);

/* The document's step after a picture was read: where recordings follow, it
 * is done when every side is read. */
RESULT journey_show_document(struct act *t, const char *reasons);

/* The review's row and step; the move is the caller's. */
RESULT journey_open_review(struct act *t, const char *why);

/* Seals bytes into the vault under a new id; the row is the caller's to save,
 * and keep_undo what takes the file away when that fails. */
RESULT keep_bytes(struct flow *f, struct arena *a,
    const struct registration *r, const char *kind, const char *media_type,
    struct span bytes, struct evidence *out);
void keep_undo(struct flow *f, const struct evidence *e);
