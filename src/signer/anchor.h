/*
 * The ledger's end, kept in the token. The ledger is a chain without a key:
 * whoever writes its file writes it whole, or puts an older copy back, and the
 * database may be theirs too. The token's data is written with its PIN alone,
 * so a ledger that lacks what the token knows is refused at a start.
 *
 * What it does not see: what was taken away, or added by others, since the
 * anchor was written (a second for what nobody would bring back,
 * signer.anchor_seconds for the rest), and a token that was put back with its
 * ledger. Custodians alone are told at once and nobody adds them: whoever named
 * others behind the end could make operators of their own.
 */
#pragma once

#include "base/conf.h"

struct records;
struct signer;
struct token;

/* ERR_INVALID names the setting that cannot be meant. */
RESULT anchor_settings(const struct conf *conf);

/* ERR_CONFLICT: the ledger is another one, or an older copy, than the token
 * knows; or the token was never told, where it should have been. */
RESULT anchor_check(
    const struct conf *conf, struct token *t, struct records *r);

/* The same at a ceremony, which tells a new token for the first time. */
RESULT anchor_begin(
    const struct conf *conf, struct token *t, struct records *r);

/* This ledger is the one, whatever the token knew: an administrator says so. */
RESULT anchor_set(
    const struct conf *conf, struct token *t, struct records *r);

/* When the ledger has new custodians. */
void anchor_custodians(struct signer *s);
/* Writes it when it is due; last: when anything is new. A token that cannot is
 * told in the log, once. */
void anchor_keep(struct signer *s, bool last);
/* Milliseconds until it may be due; INT64_MAX: nothing is new. */
int64_t anchor_wait(const struct signer *s);
