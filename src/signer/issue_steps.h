/*
 * The steps of a turn of orders, between which the ledger is synced: only
 * issue_stream.c calls them.
 */
#pragma once

#include "signer/signer.h"

/* Serials and intents, appended. */
void issue_begin(struct signer *s, struct issue_turn *t);
/* Intents are on the disk: certificates, appended. */
void issue_make(struct signer *s, struct issue_turn *t);
/* Certificates are on the disk: their first answers. */
void issue_finish(struct signer *s, struct issue_turn *t);
/* What was appended did not become durable. */
void issue_lost(struct issue_turn *t, enum err why);
