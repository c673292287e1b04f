/*
 * What the ledger's entries mean: which certificates were meant, made and
 * revoked, and what the last list was. In memory for looking up; every
 * change is an entry first.
 */
#pragma once

#include "base/id.h"
#include "pki/crl.h"
#include "proc/ledger_mark.h"
#include "proc/order.h"
#include "proc/seal.h"
#include "signer/ledger.h"
#include "signer/token.h"
#include "status/issuer.h"

enum record_state {
	RECORD_intended, /* may have been signed, was never given away */
	RECORD_issued,
	RECORD_not_issued /* will never be */
};

struct record {
	char registration[ID_SIZE];
	char profile[ORDER_PROFILE_MAX];
	struct digest order; /* over what the order asked for */
	enum authority authority;
	uint8_t serial[ORDER_SERIAL_MAX];
	size_t serial_size;
	enum record_state state;
	int64_t intended_at;
	int64_t issued_offset; /* the entry with the certificate */
	uint64_t issued_number; /* of entries, with that one */
	int64_t revoked_offset;
	uint64_t revoked_number;
	int64_t revoked_at; /* 0: not */
	uint8_t reason;
};

/* Who approved an order that needs it, for auditors. */
struct approved {
	struct digest digest; /* what they signed */
	size_t count;	      /* 0: an order that needs nobody */
	const struct order_approval *approvals; /* of the order */
};

#define PIN_SALT_SIZE 16

struct pin_record {
	char registration[ID_SIZE];
	uint8_t salt[PIN_SALT_SIZE];
	struct digest verifier;
	uint8_t tries; /* wrong ones since the last right one */
};

/* What stands about the approvals of a registration; all 0: nothing. */
struct case_standing {
	char registration[ID_SIZE];
	int64_t withdrawn_until; /* none made until then counts, */
	uint8_t mark[ORDER_MARK_SIZE]; /* nor any without this, */
	size_t mark_size; /* or with one; 0: nothing was withdrawn */
	bool drawn;		 /* it takes two operators */
};

/* The OCSP responder of an authority. */
struct responder {
	char label[TOKEN_LABEL_SIZE];
	uint8_t certificate[ORDER_CERTIFICATE_MAX];
	size_t certificate_size; /* 0: none yet */
};

struct records;

/*
 * Opens the ledger and settles what a crash left open: an intent without a
 * result becomes "not issued". repaired: how many, and torn entries dropped.
 */
RESULT records_open(
    const char *dir, int64_t now, struct records **out, size_t *repaired);
/* The same in two steps, for who has to look at it in between: nothing is
 * written before the second, which adds to repaired. */
RESULT records_read(const char *dir, struct records **out, size_t *repaired);
RESULT records_settle(struct records *r, int64_t now, size_t *repaired);
void records_close(struct records *r);

/*
 * The same for reading alone, while the signer is at work or not; a repair
 * is left to it. ERR_NOT_FOUND: there is no ledger.
 */
RESULT records_look(const char *dir, struct records **out, bool *unfinished);

/* The last record of a registration that is not "not issued"; NULL. */
const struct record *records_of_registration(
    const struct records *r, const char *registration);
/* NULL when this serial was never issued. */
const struct record *records_of_serial(
    const struct records *r, enum authority authority, struct span serial);

/* Appended, and valid after records_sync. */
RESULT records_intend(struct records *r, const struct record *intended,
    const struct digest *decision, const struct digest *evidence,
    const struct approved *approved, int64_t now);
RESULT records_issue(
    struct records *r, const struct issue_result *result, int64_t now);
RESULT records_give_up(
    struct records *r, const char *registration, int64_t now);
RESULT records_revoke(struct records *r, const struct record *record,
    int64_t revoked_at, uint8_t reason, int64_t now);
/* No list has a number further from the last: who could ask for the greatest
 * that there is would have made it the last list ever. */
#define RECORDS_LEAP_MAX (UINT64_C(1) << 24)
RESULT records_list(
    struct records *r, enum authority authority, uint64_t number, int64_t now);
RESULT records_responder(struct records *r, enum authority authority,
    const struct responder *responder, int64_t now);
RESULT records_authority(struct records *r, enum authority authority,
    struct span certificate, int64_t now);
/* From when on an authority issues; a later one takes the place. */
RESULT records_begins(
    struct records *r, enum authority authority, int64_t from, int64_t now);
/* What is sealed, and the certificate that was made for it. */
RESULT records_dossier(struct records *r, const struct seal_order *o,
    enum authority authority, struct span certificate, int64_t now);
RESULT records_sync(struct records *r);
/* False: a write failed, and nothing that is asked here may be told. */
bool records_are_sound(const struct records *r);
/* The same while the caller goes on: everything appended before begin is
 * durable after end. */
void records_sync_begin(struct records *r);
RESULT records_sync_end(struct records *r);

/*
 * Notes, and syncs, what the files say that are kept beside the ledger; does
 * nothing when it is known. ERR_CONFLICT: other custodians than the ledger
 * knows, to whom those did not hand over (before: who did; NULL: nobody); or
 * a list of operators with a number that was there before.
 */
RESULT records_custodians(struct records *r, const struct digest *public_key,
    const struct digest *before, int64_t now);
/* Whether custodians were written down behind so many entries. */
bool records_custodians_after(const struct records *r, uint64_t entries);
RESULT records_operators(struct records *r, uint64_t number,
    const struct digest *list, int64_t now);

