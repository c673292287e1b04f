/*
 * paraph restore: whether the parts of a backup are whole and belong together,
 * and an instance made of them in a new folder.
 *
 * Nothing is overwritten. What brings database and ledger together afterwards
 * is paraph ca reconcile (docs/restore.md).
 */
#include "cli/backup_copy.h"
#include "cli/backup_files.h"

#include "cli/common.h"
#include "cli/words.h"
#include "flow/audit.h"
#include "signer/records.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usage[] =
    "usage: paraph restore --check FOLDER\n"
    "       paraph restore FOLDER NEW-FOLDER\n"
    "\n"
    "FOLDER has the parts of one backup that are at hand: data, secrets,\n"
    "evidence-keys. The first looks whether each is what was written, whether\n"
    "they are of one backup, and whether database, journal and ledger are\n"
    "whole. The second does the same and makes an instance of them in a folder\n"
    "that is not there yet. It is to have the place of the old one: move that\n"
    "aside first, it may know more.\n";

struct restore {
	const char *from;
	bool there[PART_COUNT];
	struct part_facts facts[PART_COUNT];
};

static RESULT
check_part(struct restore *r, enum backup_part part)
{
	enum err found = part_check(r->from, part, &r->facts[part]);

	if (found == ERR_NOT_FOUND) {
		printf("%-14s not at hand\n", backup_part_name(part));
		err_clear();
		return OK;
	}
	TRY(found);
	if (clock_now() >= r->facts[part].until) {
		printf("%-14s is over its time, and is left out: destroy it\n",
		    backup_part_name(part));
		return OK;
	}
	r->there[part] = true;
	printf("%-14s whole: %zu files of %s\n", backup_part_name(part),
	    r->facts[part].files, r->facts[part].name);
	return OK;
}

static RESULT
check_parts(struct restore *r)
{
	for (unsigned i = 0; i < PART_COUNT; i++)
		TRY(check_part(r, (enum backup_part)i));
	if (!r->there[PART_data])
		return FAIL(ERR_NOT_FOUND, "there is no part \"data\"");
	for (unsigned i = 0; i < PART_COUNT; i++)
		if (r->there[i] && strcmp(r->facts[i].name,
				       r->facts[PART_data].name) != 0)
			return FAIL(ERR_CONFLICT, "%s is of another backup",
			    backup_part_name((enum backup_part)i));
	return OK;
}

static RESULT
read_checkpoint(const char *path, long long *seq, char hash[DIGEST_TEXT_SIZE])
{
	FILE *f = fopen(path, "re");
	int count = f ? fscanf(f, "%lld %64s", seq, hash) : 0;

	if (f)
		fclose(f);
	/* an empty journal has no last hash */
	return count == 2 || (count == 1 && *seq == 0)
		   ? OK
		   : FAIL(ERR_INVALID, "the checkpoint cannot be read");
}

static RESULT
check_database(const char *database, const char *checkpoint)
{
	AUTO(store_close) struct store *s = NULL;
	char hash[DIGEST_TEXT_SIZE] = "";
	long long seq = 0;
	int64_t entries;

	TRY(read_checkpoint(checkpoint, &seq, hash));
	TRY(store_open_copy(database, &s));
	TRY(store_sound(s));
	TRY(audit_verify(s, seq, hash, &entries));
	printf("%-14s whole, and %lld entries of the journal\n", "database",
	    (long long)entries);
	return OK;
}

static RESULT
check_ledger(const char *dir)
{
	AUTO(records_close) struct records *records = NULL;
	struct records_summary sum;
	bool unfinished;

	TRY(records_look(dir, &records, &unfinished));
	records_summary(records, &sum);
	printf("%-14s whole: %zu certificates, %zu revoked\n", "ledger",
	    sum.issued, sum.revoked);
	return OK;
}

static RESULT
check_data(struct restore *r, enum backup_part part)
{
	char dir[PATH_MAX], path[PATH_MAX], checkpoint[PATH_MAX];

	if (!r->there[part])
		return OK;
	TRY(backup_path(r->from, backup_part_name(PART_data), dir));
	TRY(backup_path(dir, "checkpoint", checkpoint));
	if (part == PART_data) {
		TRY(backup_path(dir, "signer", path));
		TRY(check_ledger(path));
	}
	TRY(backup_path(r->from, backup_part_name(part), dir));
	TRY(backup_path(dir, "store/paraph.db", path));
	return check_database(path, checkpoint);
}

static RESULT
check_all(struct restore *r)
{
	TRY(check_parts(r));
	TRY(check_data(r, PART_data));
	return check_data(r, PART_evidence_keys);
}

/* Of an empty folder nothing was copied. */
static RESULT
make_empty(const char *to, const char *name)
{
	char path[PATH_MAX];

	TRY(backup_path(to, name, path));
	return mkdir(path, 0700) == 0 || errno == EEXIST
		   ? OK
		   : FAIL(ERR_UNAVAILABLE, "cannot make %s: %m", path);
}

/* The database with the keys of evidence in the place of the other one. */
static RESULT
put_back(struct restore *r, const char *to)
{
	static const enum backup_part order[] = {
	    PART_data, PART_secrets, PART_evidence_keys};

	if (access(to, F_OK) == 0)
		return FAIL(ERR_CONFLICT, "%s is there already", to);
	TRY(check_all(r));
	for (size_t i = 0; i < PART_COUNT; i++)
		if (r->there[order[i]])
			TRY(part_put_back(r->from, order[i], to));
	TRY(make_empty(to, "vault"));
	return make_empty(to, "outbox");
}

static void
tell_next(const struct restore *r, const char *to)
{
	if (!r->there[PART_secrets])
		printf("keys, token and signer/pin are in the part \"secrets\":"
		       " without them nothing starts.\n");
	if (!r->there[PART_evidence_keys])
		printf("Without the part \"evidence-keys\" no picture can be "
		       "shown any more; all else is there.\n");
	printf("Next:\n"
	       "  paraph config check --config %s/paraph.conf\n"
	       "  paraph ca reconcile --config %s/paraph.conf\n",
	    to, to);
}

int
main(int argc, char **argv)
{
	const char *check = NULL, *folders[2];
	const struct word_option options[] = {
	    {.name = "--check", .value = &check, .flag = true}};
	struct restore r = {.from = NULL};

	words_of("paraph restore", usage);
	size_t count =
	    words_read(argc - 1, argv + 1, options, 1, folders, 1, 2);
	if (count != (check ? 1 : 2))
		words_wrong(check ? "--check takes one folder"
				  : "a new folder is missing");
	umask(077);
	r.from = folders[0];
	enum err result = check ? check_all(&r) : put_back(&r, folders[1]);
	if (result == OK && !check)
		tell_next(&r, folders[1]);
	if (result != OK)
		fprintf(stderr, "paraph: the backup: %s\n", err_explanation());
	return words_done(result != OK);
}
