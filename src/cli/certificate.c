/*
 * paraph certificate: finding and revoking from the server, for whoever runs
 * it. The provider has to revoke when it learns that a key leaked, data are
 * wrong or an algorithm is broken (standards B.1), whoever's certificate it
 * is; what was asked, and how it was known to be true, goes into the journal.
 */
#include "cli/admin.h"

#include "base/clock.h"
#include "flow/audit.h"
#include "flow/decide.h"
#include "ident/person.h"

#include <ctype.h>
#include <stdio.h>

static const char usage[] =
    "usage: paraph certificate find WORD\n"
    "       paraph certificate revoke ID --reason REASON --because TEXT\n"
    "\n"
    "find    by e-mail address, name, phone number, serial number, or the id of\n"
    "        a certificate or a registration: of all workspaces, 200 at most.\n"
    "revoke  for good and at once. ID: of the certificate or its registration,\n"
    "        or its serial number. REASON: unspecified, key_compromise,\n"
    "        affiliation_changed, superseded, cessation_of_operation or\n"
    "        privilege_withdrawn. TEXT is kept in the journal: who asked, when\n"
    "        and by which way, and how it was known to be them. The holder is\n"
    "        told by mail; the service tells everybody within moments, if it\n"
    "        runs.\n"
    "Options everywhere: --config FILE, --json.\n";

#define PHONE_DIGITS_MIN 5

static const struct {
	const char *name;
	int code;
} reasons[] = {{"unspecified", 0}, {"key_compromise", 1},
    {"affiliation_changed", 3}, {"superseded", 4},
    {"cessation_of_operation", 5}, {"privilege_withdrawn", 9}};

static const char *
status_of(const struct certificate *c)
{
	return c->revoked_at ? "revoked" :
	    clock_now() > c->not_after ? "expired" : "valid";
}

static void
print_one(const struct admin *a, const struct certificate *c)
{
	char end[CLOCK_TEXT_SIZE];

	clock_format(c->not_after, end);
	if (!a->json) {
		printf("%s  %s  %-7s  %s  until %.10s  %s  ", c->id,
		    c->serial, status_of(c), c->level, end, c->email);
		plain_text(stdout, c->fullname);
		putchar('\n');
		return;
	}
	printf("{\"id\":\"%s\",\"registration\":\"%s\",\"serial\":\"%s\","
	       "\"issuer\":\"%s\",\"status\":\"%s\",\"level\":\"%s\","
	       "\"not_after\":\"%s\",\"email\":",
	    c->id, c->registration, c->serial, c->issuer, status_of(c),
	    c->level, end);
	json_text(stdout, c->email);
	fputs(",\"fullname\":", stdout);
	json_text(stdout, c->fullname);
	puts("}");
}

/* Hex digits as others print them: with colons, in capitals. */
static const char *
serial_of(struct admin *a, const char *text)
{
	char *serial = arena_text(&a->arena, text);
	size_t used = 0;

	for (const char *at = text; *at; at++)
		if (*at != ':')
			serial[used++] = (char)tolower((unsigned char)*at);
	serial[used] = '\0';
	return used >= 16 && strspn(serial, "0123456789abcdef") == used
		   ? serial : "";
}

static enum err
by_filter(struct admin *a, const char *word, const char *serial,
    struct certificate **out, size_t *count)
{
	char name[PERSON_FOLD_SIZE] = "", phone[PERSON_PHONE_SIZE] = "";
	char *email = arena_text(&a->arena, *serial ? "" : word);
	struct certificate_filter f = {.workspace = "", .query = name,
	    .query_email = email, .query_phone = phone, .serial = serial,
	    .level = "", .status = "", .now = clock_now(), .cursor = "",
	    .limit = 200};
	const char *next;

	if (!*serial) {
		TRY(person_name_fold(word, name));
		person_phone_digits(word, phone);
		if (strlen(phone) < PHONE_DIGITS_MIN)
			phone[0] = '\0';
		for (char *at = email; *at; at++)
			*at = (char)tolower((unsigned char)*at);
	}
	return certificate_list(a->store, &a->arena, &f, out, count, &next);
}

static enum err
search(struct admin *a, const char *word, struct certificate **out,
    size_t *count)
{
	struct certificate *one = arena_get(&a->arena, sizeof(*one));

	if (!id_is("crt", word) && !id_is("reg", word))
		return by_filter(a, word, serial_of(a, word), out, count);
	enum err found = id_is("crt", word)
			     ? certificate_load(a->store, &a->arena, word, one)
			     : certificate_of(a->store, &a->arena, word, one);
	*out = one;
	*count = found == OK;
	if (found == ERR_NOT_FOUND)
		err_clear();
	return found == ERR_NOT_FOUND ? OK : found;
}

static enum err
find(struct admin *a, const char *word)
{
	struct certificate *all;
	size_t count;

	TRY(search(a, word, &all, &count));
	for (size_t i = 0; i < count; i++)
		print_one(a, &all[i]);
	return count ? OK : FAIL(ERR_NOT_FOUND, "no certificate is found by "
					       "%.60s", word);
}

static enum err
note(struct admin *a, const struct certificate *c, const char *because)
{
	AUTO(store_rollback) struct store *s = a->store;

	TRY(store_begin(s));
	TRY(audit_write(&a->flow, &admin_actor, "revocation.asked", c->id,
	    because, ""));
	return store_commit(s);
}

static enum err
revoke_one(struct admin *a, const char *word, int reason, const char *because)
{
	struct certificate *all, c;
	size_t count;

	TRY(search(a, word, &all, &count));
	if (count != 1 || (!id_is("crt", word) && !id_is("reg", word) &&
			      !*serial_of(a, word)))
		return FAIL(ERR_NOT_FOUND,
		    "%.60s names no single certificate: give its id or serial "
		    "number, which 'paraph certificate find' tells", word);
	c = all[0];
	TRY(note(a, &c, because));
	TRY(decide_revoke(&a->flow, &a->arena, &admin_actor, c.id, reason,
	    &c));
	print_one(a, &c);
	return OK;
}

static int
reason_of(const char *word)
{
	for (size_t i = 0; i < COUNT_OF(reasons); i++)
		if (word && strcmp(reasons[i].name, word) == 0)
			return reasons[i].code;
	return -1;
}

static int
cmd_find(int argc, char **argv)
{
	const char *word;
	struct admin a;

	admin_options(argc, argv, NULL, 0, &word, 1, 1);
	if (!admin_open(&a))
		return 1;
	int status = find(&a, word) == OK ? 0 : admin_fail("find");
	admin_close(&a);
	return status;
}

static int
cmd_revoke(int argc, char **argv)
{
	const char *word, *reason = NULL, *because = NULL;
	const struct word_option options[] = {
	    {"--reason", &reason, false}, {"--because", &because, false}};
	struct admin a;

	admin_options(argc, argv, options, 2, &word, 1, 1);
	if (reason_of(reason) < 0)
		words_wrong("--reason, one of the six that --help names");
	if (!because || !*because)
		words_wrong("--because: what the journal is to say");
	if (!admin_open(&a))
		return 1;
	int status = revoke_one(&a, word, reason_of(reason), because) == OK
			 ? 0
			 : admin_fail("revoke");
	admin_close(&a);
	return status;
}

int
cmd_certificate(int argc, char **argv)
{
	static const struct admin_verb verbs[] = {
	    {"find", cmd_find}, {"revoke", cmd_revoke}};

	return admin_verbs("paraph certificate", usage, argc, argv, verbs);
}
