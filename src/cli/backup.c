/*
 * paraph backup: a copy of an instance while it runs, in three parts that
 * belong in three places (docs/backup.md).
 *
 * The order matters: what is copied later may know more than what was copied
 * before, and knows all of it. The ledger comes last, because the token knows
 * how far it had come, and a copy of it may not be older.
 */
#include "cli/backup_copy.h"
#include "cli/backup_files.h"

#include "cli/common.h"
#include "cli/words.h"
#include "flow/audit.h"

#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEYS_LIFE (30 * DAY) /* product 14 */
#define PINS "pin" /* files of the token's */

static const char usage[] =
    "usage: paraph backup [--config FILE] FOLDER\n"
    "\n"
    "Copies the instance into a new folder, while the service runs:\n"
    "\n"
    "  data            database without keys of evidence, vault, ledger,\n"
    "                  certificates of authorities, settings, the network\n"
    "                  that compares faces. It shows no picture and signs\n"
    "                  nothing, but names people, also those whose requests\n"
    "                  were deleted since\n"
    "  secrets         keys, the token of SoftHSM, its PIN, the mail relay's\n"
    "                  password, minutes and PIN of a root kept here. Another\n"
    "                  place, encrypted, two persons\n"
    "  evidence-keys   the database with the keys of evidence. Destroy it\n"
    "                  after 30 days: paraph restore takes none that is older\n"
    "\n"
    "paraph restore --check FOLDER says whether a copy is whole.\n";

struct backup {
	struct conf *conf;
	struct store *store;
	struct part data, secrets, keys;
	const char *to;
	char name[BACKUP_NAME_SIZE];
	char home[PATH_MAX]; /* the folder of paraph.conf */
};

static const char *
text(const struct backup *b, enum conf_key key)
{
	return conf_text(b->conf, key);
}

static void
name_it(struct backup *b)
{
	char at[CLOCK_TEXT_SIZE];
	uint32_t number;

	random_bytes(&number, sizeof(number));
	clock_format(clock_now(), at);
	snprintf(b->name, sizeof(b->name), "%.4s%.2s%.2sT%.2s%.2s%.2sZ-%08x",
	    at, at + 5, at + 8, at + 11, at + 14, at + 17, number);
}

static RESULT
begin_parts(struct backup *b)
{
	name_it(b);
	TRY(part_begin(
	    b->to, PART_data, b->name, CLOCK_FOREVER, &b->data));
	TRY(part_begin(
	    b->to, PART_secrets, b->name, CLOCK_FOREVER, &b->secrets));
	return part_begin(b->to, PART_evidence_keys, b->name,
	    clock_now() + KEYS_LIFE, &b->keys);
}

/* Against it the journal of the copy is held. */
static RESULT
copy_checkpoint(struct backup *b)
{
	AUTO(arena_clear) struct arena a;
	struct audit_entry last;
	char path[PATH_MAX];

	arena_init(&a, (size_t)1 << 20);
	TRY(audit_last(b->store, &a, &last));
	TRY(backup_path(b->data.dir, "checkpoint", path));
	FILE *f = fopen(path, "wex");
	if (!f)
		return FAIL(ERR_UNAVAILABLE, "cannot write %s: %m", path);
	fprintf(f, "%lld %s\n", (long long)last.seq, last.hash);
	if (fclose(f) != 0)
		return FAIL(ERR_UNAVAILABLE, "cannot write %s: %m", path);
	return part_note(&b->data, "checkpoint");
}

static RESULT
make_folder_of(const struct part *p, char path[PATH_MAX])
{
	TRY(backup_path(p->dir, "store", path));
	if (mkdir(path, 0700) != 0)
		return FAIL(ERR_UNAVAILABLE, "cannot make %s: %m", path);
	return backup_path(p->dir, "store/paraph.db", path);
}

/* One moment, twice: with the keys, and without. */
static RESULT
copy_database(struct backup *b)
{
	char whole[PATH_MAX], stripped[PATH_MAX];
	AUTO(store_close) struct store *copy = NULL;

	TRY(make_folder_of(&b->keys, whole));
	TRY(make_folder_of(&b->data, stripped));
	TRY(store_copy(b->store, whole));
	TRY(store_open(whole, false, &copy));
	TRY(store_copy(copy, stripped));
	store_close(copy);
	copy = NULL;
	TRY(store_strip(stripped));
	TRY(part_note(&b->keys, "store/paraph.db"));
	return part_note(&b->data, "store/paraph.db");
}

