/*
 * OCSP answers that were given a moment ago, as whole HTTP answers: who asks
 * the same again meets neither the store nor the log.
 *
 * A moment is a fifth of a second, and ends at once when this program revokes
 * something: no "good" outlives a revocation by more (B-1 allows a day).
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

#define READY_KEY_MAX 512

struct ready;
struct MHD_Connection;
struct MHD_Response;

struct ready *ready_new(void);
void ready_free(struct ready *r);

/* Queues the answer that is kept under this key, when there is one. The key:
 * a path of GET or a body of POST, which begin differently. */
bool ready_give(
    struct ready *r, struct span key, struct MHD_Connection *connection);

/* Now, to be asked before what is answered is looked up. */
uint64_t ready_age(void);
/* Keeps an answer that was made of what was true at that age. */
void ready_keep(struct ready *r, struct span key, uint64_t age,
    struct MHD_Response *answer);
/* Something was revoked: nothing from before is given any more. */
void ready_forget(void);

/* Given since the start, for metrics. */
uint64_t ready_count(void);
