/*
 * The store on SQLite.
 *
 * WAL with synchronous=FULL: a commit that was answered survives a power cut.
 * BEGIN IMMEDIATE takes the write lock at once, so that a transaction never
 * fails half way for another writer's sake. SQLite numbers $n parameters by
 * first appearance in the text, hence binding by name.
 */
#include "store/engine.h"
#include "store/migrate.h"

#include <fcntl.h>
#include <math.h>
#include <sqlite3.h>
#include <sys/stat.h>

#define BUSY_MS 5000

enum control {
	CONTROL_BEGIN,
	CONTROL_COMMIT,
	CONTROL_ROLLBACK,
	CONTROL_STEP,
	CONTROL_STEP_DONE,
	CONTROL_STEP_UNDO,
	CONTROL_COUNT
};

struct store {
	sqlite3 *db;
	sqlite3_stmt *statements[SQL_COUNT];
	sqlite3_stmt *controls[CONTROL_COUNT];
	/* a group is wanted, its transaction is open, a step in it is */
	bool groups, grouped, stepping;
};

static const char *const texts[SQL_COUNT] = {
#define SQL(name, text) [SQL_##name] = text,
#include "store/sql.def"
#undef SQL
};

static const char *const names[SQL_COUNT] = {
#define SQL(name, text) [SQL_##name] = #name,
#include "store/sql.def"
#undef SQL
};

static const char *const control_texts[CONTROL_COUNT] = {
    [CONTROL_BEGIN] = "BEGIN IMMEDIATE",
    [CONTROL_COMMIT] = "COMMIT",
    [CONTROL_ROLLBACK] = "ROLLBACK",
    [CONTROL_STEP] = "SAVEPOINT step",
    [CONTROL_STEP_DONE] = "RELEASE step",
    [CONTROL_STEP_UNDO] = "ROLLBACK TO step",
};

static const char *const settings = "PRAGMA journal_mode = WAL;"
				    "PRAGMA synchronous = FULL;"
				    "PRAGMA foreign_keys = ON;"
				    "PRAGMA trusted_schema = OFF;"
				    /* for steps: the cage has no /tmp */
				    "PRAGMA temp_store = MEMORY;";

/* Names the statement, never its text or values. */
static enum err
failure(int code, const char *what)
{
	int primary = code & 0xff;

	if (code == SQLITE_CONSTRAINT_UNIQUE ||
	    code == SQLITE_CONSTRAINT_PRIMARYKEY)
		return FAIL(ERR_CONFLICT, "%s: not unique", what);
	if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED)
		return FAIL(ERR_UNAVAILABLE, "%s: the database is busy", what);
	return FAIL(ERR_INTERNAL, "%s: %s", what, sqlite3_errstr(code));
}

void
store_close(struct store *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < SQL_COUNT; i++)
		sqlite3_finalize(s->statements[i]);
	for (size_t i = 0; i < CONTROL_COUNT; i++)
		sqlite3_finalize(s->controls[i]);
	sqlite3_close(s->db);
	free(s);
}

/* SQLite would make it readable for others; its log files follow it. */
static RESULT
make_file(const char *path)
{
	AUTO(close) int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		return FAIL(ERR_INTERNAL, "cannot write the database file");
	return OK;
}

static RESULT
connect_to(struct store *s, const char *path)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
	int code = sqlite3_open_v2(path, &s->db, flags, NULL);

	if (code != SQLITE_OK)
		return FAIL(ERR_NOT_FOUND, "cannot open the database: %s",
		    sqlite3_errstr(code));
	sqlite3_extended_result_codes(s->db, 1);
	sqlite3_busy_timeout(s->db, BUSY_MS);
	return engine_script(s, settings);
}

RESULT
store_open(const char *path, bool migrate, struct store **out)
{
	AUTO(store_close) struct store *s = calloc(1, sizeof(*s));

	if (!s)
		abort();
	if (migrate)
		TRY(make_file(path));
	TRY(connect_to(s, path));
	TRY(migrate ? migrate_run(s) : migrate_check(s));
	*out = STEAL(s);
	return OK;
}

