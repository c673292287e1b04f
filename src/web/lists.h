/*
 * The newest revocation list of each authority, and whether the database
 * agrees with the signer's ledger: for those who watch.
 */
#pragma once

#include "web/authority.h"

struct list_state {
	enum authority authority;
	struct crl_outline list;
	bool late;
};

/* ERR_UNAVAILABLE: the store is busy. */
RESULT ledger_read_seen(struct request *q, struct ledger_seen *out);

RESULT signer_read_met(struct request *q, struct signer_met *out);

/* Those that exist; out has room for AUTHORITY_COUNT. */
RESULT lists_read(struct request *q, struct list_state *out, size_t *count);
