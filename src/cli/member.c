/*
 * paraph member, paraph apikey: who may sign in, and programs that may call.
 *
 * A password or key that is made here is printed once and stored only as a
 * digest.
 */
#include "cli/admin.h"

#include "base/clock.h"
#include "base/codec.h"
#include "flow/credentials.h"
#include "flow/passkeys.h"
#include "ident/person.h"

#define TRAINING_LIFE (365 * DAY)

static const char member_usage[] =
    "usage: paraph member add WORKSPACE EMAIL --role ROLE [--name NAME]\n"
    "                         [--password-stdin] [--trained DATE]\n"
    "       paraph member list WORKSPACE\n"
    "       paraph member enrol-code EMAIL [--lost]\n"
    "       paraph member show-passkey EMAIL [--name NAME]\n"
    "       paraph member trained EMAIL DATE\n"
    "       paraph member belongs EMAIL WORKSPACE [--no-longer]\n"
    "\n"
    "Roles in a workspace: owner admin integrator contributor reader.\n"
    "Platform roles, with - as the workspace: platform_admin operator\n"
    "auditor. Without --password-stdin a password is made and printed.\n"
    "DATE (YYYY-MM-DD) is the day an operator was trained: the queue is open\n"
    "to them for a year from it, and closed to operators without one.\n"
    "enrol-code prints a code, once, with which an operator makes their first\n"
    "passkey within three days: hand it over by another way than the password.\n"
    "--lost: takes the passkeys away that they have.\n"
    "belongs says that an operator belongs to a workspace: its requests are\n"
    "never shown to them. The signer is told by the custodians (paraph\n"
    "operator belongs).\n"
    "Options everywhere: --config FILE, --json.\n";

static const char apikey_usage[] =
    "usage: paraph apikey add WORKSPACE NAME [--scopes SCOPES]\n"
    "\n"
    "Prints the key, once. SCOPES: some of registrations certificates\n"
    "revoke read, comma separated; all but revoke when left out.\n"
    "Options everywhere: --config FILE, --json.\n";

static const char *const workspace_roles[] = {"owner", "admin", "integrator",
    "contributor", "reader"};
static const char *const platform_roles[] = {"platform_admin", "operator",
    "auditor"};

struct new_member {
	const char *workspace, *email, *role, *name, *stdin_flag, *trained;
	char password[PASSWORD_MAX + 2];
};

static enum err
get_password(struct new_member *n)
{
	uint8_t random[15];
	AUTO(buf_wipe) struct buf text;

	buf_init(&text, PASSWORD_MAX);
	if (n->stdin_flag) {
		if (!fgets(n->password, sizeof(n->password), stdin))
			return FAIL(ERR_INVALID, "no password on stdin");
		n->password[strcspn(n->password, "\n")] = '\0';
		return OK;
	}
	random_bytes(random, sizeof(random));
	TRY(base64url_encode(SPAN(random, sizeof(random)), &text));
	snprintf(n->password, sizeof(n->password), "%s", buf_text(&text));
	return OK;
}

static enum err
check_role(const struct new_member *n)
{
	bool platform = strcmp(n->workspace, "-") == 0;
	bool fits = n->role &&
	    (platform ? enum_find(platform_roles, 3, n->role) < 3 :
			enum_find(workspace_roles, 5, n->role) < 5);

	return fits ? OK : FAIL(ERR_INVALID, "no such role here");
}

static enum err
insert_member(struct admin *a, const struct new_member *n, struct member *m)
{
	TRY(store_begin(a->store));
	TRY(member_save(a->store, m));
	TRY(audit_write(&a->flow, &admin_actor, "member.created", m->id,
	    n->role, ""));
	return store_commit(a->store);
}

/* Product 9: the training may be a year old. */
static enum err
training_end(const char *trained, int64_t *out)
{
	int64_t day;

	*out = 0;
	if (!trained)
		return OK;
	if (strlen(trained) != 10 || clock_parse(trained, &day) != OK ||
	    day > clock_now())
		return FAIL(ERR_INVALID, "no such day has been");
	*out = day + TRAINING_LIFE;
	return OK;
}

