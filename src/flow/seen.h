/*
 * Whether a document, a person or a picture was shown before, under another
 * e-mail: keyed digests and imprints, never the data.
 */
#pragma once

#include "flow/decide_act.h"

/*
 * Keeps what recognises this attempt again, and fills in at->dossier.seen.
 * Digests are kept only of a zone whose check digits all agree: a misread
 * number would accuse a stranger.
 */
RESULT seen_note(struct act *t, struct attempt *at);

/*
 * Requests under other e-mails that share the document, the person or a
 * picture, newest first; kind says which. For the operator's page.
 */
RESULT seen_list(struct flow *f, struct arena *a, const char *registration,
    struct earlier **out, size_t *count);
