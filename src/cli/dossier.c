/*
 * paraph dossier: one request in a file that verifies without Paraph, for who
 * has to judge it later. Opening evidence is an act of a person: an auditor or
 * an administrator of the platform, by their own password, in the journal
 * before anything is opened.
 */
#include "cli/dossier.h"

#include "base/clock.h"
#include "cli/prove.h"
#include "flow/audit.h"

#include <fcntl.h>
#include <stdarg.h>
#include <unistd.h>

#define MIMETYPE "application/vnd.etsi.asic-e+zip"

static const char usage[] =
    "usage: paraph dossier REG --member EMAIL [--password-stdin] [--out FILE]\n"
    "           [--without-evidence]\n"
    "\n"
    "Writes one request with all that it rests on into FILE (unless said,\n"
    "REG.asice): what was asked and given, findings, verdicts, opinions,\n"
    "decisions and approvals, the certificate with its chain and status, and\n"
    "what the journal and the signer's ledger say of it. It is sealed by the\n"
    "signer and verifies with unzip, sha256sum and openssl: README.txt inside\n"
    "says how. The service has to run.\n"
    "\n"
    "EMAIL: an auditor or an administrator of the platform, who gives their\n"
    "own password; the journal names them. Evidence that was destroyed is\n"
    "named and left out, all of it with --without-evidence.\n"
    "\n"
    "The file holds personal data, pictures and recordings among them: only\n"
    "its owner can read it, and it is never written over another.\n"
    "Options everywhere: --config FILE, --json.\n";

void
dossier_progress(const char *format, ...)
{
	va_list args;

	if (!isatty(STDERR_FILENO))
		return;
	va_start(args, format);
	fputc('\r', stderr);
	vfprintf(stderr, format, args);
	fputs("\033[K", stderr);
	va_end(args);
}

static RESULT
check_role(const struct member *who)
{
	bool may = !*who->workspace &&
		   (strcmp(who->role, "auditor") == 0 ||
		       strcmp(who->role, "platform_admin") == 0);

	return may ? OK
		   : FAIL(ERR_DENIED, "%s is neither an auditor nor an "
			 "administrator of the platform", who->email);
}

static RESULT
note_asked(struct dossier_file *d)
{
	AUTO(store_rollback) struct store *s = d->a->store;
	const struct actor who = {ACTOR_platform, d->by.id, d->by.name};

	TRY(store_begin(s));
	TRY(audit_write(&d->a->flow, &who, "dossier.asked", d->r.id,
	    d->with_evidence ? "with_evidence" : "without_evidence", ""));
	return store_commit(s);
}

static RESULT
fill(struct dossier_file *d)
{
	struct digest listed;

	TRY(archive_add(&d->zip, "mimetype", span_of_text(MIMETYPE)));
	TRY(dossier_facts(d));
	TRY(dossier_evidence(d));
	TRY(dossier_approvals(d));
	TRY(dossier_certificate(d));
	TRY(dossier_journal(d));
	TRY(dossier_readme(d));
	TRY(dossier_list(d, &listed));
	TRY(dossier_seal(d, &listed));
	return archive_finish(&d->zip);
}

/* What is not whole does not stay. */
static RESULT
write_file(struct dossier_file *d, const char *path)
{
	AUTO(close) int fd = open(
	    path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd < 0)
		return FAIL(ERR_CONFLICT, "%s cannot be made: %m", path);
	archive_init(&d->zip, fd, d->at);
	enum err result = note_asked(d);
	if (result == OK)
		result = fill(d);
	archive_clear(&d->zip);
	if (result != OK)
		(void)unlink(path);
	return result;
}

static RESULT
prepare(struct dossier_file *d, const char *id, const char *email,
    bool from_input)
{
	struct admin *a = d->a;

	TRY(prove_member(a, email, from_input, &d->by));
	TRY(check_role(&d->by));
	if (d->with_evidence)
		TRY(admin_vault_key(a));
	enum err found =
	    registration_load(a->store, &a->arena, id, &d->r);
	if (found == ERR_NOT_FOUND)
		return FAIL(found, "there is no request %.40s", id);
	d->at = clock_now();
	return found;
}

static void
tell(const struct dossier_file *d, const char *path)
{
	if (d->a->json) {
		fputs("{\"file\": ", stdout);
		json_text(stdout, path);
		printf(", \"evidence\": %zu, \"left_out\": %zu, \"ledger\": "
		       "%s}\n",
		    d->evidence, d->missing, d->no_ledger ? "false" : "true");
		return;
	}
	printf("%s\n", path);
	if (d->missing)
		fprintf(stderr,
		    "paraph: of %zu pieces of evidence %zu are not inside; "
		    "evidence.json says why\n",
		    d->evidence, d->missing);
	if (d->no_ledger)
		fprintf(stderr, "paraph: the signer's ledger cannot be read "
				"here and is not inside\n");
}

static const char *
name_of_file(struct admin *a, const char *id, const char *given)
{
	return given ? given : arena_format(&a->arena, "%s.asice", id);
}

int
cmd_dossier(int argc, char **argv)
{
	const char *email = NULL, *from_input = NULL, *out = NULL,
		   *without = NULL, *id;
	const struct word_option options[] = {{"--member", &email, false},
	    {"--password-stdin", &from_input, true}, {"--out", &out, false},
	    {"--without-evidence", &without, true}};
	struct dossier_file d = {.with_evidence = true};
	struct admin a;

	words_of("paraph dossier", usage);
	admin_options(argc, argv, options, 4, &id, 1, 1);
	if (!id_is("reg", id))
		words_refuse("%.40s is not the id of a request", id);
	if (!email)
		words_wrong("--member EMAIL is missing: who asks for it?");
	if (!admin_open(&a))
		return 1;
	d.a = &a;
	d.with_evidence = !without;
	out = name_of_file(&a, id, out);
	enum err result = prepare(&d, id, email, from_input != NULL);
	if (result == OK)
		result = write_file(&d, out);
	dossier_progress("%s", "");
	int status = result == OK ? 0 : admin_fail("no dossier");
	if (result == OK)
		tell(&d, out);
	admin_close(&a);
	return status;
}
