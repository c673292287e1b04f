/*
 * The signer's ledger: a file that only grows, each entry carrying the digest
 * of all before it. It is the signer's whole memory: it has no database, and
 * a database that is restored from yesterday does not change what was signed.
 *
 *     entry = length (4) | its complement (4) | payload | chain digest (32)
 *     payload = sequence (8) | time (8) | kind (1) | body
 *     chain digest = SHA-256(the digest before | payload)
 *
 * An entry cut short at the very end was never synced, so nobody relied on
 * it: it is dropped at the next start. Anything else that does not fit the
 * chain stops the signer; the complement keeps a damaged length from passing
 * for a cut. What nobody can see from the file alone is that whole entries
 * were taken off its end: for that the head is told to others (STATUS).
 */
#pragma once

#include "base/digest.h"
#include "proc/wire.h"

#define LEDGER_BODY_MAX ((size_t)32 * 1024)

enum ledger_kind {
#define ENTRY(kind, fields) ENTRY_##kind,
#include "signer/ledger.def"
#undef ENTRY
	ENTRY_COUNT
};

struct ledger;

struct ledger_entry {
	uint64_t sequence;
	int64_t at;
	enum ledger_kind kind;
	struct span body;
	int64_t offset; /* for ledger_read */
	struct digest digest; /* over all up to here, with it */
};

/* Called for each entry while the ledger is opened; an error stops it. */
typedef enum err ledger_visitor(void *data, const struct ledger_entry *e);

/*
 * Opens {dir}/ledger, making it when it is not there, and walks through all
 * of it. ERR_UNAVAILABLE: another signer has it. ERR_CONFLICT: the chain is
 * broken. dropped: whether an unfinished entry was cut off.
 */
RESULT ledger_open(const char *dir, ledger_visitor *visit, void *data,
    struct ledger **out, bool *dropped);
void ledger_close(struct ledger *l);

struct ledger_extent {
	uint64_t entries;
	struct digest head; /* over all of them */
	bool unfinished;    /* something stands behind the last whole entry */
};

/*
 * Walks through {dir}/ledger without taking or changing it, also while the
 * signer writes: what is being written then counts as unfinished.
 */
RESULT ledger_look(const char *dir, ledger_visitor *visit, void *data,
    struct ledger_extent *out);

/* Appends; not on disk before ledger_sync. offset may be NULL. */
RESULT ledger_append(struct ledger *l, enum ledger_kind kind, int64_t at,
    struct span body, int64_t *offset);
RESULT ledger_sync(struct ledger *l);
/* False from the first write or sync that failed: what is known here and what
 * is on the disk may differ from then on, until it is opened anew. */
bool ledger_is_sound(const struct ledger *l);
/* The same beside the caller, who may append meanwhile: what was there before
 * begin is on disk after end. */
void ledger_sync_begin(struct ledger *l);
RESULT ledger_sync_end(struct ledger *l);

/* Reads an entry again into room (initialised by the caller). */
RESULT ledger_read(struct ledger *l, int64_t offset, struct buf *room,
    struct ledger_entry *out);

/*
 * The same file for reading alone, also while the signer writes: nothing can
 * be appended. ERR_NOT_FOUND: there is none.
 */
RESULT ledger_open_shared(const char *dir, ledger_visitor *visit, void *data,
    struct ledger **out, bool *unfinished);

/* The digest over all entries up to the one at this place, with it. */
RESULT ledger_digest_at(struct ledger *l, int64_t offset, struct digest *out);

/* The digest over all entries up to the one that so many follow it. */
RESULT ledger_digest_behind(struct ledger *l, int64_t offset, uint64_t steps,
    struct digest *out);

/* Number of entries and the digest over all of them. Inside a visit: before
 * the one visited. */
uint64_t ledger_head(const struct ledger *l, struct digest *out);
int64_t ledger_last_time(const struct ledger *l);

DEFINE_AUTO(ledger_close, struct ledger *)
