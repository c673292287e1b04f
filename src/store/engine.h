/*
 * What a database engine gives the rest of the store: statements by name,
 * values in, rows out. sqlite.c is one; PostgreSQL will be another. Parameters
 * and columns are numbered from 1 and 0, as both engines do.
 */
#pragma once

#include "store/store.h"

enum sql {
#define SQL(name, text) SQL_##name,
#include "store/sql.def"
#undef SQL
	SQL_COUNT
};

enum value_type {
	VALUE_TEXT,
	VALUE_NUMBER,
	VALUE_REAL,  /* NAN is NULL */
	VALUE_BYTES, /* data NULL is NULL */
};

struct value {
	enum value_type type;
	const char *text;
	int64_t number;
	double real;
	struct span bytes;
};

#define TEXT(x) ((struct value){.type = VALUE_TEXT, .text = (x)})
#define NUMBER(x) ((struct value){.type = VALUE_NUMBER, .number = (x)})
#define REAL(x) ((struct value){.type = VALUE_REAL, .real = (x)})
#define BYTES(x) ((struct value){.type = VALUE_BYTES, .bytes = (x)})

/* A statement at work; at most one of each name at a time. */
struct query {
	struct store *store;
	enum sql id;
	void *statement;
};

/* Values are borrowed until query_end. */
RESULT query_start(struct store *s, enum sql id, const struct value *values,
    size_t count, struct query *out);
/* *row: whether there is one more. ERR_CONFLICT: a unique rule refuses;
 * ERR_UNAVAILABLE: another writer kept us waiting for too long. */
RESULT query_next(struct query *q, bool *row);
/* A column of the row, valid until the next step. NULL reads as "", 0, NAN
 * and an empty span. */
struct value query_column(const struct query *q, int column,
    enum value_type type);
void query_end(struct query *q);

/* Several statements without parameters: schema files only. */
RESULT engine_script(struct store *s, const char *script);
/* How many rows the last statement changed. */
int64_t engine_changed(const struct store *s);

DEFINE_AUTO_CLEAR(query_end, struct query)
