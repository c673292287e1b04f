/*
 * The newest revocation list of each authority, for those who watch.
 */
#pragma once

#include "web/authority.h"

struct list_state {
	enum authority authority;
	struct crl_outline list;
	bool late;
};

/* Those that exist; out has room for AUTHORITY_COUNT. */
RESULT lists_read(struct request *q, struct list_state *out, size_t *count);
