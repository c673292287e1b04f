/*
 * Counts of a JPEG's coefficients: whether they were rounded once, or to
 * multiples of another step before.
 */
#pragma once

#include <stdbool.h>

#define ROUNDINGS_MOST 40 /* multiples looked at */

/* How often each multiple of the second step was filled from multiples of the
 * first, against how often evenly; [0] means nothing. */
void roundings_fullness(int first, int second,
    double out[ROUNDINGS_MOST + 1]);

struct roundings {
	double gain;  /* nats a coefficient of two roundings over one */
	int first;    /* the step of the first that explains them best */
	double level; /* the logarithm of how full one rounding leaves them */
};

/* Of how often each multiple of a step occurs; false for fewer than least,
 * and where hardly anything but the step itself occurs. */
bool roundings_best(const double counts[ROUNDINGS_MOST + 1], int step,
    double least, struct roundings *out);
