/*
 * The ledger's file as its parts see it: ledger.c opens it and writes,
 * ledger_walk.c reads what is there.
 */
#pragma once

#include "signer/ledger.h"

#define LENGTH_SIZE 8
#define HEAD_SIZE 17 /* sequence, time, kind */
#define PAYLOAD_MAX (HEAD_SIZE + LEDGER_BODY_MAX)
#define ENTRY_MAX (LENGTH_SIZE + PAYLOAD_MAX + DIGEST_SIZE)
#define WINDOW_SIZE ((size_t)256 * 1024) /* a few entries at least */
#define UNSURE_MAX ((int64_t)8 << 20) /* more is never waiting for a sync */

struct ledger {
	int fd;
	int64_t size;
	uint64_t count;
	int64_t last_time;
	struct digest chain;
	bool broken; /* a write failed: what is on disk is not known */
	struct syncing *beside; /* NULL: not needed yet */
};

/* The chain digest of an entry, from the one before and its payload. */
struct digest ledger_chain(const struct digest *before, struct span payload);

/* What lies at an offset. *got: fewer than size only at the file's end. */
RESULT ledger_read_at(
    int fd, int64_t offset, uint8_t *out, size_t size, size_t *got);

/* The length of the payload that a head tells; 0: it is none. */
uint32_t ledger_length_of(struct span head);

/* An entry of its payload, which it goes on pointing into. ERR_CONFLICT: it is
 * of no known kind. */
RESULT ledger_split(struct span payload, int64_t offset,
    const struct digest *digest, struct ledger_entry *out);

/*
 * Visits every entry from the first, checks the chain, and leaves count, head,
 * last time and size at the last whole one. *dropped: something stands behind
 * it. ERR_CONFLICT: the chain is broken, or an entry is missing.
 */
RESULT ledger_walk(
    struct ledger *l, ledger_visitor *visit, void *data, bool *dropped);
