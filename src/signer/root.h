/*
 * The root's side of a key ceremony, on the machine that has its token and
 * need have nothing else: no network, no database, no signer.
 *
 * What is kept there lies in pki.ceremony_dir: custodians, a ledger of its
 * own, {root}.cer, {root}.crl and what it certified. Requests come and answers
 * go as files in a folder, on whatever is carried between the machines.
 *
 * The PIN of the token exists nowhere: it is made of the shares of custodians
 * (quorum.h) each time that enough of them are there. A root that paraph init
 * made has its PIN in a file instead, and says so in the minutes.
 */
#pragma once

#include "base/conf.h"
#include "signer/minutes.h"
#include "signer/quorum.h"
#include "signer/records.h"

struct root {
	const struct conf *conf;
	enum authority authority; /* root, root_2, ... */
	struct token *token;
	struct token_key key; /* label[0] == 0: not yet made */
	struct records *records;
	struct buf certificate; /* size 0: not yet made */
};

/* ERR_NOT_FOUND: no root of this kind has custodians. */
RESULT root_custodians(const struct conf *conf, struct quorum *out);

/*
 * Opens token and ledger with the custodians' secret; make: and makes the token
 * when it is not there. key NULL: the PIN of pki.root_pin_file.
 */
RESULT root_open(const struct conf *conf, enum authority authority,
    const struct secret *key, bool make, struct root *out);
void root_close(struct root *r);

/* The token's PIN, and the one that could set it, from those of one secret to
 * those of another; before NULL: from those in files. Done again, it goes on
 * where it was. */
RESULT root_change_pins(const struct conf *conf, const struct secret *before,
    const struct secret *next);

/* Key, certificate and first list, as far as they are missing. */
RESULT root_make(struct root *r, struct minutes *m);

/* Whether the request in the folder is about the key that was read aloud, for
 * before custodians give their shares. */
RESULT root_compare(enum authority authority, const char *folder,
    const struct digest *expected);

/*
 * Certifies the request {folder}/{name}.p10 of an issuing authority, and lays
 * certificate, root and root's list beside it. expected: what the digest of
 * its public key was at the signer's; NULL: nobody compared. Done again, it
 * gives the same certificate.
 */
RESULT root_certify(struct root *r, enum authority authority,
    const char *folder, const struct digest *expected, struct minutes *m);

/* A new list; certificate of size 0: only that. Else it is revoked for good,
 * whoever of the issuing authorities it is of. */
RESULT root_list(struct root *r, const char *folder, struct span certificate,
    uint8_t reason, struct minutes *m);

DEFINE_AUTO_CLEAR(root_close, struct root)
