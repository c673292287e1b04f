/*
 * What records.c (certificates), records_standing.c (approvals),
 * records_notes.c (everything else that the ledger holds), records_find.c and
 * records_open.c share.
 */
#pragma once

#include "signer/records.h"

#define RATE_SLOTS 60 /* minutes */
#define RATE_PROFILES 8
#define RECORDS_STEP 1024
#define RECORDS_RECENT 4096

struct table {
	uint32_t *slots; /* index + 1; 0: free */
	size_t size;	 /* a power of two */
};

struct rate {
	char profile[ORDER_PROFILE_MAX];
	int64_t minute[RATE_SLOTS];
	size_t count[RATE_SLOTS];
};

struct withdrawn {
	enum authority root;
	uint8_t serial[ORDER_SERIAL_MAX];
	size_t serial_size;
	int64_t at;
	uint8_t reason;
};

struct answerer {
	enum authority authority;
	uint8_t serial[ORDER_SERIAL_MAX];
	size_t serial_size;
	struct buf certificate; /* few there are, of a kilobyte */
};

struct records {
	struct ledger *ledger;
	struct ledger_mark mark;
	/* the last of them, one after the other; marks: how many there were */
	struct ledger_mark recent[RECORDS_RECENT];
	size_t marks;
	size_t grave;
	struct record *all;
	size_t count, room;
	struct table by_registration, by_serial;
	struct rate rates[RATE_PROFILES];
	uint64_t last_list[AUTHORITY_COUNT];
	uint32_t *revoked[AUTHORITY_COUNT]; /* in the order of revocation */
	size_t revoked_count[AUTHORITY_COUNT], revoked_room[AUTHORITY_COUNT];
	struct digest authorities[AUTHORITY_COUNT];
	bool known[AUTHORITY_COUNT];
	struct responder responders[AUTHORITY_COUNT];
	struct answerer *answerers; /* all there ever were */
	size_t answerer_count, answerer_room;
	int64_t begins[AUTHORITY_COUNT]; /* 0: not said */
	struct withdrawn withdrawn[RECORDS_WITHDRAWN_MAX];
	size_t withdrawn_count;
	struct brought *brought;
	size_t brought_count, brought_room;
	struct digest custodians;
	bool knows_custodians;
	uint64_t custodians_end; /* entries of the ledger, with theirs */
	uint64_t operators_number; /* 0: none yet */
	struct digest operators;
	struct pin_record *pins;
	size_t pin_count, pin_room;
	struct table by_pin;
	struct case_standing *standings;
	size_t standing_count, standing_room;
	struct table by_standing;
	/* where each RECORDS_STEP-th entry stands, to find others from */
	int64_t *steps;
	size_t step_count, step_room;
};

size_t records_hash(struct span bytes);
uint64_t records_siphash(const uint64_t key[2], struct span bytes);
void table_put(struct table *t, size_t hash, uint32_t index);
void table_reset(struct table *t, size_t size);

/* The last one that is not "not issued"; of whatever state. NULL. */
struct record *records_find_registration(
    const struct records *r, const char *registration);
struct record *records_find_serial(
    const struct records *r, enum authority authority, struct span serial);
void records_add(struct records *r, const struct record *record);
/* Of each entry, in order. */
void records_note_step(struct records *r, const struct ledger_entry *e);
void records_count_rate(struct records *r, const char *profile, int64_t at);
void records_count_note(struct records *r, enum note note, int64_t at);

/* Notes the key of a certificate whose key was not made here. */
RESULT records_note_brought(
    struct records *r, struct span certificate, uint32_t record);

enum authority records_get_authority(struct wire_reader *w);

/*
 * Writes an entry and takes it in, the same way as at the next start. The
 * callers have checked that it fits: one that does not would stop every
 * start from now on.
 */
RESULT records_append(struct records *r, enum ledger_kind kind,
    const struct buf *body, int64_t now);

/* Takes an entry in; data is struct records. */
enum err records_learn(void *data, const struct ledger_entry *e);
#define ENTRY(kind, fields)                                                    \
	enum err learn_##kind(struct records *r, const struct ledger_entry *e);
#include "signer/ledger.def"
#undef ENTRY

/* records_answerers.c: what is no certificate is passed over. */
void records_note_answerer(
    struct records *r, enum authority authority, struct span certificate);
void records_free_answerers(struct records *r);
