/*
 * Findings and verdicts. They are stored by name, so that a table that grows
 * does not change what old rows mean; a name that is no longer known is left
 * out on reading.
 */
#include "store/query.h"

static RESULT
save_finding(struct store *s, const char *evidence, size_t position,
    const struct finding *f)
{
	return sql_run(s, SQL_finding_save,
	    VALUES(TEXT(evidence), NUMBER((int64_t)position),
		TEXT(finding_name_text(f->name)), TEXT(f->text),
		REAL(f->value), REAL(f->confidence), NUMBER(f->box.x),
		NUMBER(f->box.y), NUMBER(f->box.width), NUMBER(f->box.height)));
}

RESULT
findings_save(struct store *s, const char *evidence, const struct findings *f)
{
	TRY(sql_run(s, SQL_finding_clear, VALUES(TEXT(evidence))));
	for (size_t i = 0; i < f->count; i++)
		TRY(save_finding(s, evidence, i, &f->items[i]));
	return OK;
}

static struct box
read_box(const struct query *q, int column)
{
	int32_t edges[4];

	for (int i = 0; i < 4; i++)
		edges[i] = (int32_t)query_column(q, column + i, VALUE_NUMBER)
			       .number;
	return (struct box){edges[0], edges[1], edges[2], edges[3]};
}

static void
read_finding(const struct query *q, struct findings *out)
{
	const char *name = query_column(q, 0, VALUE_TEXT).text;
	struct finding f = {.name = finding_of_text(name)};

	if (f.name == FINDING_COUNT || out->count == FINDINGS_MAX)
		return;
	snprintf(f.text, sizeof(f.text), "%s",
	    query_column(q, 1, VALUE_TEXT).text);
	f.value = query_column(q, 2, VALUE_REAL).real;
	f.confidence = query_column(q, 3, VALUE_REAL).real;
	f.box = read_box(q, 4);
	out->items[out->count++] = f;
}

RESULT
findings_load(struct store *s, const char *evidence, struct findings *out)
{
	AUTO(query_end) struct query q = {0};
	bool row;

	out->count = 0;
	TRY(query_start(s, SQL_finding_list, VALUES(TEXT(evidence)), &q));
	TRY(query_next(&q, &row));
	while (row) {
		read_finding(&q, out);
		TRY(query_next(&q, &row));
	}
	return OK;
}

static const struct column finding_seal_columns[] = {
    COLUMN(finding_seal, TEXT, seal),
};
static const struct shape finding_seals =
    SHAPE(finding_seal, finding_seal_columns);

RESULT
finding_seal_save(struct store *s, const char *evidence,
    const char *seal)
{
	return sql_run(s, SQL_finding_seal_save,
	    VALUES(TEXT(evidence), TEXT(seal)));
}

RESULT
finding_seal_load(struct store *s, struct arena *a, const char *evidence,
    struct finding_seal *out)
{
	return sql_one(s, a, SQL_finding_seal_load, VALUES(TEXT(evidence)),
	    &finding_seals, out);
}

RESULT
finding_seal_remove(struct store *s, const char *evidence)
{
	return sql_run(s, SQL_finding_seal_clear, VALUES(TEXT(evidence)));
}

RESULT
verdict_save(struct store *s, const char *registration, int64_t attempt,
    const struct verdict_row *v)
{
	return sql_run(s, SQL_verdict_save,
	    VALUES(TEXT(registration), NUMBER(attempt), TEXT(v->name),
		NUMBER(v->position), TEXT(v->verdict), REAL(v->value),
		REAL(v->threshold), NUMBER(v->side), NUMBER(v->box.x),
		NUMBER(v->box.y), NUMBER(v->box.width), NUMBER(v->box.height),
		TEXT(v->reason), TEXT(v->explanation), NUMBER(v->from_ms),
		NUMBER(v->to_ms)));
}

/* A verdict's row, its box apart. */
struct flat_verdict {
	struct verdict_row row;
	int64_t x, y, width, height;
};

#define FLAT(type, member)                                                     \
	{#member, MEMBER_##type, offsetof(struct flat_verdict, row.member)}

static const struct column verdict_columns[] = {
    FLAT(TEXT, name),
    FLAT(NUMBER, position),
    FLAT(TEXT, verdict),
    FLAT(REAL, value),
    FLAT(REAL, threshold),
    FLAT(NUMBER, side),
    COLUMN(flat_verdict, NUMBER, x),
    COLUMN(flat_verdict, NUMBER, y),
    COLUMN(flat_verdict, NUMBER, width),
    COLUMN(flat_verdict, NUMBER, height),
    FLAT(TEXT, reason),
    FLAT(TEXT, explanation),
    FLAT(NUMBER, from_ms),
    FLAT(NUMBER, to_ms),
};
static const struct shape flat_verdicts = SHAPE(flat_verdict, verdict_columns);

RESULT
verdict_list(struct store *s, struct arena *a, const char *registration,
    int64_t attempt, struct verdict_row **out, size_t *count)
{
	struct flat_verdict *flat;

	TRY(sql_all(s, a, SQL_verdict_list,
	    VALUES(TEXT(registration), NUMBER(attempt)), &flat_verdicts, &flat,
	    count));
	*out = arena_get(a, (*count + 1) * sizeof(**out));
	for (size_t i = 0; i < *count; i++) {
		(*out)[i] = flat[i].row;
		(*out)[i].box = (struct box){(int32_t)flat[i].x,
		    (int32_t)flat[i].y, (int32_t)flat[i].width,
		    (int32_t)flat[i].height};
	}
	return OK;
}

static const struct column seal_columns[] = {
    COLUMN(verdict_seal, TEXT, seal),
};
static const struct shape seals = SHAPE(verdict_seal, seal_columns);

RESULT
verdict_seal_save(struct store *s, const char *registration, int64_t attempt,
    const char *seal)
{
	return sql_run(s, SQL_verdict_seal_save,
	    VALUES(TEXT(registration), NUMBER(attempt), TEXT(seal)));
}

RESULT
verdict_seal_load(struct store *s, struct arena *a, const char *registration,
    int64_t attempt, struct verdict_seal *out)
{
	return sql_one(s, a, SQL_verdict_seal_load,
	    VALUES(TEXT(registration), NUMBER(attempt)), &seals, out);
}