RESULT
engine_script(struct store *s, const char *script)
{
	int code = sqlite3_exec(s->db, script, NULL, NULL, NULL);

	return code == SQLITE_OK ? OK : failure(code, "script");
}

int64_t
engine_changed(const struct store *s)
{
	return sqlite3_changes64(s->db);
}

static RESULT
prepare(struct store *s, const char *text, const char *what,
    sqlite3_stmt **place)
{
	if (*place)
		return OK;
	int code = sqlite3_prepare_v3(s->db, text, -1,
	    SQLITE_PREPARE_PERSISTENT, place, NULL);
	return code == SQLITE_OK ? OK : failure(code, what);
}

static RESULT
control(struct store *s, enum control which)
{
	sqlite3_stmt **place = &s->controls[which];

	TRY(prepare(s, control_texts[which], control_texts[which], place));
	int code = sqlite3_step(*place);
	sqlite3_reset(*place);
	return code == SQLITE_DONE ? OK : failure(code, control_texts[which]);
}

static RESULT
begin_step(struct store *s)
{
	if (!s->grouped)
		TRY(control(s, CONTROL_BEGIN));
	s->grouped = true;
	TRY(control(s, CONTROL_STEP));
	s->stepping = true;
	return OK;
}

RESULT
store_begin(struct store *s)
{
	return s->groups ? begin_step(s) : control(s, CONTROL_BEGIN);
}

RESULT
store_commit(struct store *s)
{
	if (!s->groups)
		return control(s, CONTROL_COMMIT);
	TRY(control(s, CONTROL_STEP_DONE));
	s->stepping = false;
	return OK;
}

/* A step that cannot be undone takes the whole group with it. */
static void
undo_step(struct store *s)
{
	bool undone = control(s, CONTROL_STEP_UNDO) == OK &&
		      control(s, CONTROL_STEP_DONE) == OK;

	s->stepping = false;
	if (!undone)
		IGNORE(control(s, CONTROL_ROLLBACK));
}

static void
undo(struct store *s)
{
	/* A second try for one that fails: a transaction left open would make
	 * every later one of this connection fail. */
	for (int tries = 2; tries > 0 && !sqlite3_get_autocommit(s->db);
	     tries--)
		IGNORE(control(s, CONTROL_ROLLBACK));
}

void
store_rollback(struct store *s)
{
	if (!s->groups)
		undo(s);
	else if (s->stepping)
		undo_step(s);
}

void
store_group_begin(struct store *s)
{
	s->groups = true;
	s->grouped = s->stepping = false;
}

RESULT
store_group_end(struct store *s)
{
	bool grouped = s->grouped;

	s->groups = s->grouped = s->stepping = false;
	if (!grouped)
		return OK;
	/* SQLite undoes a transaction by itself when the disk fails */
	if (sqlite3_get_autocommit(s->db))
		return FAIL(ERR_INTERNAL, "the database undid a group");
	enum err kept = control(s, CONTROL_COMMIT);
	undo(s);
	return kept;
}

