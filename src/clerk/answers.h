/*
 * Answers about certificates: asked of the signer, and kept.
 */
#pragma once

#include "clerk/agree.h"

/* The truth about one certificate; its revocation when it was revoked. */
enum err answers_ask(struct clerk *c, struct errand *e,
    const struct certificate *crt, errand_step *step);
/* What the signer answered to that. */
enum err answers_keep(struct clerk *c, struct arena *a,
    const struct certificate *asked, const struct message *answer);

/* Sees to the last answers of authorities that are about to end. */
enum err last_begin(struct clerk *c);
