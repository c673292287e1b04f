/*
 * The signer's side of a key ceremony: an issuing authority's key is made in
 * the signer's token, its request goes to the root, and the answer is taken
 * in. The service must be stopped for the last part, because the ledger has
 * one writer.
 */
#pragma once

#include "base/conf.h"
#include "signer/minutes.h"
#include "status/issuer.h"

/* Makes token and key as far as they are missing, and {folder}/{name}.p10. */
RESULT joining_request(const struct conf *conf, enum authority authority,
    const char *folder, struct minutes *m);

/*
 * Takes in what lies in the folder: a root with its list, issuing authorities
 * whose key is here, a newer list of a root that is known. A root that is new
 * must have the digest that its minutes say; expected NULL: there may be no
 * new one. Done again, it changes nothing.
 */
RESULT joining_accept(const struct conf *conf, const char *folder,
    const struct digest *expected, struct minutes *m);

/* From when on an authority is the one that issues. */
RESULT joining_begin(const struct conf *conf, enum authority authority,
    int64_t from, struct minutes *m);