static int
bind(sqlite3_stmt *statement, int index, const struct value *v)
{
	switch (v->type) {
	case VALUE_TEXT:
		return sqlite3_bind_text(statement, index, v->text, -1,
		    SQLITE_STATIC);
	case VALUE_NUMBER:
		return sqlite3_bind_int64(statement, index, v->number);
	case VALUE_REAL:
		return isnan(v->real) ? sqlite3_bind_null(statement, index)
				      : sqlite3_bind_double(statement, index,
					    v->real);
	case VALUE_BYTES:
		return sqlite3_bind_blob64(statement, index, v->bytes.data,
		    v->bytes.size, SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

static RESULT
bind_all(sqlite3_stmt *statement, enum sql id, const struct value *values,
    size_t count)
{
	char name[24];

	for (size_t i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "$%zu", i + 1);
		int index = sqlite3_bind_parameter_index(statement, name);
		int code = index > 0 ? bind(statement, index, &values[i])
				     : SQLITE_RANGE;
		if (code != SQLITE_OK)
			return failure(code, names[id]);
	}
	if (sqlite3_bind_parameter_count(statement) != (int)count)
		return failure(SQLITE_RANGE, names[id]);
	return OK;
}

RESULT
query_start(struct store *s, enum sql id, const struct value *values,
    size_t count, struct query *out)
{
	sqlite3_stmt **place = &s->statements[id];

	TRY(prepare(s, texts[id], names[id], place));
	*out = (struct query){s, id, *place};
	return bind_all(*place, id, values, count);
}

RESULT
query_next(struct query *q, bool *row)
{
	int code = sqlite3_step(q->statement);

	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return failure(code, names[q->id]);
	*row = code == SQLITE_ROW;
	return OK;
}

struct value
query_column(const struct query *q, int column, enum value_type type)
{
	sqlite3_stmt *statement = q->statement;
	const void *data;

	switch (type) {
	case VALUE_TEXT:
		data = sqlite3_column_text(statement, column);
		return TEXT(data ? data : "");
	case VALUE_NUMBER:
		return NUMBER(sqlite3_column_int64(statement, column));
	case VALUE_REAL:
		if (sqlite3_column_type(statement, column) == SQLITE_NULL)
			return REAL(NAN);
		return REAL(sqlite3_column_double(statement, column));
	case VALUE_BYTES:
		data = sqlite3_column_blob(statement, column);
		return BYTES(SPAN(data,
		    (size_t)sqlite3_column_bytes(statement, column)));
	}
	return TEXT("");
}

void
query_end(struct query *q)
{
	if (!q->statement)
		return;
	sqlite3_reset(q->statement);
	sqlite3_clear_bindings(q->statement);
	q->statement = NULL;
}

RESULT
store_copy(struct store *s, const char *path)
{
	sqlite3_stmt *copy = NULL;

	TRY(prepare(s, "VACUUM INTO ?1", "copy", &copy));
	sqlite3_bind_text(copy, 1, path, -1, SQLITE_STATIC);
	int code = sqlite3_step(copy);
	sqlite3_finalize(copy);
	return code == SQLITE_DONE ? OK : failure(code, "copy");
}

/* VACUUM, so that no free page still has one. */
RESULT
store_strip(const char *path)
{
	AUTO(store_close) struct store *s = NULL;

	TRY(store_open(path, false, &s));
	TRY(engine_script(s, "PRAGMA secure_delete = ON;"
	    "UPDATE evidence SET sealed_key = NULL;"
	    "UPDATE chunks SET sealed_key = NULL;"
	    "VACUUM;"));
	return engine_script(s, "PRAGMA wal_checkpoint(TRUNCATE);"
	    "PRAGMA journal_mode = DELETE");
}

/* immutable: no lock, and no other file beside it. */
RESULT
store_open_copy(const char *path, struct store **out)
{
	AUTO(store_close) struct store *s = calloc(1, sizeof(*s));
	AUTO(buf_clear) struct buf uri;

	if (!s)
		abort();
	buf_init(&uri, 16384);
	TRY(buf_add_text(&uri, "file:"));
	for (; *path; path++)
		TRY(strchr("?#%", *path)
			? buf_add_format(&uri, "%%%02X", (unsigned)*path)
			: buf_add_byte(&uri, (uint8_t)*path));
	TRY(buf_add_text(&uri, "?immutable=1"));
	int code = sqlite3_open_v2(buf_text(&uri), &s->db,
	    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
	if (code != SQLITE_OK)
		return FAIL(ERR_NOT_FOUND, "cannot open the database: %s",
		    sqlite3_errstr(code));
	TRY(migrate_check(s));
	*out = STEAL(s);
	return OK;
}

RESULT
store_sound(struct store *s)
{
	sqlite3_stmt *check = NULL;

	TRY(prepare(s, "PRAGMA integrity_check", "check", &check));
	bool sound = sqlite3_step(check) == SQLITE_ROW &&
	    strcmp((const char *)sqlite3_column_text(check, 0), "ok") == 0;
	sqlite3_finalize(check);
	return sound ? OK : FAIL(ERR_INVALID, "the database is damaged");
}
