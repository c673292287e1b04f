/*
 * The command line of paraph ca ceremony.
 */
#include "cli/ceremony_parts.h"
#include "cli/words.h"

#include "base/codec.h"
#include "base/enum.h"
#include "signer/root.h"

#include <stdlib.h>
#include <sys/stat.h>

static const char usage[] =
    "usage: paraph ca ceremony root\n"
    "       paraph ca ceremony shares [--sheets DIR]\n"
    "       paraph ca ceremony custodians --custodian NAME ...\n"
    "       paraph ca ceremony request NAME --folder DIR\n"
    "       paraph ca ceremony certify NAME --folder DIR --fingerprint KEY\n"
    "       paraph ca ceremony accept --folder DIR [--fingerprint ROOT]\n"
    "       paraph ca ceremony begin NAME [--from DATE]\n"
    "       paraph ca ceremony list --folder DIR [--revoke FILE [--reason R]]\n"
    "\n"
    "On the machine with the root's token, which needs no network:\n"
    "root       the custodians choose a passphrase each; the token's PIN is\n"
    "           made of a secret that some of them together have. The root's\n"
    "           key, certificate and list.\n"
    "shares     each custodian tries passphrase or sheet; opens nothing.\n"
    "custodians others instead of them, with new shares and a new PIN; also\n"
    "           when one is lost, or the file of custodians is.\n"
    "certify    certifies the request in the folder. --fingerprint: what the\n"
    "           minutes of the request say of its public key.\n"
    "list       a new revocation list, due within 360 days. --revoke: with\n"
    "           this certificate of an authority on it, for good.\n"
    "On the signer's machine:\n"
    "request    makes the key of an issuing authority, and a request for it.\n"
    "accept     takes in what came back, the service being stopped.\n"
    "           --fingerprint: what the minutes of a new root say of it.\n"
    "begin      from a day on, this generation is the one that issues.\n"
    "\n"
    "NAME: issuing-l (LCP) or issuing-q (qualified levels); issuing-l-2 is the\n"
    "next generation. --root root-2: a second root, in the same token.\n"
    "DIR is carried between the machines. Every step may be done again: it\n"
    "goes on where it was. --dry-run: with keys that are thrown away.\n"
    "\n"
    "--custodian NAME for each of 2 to 8; --needed K: how many of them must be\n"
    "there, else more than half. --sheets DIR: writes a share sheet for each\n"
    "who types a passphrase, to be printed; a sheet is typed instead of a\n"
    "passphrase. --passphrase-file FILE for each, instead of the terminal.\n"
    "--place TEXT, --present \"NAME, ROLE\" for each: else they are asked for.\n"
    "--reason: compromise, superseded or cessation. --config FILE as\n"
    "everywhere.\n";

const char *
ceremony_step_named(int argc, char **argv)
{
	words_of("paraph ca ceremony", usage);
	return words_verb(argc, argv);
}

static const struct {
	const char *name;
	uint8_t code;
} reasons[] = {{"compromise", 2}, {"superseded", 4}, {"cessation", 5}};

/* Spaces as in minutes, colons as others print them. */
static RESULT
read_fingerprint(const char *text, struct digest *out)
{
	AUTO(buf_clear) struct buf hex, bytes;

	buf_init(&hex, 4096);
	buf_init(&bytes, 4096);
	for (; *text; text++) {
		char c = *text >= 'A' && *text <= 'F' ? (char)(*text + 32)
						      : *text;
		if (c != ' ' && c != ':')
			TRY(buf_add(&hex, &c, 1));
	}
	TRY(hex_decode(buf_text(&hex), &bytes));
	if (bytes.size != DIGEST_SIZE)
		return FAIL(ERR_INVALID, "a fingerprint has 64 hex digits");
	memcpy(out->bytes, bytes.data, DIGEST_SIZE);
	return OK;
}

static void
check_authorities(struct asked *a)
{
	const char *root = a->root ? a->root : "root";

	a->authority = a->name ? authority_find(a->name) : AUTHORITY_COUNT;
	a->root_authority = authority_find(root);
	if (a->name && a->authority == AUTHORITY_COUNT)
		words_wrong("no such authority: '%s'", a->name);
	if (a->root_authority == AUTHORITY_COUNT ||
	    authority_issues(a->root_authority))
		words_wrong("no such authority that is a root: '%s'", root);
}

static void
check_reason(struct asked *a)
{
	size_t i = 0;

	while (a->reason && i < COUNT_OF(reasons) &&
	    strcmp(reasons[i].name, a->reason) != 0)
		i++;
	if (i == COUNT_OF(reasons))
		words_wrong("no such reason: '%s'; it is compromise, "
			    "superseded or cessation", a->reason);
	a->reason_code = reasons[i].code;
}

/* More than half, unless another number was asked for. */
static void
check_custodians(struct asked *a)
{
	char *end = NULL;
	unsigned long needed = a->custodian_count / 2 + 1;

	if (a->needed)
		needed = strtoul(a->needed, &end, 10);
	if (a->custodian_count == 1)
		words_wrong("--custodian once for each, of two at least");
	if (a->needed &&
	    (*end || needed < SHARES_MIN || needed > a->custodian_count))
		words_wrong("--needed: from 2 to as many as there are "
			    "custodians, not '%s'", a->needed);
	a->needed_count = (unsigned)needed;
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* One that is made here would be what a stick is mounted on. */
static void
check_folders(const struct asked *a)
{
	if (a->folder && !a->dry_run && !is_folder(a->folder))
		words_wrong("--folder: there is no such folder '%s'; is what "
			    "is carried not mounted?", a->folder);
	if (a->sheets && !a->dry_run && !is_folder(a->sheets))
		words_wrong("--sheets: there is no such folder '%s'; make it "
			    "first, in memory: mkdir -m 700 /dev/shm/sheets",
		    a->sheets);
}

static void
check_asked(struct asked *a, const struct ceremony_step *step)
{
	if (step->named && !a->name)
		words_wrong("which authority?");
	if (step->carried && !a->folder && !a->dry_run)
		words_wrong("--folder is missing");
	check_authorities(a);
	check_reason(a);
	check_custodians(a);
	check_folders(a);
	if (a->fingerprint && read_fingerprint(a->fingerprint, &a->digest) != OK)
		words_wrong("--fingerprint: %s", err_explanation());
	if (step->run == ceremony_step_certify && !a->fingerprint &&
	    !a->dry_run)
		words_wrong("certify needs --fingerprint, from the minutes of "
			    "the request");
}

void
ceremony_options(int argc, char **argv, const struct ceremony_step *step,
    struct asked *a)
{
	const char *dry = NULL;
	const struct word_option options[] = {{"--config", &a->config, false},
	    {"--folder", &a->folder, false}, {"--place", &a->place, false},
	    {"--fingerprint", &a->fingerprint, false},
	    {"--from", &a->from, false}, {"--revoke", &a->revoke, false},
	    {"--reason", &a->reason, false}, {"--root", &a->root, false},
	    {"--needed", &a->needed, false}, {"--sheets", &a->sheets, false},
	    {"--dry-run", &dry, true},
	    {"--present", a->present, false, &a->present_count,
		MINUTES_PRESENT_MAX},
	    {"--custodian", a->custodians, false, &a->custodian_count,
		SHARES_MAX},
	    {"--passphrase-file", a->passphrases.files, false,
		&a->passphrases.file_count, PASSPHRASES_MAX}};

	words_read(argc, argv, options, COUNT_OF(options), &a->name, 0,
	    step->named);
	a->dry_run = dry != NULL;
	check_asked(a, step);
}
