/*
 * The steps, in the order of a new installation:
 *
 *     root's machine             what is carried     signer's machine
 *     root                                           request issuing-l
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
#include "base/codec.h"
#include "base/enum.h"
#include "cli/passphrases.h"
#include "cli/show.h"
#include "signer/joining.h"
#include "signer/ledger.h"
#include "signer/place.h"
#include "signer/root.h"

#include <limits.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINE_SIZE 256

static const char usage[] =
    "usage: paraph ca ceremony root\n"
    "       paraph ca ceremony request NAME --folder DIR\n"
    "       paraph ca ceremony certify NAME --folder DIR --fingerprint KEY\n"
    "       paraph ca ceremony accept --folder DIR [--fingerprint ROOT]\n"
    "       paraph ca ceremony begin NAME [--from DATE]\n"
    "       paraph ca ceremony list --folder DIR [--revoke FILE [--reason R]]\n"
    "\n"
    "On the machine with the root's token, which needs no network:\n"
    "root     two custodians choose a passphrase each; the token's PIN is made\n"
    "         of both and kept nowhere. The root's key, certificate and list.\n"
    "certify  certifies the request in the folder. --fingerprint: what the\n"
    "         minutes of the request say of its public key.\n"
    "list     a new revocation list, due within 360 days. --revoke: with this\n"
    "         certificate of an authority on it, for good.\n"
    "On the signer's machine:\n"
    "request  makes the key of an issuing authority, and a request for it.\n"
    "accept   takes in what came back, the service being stopped.\n"
    "         --fingerprint: what the minutes of a new root say of it.\n"
    "begin    from a day on, this generation is the one that issues.\n"
    "\n"
    "NAME: issuing-l (LCP) or issuing-q (qualified levels); issuing-l-2 is the\n"
    "next generation. --root root-2: a second root, in the same token.\n"
    "DIR is carried between the machines. Every step may be done again: it\n"
    "goes on where it was. --dry-run: with keys that are thrown away.\n"
    "\n"
    "--place TEXT, --present \"NAME, ROLE\" for each: else they are asked for.\n"
    "--custodian NAME twice, at the first root; --passphrase-file FILE twice,\n"
    "instead of the terminal. --config FILE as everywhere.\n"
    "--reason: compromise, superseded or cessation.\n";

struct asked {
	const char *config, *folder, *place, *fingerprint, *from, *revoke;
	const char *reason, *root, *name;
	const char *present[MINUTES_PRESENT_MAX];
	size_t present_count;
	const char *custodians[CUSTODIANS];
	size_t custodian_count;
	struct passphrases passphrases;
	bool dry_run;

	const struct conf *conf;
	enum authority authority, root_authority;
	struct digest digest;
	struct secret key; /* of the custodians; size 0: not yet */
};

static int
wrong_use(const char *what)
{
	fprintf(stderr, "paraph ca ceremony: %s\n\n%s", what, usage);
	return 2;
}

/* ---- the root's machine ---- */

static RESULT
name_custodians(struct asked *a, struct minutes *m, struct custodians *out)
{
	struct span passphrases[CUSTODIANS];

	if (a->custodian_count < CUSTODIANS)
		return FAIL(ERR_INVALID,
		    "a first root needs --custodian NAME twice");
	TRY(passphrases_take(
	    &a->passphrases, a->custodians, true, passphrases));
	TRY(custodians_make(conf_text(a->conf, CONF_pki_ceremony_dir),
	    a->custodians, passphrases, out));
	TRY(minutes_note(m, "%s and %s chose a passphrase each. Neither told "
			    "it to the other.",
	    out->of[0].name, out->of[1].name));
	return custodians_unlock(out, passphrases, &a->key);
}

static RESULT
unlock(struct asked *a, struct minutes *m, const struct custodians *c)
{
	const char *const names[CUSTODIANS] = {c->of[0].name, c->of[1].name};
	struct span passphrases[CUSTODIANS];

	TRY(passphrases_take(&a->passphrases, names, false, passphrases));
	TRY(custodians_unlock(c, passphrases, &a->key));
	return minutes_note(m, "%s and %s typed their passphrases: the PIN of "
			       "the root's token is made of both.",
	    names[0], names[1]);
}

