/*
 * paraph ca reconcile: the ledger and the database, brought together.
 */
#pragma once

#include "cli/ca_words.h"
#include "flow/put_back.h"
#include "signer/records.h"

/* Writing to the ledger: the signer must not be at work. */
struct ledger_side {
	const struct conf *conf;
	struct store *store;
	struct records *records;
	/* of what was put back: a generation that signed one had begun */
	int64_t first[AUTHORITY_COUNT]; /* 0: nothing */
};

/* Takes the ledger; a lost one is begun with the authorities that database
 * and files agree on. ERR_UNAVAILABLE: the signer has it. */
RESULT ledger_side_open(
    const struct conf *conf, struct store *s, struct ledger_side *out);
/* A certificate of the database, when its authority did sign it. */
RESULT ledger_side_put(
    struct ledger_side *l, struct arena *a, const struct certificate *c);
RESULT ledger_side_close(struct ledger_side *l);

/* What the token knows that the ledger does not (signer/anchor.h). */
struct token_side {
	bool differs;
	struct ledger_mark known; /* entries 0: it was never told */
};

/* r NULL: the ledger is lost. A token that cannot be opened says nothing, which
 * is enough to look, but not where something is done (must). */
RESULT token_side_look(const struct conf *conf, struct records *r, bool must,
    struct token_side *out);
/* An administrator's word that this ledger is the one; noted in it. */
RESULT token_side_accept(const struct conf *conf, struct records *r,
    const struct token_side *t);

/* One thing that only one of them knows. */
struct difference {
	const char *where, *what, *issuer, *serial, *registration;
	int64_t revoked_at;
};

/* On lines, or as a JSON object. left: why it stays as it is; NULL: it does
 * not. */
void difference_plain(
    const struct difference *d, const char *at, const char *left);
void difference_json(
    const struct difference *d, const char *at, const char *left);
/* What of a lost ledger stays lost. */
void difference_lost(bool json);
