/*
 * Applying schema files. A file that was released is never edited: a database
 * remembers its digest, and a program that brings another text refuses.
 */
#include "store/migrate.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/embedded.h"
#include "store/query.h"

extern const struct embedded schema_files[];

struct migration {
	const char *name, *sha256;
	int64_t applied_at;
};

static const struct column columns[] = {
    COLUMN(migration, TEXT, name),
    COLUMN(migration, TEXT, sha256),
    COLUMN(migration, NUMBER, applied_at),
};
static const struct shape shape = SHAPE(migration, columns);

static size_t
file_count(void)
{
	size_t count = 0;

	while (schema_files[count].name)
		count++;
	return count;
}

/* What is applied must be the first of our files, with the same text. */
static RESULT
compare(const struct migration *applied, size_t count)
{
	char digest[DIGEST_TEXT_SIZE];

	if (count > file_count())
		return FAIL(ERR_UNAVAILABLE,
		    "the database was made by a newer program");
	for (size_t i = 0; i < count; i++) {
		struct digest d =
		    digest_sha256(span_of_text(schema_files[i].text));
		digest_format(&d, digest);
		if (strcmp(applied[i].name, schema_files[i].name) != 0 ||
		    strcmp(applied[i].sha256, digest) != 0)
			return FAIL(ERR_UNAVAILABLE,
			    "schema file %s is not the one that was applied",
			    applied[i].name);
	}
	return OK;
}

static RESULT
count_applied(struct store *s, size_t *out)
{
	AUTO(arena_clear) struct arena a;
	struct migration *applied;

	arena_init(&a, (size_t)1 << 20);
	TRY(sql_all(s, &a, SQL_migration_list, NULL, 0, &shape, &applied, out));
	return compare(applied, *out);
}

static RESULT
apply(struct store *s, const struct embedded *file)
{
	char text[DIGEST_TEXT_SIZE];
	struct digest d = digest_sha256(span_of_text(file->text));
	struct migration m = {file->name, text, clock_now()};

	digest_format(&d, text);
	TRY(engine_script(s, file->text));
	return sql_save(s, SQL_migration_save, &shape, &m);
}

/* One missing file, if there is one. */
static RESULT
step(struct store *s, bool *done)
{
	AUTO(store_rollback) struct store *transaction = s;
	size_t count;

	TRY(store_begin(transaction));
	TRY(sql_run(s, SQL_migration_table, NULL, 0));
	TRY(count_applied(s, &count));
	*done = count == file_count();
	if (!*done)
		TRY(apply(s, &schema_files[count]));
	return store_commit(s);
}

RESULT
migrate_run(struct store *s)
{
	bool done = false;

	while (!done)
		TRY(step(s, &done));
	return OK;
}

RESULT
migrate_check(struct store *s)
{
	size_t count;

	if (count_applied(s, &count) != OK)
		return FAIL(ERR_UNAVAILABLE, "the database is not ready: %.160s",
		    err_explanation());
	if (count < file_count())
		return FAIL(ERR_UNAVAILABLE,
		    "the database is older than this program: migrate it");
	return OK;
}
