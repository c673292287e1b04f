/*
 * Our certification authorities as their certificates describe them: enough
 * to tell whether an OCSP request is about one of them, and to name it.
 */
#pragma once

#include "base/clock.h"
#include "base/digest.h"
#include "status/ocsp_request.h"

#define ISSUER_NAME_SIZE 24
#define ISSUER_CERTIFICATE_MAX 8192
#define SHA1_SIZE 20

enum authority {
#define AUTHORITY(symbol, name, responder, family, generation)                 \
	AUTHORITY_##symbol,
#include "status/authorities.def"
#undef AUTHORITY
	AUTHORITY_COUNT
};

struct issuer {
	char name[ISSUER_NAME_SIZE];		     /* "issuing-l" */
	uint8_t certificate[ISSUER_CERTIFICATE_MAX]; /* DER */
	size_t certificate_size; /* 0: this authority does not exist here */
	uint8_t name_sha1[SHA1_SIZE], key_sha1[SHA1_SIZE];
	struct digest name_sha256, key_sha256;
	int64_t not_before, not_after;
};

struct issuers {
	struct issuer of[AUTHORITY_COUNT];
};

/* The clerk asks for a list once a day, and looks each hour whether it has to:
 * within so long before an authority's end the last word on it is said. */
#define AUTHORITY_LAST (25 * HOUR)
/* Of a certificate that has ended or was revoked the last answer has no end
 * (reference B-32), and so has, so long before its authority's end, that of
 * what still holds: it could not become untrue for longer than an answer that
 * was made on demand. Whoever ends before is asked about after that. */
#define ANSWER_LAST (1 * HOUR)

const char *authority_name(enum authority authority);
/* AUTHORITY_COUNT when there is none of that name. */
enum authority authority_find(const char *name);
/* "ocsp-l", or "" when it issues nothing to people. */
const char *authority_responder(enum authority authority);
/* Whether it issues certificates to people. */
bool authority_issues(enum authority authority);
/* The first generation of the same authority, and which one this is. */
enum authority authority_family(enum authority authority);
unsigned authority_generation(enum authority authority);
/* The name of its profile: "issuing_l", "root". */
const char *authority_profile(enum authority authority);

/* Takes a CA certificate apart; the bytes are copied. */
RESULT issuer_init(
    const char *name, struct span certificate, struct issuer *out);

/*
 * Reads {dir}/{name}.cer for every authority. A file that is absent leaves
 * its place empty; one that cannot be read as a certificate is an error.
 */
RESULT issuers_load(const char *dir, struct issuers *out);

/* Who is asked about; NULL when it is none of ours. */
const struct issuer *issuers_match(
    const struct issuers *all, const struct ocsp_query *query);

/* Parts of a certificate, borrowed from it, whole DER each. */
struct certificate_outline {
	struct span serial;	/* content of the INTEGER */
	struct span issuer;	/* Name */
	struct span subject;	/* Name */
	struct span public_key; /* SubjectPublicKeyInfo */
	struct span key_bits;	/* content of its BIT STRING, without the
				 * unused-bits octet: what key hashes hash */
	int64_t not_before, not_after;
};

RESULT certificate_outline(struct span der, struct certificate_outline *out);
