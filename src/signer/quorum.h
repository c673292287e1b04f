/*
 * The custodians of a root: some people, of whom any few together open its
 * token. The token's PIN is made of a random secret; each custodian has a
 * share of it (shares.h), sealed under a passphrase of their own, and may have
 * the same share on paper, which serves when passphrase or file is lost.
 *
 *     {pki.ceremony_dir}/custodians, mode 0600:
 *     paraph root custodians 2
 *     needed 2
 *     set SET CHECK              CHECK: a digest of the secret
 *     custodian SALT SEALED CHECK NAME      one for each; CHECK: of the share
 */
#pragma once

#include "signer/shares.h"

#define QUORUM_NAME_SIZE 64
#define QUORUM_SALT_SIZE 16
#define QUORUM_SEALED_SIZE (SHARE_SIZE + 8) /* RFC 3394 */
#define QUORUM_PASSPHRASE_MIN 12
#define QUORUM_PASSPHRASE_MAX 1024

struct quorum_custodian {
	char name[QUORUM_NAME_SIZE];
	uint8_t salt[QUORUM_SALT_SIZE];
	uint8_t sealed[QUORUM_SEALED_SIZE];
	struct digest check;
};

struct quorum {
	unsigned count, needed;
	uint8_t set[SHARE_SET_SIZE];
	struct digest check;
	struct quorum_custodian of[SHARES_MAX];
};

/* The shares that are on the table. */
struct quorum_hand {
	struct secret values[SHARES_MAX]; /* size 0: not given */
	unsigned count;
};

/* Names of the files: in force, and of a change that was begun. */
#define QUORUM_FILE "custodians"
#define QUORUM_NEXT_FILE "custodians.next"

/* ERR_NOT_FOUND: nobody was named there yet. */
RESULT quorum_load(const char *dir, const char *file, struct quorum *out);
RESULT quorum_parse(struct span text, struct quorum *out);

/* A new secret, shared by so many people with a passphrase each; every
 * choice of shares that should do was tried before it is written. hand: all
 * shares. */
RESULT quorum_make(const char *dir, const char *file,
    const char *const *names, const struct span *passphrases, unsigned count,
    unsigned needed, struct quorum *out, struct quorum_hand *hand);

#define QUORUM_ANYBODY SHARES_MAX

/*
 * Takes what somebody typed: their passphrase, or a share sheet. who: whose
 * it should be, or QUORUM_ANYBODY; found: whose it is. ERR_DENIED: it opens
 * no share. ERR_CONFLICT: that one was given.
 */
RESULT quorum_give(const struct quorum *q, struct quorum_hand *hand,
    struct span typed, unsigned who, unsigned *found);

/* The secret, from as many shares as are needed. ERR_DENIED: too few. */
RESULT quorum_open(const struct quorum *q, const struct quorum_hand *hand,
    struct secret *out);
/* Of sheets alone, when the file is lost: q is learned from the first. */
RESULT quorum_learn(struct span sheet, struct quorum *q);

/* The sheet of a share that is in hand, appended. */
RESULT quorum_sheet(const struct quorum *q, const struct quorum_hand *hand,
    unsigned who, const char *organisation, struct buf *out);

void quorum_hand_clear(struct quorum_hand *hand);

DEFINE_AUTO_CLEAR(quorum_hand_clear, struct quorum_hand)
