/*
 * How far the database knows the signer's ledger. Each order says it, so that
 * a database put back from an older copy, or a ledger that was, is noticed
 * before anything is signed on the word of the one that forgot.
 *
 * The mark is the ledger's length and digest after the last certificate or
 * revocation. What else it notes (intents, lists, PINs) does not move it: that
 * an older copy of the ledger lacks those alone is noticed by comparing what it
 * held, now and then.
 */
#pragma once

#include "proc/wire.h"

#include "base/digest.h"
#include "base/id.h"

#define MARK_ISSUER_MAX 24
#define MARK_SERIAL_MAX 20
#define LEDGER_CHANGES_MAX 200 /* in one answer */

struct ledger_mark {
	uint64_t entries; /* 0: no certificate was ever made */
	struct digest head;
};

bool ledger_mark_same(
    const struct ledger_mark *a, const struct ledger_mark *b);
void ledger_mark_put(struct buf *b, const struct ledger_mark *m);
void ledger_mark_get(struct wire_reader *r, struct ledger_mark *out);

/* CHANGES: what came after? */
struct ledger_question {
	struct ledger_mark known;
	uint64_t after; /* the number of the last change heard of */
	/* all that it held when it was last compared; entries 0: not known */
	struct ledger_mark held;
};

/* A certificate that was made, or revoked. */
struct ledger_change {
	uint64_t number; /* of entries, with this one */
	bool revoked;
	char registration[ID_SIZE];
	char issuer[MARK_ISSUER_MAX];
	uint8_t serial[MARK_SERIAL_MAX];
	size_t serial_size;
};

/* CHANGED */
struct ledger_changes {
	struct ledger_mark now;
	struct ledger_mark holds; /* all of it, not only changes */
	bool strange; /* what is known was never true of this ledger */
	bool forgot;  /* it does not hold any more what it held */
	bool more;    /* ask again, after the last of these */
	size_t count;
	struct ledger_change changes[LEDGER_CHANGES_MAX];
};

RESULT ledger_question_put(struct buf *b, const struct ledger_question *q);
RESULT ledger_question_get(struct span message, struct ledger_question *out);
RESULT ledger_changes_put(struct buf *b, const struct ledger_changes *c);
RESULT ledger_changes_get(struct span message, struct ledger_changes *out);
