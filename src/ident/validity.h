/*
 * For how long documents are made valid (validity.def).
 */
#pragma once

#include "ident/mrz.h"

#include <stdint.h>

struct validity {
	const char *country, *kind;
	int years;
	int longer_from; /* age at issue; 0: no one's is longer */
	const char *source;
};

/* NULL when there is no row, or no kind. */
const struct validity *validity_find(const char *country, const char *kind);

enum validity_doubt {
	VALIDITY_FINE,
	VALIDITY_UNKNOWN,  /* no row, or no dates */
	VALIDITY_TOO_LONG, /* the period, or what is left of it */
	VALIDITY_BACKWARDS /* issued before birth, after today or expiry */
};

/*
 * Judges dates of YYYY-MM-DD; "" for one that is not known, 00 for an unknown
 * month or day. today is such a date too. days gets the period (from issue,
 * or from today when that is not known), 0 when it cannot be told; longest
 * gets what the row allows.
 */
enum validity_doubt validity_judge(const struct validity *row,
    const struct mrz *m, const char *issue, const char *today, int *days,
    int *longest);