static enum err
add_member(struct admin *a, struct new_member *n)
{
	int64_t training_until;
	char id[ID_SIZE], hash[PASSWORD_HASH_SIZE];
	char folded[PERSON_EMAIL_SIZE];
	struct workspace w = {.id = ""};
	struct member there;

	TRY(check_role(n));
	TRY(training_end(n->trained, &training_until));
	if (strcmp(n->workspace, "-") != 0)
		TRY(admin_workspace(a, n->workspace, &w));
	TRY(person_email_fold(n->email, folded));
	if (member_find(a->store, &a->arena, folded, &there) == OK)
		return FAIL(ERR_CONFLICT, "there is a member of that e-mail");
	TRY(get_password(n));
	TRY(password_hash(n->password, hash));
	id_make("mem", id);
	struct member m = {.id = id,
	    .workspace = w.id,
	    .email = n->email,
	    .email_folded = folded,
	    .name = n->name ? n->name : n->email,
	    .role = n->role,
	    .password_hash = hash,
	    .training_until = training_until,
	    .created_at = clock_now()};
	return insert_member(a, n, &m);
}

static int
cmd_add_member(int argc, char **argv)
{
	struct new_member n = {0};
	const struct word_option options[] = {{"--role", &n.role, false},
	    {"--name", &n.name, false},
	    {"--password-stdin", &n.stdin_flag, true},
	    {"--trained", &n.trained, false}};
	const char *arguments[2];
	struct admin a;
	int status = 0;

	admin_options(argc, argv, options, 4, arguments, 2, 2);
	n.workspace = arguments[0];
	n.email = arguments[1];
	if (!n.role)
		words_wrong("--role is missing");
	if (!admin_open(&a))
		return 1;
	if (add_member(&a, &n) != OK)
		status = admin_fail("cannot add the member");
	else if (!n.stdin_flag)
		admin_tell(&a, "password", n.password);
	admin_close(&a);
	return status;
}

static int
cmd_list_members(int argc, char **argv)
{
	const char *arguments[1];
	struct workspace w = {.id = ""};
	struct member *all;
	struct admin a;
	size_t count = 0;
	int status = 0;

	admin_options(argc, argv, NULL, 0, arguments, 1, 1);
	if (!admin_open(&a))
		return 1;
	if ((strcmp(arguments[0], "-") != 0 &&
		admin_workspace(&a, arguments[0], &w) != OK) ||
	    member_list(a.store, &a.arena, w.id, &all, &count) != OK)
		status = admin_fail("cannot list");
	for (size_t i = 0; status == 0 && i < count; i++)
		printf("%s  %-14s  %s\n", all[i].id, all[i].role,
		    all[i].email);
	admin_close(&a);
	return status;
}

static enum err
record_training(struct admin *a, const char *email, const char *day)
{
	char folded[PERSON_EMAIL_SIZE];
	int64_t until;
	struct member m;

	TRY(training_end(day, &until));
	TRY(person_email_fold(email, folded));
	TRY(store_begin(a->store));
	TRY(member_find(a->store, &a->arena, folded, &m));
	if (strcmp(m.role, "operator") != 0)
		return FAIL(ERR_WRONG_STATE, "not an operator");
	m.training_until = until;
	TRY(member_save(a->store, &m));
	TRY(audit_write(&a->flow, &admin_actor, "member.trained", m.id, day,
	    ""));
	return store_commit(a->store);
}

static int
cmd_training(int argc, char **argv)
{
	const char *arguments[2];
	struct admin a;
	int status = 0;

	admin_options(argc, argv, NULL, 0, arguments, 2, 2);
	if (!admin_open(&a))
		return 1;
	if (record_training(&a, arguments[0], arguments[1]) != OK)
		status = admin_fail("cannot record it");
	admin_close(&a);
	return status;
}

static enum err
make_code(
    struct admin *a, const char *email, bool lost, char code[PASSKEY_CODE_SIZE])
{
	char folded[PERSON_EMAIL_SIZE];
	struct member_passkey *all;
	struct member m;
	size_t count;

	TRY(person_email_fold(email, folded));
	enum err found = member_find(a->store, &a->arena, folded, &m);
	if (found == ERR_NOT_FOUND)
		return FAIL(found, "there is no member of that address");
	TRY(found);
	if (strcmp(m.role, "operator") != 0)
		return FAIL(ERR_WRONG_STATE, "not an operator");
	if (lost)
		TRY(passkeys_lost(&a->flow, &a->arena, &admin_actor, m.id));
	TRY(passkey_list(a->store, &a->arena, m.id, &all, &count));
	if (count > 0)
		return FAIL(ERR_WRONG_STATE, "there is a passkey already, "
		    "with which another one is added (or --lost)");
	return passkeys_code(&a->flow, &admin_actor, m.id, code);
}

