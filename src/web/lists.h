/*
 * The newest revocation list of each authority, whether the database agrees
 * with the signer's ledger, what waits to be destroyed: for those who watch.
 */
#pragma once

#include "flow/retention.h"
#include "web/authority.h"

struct list_state {
	enum authority authority;
	struct crl_outline list;
	bool late;
};

/* ERR_UNAVAILABLE: the store is busy. */
RESULT ledger_read_seen(struct request *q, struct ledger_seen *out);

RESULT signer_read_met(struct request *q, struct signer_met *out);

/* Evidence past its time, of all rules that nobody has approved. */
RESULT retention_read_waiting(struct request *q, struct retention_due *out);

/* Those that exist; out has room for AUTHORITY_COUNT. */
RESULT lists_read(struct request *q, struct list_state *out, size_t *count);