static RESULT
add_custodians(const struct custodians *c, struct minutes *m)
{
	char text[CUSTODIAN_NAME_SIZE + 16];

	for (size_t i = 0; i < CUSTODIANS; i++) {
		bool written = false;
		size_t size = strlen(c->of[i].name);

		for (size_t k = 0; k < m->present_count; k++)
			written = written || strncmp(m->present[k],
						 c->of[i].name, size) == 0;
		snprintf(text, sizeof(text), "%s, custodian", c->of[i].name);
		text[MINUTES_NAME_SIZE - 1] = '\0';
		if (!written)
			TRY(minutes_present(m, text));
	}
	return OK;
}

/* ERR_NOT_FOUND when no custodians hold the root, but a file. */
static RESULT
take_custodians(struct asked *a, bool first, struct minutes *m)
{
	struct custodians c;
	char path[PLACE_PATH];

	TRY(place_path(conf_text(a->conf, CONF_pki_ceremony_dir), "ledger", "",
	    path));
	TRY(place_folder_of(path));
	enum err found = root_custodians(a->conf, &c);
	if (found == ERR_NOT_FOUND && !first)
		return found;
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	if (a->key.size == 0)
		TRY(found == OK ? unlock(a, m, &c) : name_custodians(a, m, &c));
	return add_custodians(&c, m);
}

static RESULT
open_root(struct asked *a, bool first, struct minutes *m, struct root *out)
{
	enum err found = take_custodians(a, first, m);

	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	if (found == OK)
		return root_open(
		    a->conf, a->root_authority, &a->key, first, out);
	err_clear();
	if (!place_has(conf_text(a->conf, CONF_pki_root_pin_file)))
		return FAIL(ERR_NOT_FOUND, "there is no root here: neither "
		    "custodians nor a PIN");
	TRY(minutes_note(m, "This root has no custodians: its PIN lies in a "
			    "file, and one person can use it."));
	return root_open(a->conf, a->root_authority, NULL, false, out);
}

static RESULT
step_root(struct asked *a, struct minutes *m)
{
	AUTO(root_close) struct root r = {0};

	TRY(open_root(a, true, m, &r));
	return root_make(&r, m);
}

static RESULT
step_certify(struct asked *a, struct minutes *m)
{
	AUTO(root_close) struct root r = {0};

	TRY(open_root(a, false, m, &r));
	return root_certify(&r, a->authority, a->folder,
	    a->fingerprint ? &a->digest : NULL, m);
}

static const struct {
	const char *name;
	uint8_t reason;
} reasons[] = {{"compromise", 2}, {"superseded", 4}, {"cessation", 5}};

static RESULT
step_list(struct asked *a, struct minutes *m)
{
	AUTO(root_close) struct root r = {0};
	AUTO(buf_clear) struct buf der;
	uint8_t reason = reasons[0].reason;

	buf_init(&der, 65536);
	if (a->revoke)
		TRY(show_read(a->revoke, &der));
	for (size_t i = 0; i < COUNT_OF(reasons); i++)
		if (a->reason && strcmp(reasons[i].name, a->reason) == 0)
			reason = reasons[i].reason;
	TRY(open_root(a, false, m, &r));
	return root_list(&r, a->folder, span_of_buf(&der), reason, m);
}

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

	if (a->from)
		TRY(clock_parse(a->from, &from));
	return joining_begin(a->conf, a->authority, from, m);
}

