/*
 * Certificate profiles: what a certificate of each kind contains, one const
 * table a file, one row each in profiles.def. The builder writes from the
 * table and lint holds the result against the same table.
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum profile_kind { KIND_root, KIND_issuing, KIND_responder, KIND_person };

enum key_kind { KEY_p256, KEY_p384 };

/* The bits of keyUsage as in RFC 5280 4.2.1.3: 1 << bit number. */
enum key_usage {
	USAGE_digital_signature = 1 << 0,
	USAGE_non_repudiation = 1 << 1,
	USAGE_key_cert_sign = 1 << 5,
	USAGE_crl_sign = 1 << 6
};

#define PROFILE_LIST_MAX 4

struct profile {
	const char *name;
	const char *title;
	const char *requirement;
	enum profile_kind kind;
	const char *issuer; /* name of the authority; NULL: itself */
	enum key_kind key;  /* of keys made by the signer */
	bool ca;
	int path_length; /* -1: none written */
	unsigned usage;
	const char *policies[PROFILE_LIST_MAX]; /* after the own one */
	bool own_policy;
	const char *purposes[PROFILE_LIST_MAX]; /* extended key usage */
	bool no_check;				/* id-pkix-ocsp-nocheck */
	bool authority_key;			/* authorityKeyIdentifier */
	bool ca_issuers; /* authorityInfoAccess, where the CA's is */
	bool ocsp;	 /* authorityInfoAccess, where to ask */
	bool crl;	 /* cRLDistributionPoints */
	int64_t longest_days;
};

/* NULL when there is none of that name. */
const struct profile *profile_find(const char *name);
const struct profile *profile_at(size_t index); /* NULL past the last */

/* The table as text, for people and golden files. */
RESULT profile_print(const struct profile *p, struct buf *out);

#define PROFILE(name, level, requirement)                                      \
	extern const struct profile profile_##name;
#include "pki/profiles.def"
#undef PROFILE
