/*
 * Two roundings.
 *
 * Coefficients rounded to multiples of one step and then to multiples of
 * another leave some multiples empty or doubly full, again and again along
 * the histogram. Both are held against the counts as a geometric fall from 1
 * upwards, one of them filled unevenly.
 */
#include "vision/file/roundings.h"

#include <math.h>

#define STEPS 64   /* steps tried for the first rounding */
#define LEAK 0.15  /* share that falls beside, by rounding pixels */

void
roundings_fullness(int first, int second, double out[ROUNDINGS_MOST + 1])
{
	int n[ROUNDINGS_MOST + 1] = {0};
	for (int m = 1; m * first <= (ROUNDINGS_MOST + 1) * second; m++) {
		int v = (2 * m * first + second) / (2 * second);
		if (v <= ROUNDINGS_MOST)
			n[v]++;
	}
	out[0] = 1;
	for (int v = 1; v <= ROUNDINGS_MOST; v++)
		out[v] = (1 - LEAK) * n[v] * first / second + LEAK;
}

static void
hold_against(const double counts[ROUNDINGS_MOST + 1], double fall,
    const double full[ROUNDINGS_MOST + 1], struct roundings *out)
{
	double all = 0, log_full = 0, even = 0, uneven = 0, weight = 1;
	for (int v = 1; v <= ROUNDINGS_MOST; v++, weight *= fall) {
		all += counts[v];
		log_full += counts[v] * log(full[v]);
		even += weight;
		uneven += weight * full[v];
	}
	out->level = log(uneven / even);
	out->gain = log_full / all - out->level;
}

bool
roundings_best(const double counts[ROUNDINGS_MOST + 1], int step,
    double least, struct roundings *out)
{
	double all = 0, sum = 0, full[ROUNDINGS_MOST + 1];
	for (int v = 1; v <= ROUNDINGS_MOST; v++) {
		all += counts[v];
		sum += counts[v] * v;
	}
	if (all < least || sum / all < 1.3)
		return false;
	double fall = 1 - all / sum;
	*out = (struct roundings){.gain = -1};
	for (int first = 2; first <= STEPS; first++) {
		struct roundings one = {.first = first};
		if (step % first == 0)
			continue;
		roundings_fullness(first, step, full);
		hold_against(counts, fall, full, &one);
		if (one.gain > out->gain)
			*out = one;
	}
	return true;
}