/* In their order; dir: whose ledger they end in. */
static const struct step {
	const char *name, *doc;
	RESULT (*run)(struct asked *a, struct minutes *m);
	bool named, carried;
	enum conf_key dir;
} steps[] = {
    {"root",
	"Makes the root: its token, its key in the token, a certificate that\n"
	"it gives itself, and a first revocation list.\n",
	step_root, false, false, CONF_pki_ceremony_dir},
    {"request",
	"Makes the key of an issuing authority in the signer's token, and a\n"
	"request that carries its public half to the root.\n",
	step_request, true, true, CONF_COUNT},
    {"certify",
	"The root certifies an issuing authority. Read the digest of its public\n"
	"key from the minutes of the request, and compare.\n",
	step_certify, true, true, CONF_pki_ceremony_dir},
    {"accept",
	"The signer's machine takes in what the root gave: everything is held\n"
	"against the root's signature and the keys in the token.\n",
	step_accept, false, true, CONF_signer_dir},
    {"begin",
	"Says from when on a generation issues. The ones before go on signing\n"
	"lists and answers for what they issued.\n",
	step_begin, true, false, CONF_signer_dir},
    {"list",
	"The root signs a new revocation list.\n",
	step_list, false, true, CONF_pki_ceremony_dir},
};

/* ---- asking ---- */

static bool
ask_line(const char *prompt, char out[LINE_SIZE])
{
	printf("%s", prompt);
	fflush(stdout);
	if (!fgets(out, LINE_SIZE, stdin))
		return false;
	out[strcspn(out, "\r\n")] = '\0';
	return out[0];
}

static RESULT
ask_present(struct asked *a, struct minutes *m)
{
	static char place[LINE_SIZE];
	char line[LINE_SIZE];
	bool asks = isatty(STDIN_FILENO) && a->present_count == 0;

	for (size_t i = 0; i < a->present_count; i++)
		TRY(minutes_present(m, a->present[i]));
	if (!asks)
		return OK;
	if (!a->place && ask_line("Place: ", place))
		m->place = place;
	while (ask_line("Present (name, role; nothing: all are): ", line))
		if (minutes_present(m, line) != OK) {
			printf("%s\n", err_explanation());
			err_clear();
		}
	return OK;
}

/* ---- minutes ---- */

static RESULT
save_minutes(
    const struct asked *a, const struct step *step, const struct buf *text)
{
	char now[CLOCK_TEXT_SIZE], name[64], path[PLACE_PATH];

	clock_format(clock_now(), now);
	for (char *c = now; *c; c++) /* what is carried has FAT, mostly */
		*c = *c == ':' ? '-' : *c;
	snprintf(name, sizeof(name), "minutes-%s-%s", step->name, now);
	TRY(place_path(conf_text(a->conf, CONF_pki_ceremony_dir), name, ".txt",
	    path));
	TRY(place_write(path, span_of_buf(text), 0644));
	printf("\nThese minutes are kept in %s.\n", path);
	if (!a->folder)
		return OK;
	TRY(place_path(a->folder, name, ".txt", path));
	return place_write(path, span_of_buf(text), 0644);
}

static enum err
pass_over(void *data, const struct ledger_entry *e)
{
	(void)data;
	(void)e;
	return OK;
}

static RESULT
print_minutes(
    const struct asked *a, const struct step *step, const struct minutes *m)
{
	AUTO(buf_clear) struct buf text;
	struct ledger_extent all = {0};
	bool has_ledger = step->dir != CONF_COUNT &&
			  ledger_look(conf_text(a->conf, step->dir), pass_over,
			      NULL, &all) == OK;

	err_clear();
	buf_init(&text, 2 * MINUTES_MAX);
	TRY(minutes_print(m, has_ledger ? &all.head : NULL, &text));
	printf("\n%s", buf_text(&text));
	return a->dry_run ? OK : save_minutes(a, step, &text);
}

static RESULT
do_step(struct asked *a, const struct step *step, bool quiet)
{
	AUTO(minutes_clear) struct minutes m;
	char title[64];

	snprintf(title, sizeof(title), "%s%s%s", step->name,
	    step->named ? " " : "", step->named ? a->name : "");
	minutes_init(&m, title, conf_text(a->conf, CONF_pki_organisation),
	    a->place);
	m.dry_run = a->dry_run;
	if (quiet)
		return step->run(a, &m);
	printf("%s\n", step->doc);
	TRY(ask_present(a, &m));
	m.shown = stdout;
	enum err result = step->run(a, &m);
	if (result != OK) {
		AUTO(free) char *why = strdup(err_explanation());

		TRY(minutes_note(&m, "It was not finished: %s.", why));
		TRY(print_minutes(a, step, &m));
		return FAIL(result, "%s", why);
	}
	return print_minutes(a, step, &m);
}

