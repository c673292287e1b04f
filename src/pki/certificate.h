/*
 * A certificate taken apart, strictly: one that OpenSSL would read and this
 * does not is one that we would not have written.
 */
#pragma once

#include "base/der.h"

#define CERTIFICATE_MAX ((size_t)8192)
#define CERTIFICATE_EXTENSIONS_MAX 24
#define CERTIFICATE_ATTRIBUTES_MAX 16

struct extension {
	char oid[DER_OID_TEXT_SIZE];
	bool critical;
	struct span value; /* content of the OCTET STRING */
};

struct attribute {
	char oid[DER_OID_TEXT_SIZE];
	uint8_t tag;
	struct span value;
};

struct name {
	struct attribute attributes[CERTIFICATE_ATTRIBUTES_MAX];
	size_t count;
	struct span der;
};

/* Borrowed from the bytes that were parsed. */
struct certificate {
	struct span tbs;       /* whole DER */
	struct span algorithm; /* outer; size 0 for a lone tbs */
	struct span signature; /* octets of the BIT STRING */
	struct span inner_algorithm;
	uint64_t version; /* as encoded: 2 means v3 */
	struct span serial;
	struct name issuer, subject;
	uint8_t not_before_tag, not_after_tag;
	int64_t not_before, not_after;
	struct span public_key; /* SubjectPublicKeyInfo, whole DER */
	struct span key_bits;
	bool unique_ids; /* issuerUniqueID or subjectUniqueID present */
	struct extension extensions[CERTIFICATE_EXTENSIONS_MAX];
	size_t extension_count;
};

RESULT certificate_parse(struct span der, struct certificate *out);
RESULT certificate_parse_tbs(struct span der, struct certificate *out);

/* NULL when absent. */
const struct extension *certificate_extension(
    const struct certificate *c, const char *oid);
const struct attribute *name_attribute(const struct name *n, const char *oid);

/* Whether the word TEST stands in it; NULL: no. */
bool attribute_says_test(const struct attribute *a);
/* Whether it does in O and in CN: an authority that promises nothing. */
bool name_is_test(const struct name *n);
