/*
 * paraph init: a new instance in a folder. What is there stays: running it
 * again completes what is missing and changes nothing else.
 *
 *     DIR/paraph.conf   settings
 *     DIR/store         requests, certificates, journal
 *     DIR/keys          installation keys
 *     DIR/vault         encrypted evidence
 *     DIR/outbox        mails and SMS while no relay is configured
 *     DIR/ca, DIR/token, DIR/signer   the authorities (paraph ca init)
 */
#include "cli/admin.h"

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>

static const char usage[] =
    "usage: paraph init DIR [--listen ADDRESS:PORT] [--base-url URL]\n"
    "                   [--organisation NAME] [--organisation-id ID]\n"
    "                   [--country XX] [--ui DIR] [--models DIR]\n"
    "                   [--demo] [--ceremony]\n"
    "\n"
    "Makes an instance in DIR: settings, store, keys, and TEST certification\n"
    "authorities with their keys in a token of their own. --demo loosens the\n"
    "sandbox to what the kernel has and shows the outbox on a page. --ceremony\n"
    "makes no authorities: they come of paraph ca ceremony.\n"
    "\n"
    "What stands in certificates is for good: the organisation, its registration\n"
    "number (--organisation-id NTRFR-123456789) and the address of lists and\n"
    "OCSP, which is --base-url by http: relying parties ask there without TLS.\n";

#define DATA_DIR "/usr/local/share/paraph"
#define URL_SIZE 256

struct wishes {
	const char *dir, *listen, *url, *organisation, *organisation_id;
	const char *country, *ui, *models, *demo, *ceremony;
};

static enum err
make_folder(const char *dir, const char *name)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (mkdir(path, 0700) != 0 && access(path, W_OK) != 0)
		return FAIL(ERR_DENIED, "cannot make the folder %s: %m", path);
	return OK;
}

static enum err
make_folders(const char *dir)
{
	static const char *const names[] = {"", "keys", "store", "vault",
	    "outbox", "signer", "ca", "token"};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		TRY(make_folder(dir, names[i]));
	return OK;
}

/* Where relying parties fetch: whoever verifies a TLS certificate must not
 * have to verify one first. The port is that of the pages. */
static void
pki_url(const char *url, char out[URL_SIZE])
{
	const char *host = url + strlen("https://");

	if (strncmp(url, "https://", strlen("https://")) != 0)
		snprintf(out, URL_SIZE, "%s", url);
	else
		snprintf(out, URL_SIZE, "http://%.*s",
		    (int)strcspn(host, ":/"), host);
}

static enum err
write_settings(const char *path, const struct wishes *w)
{
	char part[PATH_MAX + 8], pki[URL_SIZE];

	pki_url(w->url, pki);
	snprintf(part, sizeof(part), "%s.part", path);
	AUTO(fclose) FILE *f = fopen(part, "w");
	if (!f)
		return FAIL(ERR_DENIED, "cannot write %s: %m", part);
	fprintf(f,
	    "# Paraph. Every setting, with its meaning: paraph config show\n"
	    "\n[web]\nlisten = %s\nbase_url = %s\n"
	    "\n[pki]\nbase_url = %s\norganisation = %s\n"
	    "organisation_id = %s\ncountry = %s\n"
	    "\n[ui]\ndir = %s\n\n[vision]\nmodels = %s\n",
	    w->listen, w->url, pki, w->organisation, w->organisation_id,
	    w->country, w->ui, w->models);
	if (w->demo)
		fprintf(f, "\n[sandbox]\nmode = demo\n"
			   "\n[demo]\noutbox_page = yes\n");
	if (fflush(f) != 0 || rename(part, path) != 0)
		return FAIL(ERR_UNAVAILABLE, "cannot write %s: %m", path);
	return OK;
}

