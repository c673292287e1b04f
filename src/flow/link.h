/*
 * What is derived from the installation's link key instead of being stored:
 * link tokens, codes, revocation codes.
 */
#pragma once

#include "flow/flow.h"

#define LINK_TOKEN_SIZE 64 /* 47 bytes as base64url, and a NUL */

struct link {
	char registration[ID_SIZE];
	bool mailed; /* the one that only the participant's mailbox saw */
	uint32_t generation;
};

void link_format(const struct keys *k, const struct link *l,
    char out[LINK_TOKEN_SIZE]);
/* ERR_NOT_FOUND for anything that link_format did not write. */
RESULT link_parse(const struct keys *k, const char *token, struct link *out);
