/*
 * Statements with records: a record's shape says which member stands in which
 * column, so that no function lists them twice.
 */
#pragma once

#include "store/engine.h"

enum member_type {
	MEMBER_TEXT,
	MEMBER_NUMBER,
	MEMBER_FLAG,
	MEMBER_REAL,
	MEMBER_BYTES
};

struct column {
	const char *name; /* of member and column: they are the same */
	enum member_type type;
	size_t offset;
};

#define COLUMNS_MAX 40

/* Columns in the order of every SELECT and INSERT of the record. */
struct shape {
	const struct column *columns;
	size_t count;
	size_t size; /* of the record */
};

#define COLUMN(record, type, member)                                           \
	{#member, MEMBER_##type, offsetof(struct record, member)}
#define SHAPE(record, table)                                                   \
	{table, sizeof(table) / sizeof(*(table)), sizeof(struct record)}

/* VALUES(TEXT(id), NUMBER(now)): an array of values and how many. */
#define VALUES(...)                                                            \
	(const struct value[]){__VA_ARGS__},                                   \
	    (sizeof((const struct value[]){__VA_ARGS__}) /                     \
		sizeof(struct value))

/* A statement that gives no rows. */
RESULT sql_run(struct store *s, enum sql id, const struct value *values,
    size_t count);
/* The same with a record's members as parameters, in the shape's order. */
RESULT sql_save(struct store *s, enum sql id, const struct shape *shape,
    const void *record);
/* The first row as a record; ERR_NOT_FOUND when there is none. */
RESULT sql_one(struct store *s, struct arena *a, enum sql id,
    const struct value *values, size_t count, const struct shape *shape,
    void *out);
/* Every row, as an array of records in the arena: *(struct record **)out. */
RESULT sql_all(struct store *s, struct arena *a, enum sql id,
    const struct value *values, size_t count, const struct shape *shape,
    void *out, size_t *out_count);
/* The first column of the first row; ERR_NOT_FOUND when there is none. */
RESULT sql_number(struct store *s, enum sql id, const struct value *values,
    size_t count, int64_t *out);
/* The first column of every row, as texts. */
RESULT sql_texts(struct store *s, struct arena *a, enum sql id,
    const struct value *values, size_t count, const char ***out,
    size_t *out_count);

/* A record's members as values; how many. */
size_t shape_values(const struct shape *shape, const void *record,
    struct value out[COLUMNS_MAX]);
