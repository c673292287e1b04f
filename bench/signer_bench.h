/*
 * What the parts of bench/signer.c share.
 */
#pragma once

/* Of all threads. */
double cpu_seconds(void);
/* Of this thread alone: with a core for each, what the busiest one takes is
 * what the others wait for. */
double own_seconds(void);
void measure_keys(void);
