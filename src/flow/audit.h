/*
 * The journal: append-only, each entry carries the hash of the one before.
 * Written in the transaction of the act it records. No personal data: ids,
 * names of acts, digests.
 */
#pragma once

#include "flow/flow.h"

/* Needs an open transaction. detail and evidence_digest may be "". */
RESULT audit_write(struct flow *f, const struct actor *who, const char *act,
    const char *subject, const char *detail, const char *evidence_digest);

/* Every field, length-prefixed, the hash before it last. */
#define AUDIT_ENTRY_MAX ((size_t)64 * 1024)
void audit_encode(const struct audit_entry *e, struct buf *out);
/* SHA-256 of that. */
void audit_hash(const struct audit_entry *e, char out[65]);

/*
 * Reads the whole journal. ERR_INVALID names the first entry that is
 * altered, missing or out of order. checkpoint_seq/hash (0/NULL: none) finds
 * a tail that was cut off.
 */
RESULT audit_verify(struct store *s, int64_t checkpoint_seq,
    const char *checkpoint_hash, int64_t *entries);