/* The program for the authorities, which links the token's library. */
static enum err
run_ca(const char *conf)
{
	char self[PATH_MAX], path[PATH_MAX + 16];
	ssize_t size = readlink("/proc/self/exe", self, sizeof(self) - 1);
	int status;

	if (size <= 0)
		return FAIL(ERR_INTERNAL, "no /proc");
	self[size] = '\0';
	*strrchr(self, '/') = '\0';
	snprintf(path, sizeof(path), "%s/paraph-ca", self);
	pid_t child = fork();
	if (child == 0) {
		execl(path, "paraph-ca", "init", "--config", conf,
		    (char *)NULL);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
		return FAIL(ERR_INTERNAL, "the authorities were not made");
	return OK;
}

/* What an init that was killed left of them, before anything was kept. */
static enum err
remove_parts(const struct conf *c)
{
	static const char *const names[] = {
	    "link.key", "digest.key", "vault.key", "vault.pub"};
	const char *dir = conf_text(c, CONF_store_keys_dir);
	char path[PATH_MAX];

	if (access(conf_text(c, CONF_store_path), F_OK) == 0)
		return FAIL(ERR_CONFLICT,
		    "keys in %s are missing, and there is a database: put them "
		    "back from a backup, new ones would end every link and all "
		    "evidence",
		    dir);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		if (access(path, F_OK) == 0 && unlink(path) != 0)
			return FAIL(ERR_DENIED, "cannot remove %s: %m", path);
	}
	return OK;
}

/* New keys would orphan every link and all evidence: whole ones stay. */
static enum err
keep_or_make_keys(const struct conf *c)
{
	const char *dir = conf_text(c, CONF_store_keys_dir);
	struct keys there = {0};

	if (keys_load(dir, true, &there) != OK) {
		err_clear();
		TRY(remove_parts(c));
		return keys_make(dir);
	}
	keys_clear(&there);
	return OK;
}

static enum err
make(const struct wishes *w, char conf[PATH_MAX])
{
	struct conf *settings = NULL;

	snprintf(conf, PATH_MAX, "%s/paraph.conf", w->dir);
	TRY(make_folders(w->dir));
	if (access(conf, F_OK) != 0)
		TRY(write_settings(conf, w));
	TRY(conf_load(conf, &settings));
	AUTO(conf_free) struct conf *owned = settings;
	TRY(keep_or_make_keys(owned));
	return w->ceremony ? OK : run_ca(conf);
}

int
cmd_init(int argc, char **argv)
{
	struct wishes w = {.listen = "127.0.0.1:8080",
	    .organisation = "TEST Paraph",
	    .organisation_id = "",
	    .country = "FR",
	    .ui = DATA_DIR "/ui",
	    .models = DATA_DIR "/models"};
	const struct word_option options[] = {{"--listen", &w.listen, false},
	    {"--base-url", &w.url, false},
	    {"--organisation", &w.organisation, false},
	    {"--organisation-id", &w.organisation_id, false},
	    {"--country", &w.country, false}, {"--ui", &w.ui, false},
	    {"--models", &w.models, false}, {"--demo", &w.demo, true},
	    {"--ceremony", &w.ceremony, true}};
	char conf[PATH_MAX], url[URL_SIZE];
	struct admin a;
	size_t published;

	words_of("paraph init", usage);
	admin_options(argc, argv, options, COUNT_OF(options), &w.dir, 1, 1);
	if (!w.url) {
		snprintf(url, sizeof(url), "http://%s", w.listen);
		w.url = url;
	}
	if (make(&w, conf) != OK)
		return admin_fail("cannot make the instance");
	setenv("PARAPH_CONFIG", conf, 1);
	if (!admin_open(&a))
		return 1;
	int status = repository_publish(&a, &published) == OK
	    ? 0
	    : admin_fail("cannot publish");
	admin_close(&a);
	if (status == 0)
		printf("%s\n", conf);
	if (status == 0 && w.ceremony)
		printf("It has no authorities yet. Fill in [pki] of this file, "
		       "then: paraph ca ceremony\n--help, and "
		       "docs/ceremony.md step by step.\n");
	return status;
}
