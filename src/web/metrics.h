/*
 * Counters for monitoring, shown at /metrics in the Prometheus text format.
 */
#pragma once

#include "base/buf.h"

struct request;
struct metrics;

struct metrics *metrics_new(void);
void metrics_free(struct metrics *m);
void metrics_begin(struct metrics *m);
/* Counts the answer of a request that has ended. */
void metrics_end(struct metrics *m, const struct request *q, int64_t ms);
/* Requests that have begun and not ended. */
int metrics_under_way(const struct metrics *m);
