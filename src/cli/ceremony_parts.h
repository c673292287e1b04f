/*
 * What the files of paraph ca ceremony share: what was asked for, and the
 * steps.
 */
#pragma once

#include "base/conf.h"
#include "cli/passphrases.h"
#include "signer/minutes.h"
#include "signer/shares.h"
#include "status/issuer.h"

struct asked {
	const char *config, *folder, *place, *fingerprint, *from, *revoke;
	const char *reason, *root, *name, *needed, *sheets;
	const char *present[MINUTES_PRESENT_MAX];
	size_t present_count;
	const char *custodians[SHARES_MAX];
	size_t custodian_count;
	struct passphrases passphrases;
	bool dry_run;

	const struct conf *conf;
	enum authority authority, root_authority;
	struct digest digest;
	unsigned needed_count;
	uint8_t reason_code;
	struct secret key; /* the root's secret; size 0: not yet */
};

/* In the order of an installation; dir: whose ledger they end in. */
struct ceremony_step {
	const char *name, *doc;
	RESULT (*run)(struct asked *a, struct minutes *m);
	bool named, carried, aside; /* aside: no other step needs it */
	enum conf_key dir;
};
extern const struct ceremony_step ceremony_steps[];
extern const size_t ceremony_step_count;

/* ceremony_options.c: the command line behind "ceremony", and behind the
 * step; wrong use ends the program. */
const char *ceremony_step_named(int argc, char **argv);
void ceremony_options(int argc, char **argv, const struct ceremony_step *step,
    struct asked *a);

/* ceremony_minutes.c: the step, from asking who is present to its minutes;
 * quiet: only what it does. */
RESULT ceremony_do(
    struct asked *a, const struct ceremony_step *step, bool quiet);

/* ceremony_rehearse.c: the step, and those before it, with other keys. */
RESULT ceremony_rehearse(struct asked *a, const struct ceremony_step *step);

/* ceremony_root.c: the steps on the root's machine. */
RESULT ceremony_step_root(struct asked *a, struct minutes *m);
RESULT ceremony_step_certify(struct asked *a, struct minutes *m);
RESULT ceremony_step_list(struct asked *a, struct minutes *m);

/* ceremony_custodians.c: those who hold it. */
RESULT ceremony_step_shares(struct asked *a, struct minutes *m);
RESULT ceremony_step_custodians(struct asked *a, struct minutes *m);
/* The root's secret into a->key, of those who hold it; first: they are named
 * if there are none. ERR_NOT_FOUND: no custodians hold the root. */
RESULT ceremony_unlock(struct asked *a, bool first, struct minutes *m);
