/*
 * What has been kept long enough is destroyed: the key of each piece of
 * evidence, its file, what was read from it, and the perceptual hashes. The
 * rows stay and say that it was there (ETSI TS 119 461 8.5; product 14).
 */
#pragma once

#include "flow/flow.h"

/* Destroys what is due, at most 500 pieces; how many. Again until 0. */
RESULT retention_run(struct flow *f, struct arena *a, size_t *out);
