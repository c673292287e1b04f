/*
 * What will be signed: the to-be-signed part of a certificate, written from
 * its profile and the facts of one person or authority.
 */
#pragma once

#include "pki/profile.h"
#include "pki/signing.h"

#define KEY_IDENTIFIER_SIZE 20
#define SERIAL_SIZE 16

struct tbs_facts {
	const struct profile *profile;
	struct span serial;	       /* big endian */
	struct span issuer_name;       /* copied byte for byte */
	struct span issuer_key;	       /* the issuer's key identifier */
	const char *issuer_file;       /* its name in addresses, "issuing-l-2";
					* NULL: the profile's */
	struct span subject;	       /* Name */
	struct span public_key;	       /* SubjectPublicKeyInfo */
	int64_t not_before, not_after; /* whole seconds */
	enum signature_algorithm algorithm;
	const char *base_url;
	const char *own_policy;		       /* "": none */
	const struct profile_options *options; /* NULL: profile_defaults */
};

/* Appends the TBSCertificate. */
RESULT tbs_build(const struct tbs_facts *f, struct buf *out);

/* The key identifier: SHA-1 of the key bits (RFC 5280 4.2.1.2, method 1). */
RESULT key_identifier(struct span public_key, uint8_t out[KEY_IDENTIFIER_SIZE]);

/* 16 random octets, positive and of full length. */
void serial_make(uint8_t out[SERIAL_SIZE]);

/* SubjectPublicKeyInfo of an uncompressed point on P-256 or P-384. */
RESULT public_key_from_point(
    enum key_kind kind, struct span point, struct buf *out);
/* The same of an RSA key; both numbers big endian. */
RESULT public_key_from_rsa(
    struct span modulus, struct span exponent, struct buf *out);
