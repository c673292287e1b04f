/*
 * paraph operator: on the signer's machine, whose approvals the signer
 * believes.
 *
 * Two custodians have to be there with their passphrases for every change:
 * together they make the key that signs the list (signer/custodians.h). They
 * compare the passkey's fingerprint with what the operator's own page shows,
 * because the file that came from the web server's side may be anybody's.
 */
#include "cli/operator_card.h"
#include "cli/passphrases.h"
#include "cli/show.h"
#include "cli/words.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/conf.h"
#include "base/enum.h"
#include "signer/lines.h"
#include "signer/operators.h"

#include <sys/stat.h>

static const char usage[] =
    "usage: paraph operator custodians NAME NAME [--replace]\n"
    "       paraph operator enrol FILE [--person NAME] [--workspace ID ...]\n"
    "                             [--fingerprint TEXT]\n"
    "       paraph operator list [--json]\n"
    "       paraph operator renew ID\n"
    "       paraph operator belongs ID WORKSPACE\n"
    "       paraph operator remove ID\n"
    "\n"
    "custodians  names the two who decide together who is an operator, each\n"
    "            with a passphrase of at least 12 characters; once.\n"
    "            --replace: those who are it hand over to them, with their\n"
    "            own passphrases first.\n"
    "enrol       adds the passkey that \"paraph member show-passkey\" printed\n"
    "            into FILE (- for standard input). Both custodians compare\n"
    "            its fingerprint with the one on the operator's own page, and\n"
    "            ask the operator who they are and to which workspaces they\n"
    "            belong: for those the signer takes no approval of theirs.\n"
    "            --person and --workspace say what FILE does not.\n"
    "list        prints the operators' keys and their fingerprints.\n"
    "renew       says of an operator that their training is new: the signer\n"
    "            believes them for another signer.enrolment_days (365).\n"
    "belongs     says of an operator that they belong to one more workspace\n"
    "            (wsp_...). Who leaves one is removed and enrolled again.\n"
    "remove      takes all keys of an operator (mem_...) off the list.\n"
    "\n"
    "A running signer sees a change with the next order. Passphrases are\n"
    "asked for on the terminal, or read from --passphrase-file FILE, given\n"
    "for each, the first custodian's first. --config FILE as everywhere.\n";

struct request {
	const char *dir; /* of the signer */
	int64_t enrolment; /* how long one is believed */
	const char *config, *fingerprint, *person;
	const char *workspaces[OPERATOR_WORKSPACES_MAX];
	size_t workspace_count;
	bool replace;
	const char *arguments[2];
	bool json;
	struct passphrases passphrases;
};

/* ---- custodians ---- */

static RESULT replace_custodians(struct request *r);

static void
print_custodians(const struct custodians *c)
{
	struct digest d = custodians_digest(c);
	char hex[DIGEST_TEXT_SIZE];

	digest_format(&d, hex);
	printf("Custodians: %s and %s\nTheir key, SHA-256: %s\n"
	       "Write it into the record of the ceremony.\n",
	    c->of[0].name, c->of[1].name, hex);
}

static RESULT
name_custodians(struct request *r)
{
	struct span passphrases[CUSTODIANS];
	struct custodians c;

	if (r->replace)
		return replace_custodians(r);
	enum err there = custodians_load(r->dir, &c);
	if (there != ERR_NOT_FOUND)
		return FAIL(ERR_CONFLICT, "custodians were named already");
	TRY(passphrases_take(&r->passphrases, r->arguments, true, passphrases));
	TRY(custodians_make(r->dir, r->arguments, passphrases, &c));
	print_custodians(&c);
	return OK;
}

/* ---- the list ---- */

struct editing {
	struct custodians custodians;
	struct operators list;
};

static RESULT
open_list(struct request *r, struct editing *e)
{
	enum err found = custodians_load(r->dir, &e->custodians);

	if (found == ERR_NOT_FOUND)
		return FAIL(ERR_NOT_FOUND,
		    "no custodians yet: paraph operator custodians");
	TRY(found);
	found = operators_load(r->dir, &e->custodians, &e->list);
	struct custodians before;
	if (found != ERR_DENIED ||
	    custodians_predecessor(&e->custodians, 0, &before) != OK)
		return found;
	/* a handing over that was cut short: the next list completes it */
	TRY(operators_load(r->dir, &before, &e->list));
	fprintf(stderr, "The list is still signed by the custodians before.\n");
	return OK;
}

static RESULT
sign_list(struct request *r, struct editing *e,
    const struct span passphrases[CUSTODIANS])
{
	AUTO(secret_clear) struct secret key = {0};

	TRY(custodians_unlock(&e->custodians, passphrases, &key));
	return operators_save(r->dir, &e->list, &key);
}

