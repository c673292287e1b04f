/*
 * A certificate's own words. Apart from the rest because both pki and store
 * call their view of it struct certificate.
 */
#pragma once

#include "base/buf.h"

#include <stdint.h>

#define WORD_SIZE 256

struct ca_words {
	char given_names[WORD_SIZE], surname[WORD_SIZE], country[WORD_SIZE];
	char person_serial[WORD_SIZE];
};

RESULT ca_words(struct span der, struct ca_words *out);

/* What a row of a database says of a certificate. */
struct ca_claim {
	struct span serial;
	int64_t not_before, not_after;
	const char *profile;
};

/* ERR_INVALID: it was not signed by this authority, or is another one than is
 * claimed. */
RESULT ca_signed_by(
    struct span der, struct span authority, const struct ca_claim *claim);