/* PINs; both sync. NULL: none was set. */
const struct pin_record *records_find_pin(
    const struct records *r, const char *registration);
RESULT records_pin(
    struct records *r, const struct pin_record *pin, int64_t now);
RESULT records_pin_try(struct records *r, const char *registration,
    uint8_t tries, int64_t now);

struct case_standing records_standing(
    const struct records *r, const char *registration);
/* Both sync, and do nothing where it stands already. */
RESULT records_withdraw(struct records *r, const char *registration,
    int64_t until, int64_t now);
RESULT records_drawn(
    struct records *r, const char *registration, int64_t now);

/* Whether its key stays in the token, under the registration's id. */
bool record_in_token(const struct record *record);
/* Whether an older copy of the ledger did not tell of it any more. */
bool record_was_put_back(const struct record *record);
/* Registrations that have only intents that were given up. */
RESULT records_each_abandoned(struct records *r,
    enum err (*visit)(void *data, const struct record *record), void *data);

/* The certificate and key as they were given the first time. */
RESULT records_replay(
    struct records *r, const struct record *record, struct issue_result *out);

/* Orders of a profile in the hour before now. */
size_t records_rate(const struct records *r, const char *profile, int64_t now);
/* What no order pays for, in that hour; each apart, so that many of one do not
 * keep another from being written. */
enum note { NOTE_withdrawal, NOTE_pin, NOTE_list, NOTE_dossier };
size_t records_notes(const struct records *r, enum note note, int64_t now);

uint64_t records_last_list(const struct records *r, enum authority authority);
/* NULL: none yet. */
const struct responder *records_last_responder(
    const struct records *r, enum authority authority);
/* Whether a serial number is that of a responder, of now or before. */
bool records_answers(
    const struct records *r, enum authority authority, struct span serial);
/* Leaves those of an authority that it made. */
void records_sift_answerers(struct records *r, enum authority authority,
    bool (*is_ours)(const void *data, struct span certificate),
    const void *data);
/* INT64_MAX: it was never said that it should. A first generation always did.
 */
int64_t records_issues_from(const struct records *r, enum authority authority);
/* Whether this is the certificate that the ceremony wrote down. */
bool records_know_authority(
    const struct records *r, enum authority authority, struct span certificate);
/* Whether the ceremony wrote one down at all. */
bool records_has_authority(const struct records *r, enum authority authority);
int64_t records_last_time(const struct records *r);

/* A revoked certificate of an authority, from 0 in the order of revocation;
 * NULL: so many are not. */
const struct record *records_revoked(
    const struct records *r, enum authority authority, size_t number);
/* Of all records, and the place of one among them. */
size_t records_count(const struct records *r);
size_t records_place(const struct records *r, const struct record *record);
size_t records_revoked_count(const struct records *r, enum authority authority);

/* A key that somebody brought, and who: the digest of the subject's name. */
struct brought {
	struct digest key, subject;
	uint32_t record;
};

/*
 * The certificates for a key that was brought, one after the other; NULL: no
 * more. before: NULL to begin.
 */
const struct brought *records_brought(const struct records *r,
    const struct digest *key, const struct brought *before);
const struct record *records_of_brought(
    const struct records *r, const struct brought *b);

#define RECORDS_WITHDRAWN_MAX 64

/* Certificates of authorities that a root revoked: in the root's own ledger,
 * and in the signer's, of the lists that it took in. items borrow from r. */
RESULT records_revoke_authority(struct records *r, enum authority root,
    struct span serial, uint8_t reason, int64_t at, int64_t now);
bool records_withdrawn(
    const struct records *r, enum authority root, struct span serial);
/* Those that a list of the root names and the ledger does not know. */
RESULT records_recall_list(struct records *r, enum authority root,
    struct span list, int64_t now, size_t *recalled);
size_t records_withdrawn_items(const struct records *r, enum authority root,
    struct crl_item items[RECORDS_WITHDRAWN_MAX]);

/* All that it holds, and whether it holds all of that. */
struct ledger_mark records_end(const struct records *r);
RESULT records_hold(
    struct records *r, const struct ledger_mark *held, bool *out);
/* Entries since it was opened that are nobody's copy: all but certificates,
 * what leads to them, and lists. */
size_t records_grave(const struct records *r);

/* What whoever has stored every certificate and revocation knows. */
const struct ledger_mark *records_mark(const struct records *r);
/* Whether it was once; of the last RECORDS_RECENT only. */
bool records_had_mark(
    const struct records *r, const struct ledger_mark *known);
/* The certificates and revocations after one, in order. */
RESULT records_changes(struct records *r, const struct ledger_question *q,
    struct ledger_changes *out);

RESULT records_each_issued(const struct records *r,
    enum err (*visit)(void *data, const struct record *record), void *data);

/*
 * Takes a certificate in that was made here, as an older copy of the ledger
 * does not tell any more. The caller has verified the authority's signature.
 * Appended, and valid after records_sync. ERR_CONFLICT: it is known.
 */
RESULT records_put_back(struct records *r, const char *profile,
    const struct issue_result *certificate, int64_t now);

/* This ledger is taken for the one that the token knew otherwise: noted, and
 * synced. */
RESULT records_accept(
    struct records *r, const struct ledger_mark *known, int64_t now);

struct records_summary {
	uint64_t entries;
	struct digest head;
	size_t issued, revoked, not_issued;
};

void records_summary(const struct records *r, struct records_summary *out);

DEFINE_AUTO(records_close, struct records *)