static RESULT
save_list(struct request *r, struct editing *e)
{
	const char *names[CUSTODIANS] = {
	    e->custodians.of[0].name, e->custodians.of[1].name};
	struct span passphrases[CUSTODIANS];

	TRY(passphrases_take(&r->passphrases, names, false, passphrases));
	return sign_list(r, e, passphrases);
}

/* Those before sign the key of those who follow, and these the list. */
static RESULT
replace_custodians(struct request *r)
{
	AUTO(operators_clear) struct operators owned;
	AUTO(secret_clear) struct secret key = {0};
	struct span passphrases[CUSTODIANS];
	struct custodians before;
	struct editing e = {0};

	TRY(open_list(r, &e));
	owned = e.list;
	before = e.custodians;
	const char *names[CUSTODIANS] = {before.of[0].name, before.of[1].name};
	TRY(passphrases_take(&r->passphrases, names, false, passphrases));
	TRY(custodians_unlock(&before, passphrases, &key));
	TRY(passphrases_take(&r->passphrases, r->arguments, true, passphrases));
	TRY(custodians_replace(
	    r->dir, &before, &key, r->arguments, passphrases, &e.custodians));
	TRY(sign_list(r, &e, passphrases));
	print_custodians(&e.custodians);
	return OK;
}

static void
fingerprint_of(const struct operator_key *k, char out[PASSKEY_FINGERPRINT_SIZE])
{
	passkey_fingerprint(SPAN(k->public_key, k->public_key_size), out);
}

/* The step that people do: everything else a program could. */
static RESULT
compare(const struct request *r, const struct operator_key *k)
{
	char fingerprint[PASSKEY_FINGERPRINT_SIZE], answer[8] = "";

	fingerprint_of(k, fingerprint);
	printf("Operator     %s\nPerson       %s\nWorkspaces   ",
	    k->operator_id, k->person);
	for (size_t i = 0; i < k->workspace_count; i++)
		printf("%s%s", i > 0 ? ", " : "", k->workspaces[i]);
	printf("%s\nFingerprint  %s\n", k->workspace_count ? "" : "none",
	    fingerprint);
	if (r->fingerprint)
		return strcmp(r->fingerprint, fingerprint) == 0
			   ? OK
			   : FAIL(ERR_DENIED, "the fingerprint is another one");
	AUTO(fclose) FILE *terminal = fopen("/dev/tty", "r+e");
	if (!terminal)
		return FAIL(ERR_DENIED,
		    "no terminal to ask on, and no --fingerprint");
	fputs("Is this the person, are these all the workspaces that they "
	      "belong to, and is it\nthe fingerprint on the operator's own "
	      "page? Type yes: ",
	    terminal);
	fflush(terminal);
	if (!fgets(answer, sizeof(answer), terminal) ||
	    strcmp(answer, "yes\n") != 0)
		return FAIL(ERR_DENIED, "nothing was enrolled");
	return OK;
}

/* What the custodians know and the store does not. */
static RESULT
complete(const struct request *r, struct operator_key *k)
{
	struct span person = span_of_text(r->person ? r->person : k->person);

	if (person.size == 0 || person.size >= sizeof(k->person) ||
	    !utf8_is_clean(person))
		return FAIL(ERR_INVALID, "a person has a name of 1 to %zu octets",
		    sizeof(k->person) - 1);
	if (r->person)
		memcpy(k->person, r->person, person.size + 1);
	for (size_t i = 0; i < r->workspace_count; i++)
		TRY(operator_key_join(k, r->workspaces[i]));
	return OK;
}

static RESULT
enrol(struct request *r)
{
	AUTO(operators_clear) struct operators owned;
	struct editing e = {0};
	struct operator_key k;

	TRY(open_list(r, &e));
	owned = e.list;
	TRY(operator_card_read(r->arguments[0], &k));
	TRY(complete(r, &k));
	TRY(operators_add(&owned, &k));
	TRY(compare(r, &k));
	e.list = owned;
	TRY(save_list(r, &e));
	printf("Enrolled; list number %llu has %zu keys.\n",
	    (unsigned long long)e.list.number, e.list.count);
	return OK;
}

static RESULT
renew(struct request *r)
{
	AUTO(operators_clear) struct operators owned;
	struct editing e = {0};

	TRY(open_list(r, &e));
	owned = e.list;
	size_t renewed = operators_renew(
	    &owned, r->arguments[0], (uint64_t)clock_now());
	if (renewed == 0)
		return FAIL(ERR_NOT_FOUND, "no key of this operator");
	e.list = owned;
	TRY(save_list(r, &e));
	printf("Renewed %zu; list number %llu has %zu keys.\n", renewed,
	    (unsigned long long)e.list.number, e.list.count);
	return OK;
}

