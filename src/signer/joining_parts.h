/*
 * What requesting and taking in share (joining.c, joining_request.c,
 * joining_root.c, joining_issuing.c); nobody else includes it.
 */
#pragma once

#include "signer/joining.h"

#include "pki/certificate.h"
#include "pki/profile.h"
#include "signer/records.h"
#include "signer/place.h"
#include "signer/token.h"

struct joining {
	const struct conf *conf;
	const char *folder;
	const struct digest *expected; /* of a new root */
	struct minutes *minutes;
	struct token *token;
	struct records *records;
};

const struct profile *joining_profile(enum authority authority);

/* {pki.ca_dir}/{name}{ending}: where it is, and writing it. */
RESULT joining_path(const struct joining *j, enum authority a,
    const char *ending, char out[PLACE_PATH]);
RESULT joining_write(const struct joining *j, const char *name,
    const char *ending, struct span bytes);

/* {name}{ending} in the folder that came. */
RESULT joining_read(const struct joining *j, enum authority a,
    const char *ending, size_t max, struct buf *out);

/* The certificate of one authority that came; here: the same is here already.
 * ERR_NOT_FOUND: none came. ERR_CONFLICT: another one is here. */
RESULT joining_arrived(
    const struct joining *j, enum authority a, struct buf *der, bool *here);

/* A certificate of the folder: its profile's rules, and that it has begun. */
RESULT joining_lint(const struct joining *j, struct span der,
    const struct profile *p, struct span issuer, const char *issuer_file);
RESULT joining_check_begun(const struct certificate *c);

/* A root that was taken in, which the ledger says: a file may have been put
 * there by others. c borrows from out. */
RESULT joining_load_root(const struct joining *j, enum authority a,
    struct buf *out, struct certificate *c);

/* Each takes in what the folder has of one authority; OK with nothing. */
RESULT joining_root(struct joining *j, enum authority a);
RESULT joining_list(struct joining *j, enum authority a);
RESULT joining_issuing(struct joining *j, enum authority a);
