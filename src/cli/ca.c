/*
 * paraph ca: the certification authorities of an instance.
 */
#include "cli/ca.h"
#include "cli/ca_leaked.h"
#include "cli/ceremony.h"
#include "cli/show.h"
#include "cli/words.h"

#include "base/clock.h"
#include "base/conf.h"
#include "base/enum.h"
#include "pki/crl.h"
#include "pki/key.h"
#include "signer/ledger_print.h"
#include "signer/place.h"
#include "signer/setup.h"
#include "signer/standing.h"

#include <sys/stat.h>

static const char usage[] =
    "usage: paraph ca init [--config FILE] [--json]\n"
    "       paraph ca show [--config FILE] [--json]\n"
    "       paraph ca crl  [--config FILE] [--json] [FILE...]\n"
    "       paraph ca ledger [--config FILE] [WORD]\n"
    "       paraph ca leaked [--config FILE] FILE...\n"
    "       paraph ca ceremony STEP ...\n"
    "       paraph ca reconcile [--config FILE] [--json] [--apply]\n"
    "\n"
    "init  makes the tokens, keys and certificates that are missing and\n"
    "      prints a record with fingerprints; run again it changes nothing.\n"
    "show  prints all generations of all authorities: state, key, end, last\n"
    "      list, and what should be done about it.\n"
    "crl   prints revocation lists: the first ones, or those in files.\n"
    "ledger  prints what the signer meant, made and revoked, who approved it\n"
    "      and each list of operators, checks that no entry was changed or\n"
    "      taken out, and ends with the digest over all. WORD: only entries\n"
    "      with it, such as the id of a registration. Reads, changes nothing.\n"
    "leaked  adds keys to the list of those that are never certified, and says\n"
    "      which certificates here have one. FILE: a certificate, a public\n"
    "      key, or lines of SHA-256 digests of public keys.\n"
    "ceremony  a root on a token of its own, held by custodians, and\n"
    "      generations of issuing authorities: paraph ca ceremony --help.\n"
    "reconcile  shows what the signer's ledger and the database do not both\n"
    "      know, after one of them was restored from an older copy; with\n"
    "      --apply brings them together. paraph ca reconcile --help.\n"
    "\n"
    "The configuration is --config, $PARAPH_CONFIG, ./paraph.conf or\n"
    "/etc/paraph/paraph.conf.\n";

struct request {
	struct conf *conf;
	const char *config;
	bool json;
	const char *files[AUTHORITY_COUNT];
	size_t file_count;
};

static RESULT
init(struct request *r)
{
	AUTO(buf_clear) struct buf record;
	struct show s = {.out = stdout, .json = r->json};
	bool done;

	umask(077);
	buf_init(&record, 65536);
	TRY(setup_run(r->conf, &done, &record));
	if (!r->json && !done)
		printf("The authorities exist already; nothing was "
		       "changed.\n");
	if (r->json) {
		putchar('{');
		show_text(&s, "result", done ? "made" : "exists");
		if (done) {
			fputs(", \"record\": ", stdout);
			json_text(stdout, buf_text(&record));
		}
		printf("}\n");
		return OK;
	}
	fputs(buf_text(&record), stdout);
	return OK;
}

