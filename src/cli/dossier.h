/*
 * Parts of a dossier: one request, with all that its certificate or its
 * refusal rests on, in an ASiC-E container (ETSI EN 319 162-1 4.4) that
 * unzip, sha256sum and openssl verify without Paraph.
 *
 * Personal data are in the file and nowhere else: nothing of it is printed.
 */
#pragma once

#include "cli/admin.h"
#include "cli/archive.h"

#include <jansson.h>

struct dossier_file {
	struct admin *a;
	struct archive zip;
	struct registration r;
	struct member by; /* who asked for it */
	int64_t at;
	bool with_evidence;
	size_t evidence, missing; /* pieces there were; those not inside */
	bool no_ledger;	 /* it is not on this machine */
};

DEFINE_AUTO(json_decref, json_t *)

/* registration.json, attempts.json, people.json */
RESULT dossier_facts(struct dossier_file *d);
/* evidence.json, and evidence/ unless that was not wanted. */
RESULT dossier_evidence(struct dossier_file *d);
/* approvals/: what operators signed, to be verified one by one. */
RESULT dossier_approvals(struct dossier_file *d);
/* certificate/ and trust/: the certificate, its chain, lists, answer. */
RESULT dossier_certificate(struct dossier_file *d);
/* journal/, and ledger.txt where the signer's ledger is here. */
RESULT dossier_journal(struct dossier_file *d);
/* README.txt and LISEZMOI.txt */
RESULT dossier_readme(struct dossier_file *d);
/* SHA256SUMS and META-INF/ASiCManifest.xml; out: the digest to be sealed. */
RESULT dossier_list(struct dossier_file *d, struct digest *out);
/* Asks the signer, by way of the clerk, and waits: META-INF/signature.p7s. */
RESULT dossier_seal(struct dossier_file *d, const struct digest *listed);

/* JSON, indented, as one part; takes the reference. */
RESULT dossier_json(struct dossier_file *d, const char *name, json_t *value);
/* What is no UTF-8 becomes null; times are ISO 8601, null where there is
 * none. */
json_t *dossier_time(int64_t at);
/* On a terminal, on one line: what takes a while. */
void dossier_progress(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
/* "a b c" as a list. */
json_t *dossier_words(const char *words);