/* ---- dry run ---- */

static RESULT
write_rehearsal(const struct asked *a, const char *dir, struct conf **out)
{
	static const enum conf_key kept[] = {CONF_pki_base_url,
	    CONF_pki_country, CONF_pki_issuing_key, CONF_pki_organisation,
	    CONF_pki_organisation_id, CONF_pki_policy_oid, CONF_pki_root_key,
	    CONF_pki_rsa_padding};
	AUTO(buf_clear) struct buf text;

	buf_init(&text, 65536);
	TRY(buf_add_text(&text, "[pki]\n"));
	for (size_t i = 0; i < COUNT_OF(kept); i++)
		TRY(buf_add_format(&text, "%s = %s\n",
		    strchr(conf_key_name(kept[i]), '.') + 1,
		    conf_text(a->conf, kept[i])));
	return conf_parse(span_of_buf(&text), dir, out);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

/* The new root of the rehearsal is known without being read aloud. */
static RESULT
know_root(struct asked *a)
{
	AUTO(buf_clear) struct buf der;
	char path[PLACE_PATH];

	buf_init(&der, 0);
	TRY(place_path(a->folder, authority_name(a->root_authority), ".cer",
	    path));
	TRY(place_read(path, CERTIFICATE_MAX, &der));
	a->digest = digest_sha256(span_of_buf(&der));
	a->fingerprint = "";
	return OK;
}

static RESULT
rehearse_in(struct asked *a, const struct step *step, const char *dir)
{
	AUTO(conf_free) struct conf *conf = NULL;
	AUTO(free) char *folder = NULL;
	AUTO(free) char *revoked = NULL;

	if (asprintf(&folder, "%s/carried", dir) < 0 ||
	    asprintf(&revoked, "%s/%s.cer", folder,
		a->name ? a->name : authority_name(AUTHORITY_issuing_l)) < 0)
		abort();
	TRY(write_rehearsal(a, dir, &conf));
	a->conf = conf;
	a->folder = folder;
	a->fingerprint = NULL;
	if (a->revoke)
		a->revoke = revoked;
	if (!a->name) {
		a->authority = AUTHORITY_issuing_l;
		a->name = authority_name(a->authority);
	}
	for (const struct step *s = steps; s < step; s++) {
		TRY(do_step(a, s, true));
		if (strcmp(s->name, "certify") == 0)
			TRY(know_root(a));
	}
	return do_step(a, step, false);
}

/* Those who hold the root, or places for those who will. */
static void
cast_custodians(struct asked *a, struct custodians *c)
{
	static const char *const nobody[] = {
	    "First custodian", "Second custodian"};

	if (a->custodian_count == CUSTODIANS)
		return;
	bool named = root_custodians(a->conf, c) == OK;
	for (size_t i = 0; i < CUSTODIANS; i++)
		a->custodians[i] = named ? c->of[i].name : nobody[i];
	a->custodian_count = CUSTODIANS;
	err_clear();
}

static RESULT
rehearse(struct asked *a, const struct step *step)
{
	const char *temporary = getenv("TMPDIR");
	char dir[PATH_MAX];
	struct custodians held;

	snprintf(dir, sizeof(dir), "%s/paraph-rehearsal-XXXXXX",
	    temporary && *temporary ? temporary : "/tmp");
	cast_custodians(a, &held);
	if (!mkdtemp(dir))
		return FAIL(ERR_UNAVAILABLE, "no folder to rehearse in: %m");
	printf("DRY RUN in %s, which is removed at the end.\n\n", dir);
	enum err result = rehearse_in(a, step, dir);
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return result;
}

/* ---- the command line ---- */

static const char **
place_of(const char *option, struct asked *a)
{
	const struct {
		const char *name;
		const char **place;
	} places[] = {{"--config", &a->config}, {"--folder", &a->folder},
	    {"--place", &a->place}, {"--fingerprint", &a->fingerprint},
	    {"--from", &a->from}, {"--revoke", &a->revoke},
	    {"--reason", &a->reason}, {"--root", &a->root}};

	for (size_t i = 0; i < COUNT_OF(places); i++)
		if (strcmp(option, places[i].name) == 0)
			return places[i].place;
	if (strcmp(option, "--present") == 0 &&
	    a->present_count < MINUTES_PRESENT_MAX)
		return &a->present[a->present_count++];
	if (strcmp(option, "--custodian") == 0 &&
	    a->custodian_count < CUSTODIANS)
		return &a->custodians[a->custodian_count++];
	if (strcmp(option, "--passphrase-file") == 0 &&
	    a->passphrases.file_count < PASSPHRASES_MAX)
		return &a->passphrases.files[a->passphrases.file_count++];
	return NULL;
}

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

static int
check_asked(struct asked *a, const struct step *step)
{
	bool known = !a->reason;

	for (size_t i = 0; i < COUNT_OF(reasons); i++)
		known = known || strcmp(reasons[i].name, a->reason) == 0;
	if (!known)
		return wrong_use("no such reason");
	if (step->named && !a->name)
		return wrong_use("which authority?");
	if (step->carried && !a->folder && !a->dry_run)
		return wrong_use("--folder is missing");
	a->authority = a->name ? authority_find(a->name) : AUTHORITY_COUNT;
	a->root_authority = authority_find(a->root ? a->root : "root");
	if ((a->name && a->authority == AUTHORITY_COUNT) ||
	    a->root_authority == AUTHORITY_COUNT ||
	    authority_issues(a->root_authority))
		return wrong_use("no such authority");
	if (a->fingerprint && read_fingerprint(a->fingerprint, &a->digest) != OK)
		return wrong_use(err_explanation());
	if (strcmp(step->name, "certify") == 0 && !a->fingerprint &&
	    !a->dry_run)
		return wrong_use("certify needs --fingerprint, from the minutes "
				 "of the request");
	if (a->passphrases.file_count == 1)
		return wrong_use("a passphrase file for each custodian");
	return 0;
}

static int
read_arguments(int argc, char **argv, const struct step *step, struct asked *a)
{
	for (int i = 2; i < argc; i++) {
		const char **place = place_of(argv[i], a);

		if (place && ++i == argc)
			return wrong_use("an option needs a value");
		if (place)
			*place = argv[i];
		else if (strcmp(argv[i], "--dry-run") == 0)
			a->dry_run = true;
		else if (argv[i][0] == '-' || !step->named || a->name)
			return wrong_use("unknown argument");
		else
			a->name = argv[i];
	}
	return check_asked(a, step);
}

static int
run(struct asked *a, const struct step *step)
{
	AUTO(conf_free) struct conf *conf = NULL;
	enum err result = conf_load(config_find(a->config), &conf);

	umask(077);
	a->conf = conf;
	if (result == OK)
		result = a->dry_run ? rehearse(a, step)
				    : do_step(a, step, false);
	passphrases_clear(&a->passphrases);
	secret_clear(&a->key);
	return result == OK ? 0 : show_failure("paraph ca ceremony");
}

int
ceremony_main(int argc, char **argv)
{
	struct asked a = {0};

	for (size_t i = 0; argc > 1 && i < COUNT_OF(steps); i++) {
		if (strcmp(argv[1], steps[i].name) != 0)
			continue;
		int wrong = read_arguments(argc, argv, &steps[i], &a);
		return wrong ? wrong : run(&a, &steps[i]);
	}
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--help") == 0) {
			fputs(usage, stdout);
			return 0;
		}
	return wrong_use("root, request, certify, accept, begin or list");
}
