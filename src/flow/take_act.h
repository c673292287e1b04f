/*
 * What the files of takes share.
 */
#pragma once

#include "flow/act.h"
#include "flow/take.h"

/* Beside the transaction's registration, the take in it. */
#define TAKING (IN(collecting) | IN(action_required))

/* take_begin with prompts that are not drawn: of a known case, whose film is
 * there already (flow/plant.h). NULL: drawn. */
RESULT take_begin_asking(struct flow *f, struct arena *a, const char *id,
    enum part part, const char *prompts, const char *media_type,
    const char *hints, struct take *out);

/* A take as the participant may go on with it, loaded behind the lock:
 * recording, of this attempt. Lighter than an act: the registration stays as
 * it is. The caller rolls back or commits. */
RESULT take_open(struct flow *f, struct arena *a, const char *id,
    const char *take, struct take *out);

/* ERR_WRONG_STATE unless it has begun; ERR_EXPIRED when it is too late. */
RESULT take_require_running(const struct take *t, int64_t now);

/* In the journal, by which they are counted. */
#define TAKE_BEGUN "participant.take_begun"
#define TAKE_TOLD "participant.take_told"
RESULT take_note(struct flow *f, struct arena *a, const struct take *t,
    const char *act);

/* state changes; stored. */
RESULT take_set(struct flow *f, struct take *t, enum take_state state);
