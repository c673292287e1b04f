/*
 * Which public keys may be certified: P-256, P-384, RSA from 3072 bits; none
 * that is known to be weak, leaked, or somebody else's.
 *
 * One key has one SubjectPublicKeyInfo here: other encodings of the same key
 * (compressed points, absent parameters) are refused, so that a digest finds
 * it again.
 */
#pragma once

#include "base/der.h"
#include "base/digest.h"
#include "pki/profile.h"

enum key_verdict {
	KEY_accepted,
	KEY_of_another_kind, /* a curve, algorithm or size that we do not take
			      */
	KEY_broken	     /* malformed, or can be worked out */
};

/*
 * Looks at form, kind, size, exponent, small factors and ROCA; quick enough
 * for a lint. *kind is written when it is accepted; otherwise
 * err_explanation() says why it is not.
 */
enum key_verdict public_key_judge(struct span public_key, enum key_kind *kind);

/* ERR_INVALID: not accepted. */
RESULT public_key_check(struct span public_key);

/*
 * Bits of an RSA modulus, 0 for another key; without judging it. For keys
 * that others certified.
 */
RESULT public_key_rsa_bits(struct span public_key, int *out);

/*
 * Everything that public_key_check looks at, and what takes longer: primes
 * that lie close together (Fermat). For keys that are brought to us.
 */
RESULT public_key_examine(struct span public_key);

/* SHA-256 of the SubjectPublicKeyInfo: the name of a key, for finding out
 * whether another person has a certificate for it. */
struct digest public_key_digest(struct span public_key);

/* Digests of keys that must not be certified: sorted, each once. */
struct key_list {
	const struct digest *digests;
	size_t count;
};

/*
 * Reads lines of 64 lower-case hex digits, in any order; empty lines and
 * those that begin with # are skipped. *out points into *storage, which the
 * caller clears. ERR_INVALID names the line.
 */
RESULT key_list_parse(
    struct span text, struct buf *storage, struct key_list *out);

/* The same from digests one behind the other, already sorted, which are
 * borrowed. ERR_INVALID: not whole, or not sorted, and then not searchable. */
RESULT key_list_of(struct span digests, struct key_list *out);

bool key_list_has(const struct key_list *list, const struct digest *digest);

/* ERR_DENIED when the key is on the list. */
RESULT key_list_check(const struct key_list *list, struct span public_key);

#define KEY_LIST_LINES_MAX ((size_t)4 * 1024 * 1024)
