/*
 * The texts a participant agrees to (terms/), filled in for a registration
 * and hashed: what is accepted is exactly what was shown.
 */
#pragma once

#include "store/store.h"
#include "base/conf.h"

#define TERMS_PARAGRAPHS_MAX 32

enum terms_kind { TERMS_CONSENT, TERMS_AGREEMENT };

struct terms {
	const char *language; /* of the text: "en" where there is no other */
	const char *title;
	const char *paragraphs[TERMS_PARAGRAPHS_MAX];
	size_t count;
	const char *text; /* the whole, as hashed and kept */
	char sha256[65]; /* of the whole text, in UTF-8 with line feeds */
};

/* In the arena. */
RESULT terms_load(struct store *s, const struct conf *conf, struct arena *a,
    enum terms_kind kind, const struct registration *r, struct terms *out);

/* ERR_INVALID (field sha256) when the hash is not that of the text. */
RESULT terms_check(struct store *s, const struct conf *conf, struct arena *a,
    enum terms_kind kind, const struct registration *r, const char *sha256);
