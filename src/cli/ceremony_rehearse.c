/*
 * The rehearsal of a step: it and those before it, with SoftHSM tokens in a
 * folder that is removed at the end, whatever the end is: the rehearsal is a
 * child, and who waits for it is not interrupted.
 */
#include "cli/ceremony_parts.h"

#include "base/enum.h"
#include "cli/show.h"
#include "signer/place.h"
#include "signer/root.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

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
rehearse_in(struct asked *a, const struct ceremony_step *step, const char *dir)
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
	if (a->sheets)
		a->sheets = folder;
	if (!a->name) {
		a->authority = AUTHORITY_issuing_l;
		a->name = authority_name(a->authority);
	}
	for (const struct ceremony_step *s = ceremony_steps; s < step; s++) {
		if (s->aside)
			continue;
		TRY(ceremony_do(a, s, true));
		if (s->run == ceremony_step_certify)
			TRY(know_root(a));
	}
	return ceremony_do(a, step, false);
}

/* Those who hold the root, or places for those who will. */
static void
cast_custodians(struct asked *a, struct quorum *q)
{
	static const char *const nobody[] = {
	    "First custodian", "Second custodian", "Third custodian"};

	if (a->custodian_count > 0)
		return;
	bool named = root_custodians(a->conf, q) == OK;
	a->custodian_count = named ? q->count : COUNT_OF(nobody);
	a->needed_count = named ? q->needed : 2;
	for (size_t i = 0; i < a->custodian_count; i++)
		a->custodians[i] = named ? q->of[i].name : nobody[i];
	err_clear();
}

static volatile sig_atomic_t child;

/* Whoever ends this ends the rehearsal; then it is cleaned up. */
static void
pass_on(int number)
{
	if (child > 0)
		kill(child, number);
}

static RESULT
wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return FAIL(ERR_INTERNAL, "waitpid: %m");
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return OK;
	if (WIFSIGNALED(status))
		return FAIL(ERR_UNAVAILABLE,
		    "the rehearsal was interrupted; what it made is gone");
	return FAIL(ERR_UNAVAILABLE,
	    "the rehearsal did not come to its end; what it made is gone");
}

static const int passed_on[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};

/* From before there is a folder until somebody waits who removes it. */
static void
hold_signals(sigset_t *before)
{
	sigset_t held;

	sigemptyset(&held);
	for (size_t i = 0; i < COUNT_OF(passed_on); i++)
		sigaddset(&held, passed_on[i]);
	sigprocmask(SIG_BLOCK, &held, before);
}

static RESULT
rehearse_apart(struct asked *a, const struct ceremony_step *step,
    const char *dir, const sigset_t *signals)
{
	struct sigaction pass = {.sa_handler = pass_on};

	fflush(stdout);
	pid_t pid = fork();
	if (pid < 0)
		return FAIL(ERR_INTERNAL, "fork: %m");
	if (pid == 0) {
		int code = 0;

		sigprocmask(SIG_SETMASK, signals, NULL);
		if (rehearse_in(a, step, dir) != OK)
			code = show_failure("paraph ca ceremony");
		fflush(stdout);
		passphrases_clear(&a->passphrases);
		secret_clear(&a->key);
		_exit(code);
	}
	child = pid;
	for (size_t i = 0; i < COUNT_OF(passed_on); i++)
		sigaction(passed_on[i], &pass, NULL);
	sigprocmask(SIG_SETMASK, signals, NULL);
	return wait_for(pid);
}

RESULT
ceremony_rehearse(struct asked *a, const struct ceremony_step *step)
{
	const char *temporary = getenv("TMPDIR");
	char dir[PATH_MAX];
	struct quorum held;
	sigset_t signals;

	snprintf(dir, sizeof(dir), "%s/paraph-rehearsal-XXXXXX",
	    temporary && *temporary ? temporary : "/tmp");
	cast_custodians(a, &held);
	hold_signals(&signals);
	if (!mkdtemp(dir))
		return FAIL(ERR_UNAVAILABLE,
		    "no folder to rehearse in, at %s: %m", dir);
	printf("DRY RUN in %s, which is removed at the end.\n\n", dir);
	enum err result = rehearse_apart(a, step, dir, &signals);
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return result;
}
