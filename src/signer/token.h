/*
 * The token: direct PKCS#11 calls, and the only file that makes them.
 *
 * A token may vanish (a card pulled out, a network HSM restarted) and come
 * back: a call that finds it gone opens it again and tries once more, and
 * answers ERR_UNAVAILABLE until it is there. One that is there and cannot (it
 * is full, or takes nothing new) is told in words, and left open. A wrong PIN
 * is never tried twice, because tokens lock themselves; not by the next start
 * either, until the file that holds it was written anew.
 */
#pragma once

#include "base/digest.h"
#include "base/secret.h"
#include "pki/profile.h"
#include "pki/signing.h"
#include "proc/ledger_mark.h"

#define TOKEN_LABEL_SIZE 48
#define TOKEN_RAW_MAX 512	    /* a signature as tokens give it: RSA-4096 */
#define TOKEN_PUBLIC_KEY_MAX 600 /* SubjectPublicKeyInfo of RSA-4096 */

struct token;

/* A key pair in the token, found by its label. */
struct token_key {
	struct token *token;
	char label[TOKEN_LABEL_SIZE];
	enum key_kind kind;
	unsigned long handle;
	unsigned generation; /* of the token's opening that handle is from */
	uint8_t public_key[TOKEN_PUBLIC_KEY_MAX]; /* SubjectPublicKeyInfo */
	size_t public_key_size;
};

struct token_place {
	const char *module;	  /* the PKCS#11 library */
	const char *softhsm_conf; /* "" for another module */
	const char *label;
	bool pss; /* how RSA keys sign */
	const char *pin_file; /* whence the PIN is; NULL: somebody typed it */
};

/* Opens and logs in. ERR_DENIED: the PIN is wrong. ERR_NOT_FOUND: no token
 * of that label. The PIN is copied into locked memory. */
RESULT token_open(
    const struct token_place *place, struct span pin, struct token **out);
void token_close(struct token *t);

/* Makes a token of this label in a free slot. ERR_CONFLICT: it exists. */
RESULT token_make(
    const struct token_place *place, struct span so_pin, struct span pin);

struct token_pin_change {
	struct span pin, so_pin, next_pin, next_so_pin;
};

/* Both PINs, each from the one to the next. One that was changed already is
 * well: a change that was cut short goes on. ERR_DENIED: neither is right. */
RESULT token_change_pins(
    const struct token_place *place, const struct token_pin_change *change);

/* Token keys: never extractable, checked after they were made and whenever
 * they are found. ERR_NOT_FOUND, ERR_CONFLICT (the label is taken). */
RESULT token_key_make(struct token *t, const char *label, enum key_kind kind,
    struct token_key *out);
RESULT token_key_find(struct token *t, const char *label, enum key_kind kind,
    struct token_key *out);
RESULT token_key_destroy(struct token *t, const char *label);

/* Lends its signature; key must stay where it is. */
struct signing_key token_key_signing(struct token_key *key);

/* The AES-256 key that wraps people's keys. */
RESULT token_wrapping_make(struct token *t);
RESULT token_wrapping_check(struct token *t);

/*
 * Makes a P-256 key pair for a person inside the token and appends it
 * wrapped (RFC 5649), with its SubjectPublicKeyInfo; nothing stays behind.
 */
RESULT token_person_key(
    struct token *t, struct buf *blob, struct buf *public_key);

/* Lets a thread make so many of those ahead, from the first one on that is
 * wanted; each is given once. 0, or a module for one thread alone: none. */
void token_make_ahead(struct token *t, size_t most);

/*
 * A P-256 key pair for a person that stays in the token under this label,
 * sensitive and never extractable, which is checked after it was made. What
 * is there of that label from an order that was given up goes.
 */
RESULT token_resident_key(
    struct token *t, const char *label, struct buf *public_key);
/* Destroys what is there of a label; nothing is well too. */
RESULT token_key_discard(struct token *t, const char *label);

#define TOKEN_PIN_MESSAGE_MAX 128

/* The secret under which PINs are digested, if it is not there yet. */
RESULT token_pin_secret_make(struct token *t);
RESULT token_pin_digest(
    struct token *t, struct span message, struct digest *out);

/*
 * How far the ledger had come: see anchor.h. ERR_NOT_FOUND: the token was never
 * told. Written beside what stands there, so that one of both is always whole;
 * whatever_stands: in place of both, an older one too.
 */
RESULT token_anchor_read(struct token *t, struct ledger_mark *out);
RESULT token_anchor_write(
    struct token *t, const struct ledger_mark *m, bool whatever_stands);

/* Signs once with a wrapped key, unwrapped inside the token. For tests, and
 * for what comes later: the proof that a blob is the key. */
RESULT token_person_sign(struct token *t, struct span blob, struct span message,
    struct buf *signature);

/* What tokens say of themselves: "SoftHSM v2 1234abcd". */
RESULT token_describe(struct token *t, struct buf *out);

DEFINE_AUTO(token_close, struct token *)
