/*
 * A certification authority as people compare it: its name, key and dates in
 * words, and its newest revocation list.
 */
#pragma once

#include "status/crl_outline.h"
#include "status/issuer.h"
#include "web/request.h"

struct authority_facts {
	const char *name;	     /* "issuing-l" */
	bool issues;		     /* to people */
	struct span der;
	const char *subject, *issuer; /* "CN=..., O=..., C=FR" */
	const char *serial;	     /* hex */
	const char *key;	     /* "P-256", "RSA 4096" */
	const char *sha256, *sha1;   /* of the certificate, hex */
	int64_t not_before, not_after;
	bool has_list;
	struct crl_outline list;
};

/* ERR_NOT_FOUND when this one does not exist here. */
RESULT authority_load(struct request *q, struct flow *f, enum authority a,
    struct authority_facts *out);

/* The root under which an issuing authority stands, by its name: there may be
 * several generations of both. ERR_NOT_FOUND: none here. */
RESULT authority_root_of(struct request *q, struct flow *f,
    struct span issuing, struct span *root);

/* Only its newest list. */
RESULT authority_list(struct request *q, struct flow *f, enum authority a,
    struct crl_outline *out);
