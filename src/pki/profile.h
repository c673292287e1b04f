/*
 * Certificate profiles: what a certificate of each kind contains, one const
 * table a file, one row each in profiles.def. The builder writes from the
 * table and lint holds the result against the same table.
 *
 * What an operator may choose within a profile is struct profile_options;
 * whether a profile that claims to be qualified may be used at all is
 * profile_permit.
 */
#pragma once

#include "pki/qc.h"

#include <stdbool.h>
#include <stdint.h>

enum profile_kind {
	KIND_root,
	KIND_issuing,
	KIND_responder,
	KIND_person,
	KIND_seal
};

/* RSA: the modulus has at least as many bits. */
enum key_kind { KEY_p256, KEY_p384, KEY_rsa3072, KEY_rsa4096, KEY_KIND_COUNT };

#define KEY_BIT(kind) (1u << KEY_##kind)

/* The bits of keyUsage as in RFC 5280 4.2.1.3: 1 << bit number. */
enum key_usage {
	USAGE_digital_signature = 1 << 0,
	USAGE_non_repudiation = 1 << 1,
	USAGE_key_encipherment = 1 << 2,
	USAGE_data_encipherment = 1 << 3,
	USAGE_key_agreement = 1 << 4,
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
	unsigned keys;	    /* KEY_BIT of all that are accepted */
	bool ca;
	int path_length; /* -1: none written */
	unsigned usage;
	const char *policies[PROFILE_LIST_MAX]; /* after the own one */
	bool own_policy;
	const char *purposes[PROFILE_LIST_MAX]; /* extended key usage */
	bool no_check;				/* id-pkix-ocsp-nocheck */
	bool short_term; /* always: see struct profile_options */
	bool authority_key;			/* authorityKeyIdentifier */
	bool ca_issuers; /* authorityInfoAccess, where the CA's is */
	bool ocsp;	 /* authorityInfoAccess, where to ask */
	bool crl;	 /* cRLDistributionPoints */
	/* qcStatements, QC_BIT: which must be there, which may be there */
	unsigned statements, permitted;
	int64_t longest_days;
};

/* What an operator chooses for people's certificates. */
struct profile_options {
	bool own_purposes; /* these instead of the profile's; none: absent */
	char purposes[PROFILE_LIST_MAX][DER_OID_TEXT_SIZE];
	/* https, with {language}; "": {base} as https and /pki/pds/{language}
	 */
	const char *pds_url;
	unsigned retention_years; /* after the end; 0: not stated */
	const char *ident_method; /* QcIdentMethod; NULL: not stated */
	/* serialNumber of the subject is a document's, declared as such by
	 * the semantics of EN 319 412-1 5.1.3 (IDCFR-..., PASFR-...) */
	bool document_serial;
	/* at most a day, never revoked (EN 319 412-1 5.2, RFC 9608) */
	bool short_term;
};

extern const struct profile_options profile_defaults;

/* "default", "none", or identifiers with spaces between them. */
RESULT profile_choose_purposes(const char *text, struct profile_options *o);

/* Whether an extended key usage makes whoever has the key an authority for
 * others: relying parties believe any OCSPSigning of the same issuer. */
bool profile_purpose_is_authority(struct span oid);

/* "amended", "original" or "none": of the methods of article 24(1) those that
 * this system can be, as the Regulation has them or had them. */
RESULT profile_choose_ident_method(const char *text, struct profile_options *o);

/* The extended key usages: the i-th, NULL past the last. */
const char *profile_purpose(
    const struct profile *p, const struct profile_options *o, size_t i);

/* The qcStatements of a certificate that is about to be written. */
unsigned profile_statements(
    const struct profile *p, const struct profile_options *o);

/* The pattern of the disclosure statement's address. */
RESULT profile_pds_url(
    const struct profile_options *o, const char *base_url, struct buf *out);

/* The languages in which it is offered, English first. */
extern const char *const profile_languages[QC_LANGUAGES_MAX];

/* Whether it claims to be qualified; and that the key is in a device, where
 * it is made and stays. */
bool profile_is_qualified(const struct profile *p);
bool profile_in_device(const struct profile *p);

/* The level of registration that ends in it, "" for none. */
const char *profile_level(const struct profile *p);

/* What an operator says that they were granted; see profile_permit. */
struct trust {
	bool test;	  /* the root's names say TEST */
	bool qualified;	  /* trust.qualified */
	const char *qscd; /* trust.qscd, the certified device; "": none */
};

/*
 * QcCompliance is a legal claim. ERR_DENIED when this profile makes
 * one that is not the operator's to make.
 */
RESULT profile_permit(const struct profile *p, const struct trust *t);

/* NULL when there is none of that name. */
const struct profile *profile_find(const char *name);
const struct profile *profile_at(size_t index); /* NULL past the last */

const char *key_kind_name(enum key_kind kind);

/* The table as text, for people and golden files. */
RESULT profile_print(const struct profile *p, struct buf *out);

#define PROFILE(name, level, requirement)                                      \
	extern const struct profile profile_##name;
#include "pki/profiles.def"
#undef PROFILE
