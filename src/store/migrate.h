/*
 * Numbered schema files (schema/NNNN_*.sql), part of the program, applied in
 * order, each in one transaction with the row that remembers it.
 */
#pragma once

#include "store/store.h"

/* Applies what is missing; two that start at once do it one after the other. */
RESULT migrate_run(struct store *s);

/* ERR_UNAVAILABLE when a file is missing here, or unknown to this program. */
RESULT migrate_check(struct store *s);