/* A file of the instance, if it is there: an older one has fewer. */
static RESULT
list_add(struct request *r, const char *name, const char *ending)
{
	char *path;

	if (asprintf(&path, "%s/%s%s", conf_text(r->conf, CONF_pki_ca_dir),
		name, ending) < 0)
		abort();
	if (access(path, F_OK) != 0) {
		fprintf(stderr,
		    "paraph ca: there is no %s%s; paraph ca init makes it\n",
		    name, ending);
		free(path);
		return OK;
	}
	r->files[r->file_count++] = path; /* until the program ends */
	return OK;
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static RESULT
show_file(struct request *r, const char *path, struct show *s,
    RESULT (*print)(struct show *, struct span))
{
	AUTO(buf_clear) struct buf der;
	bool ours = strncmp(path, conf_text(r->conf, CONF_pki_ca_dir),
			strlen(conf_text(r->conf, CONF_pki_ca_dir))) == 0;
	const char *name = ours ? base_name(path) : path;

	TRY(show_read(path, &der));
	if (r->json)
		printf(s->begun ? ",\n {" : "[{");
	struct show inner = {.out = stdout, .json = r->json};
	show_text(&inner, "file", name);
	TRY(print(&inner, span_of_buf(&der)));
	fputs(r->json ? "}" : "\n", stdout);
	s->begun = true;
	return OK;
}

static RESULT
show_each(struct request *r, struct show *s,
    RESULT (*print)(struct show *, struct span))
{
	for (size_t i = 0; i < r->file_count; i++)
		TRY(show_file(r, r->files[i], s, print));
	return OK;
}

static RESULT
show_files(struct request *r, RESULT (*print)(struct show *, struct span))
{
	struct show s = {.out = stdout, .json = r->json};

	TRY(show_each(r, &s, print));
	if (r->json)
		printf(s.begun ? "]\n" : "[]\n");
	return OK;
}

static RESULT
print_list(struct show *s, struct span der)
{
	struct crl_outline c;

	TRY(crl_outline(der, &c));
	show_number(s, "number", (long long)c.number);
	show_time(s, "this_update", c.this_update);
	show_time(s, "next_update", c.next_update);
	show_number(s, "entries", (long long)c.count);
	show_fingerprint(s, der);
	return OK;
}

/* The name of the key in the token, and its kind. */
static RESULT
show_key(struct show *s, struct request *r, enum authority a, struct span der)
{
	struct certificate c;
	enum key_kind kind;
	char text[128];

	TRY(certificate_parse(der, &c));
	if (public_key_judge(c.public_key, &kind) != KEY_accepted)
		return FAIL(ERR_INVALID, "a key of another kind");
	snprintf(text, sizeof(text), "%s, \"%s\" in the token %s",
	    key_kind_name(kind), authority_name(a),
	    authority_issues(a) ? conf_text(r->conf, CONF_pki_token)
				: "of the root");
	show_text(s, "key", text);
	return OK;
}

static RESULT
show_standing(struct show *s, struct request *r,
    const struct standing all[AUTHORITY_COUNT], enum authority a)
{
	const struct standing *one = &all[a];
	AUTO(buf_clear) struct buf advice;
	int64_t now = clock_now();

	buf_init(&advice, 4096);
	show_text(s, "state", standing_name(one->state));
	if (authority_issues(a)) {
		if (one->from > 0 && one->from != INT64_MAX)
			show_time(s, "issues_from", one->from);
		show_number(s, "last_list", (long long)one->last_list);
		show_number(s, "issued", (long long)one->issued);
		show_number(s, "revoked", (long long)one->revoked);
	}
	if (one->root != AUTHORITY_COUNT && authority_issues(a))
		show_text(s, "under", authority_name(one->root));
	show_number(s, "days_left", (long long)((one->not_after - now) / DAY));
	TRY(standing_advice(r->conf, all, a, now, &advice));
	if (advice.size > 0)
		show_text(s, "advice", buf_text(&advice));
	return OK;
}

static RESULT
show_authority(struct request *r, struct show *s,
    const struct standing all[AUTHORITY_COUNT], enum authority a)
{
	AUTO(buf_clear) struct buf der;
	char path[PLACE_PATH], name[64];
	struct show inner = {.out = stdout, .json = r->json};

	TRY(place_path(conf_text(r->conf, CONF_pki_ca_dir), authority_name(a),
	    ".cer", path));
	TRY(show_read(path, &der));
	if (r->json)
		printf(s->begun ? ",\n {" : "[{");
	s->begun = true;
	snprintf(name, sizeof(name), "%s.cer", authority_name(a));
	show_text(&inner, "file", name);
	TRY(show_standing(&inner, r, all, a));
	TRY(show_key(&inner, r, a, span_of_buf(&der)));
	TRY(show_certificate(&inner, span_of_buf(&der)));
	fputs(r->json ? "}" : "\n", stdout);
	return OK;
}

/* Roots first, then who stands under them, each before its responder. */
static RESULT
show(struct request *r)
{
	struct standing all[AUTHORITY_COUNT];
	struct show s = {.out = stdout, .json = r->json};

	TRY(standing_load(r->conf, clock_now(), all));
	for (int issues = 0; issues < 2; issues++)
		for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
			enum authority a = (enum authority)i;

			if (all[a].state == STANDING_absent ||
			    authority_issues(a) != (bool)issues)
				continue;
			TRY(show_authority(r, &s, all, a));
			if (!issues)
				continue;
			r->file_count = 0;
			TRY(list_add(r, authority_responder(a), ".cer"));
			TRY(show_each(r, &s, show_certificate));
		}
	if (r->json)
		printf(s.begun ? "]\n" : "[]\n");
	if (!s.begun)
		return FAIL(ERR_NOT_FOUND, "there is no authority yet");
	return OK;
}

