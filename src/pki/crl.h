/*
 * Certificate revocation lists (RFC 5280 section 5, B-11 to B-19).
 */
#pragma once

#include "pki/signing.h"

struct crl_item {
	struct span serial; /* big endian */
	int64_t revoked_at;
	uint8_t reason; /* 0 is not written (RFC 5280 5.3.1) */
};

/* The entries of a list. They stay as they are for ever, so who makes many
 * lists encodes each but once. Zero: none. */
struct crl_entries {
	struct buf der;
	size_t count;
	int64_t latest; /* revocation among them */
};

RESULT crl_entries_add(
    struct crl_entries *e, const struct crl_item *items, size_t count);
void crl_entries_clear(struct crl_entries *e);

DEFINE_AUTO_CLEAR(crl_entries_clear, struct crl_entries)

struct crl_facts {
	struct span issuer_certificate;
	uint64_t number;
	int64_t this_update, next_update;
	const struct crl_entries *entries; /* NULL: nothing is revoked */
	bool keeps_expired; /* expiredCertsOnCRL (B-18) */
};

/* Appends the signed list; so many bytes at most for a count of entries. */
RESULT crl_build(
    const struct crl_facts *f, const struct signing_key *key, struct buf *out);
size_t crl_size_max(size_t count);

/* A reason that may be given when a person's certificate is revoked. */
bool crl_reason_allowed(uint8_t reason);

/* For "show": the parts of a list. */
struct crl_outline {
	struct span issuer;
	uint64_t number;
	int64_t this_update, next_update;
	size_t count;
};

RESULT crl_outline(struct span der, struct crl_outline *out);

/* Whether a serial, the content of its INTEGER, stands in the list. */
RESULT crl_names(struct span der, struct span serial, bool *out);

/* What stands in it, borrowing from der. ERR_TOO_MANY: more than room. */
RESULT crl_items(
    struct span der, struct crl_item *items, size_t room, size_t *count);

/* ERR_DENIED: not signed by this key. */
RESULT crl_verify(struct span der, struct span public_key);