static RESULT
copy_if_there(
    struct part *p, const char *from, const char *to, const char *except)
{
	enum err copied = part_copy(p, from, to, except);

	if (copied != ERR_NOT_FOUND)
		return copied;
	err_clear();
	return OK;
}

/* The PIN's files go with the token, the ledger at the very end. */
static RESULT
copy_pins(struct backup *b)
{
	static const char *const ends[] = {"", ".so"};
	char from[PATH_MAX], to[sizeof("signer/" PINS ".so")];

	for (size_t i = 0; i < 2; i++) {
		int size = snprintf(from, sizeof(from), "%s%s",
		    text(b, CONF_pki_pin_file), ends[i]);
		if (size < 0 || (size_t)size >= sizeof(from))
			return FAIL(ERR_INVALID, "a path that is too long");
		snprintf(to, sizeof(to), "signer/" PINS "%s", ends[i]);
		TRY(copy_if_there(&b->secrets, from, to, NULL));
	}
	return OK;
}

/* SoftHSM may keep its tokens elsewhere than beside its configuration, and a
 * copy without them is worth nothing. */
static RESULT
require_token(const char *folder)
{
	char pattern[PATH_MAX];
	glob_t found;

	TRY(backup_path(folder, "*/token.object", pattern));
	bool there = glob(pattern, GLOB_NOSORT, NULL, &found) == 0;
	globfree(&found);
	return there ? OK
		     : FAIL(ERR_NOT_FOUND, "there is no token in %s: "
			   "directories.tokendir has to be that folder", folder);
}

static RESULT
copy_token(struct backup *b)
{
	char folder[PATH_MAX];
	const char *conf = text(b, CONF_pki_softhsm_conf);

	if (!conf[0]) {
		fputs("The token is no folder, and is not in this copy: back it"
		      " up as its maker says.\n", stderr);
		return OK;
	}
	snprintf(folder, sizeof(folder), "%s", conf);
	char *slash = strrchr(folder, '/');
	if (!slash)
		return FAIL(ERR_INVALID, "%s is in no folder", conf);
	*slash = '\0';
	TRY(require_token(folder));
	return part_copy(&b->secrets, folder, "token", NULL);
}

/* Where it lies in the instance's folder, else under a name of ours. */
static const char *
place_in_instance(const struct backup *b, const char *path, const char *name)
{
	size_t size = strlen(b->home);

	if (strncmp(path, b->home, size) == 0 && path[size] == '/' &&
	    !strstr(path, "/../")) /* restore takes none that leads out */
		return path + size + 1;
	fprintf(stderr, "%s lies outside the instance: it is in this copy as %s\n",
	    path, name);
	return name;
}

/* Unless it came with a folder that was copied before. */
static RESULT
copy_named(struct part *p, const char *from, const char *to)
{
	char target[PATH_MAX];

	TRY(backup_path(p->dir, to, target));
	return access(target, F_OK) == 0 ? OK
					 : copy_if_there(p, from, to, NULL);
}

/* The relay's password: nobody else knows it, perhaps. */
static RESULT
copy_password(struct backup *b)
{
	const char *path = text(b, CONF_mail_smtp_password_file);

	if (!path[0])
		return OK;
	return copy_named(&b->secrets, path,
	    place_in_instance(b, path, "smtp-password"));
}

/* The file that a description of a network names; "": none. */
static RESULT
read_network_name(const char *path, char out[NAME_MAX + 1])
{
	AUTO(fclose) FILE *f = fopen(path, "re");
	char line[512];

	*out = '\0';
	if (!f)
		return FAIL(ERR_UNAVAILABLE, "cannot read %s: %m", path);
	while (!*out && fgets(line, sizeof(line), f))
		if (sscanf(line, " file %255s", out) != 1 || strchr(out, '/'))
			*out = '\0';
	return OK;
}

/* The network that compares faces, and its line: what was decided by it can be
 * looked at again. No more of their folder: it may be one that has keys. */
