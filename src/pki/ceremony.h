/*
 * The key ceremony as far as it needs no keys: which certificates and lists
 * an installation begins with, how they are named and how they are written
 * down for the record. The signer's side makes the keys and lends their
 * signatures.
 *
 * The files of an installation, under pki.ca_dir, all DER, one for each row of
 * status/authorities.def that is there:
 *   {name}.cer        root, issuing-l, issuing-q, issuing-l-2
 *   {name}.crl        their first lists; of a root the last one
 *   {responder}.cer   ocsp-l, ocsp-q, ocsp-l-2: the first responders
 */
#pragma once

#include "pki/profile.h"
#include "pki/signing.h"

struct ceremony_plan {
	const char *country;
	const char *organisation;    /* begins with TEST in test PKIs */
	const char *organisation_id; /* "": none */
	const char *base_url;
	const char *policy_oid; /* "": none */
	int64_t now;
	int64_t crl_hours;
	unsigned generation;   /* of what is made; 0: the first */
	/* the issuer's name in addresses; NULL: "root", or the profile's */
	const char *root_file;
	struct signing_key root, issuing;
	struct span root_public, issuing_public, responder_public;
};

/* What comes with an issuing authority: its certificate, a responder's and
 * the first list. */
struct ceremony_authority {
	struct buf issuing, responder, list;
};

/* The root: certificate and first list, both initialised here. */
RESULT ceremony_root(const struct ceremony_plan *plan,
    struct buf *certificate, struct buf *list);

/* An issuing authority with all that comes with it; out was initialised. */
void ceremony_authority_init(struct ceremony_authority *a);
RESULT ceremony_authority(const struct ceremony_plan *plan,
    const struct profile *profile, struct span root_certificate,
    struct ceremony_authority *out);
/* What comes with one that was certified elsewhere: out->issuing is there. */
RESULT ceremony_attend(
    const struct ceremony_plan *plan, struct ceremony_authority *out);
void ceremony_authority_clear(struct ceremony_authority *a);

/*
 * One issuing authority under a root that is there already: its profile
 * (issuing_l, issuing_q) decides what it is called. plan->root signs.
 */
RESULT ceremony_issuing(const struct ceremony_plan *plan,
    const struct profile *profile, struct span root_certificate,
    struct span public_key, struct buf *out);

/* The names that they will have, appended: for a request, and to see whether
 * settings are still those that a root was made with. */
RESULT ceremony_root_name(const struct ceremony_plan *plan, struct buf *out);
RESULT ceremony_issuing_name(const struct ceremony_plan *plan,
    const struct profile *profile, struct buf *out);

/* A responder's certificate alone, for its renewal; it is named after the
 * authority it answers for. plan->issuing signs. */
RESULT ceremony_responder(const struct ceremony_plan *plan,
    struct span issuing_certificate, struct buf *out);

/* For a key that seals one dossier, for a day. plan->issuing signs. */
RESULT ceremony_seal(const struct ceremony_plan *plan,
    struct span issuing_certificate, struct span public_key, struct buf *out);

DEFINE_AUTO_CLEAR(ceremony_authority_clear, struct ceremony_authority)
