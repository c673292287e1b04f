/*
 * The steps, in the order of a new installation:
 *
 *     root's machine             what is carried     signer's machine
 *     root (shares)                                  request issuing-l
 *     certify issuing-l     <--  issuing-l.p10
 *                           -->  root.cer root.crl
 *                                issuing-l.cer       accept
 *     list                  -->  root.crl            accept
 *     (the next generation:)                         request issuing-l-2 ...
 *                                                    begin issuing-l-2
 *
 * Both machines may be one. Who types, reads and compares is written down:
 * the minutes are what an auditor gets.
 */
#include "cli/ceremony.h"

#include "base/clock.h"
#include "base/enum.h"
#include "cli/ceremony_parts.h"
#include "cli/show.h"
#include "signer/joining.h"

#include <sys/stat.h>

/* ---- the signer's machine ---- */

static RESULT
step_request(struct asked *a, struct minutes *m)
{
	return joining_request(a->conf, a->authority, a->folder, m);
}

static RESULT
step_accept(struct asked *a, struct minutes *m)
{
	return joining_accept(
	    a->conf, a->folder, a->fingerprint ? &a->digest : NULL, m);
}

static RESULT
step_begin(struct asked *a, struct minutes *m)
{
	int64_t from = clock_now();

	if (a->from && clock_parse(a->from, &from) != OK)
		return FAIL(ERR_INVALID,
		    "--from is a day, 2034-01-01, or 2034-01-01T00:00:00.000Z");
	return joining_begin(a->conf, a->authority, from, m);
}

const struct ceremony_step ceremony_steps[] = {
    {"root",
	"Makes the root: its token, its key in the token, a certificate that\n"
	"it gives itself, and a first revocation list.\n",
	ceremony_step_root, false, false, false, CONF_pki_ceremony_dir},
    {"shares",
	"Each custodian who is here tries passphrase or share sheet. The root\n"
	"is not opened.\n",
	ceremony_step_shares, false, false, true, CONF_COUNT},
    {"custodians",
	"Custodians hand the root over to others: new shares of a new secret,\n"
	"and a new PIN. Nothing of the old shares opens it afterwards.\n",
	ceremony_step_custodians, false, false, true, CONF_COUNT},
    {"request",
	"Makes the key of an issuing authority in the signer's token, and a\n"
	"request that carries its public half to the root.\n",
	step_request, true, true, false, CONF_COUNT},
    {"certify",
	"The root certifies an issuing authority. Read the digest of its public\n"
	"key from the minutes of the request, and compare.\n",
	ceremony_step_certify, true, true, false, CONF_pki_ceremony_dir},
    {"accept",
	"The signer's machine takes in what the root gave: everything is held\n"
	"against the root's signature and the keys in the token.\n",
	step_accept, false, true, false, CONF_signer_dir},
    {"begin",
	"Says from when on a generation issues. The ones before go on signing\n"
	"lists and answers for what they issued.\n",
	step_begin, true, false, false, CONF_signer_dir},
    {"list",
	"The root signs a new revocation list.\n",
	ceremony_step_list, false, true, false, CONF_pki_ceremony_dir},
};
const size_t ceremony_step_count = COUNT_OF(ceremony_steps);

static int
run(struct asked *a, const struct ceremony_step *step)
{
	AUTO(conf_free) struct conf *conf = NULL;
	enum err result = conf_load(config_find(a->config), &conf);

	umask(077);
	a->conf = conf;
	if (result == OK)
		result = a->dry_run ? ceremony_rehearse(a, step)
				    : ceremony_do(a, step, false);
	passphrases_clear(&a->passphrases);
	secret_clear(&a->key);
	return result == OK ? 0 : show_failure("paraph ca ceremony");
}

int
ceremony_main(int argc, char **argv)
{
	const struct ceremony_step *step = ceremony_steps;
	struct asked a = {0};
	const char *name = ceremony_step_named(argc, argv);

	while (strcmp(step->name, name) != 0)
		step++;
	ceremony_options(argc - 1, argv + 1, step, &a);
	return run(&a, step);
}