static RESULT
copy_face_model(struct backup *b)
{
	const char *path = text(b, CONF_vision_face_model);
	char name[NAME_MAX + 1], from[PATH_MAX], to[PATH_MAX];

	if (!path[0] || access(path, F_OK) != 0)
		return OK;
	const char *place = place_in_instance(b, path, "models.d/face.model");
	TRY(copy_named(&b->data, path, place));
	TRY(read_network_name(path, name));
	if (!*name)
		return OK;
	if (snprintf(from, sizeof(from), "%.*s%s",
		(int)(strrchr(path, '/') - path) + 1, path, name) >= PATH_MAX)
		return FAIL(ERR_INVALID, "a path that is too long");
	const char *slash = strrchr(place, '/');
	snprintf(to, sizeof(to), "%.*s%s",
	    slash ? (int)(slash - place) + 1 : 0, place, name);
	return copy_named(&b->data, from, to);
}

static RESULT
copy_signer(struct backup *b)
{
	static const char *const names[] = {
	    "ledger", "operators", "custodians", "leaked"};
	char from[PATH_MAX], to[PATH_MAX];

	for (size_t i = 1; i < sizeof(names) / sizeof(*names); i++) {
		TRY(backup_path(text(b, CONF_signer_dir), names[i], from));
		TRY(backup_path("signer", names[i], to));
		TRY(copy_if_there(&b->data, from, to, NULL));
	}
	TRY(copy_pins(b));
	TRY(copy_token(b));
	TRY(backup_path(text(b, CONF_signer_dir), names[0], from));
	return part_copy(&b->data, from, "signer/ledger", NULL);
}

static RESULT
copy_all(struct backup *b, const char *conf)
{
	TRY(copy_checkpoint(b));
	TRY(copy_database(b));
	TRY(copy_if_there(
	    &b->data, text(b, CONF_store_vault), "vault", NULL));
	TRY(copy_if_there(
	    &b->data, text(b, CONF_mail_outbox), "outbox", NULL));
	TRY(part_copy(&b->data, text(b, CONF_pki_ca_dir), "ca", NULL));
	TRY(part_copy(&b->data, conf, "paraph.conf", NULL));
	TRY(part_copy(
	    &b->secrets, text(b, CONF_store_keys_dir), "keys", NULL));
	/* minutes; and the PIN of a root that paraph init made, whose token
	 * is worth nothing without it */
	TRY(copy_if_there(&b->secrets, text(b, CONF_pki_ceremony_dir),
	    "ceremony", NULL));
	TRY(copy_signer(b));
	TRY(copy_password(b));
	TRY(copy_face_model(b));
	TRY(part_end(&b->keys));
	TRY(part_end(&b->secrets));
	return part_end(&b->data);
}

static RESULT
find_home(struct backup *b, const char *conf)
{
	char whole[PATH_MAX];

	if (!realpath(conf, whole))
		return FAIL(ERR_NOT_FOUND, "cannot read %s: %m", conf);
	*strrchr(whole, '/') = '\0';
	memcpy(b->home, whole, strlen(whole) + 1);
	return OK;
}

static RESULT
run(struct backup *b, const char *conf)
{
	TRY(find_home(b, conf));
	TRY(conf_load(conf, &b->conf));
	TRY(store_open(text(b, CONF_store_path), false, &b->store));
	if (access(b->to, F_OK) == 0)
		return FAIL(ERR_CONFLICT, "%s is there already", b->to);
	TRY(begin_parts(b));
	return copy_all(b, conf);
}

static void
tell(const struct backup *b)
{
	char until[CLOCK_TEXT_SIZE];

	clock_format(clock_now() + KEYS_LIFE, until);
	printf("Backup %s in %s:\n"
	       "  data            another machine\n"
	       "  secrets         to another place, encrypted, two persons\n"
	       "  evidence-keys   destroy it before %.10s\n"
	       "Look at it once: paraph restore --check %s\n",
	    b->name, b->to, until, b->to);
}

int
main(int argc, char **argv)
{
	struct backup b = {.conf = NULL};
	const char *conf = NULL;
	const struct word_option options[] = {
	    {.name = "--config", .value = &conf}};

	words_of("paraph backup", usage);
	words_read(argc - 1, argv + 1, options, 1, &b.to, 1, 1);
	umask(077);
	enum err result = run(&b, config_find(conf));
	if (result == OK)
		tell(&b);
	else
		fprintf(stderr, "paraph: the backup: %s\n", err_explanation());
	store_close(b.store);
	conf_free(b.conf);
	return words_done(result != OK);
}