static int
cmd_code(int argc, char **argv)
{
	const char *arguments[1], *lost = NULL;
	const struct word_option options[] = {{"--lost", &lost, true}};
	char code[PASSKEY_CODE_SIZE];
	struct admin a;
	int status = 0;

	admin_options(argc, argv, options, 1, arguments, 1, 1);
	if (!admin_open(&a))
		return 1;
	if (make_code(&a, arguments[0], lost != NULL, code) != OK)
		status = admin_fail("cannot make a code");
	else
		admin_tell(&a, "code", code);
	admin_close(&a);
	return status;
}

static enum err
note_belonging(struct admin *a, const char *email, const char *workspace,
    bool leaves)
{
	char folded[PERSON_EMAIL_SIZE];
	struct workspace w;
	struct member m;

	TRY(person_email_fold(email, folded));
	TRY(admin_workspace(a, workspace, &w));
	TRY(store_begin(a->store));
	TRY(member_find(a->store, &a->arena, folded, &m));
	if (strcmp(m.role, "operator") != 0)
		return FAIL(ERR_WRONG_STATE, "not an operator");
	TRY(leaves ? operator_leave(a->store, m.id, w.id)
		   : operator_join(a->store, m.id, w.id));
	TRY(audit_write(&a->flow, &admin_actor,
	    leaves ? "member.left" : "member.belongs", m.id, w.id, ""));
	return store_commit(a->store);
}

static int
cmd_belongs(int argc, char **argv)
{
	const char *arguments[2], *leaves = NULL;
	const struct word_option options[] = {{"--no-longer", &leaves, true}};
	struct admin a;
	int status = 0;

	admin_options(argc, argv, options, 1, arguments, 2, 2);
	if (!admin_open(&a))
		return 1;
	if (note_belonging(&a, arguments[0], arguments[1], leaves) != OK)
		status = admin_fail("cannot note it");
	admin_close(&a);
	return status;
}

int
cmd_member(int argc, char **argv)
{
	static const struct admin_verb verbs[] = {{"add", cmd_add_member},
	    {"list", cmd_list_members}, {"enrol-code", cmd_code},
	    {"show-passkey", cmd_show_passkey}, {"trained", cmd_training},
	    {"belongs", cmd_belongs}};

	return admin_verbs("paraph member", member_usage, argc, argv, verbs);
}

/* Each scope, comma or space separated, has to be a known one. */
static enum err
check_scopes(struct arena *a, const char *text, const char **out)
{
	static const char *const known[] = {"registrations", "certificates",
	    "revoke", "read"};
	char *rest = arena_text(a, text), *scope;
	const char *list = "";

	while ((scope = strsep(&rest, ", ")) != NULL) {
		if (!*scope)
			continue;
		if (enum_find(known, 4, scope) == 4)
			return FAIL(ERR_INVALID, "no scope %.20s", scope);
		list = arena_format(a, "%s%s%s", list, *list ? " " : "",
		    scope);
	}
	*out = list;
	return OK;
}

static enum err
add_key(struct admin *a, const char *workspace, const char *name,
    const char *scopes, char token[TOKEN_SIZE])
{
	char id[ID_SIZE], digest[DIGEST_TEXT_SIZE];
	struct workspace w;
	struct api_key k = {.name = name, .created_by = admin_actor.id,
	    .created_at = clock_now()};

	TRY(admin_workspace(a, workspace, &w));
	TRY(check_scopes(&a->arena, scopes, &k.scopes));
	if (strlen(name) > 100 || !utf8_is_clean(span_of_text(name)))
		return FAIL(ERR_INVALID, "a name has 1 to 100 characters");
	id_make("apk", id);
	k.id = id;
	k.workspace = w.id;
	TRY(token_make(API_KEY_PREFIX, token));
	token_digest(token, digest);
	TRY(store_begin(a->store));
	TRY(api_key_save(a->store, &k, digest));
	TRY(audit_write(&a->flow, &admin_actor, "apikey.created", id, w.id,
	    ""));
	return store_commit(a->store);
}

static int
cmd_add_key(int argc, char **argv)
{
	const char *scopes = "registrations,certificates,read", *arguments[2];
	const struct word_option options[] = {{"--scopes", &scopes, false}};
	char token[TOKEN_SIZE];
	struct admin a;
	int status = 0;

	admin_options(argc, argv, options, 1, arguments, 2, 2);
	if (!admin_open(&a))
		return 1;
	if (add_key(&a, arguments[0], arguments[1], scopes, token) != OK)
		status = admin_fail("cannot add the key");
	else
		admin_tell(&a, "key", token);
	admin_close(&a);
	return status;
}

int
cmd_apikey(int argc, char **argv)
{
	static const struct admin_verb verbs[] = {{"add", cmd_add_key}};

	return admin_verbs("paraph apikey", apikey_usage, argc, argv, verbs);
}
