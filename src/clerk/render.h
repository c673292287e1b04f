/*
 * Messages as text: a template by kind and language (mail/), filled with
 * what is stored. No secret beyond the one link or code the message is for.
 */
#pragma once

#include "clerk/clerk.h"

struct letter {
	const char *subject; /* "" for an SMS */
	const char *body;
};

RESULT render_letter(struct clerk *c, struct arena *a, const struct mail *m,
    struct letter *out);

/* A word of mail/words.LANG.txt; English when the language lacks it, NULL
 * when English does. */
const char *render_word(struct arena *a, const char *language,
    const char *key);
