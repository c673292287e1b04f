/*
 * The ledger for auditors: each entry as a line of name=value.
 */
#pragma once

#include "signer/ledger.h"

/* "17 2026-11-25T16:32:00.000Z approved registration=reg_... ..."; "not
 * readable" in place of the fields of an entry that is not as its row says. */
RESULT ledger_print(const struct ledger_entry *e, struct buf *out);
