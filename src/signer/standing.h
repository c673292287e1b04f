/*
 * How the authorities of an instance stand: which generation issues, what
 * follows when, what ends. Read from pki.ca_dir and the ledger, without
 * stopping the signer that writes there.
 */
#pragma once

#include "base/conf.h"
#include "status/issuer.h"

#include <stdbool.h>

enum standing_state {
	STANDING_absent,
	STANDING_root,
	STANDING_waits,   /* for its day, or for paraph ca ceremony begin */
	STANDING_issues,
	STANDING_follows_up, /* signs lists and answers for what it issued */
	STANDING_revoked,
	STANDING_ended
};

struct standing {
	enum standing_state state;
	enum authority root; /* under which it stands; AUTHORITY_COUNT: unknown */
	int64_t not_before, not_after;
	int64_t from;	    /* INT64_MAX: not said */
	uint64_t last_list; /* number in the ledger; 0: none there */
	uint64_t issued, revoked;
	bool known; /* the ledger has this certificate */
};

RESULT standing_load(
    const struct conf *conf, int64_t now, struct standing out[AUTHORITY_COUNT]);

const char *standing_name(enum standing_state state);

/* What somebody should do about it, appended as a sentence; nothing. */
RESULT standing_advice(const struct conf *conf,
    const struct standing all[AUTHORITY_COUNT], enum authority authority,
    int64_t now, struct buf *out);
