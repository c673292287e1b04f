/*
 * What a revocation list says of itself, and whether it is late.
 */
#pragma once

#include "base/der.h"

struct crl_outline {
	uint64_t number; /* cRLNumber; 0: none */
	int64_t this_update, next_update;
	size_t entries;
};

/* ERR_INVALID for what is no complete list with nextUpdate (B-11). */
RESULT crl_outline(struct span der, struct crl_outline *out);

/*
 * Whether somebody must look after it. A list of those that issue to people
 * is made again before half its life is over, at least every 24 hours (B-15),
 * so an hour later is too late; a root's, which needs a ceremony, is in its
 * last week (B-16).
 */
bool crl_is_late(const struct crl_outline *list, bool issues, int64_t now);
