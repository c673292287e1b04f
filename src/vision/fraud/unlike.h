/*
 * How far a field stands from the others of its document by all that is
 * measured, and what a network's word counts beside that.
 */
#pragma once

#include "vision/fraud/rims.h"

struct unlike {
	double all;                /* NAN: no field, or too few */
	double parts[FIELD_PARTS]; /* usual deviations */
	double rims;               /* the same; 0 where not measured */
	const char *by;            /* the word for what does most */
};

struct unlike unlike_measure(const struct field_looks *f,
    const struct rims rims[PATCHES_MAX], size_t which);

/* How far it counts, below 0: not at all. score: the network's; NAN: it was
 * not asked. Changes the word where less than all of it counts. */
double unlike_counted(const struct field_look *f, double score,
    struct unlike *s);

/* Makes the network's scores NAN where it takes more than half of the print
 * that it was asked about for set later. */
void unlike_hear(double *scores, size_t count);

/* The network's score as it counts, NAN as it was. */
double unlike_network(double score, const struct unlike *s);