static RESULT
belongs(struct request *r)
{
	AUTO(operators_clear) struct operators owned;
	struct editing e = {0};
	size_t keys;

	TRY(open_list(r, &e));
	owned = e.list;
	TRY(operators_join(&owned, r->arguments[0], r->arguments[1], &keys));
	if (keys == 0)
		return FAIL(ERR_NOT_FOUND, "no key of this operator");
	e.list = owned;
	TRY(save_list(r, &e));
	printf("Noted for %zu keys; list number %llu.\n", keys,
	    (unsigned long long)e.list.number);
	return OK;
}

static RESULT
remove_all(struct request *r)
{
	AUTO(operators_clear) struct operators owned;
	struct editing e = {0};

	TRY(open_list(r, &e));
	owned = e.list;
	size_t removed = operators_remove(&owned, r->arguments[0]);
	if (removed == 0)
		return FAIL(ERR_NOT_FOUND, "no key of this operator");
	e.list = owned;
	TRY(save_list(r, &e));
	printf("Removed %zu; list number %llu has %zu keys.\n", removed,
	    (unsigned long long)e.list.number, e.list.count);
	return OK;
}

static RESULT
show_key(struct show *s, const struct operator_key *k, int64_t life)
{
	char fingerprint[PASSKEY_FINGERPRINT_SIZE];
	AUTO(buf_clear) struct buf credential, workspaces;

	buf_init(&credential, 2 * CREDENTIAL_ID_MAX);
	buf_init(&workspaces, OPERATOR_WORKSPACES_MAX * ID_SIZE);
	fingerprint_of(k, fingerprint);
	TRY(base64url_encode(
	    SPAN(k->credential_id, k->credential_id_size), &credential));
	for (size_t i = 0; i < k->workspace_count; i++)
		TRY(buf_add_format(&workspaces, "%s%s", i > 0 ? " " : "",
		    k->workspaces[i]));
	show_text(s, "operator", k->operator_id);
	show_text(s, "person", k->person);
	show_text(s, "workspaces", buf_text(&workspaces));
	show_text(s, "fingerprint", fingerprint);
	show_text(s, "credential", buf_text(&credential));
	show_time(s, "enrolled_at", (int64_t)k->enrolled_at);
	show_time(s, "believed_until", (int64_t)k->enrolled_at + life);
	return OK;
}

static RESULT
list(struct request *r)
{
	AUTO(operators_clear) struct operators owned;
	struct editing e = {0};

	TRY(open_list(r, &e));
	owned = e.list;
	if (r->json)
		putchar('[');
	for (size_t i = 0; i < owned.count; i++) {
		struct show s = {.out = stdout, .json = r->json};

		if (r->json)
			printf(i ? ",\n {" : "{");
		TRY(show_key(&s, &owned.keys[i], r->enrolment));
		fputs(r->json ? "}" : "\n", stdout);
	}
	if (r->json)
		printf("]\n");
	return OK;
}

/* ---- arguments ---- */

static const struct {
	const char *name;
	RESULT (*run)(struct request *r);
	size_t arguments;
} verbs[] = {{"custodians", name_custodians, 2}, {"enrol", enrol, 1},
    {"list", list, 0}, {"renew", renew, 1}, {"belongs", belongs, 2},
    {"remove", remove_all, 1}};

static void
read_arguments(int argc, char **argv, size_t wanted, struct request *r)
{
	const char *json = NULL, *replace = NULL;
	const struct word_option options[] = {{"--config", &r->config, false},
	    {"--fingerprint", &r->fingerprint, false},
	    {"--person", &r->person, false},
	    {"--json", &json, true}, {"--replace", &replace, true},
	    {"--workspace", r->workspaces, false, &r->workspace_count,
		OPERATOR_WORKSPACES_MAX},
	    {"--passphrase-file", r->passphrases.files, false,
		&r->passphrases.file_count, PASSPHRASES_MAX}};

	words_read(argc, argv, options, COUNT_OF(options), r->arguments,
	    wanted, wanted);
	r->json = json != NULL;
	r->replace = replace != NULL;
	if (r->passphrases.file_count == 1)
		words_wrong("a passphrase file for each custodian");
}

static int
run(size_t verb, struct request *r)
{
	AUTO(conf_free) struct conf *conf = NULL;
	enum err result = conf_load(config_find(r->config), &conf);

	umask(077);
	if (result == OK) {
		r->dir = conf_text(conf, CONF_signer_dir);
		r->enrolment =
		    conf_number(conf, CONF_signer_enrolment_days) * DAY;
		result = verbs[verb].run(r);
	}
	passphrases_clear(&r->passphrases);
	return result == OK ? 0 : show_failure("paraph operator");
}

int
main(int argc, char **argv)
{
	struct request r = {0};
	size_t verb = 0;

	words_of("paraph operator", usage);
	const char *name = words_verb(argc - 1, argv + 1);
	while (strcmp(verbs[verb].name, name) != 0)
		verb++;
	read_arguments(argc - 2, argv + 2, verbs[verb].arguments, &r);
	return words_done(run(verb, &r));
}