static bool
is_here(const struct request *r, enum authority a)
{
	char path[PLACE_PATH];

	return place_path(conf_text(r->conf, CONF_pki_ca_dir),
		   authority_name(a), ".cer", path) == OK &&
	       place_has(path);
}

static RESULT
crl(struct request *r)
{
	if (r->file_count > 0)
		return show_files(r, print_list);
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		if (is_here(r, (enum authority)i))
			TRY(list_add(
			    r, authority_name((enum authority)i), ".crl"));
	return show_files(r, print_list);
}

/* The word is whole: "=word" up to a space or the end. */
static bool
has_word(const char *line, const char *word)
{
	size_t size = strlen(word);

	for (const char *at = strchr(line, '='); at; at = strchr(at + 1, '='))
		if (strncmp(at + 1, word, size) == 0 &&
		    (at[1 + size] == ' ' || at[1 + size] == '\0'))
			return true;
	return false;
}

static enum err
print_entry(void *data, const struct ledger_entry *e)
{
	const struct request *r = data;
	AUTO(buf_clear) struct buf line;

	buf_init(&line, 8 * LEDGER_BODY_MAX);
	TRY(ledger_print(e, &line));
	if (r->file_count == 0 || has_word(buf_text(&line), r->files[0]))
		printf("%s\n", buf_text(&line));
	return OK;
}

static RESULT
ledger(struct request *r)
{
	struct ledger_extent all;
	char head[DIGEST_TEXT_SIZE];

	TRY(ledger_look(
	    conf_text(r->conf, CONF_signer_dir), print_entry, r, &all));
	digest_format(&all.head, head);
	printf("%llu entries, digest %s%s\n", (unsigned long long)all.entries,
	    head, all.unfinished ? ", and an unfinished one" : "");
	return OK;
}

static RESULT
leaked(struct request *r)
{
	return ca_leaked(r->conf, r->files, r->file_count);
}

static const struct {
	const char *name;
	RESULT (*run)(struct request *r);
	size_t min, max; /* files or words */
} verbs[] = {{"init", init, 0, 0}, {"show", show, 0, 0},
    {"crl", crl, 0, AUTHORITY_COUNT}, {"leaked", leaked, 1, AUTHORITY_COUNT},
    {"ledger", ledger, 0, 1}};

static int
run(size_t verb, struct request *r)
{
	AUTO(conf_free) struct conf *conf = NULL;

	if (conf_load(config_find(r->config), &conf) != OK)
		return show_failure("paraph ca");
	r->conf = conf;
	if (verbs[verb].run(r) != OK)
		return show_failure("paraph ca");
	return 0;
}

int
main(int argc, char **argv)
{
	struct request r = {0};
	const char *json = NULL;
	const struct word_option options[] = {
	    {"--config", &r.config, false}, {"--json", &json, true}};
	size_t verb = 0;

	if (argc > 1 && strcmp(argv[1], "ceremony") == 0)
		return words_done(ceremony_main(argc - 2, argv + 2));
	if (argc > 1 && strcmp(argv[1], "reconcile") == 0)
		return words_done(ca_reconcile(argc - 2, argv + 2));
	words_of("paraph ca", usage);
	const char *name = words_verb(argc - 1, argv + 1);
	while (strcmp(verbs[verb].name, name) != 0)
		verb++;
	r.file_count = words_read(argc - 2, argv + 2, options, 2, r.files,
	    verbs[verb].min, verbs[verb].max);
	r.json = json != NULL;
	return words_done(run(verb, &r));
}
