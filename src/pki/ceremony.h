/*
 * The key ceremony as far as it needs no keys: which certificates and lists
 * an installation begins with, how they are named and how they are written
 * down for the record. The signer's side makes the keys and lends their
 * signatures.
 *
 * The files of an installation, under pki.ca_dir, all DER:
 *   root.cer, issuing-l.cer   the authorities (status/authorities.def)
 *   ocsp-l.cer                the OCSP responder of issuing-l
 *   root.crl, issuing-l.crl   the first lists
 */
#pragma once

#include "pki/profile.h"
#include "pki/signing.h"

#define CEREMONY_ROOT_FILE "root.cer"
#define CEREMONY_ISSUING_FILE "issuing-l.cer"
#define CEREMONY_RESPONDER_FILE "ocsp-l.cer"
#define CEREMONY_ROOT_CRL_FILE "root.crl"
#define CEREMONY_ISSUING_CRL_FILE "issuing-l.crl"

struct ceremony_plan {
	const char *country;
	const char *organisation;    /* begins with TEST in test PKIs */
	const char *organisation_id; /* "": none */
	const char *base_url;
	const char *policy_oid; /* "": none */
	int64_t now;
	int64_t crl_hours;
	struct signing_key root, issuing;
	struct span root_public, issuing_public, responder_public;
};

/* DER of each; clear it. */
struct ceremony_product {
	struct buf root, issuing, responder;
	struct buf root_crl, issuing_crl;
};

/* Builds, signs and lints everything. */
RESULT ceremony_build(
    const struct ceremony_plan *plan, struct ceremony_product *out);

/*
 * One issuing authority under a root that is there already: its profile
 * (issuing_l, issuing_q) decides what it is called. plan->root signs.
 */
RESULT ceremony_issuing(const struct ceremony_plan *plan,
    const struct profile *profile, struct span root_certificate,
    struct span public_key, struct buf *out);

/* A responder's certificate alone, for its renewal; it is named after the
 * authority it answers for. plan->issuing signs. */
RESULT ceremony_responder(const struct ceremony_plan *plan,
    struct span issuing_certificate, struct buf *out);

void ceremony_clear(struct ceremony_product *p);

DEFINE_AUTO_CLEAR(ceremony_clear, struct ceremony_product)
