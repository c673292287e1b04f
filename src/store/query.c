/*
 * Records in and out of rows, by their shape.
 */
#include "store/query.h"

static struct value
member_value(const struct column *column, const uint8_t *record)
{
	const void *member = record + column->offset;

	switch (column->type) {
	case MEMBER_TEXT:
		return TEXT(*(const char *const *)member);
	case MEMBER_NUMBER:
		return NUMBER(*(const int64_t *)member);
	case MEMBER_FLAG:
		return NUMBER(*(const bool *)member);
	case MEMBER_REAL:
		return REAL(*(const double *)member);
	case MEMBER_BYTES:
		return BYTES(*(const struct span *)member);
	}
	return TEXT("");
}

size_t
shape_values(const struct shape *shape, const void *record,
    struct value out[COLUMNS_MAX])
{
	for (size_t i = 0; i < shape->count; i++)
		out[i] = member_value(&shape->columns[i], record);
	return shape->count;
}

static struct span
copy_bytes(struct arena *a, struct span bytes)
{
	if (bytes.size == 0)
		return SPAN(NULL, 0);
	uint8_t *copy = arena_get(a, bytes.size);
	memcpy(copy, bytes.data, bytes.size);
	return SPAN(copy, bytes.size);
}

static void
read_member(const struct query *q, struct arena *a, int index,
    const struct column *column, uint8_t *record)
{
	void *member = record + column->offset;

	switch (column->type) {
	case MEMBER_TEXT:
		*(const char **)member =
		    arena_text(a, query_column(q, index, VALUE_TEXT).text);
		return;
	case MEMBER_NUMBER:
		*(int64_t *)member =
		    query_column(q, index, VALUE_NUMBER).number;
		return;
	case MEMBER_FLAG:
		*(bool *)member =
		    query_column(q, index, VALUE_NUMBER).number != 0;
		return;
	case MEMBER_REAL:
		*(double *)member = query_column(q, index, VALUE_REAL).real;
		return;
	case MEMBER_BYTES:
		*(struct span *)member = copy_bytes(a,
		    query_column(q, index, VALUE_BYTES).bytes);
		return;
	}
}

static void
read_record(const struct query *q, struct arena *a, const struct shape *shape,
    void *out)
{
	for (size_t i = 0; i < shape->count; i++)
		read_member(q, a, (int)i, &shape->columns[i], out);
}

RESULT
sql_run(struct store *s, enum sql id, const struct value *values, size_t count)
{
	AUTO(query_end) struct query q = {0};
	bool row;

	TRY(query_start(s, id, values, count, &q));
	return query_next(&q, &row);
}

RESULT
sql_save(struct store *s, enum sql id, const struct shape *shape,
    const void *record)
{
	struct value values[COLUMNS_MAX];
	size_t count = shape_values(shape, record, values);

	return sql_run(s, id, values, count);
}

RESULT
sql_one(struct store *s, struct arena *a, enum sql id,
    const struct value *values, size_t count, const struct shape *shape,
    void *out)
{
	AUTO(query_end) struct query q = {0};
	bool row;

	TRY(query_start(s, id, values, count, &q));
	TRY(query_next(&q, &row));
	if (!row)
		return FAIL(ERR_NOT_FOUND, "no such row");
	read_record(&q, a, shape, out);
	return OK;
}

/* The arena cannot take back: doubling wastes at most what is used. */
static void *
grow(struct arena *a, const void *old, size_t count, size_t size)
{
	if (count > 0 && (count & (count - 1)) != 0)
		return NULL;
	uint8_t *bigger = arena_get(a, (count ? 2 * count : 1) * size);
	if (count > 0)
		memcpy(bigger, old, count * size);
	return bigger;
}

RESULT
sql_all(struct store *s, struct arena *a, enum sql id,
    const struct value *values, size_t count, const struct shape *shape,
    void *out, size_t *out_count)
{
	AUTO(query_end) struct query q = {0};
	uint8_t *records = NULL, *bigger;
	size_t n = 0;
	bool row;

	TRY(query_start(s, id, values, count, &q));
	TRY(query_next(&q, &row));
	for (; row; n++) {
		bigger = grow(a, records, n, shape->size);
		records = bigger ? bigger : records;
		read_record(&q, a, shape, records + n * shape->size);
		TRY(query_next(&q, &row));
	}
	*(void **)out = records;
	*out_count = n;
	return OK;
}

RESULT
sql_number(struct store *s, enum sql id, const struct value *values,
    size_t count, int64_t *out)
{
	AUTO(query_end) struct query q = {0};
	bool row;

	TRY(query_start(s, id, values, count, &q));
	TRY(query_next(&q, &row));
	if (!row)
		return FAIL(ERR_NOT_FOUND, "no such row");
	*out = query_column(&q, 0, VALUE_NUMBER).number;
	return OK;
}

struct text_row {
	const char *text;
};

RESULT
sql_texts(struct store *s, struct arena *a, enum sql id,
    const struct value *values, size_t count, const char ***out,
    size_t *out_count)
{
	static const struct column columns[] = {
	    COLUMN(text_row, TEXT, text)};
	static const struct shape shape = SHAPE(text_row, columns);

	return sql_all(s, a, id, values, count, &shape, out, out_count);
}
