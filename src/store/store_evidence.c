/*
 * Evidence, what was read from it, how it goes on.
 */
#include "store/query.h"

static const struct column evidence_columns[] = {
    COLUMN(evidence, TEXT, id),
    COLUMN(evidence, TEXT, registration),
    COLUMN(evidence, NUMBER, attempt),
    COLUMN(evidence, TEXT, kind),
    COLUMN(evidence, TEXT, state),
    COLUMN(evidence, TEXT, reasons),
    COLUMN(evidence, TEXT, media_type),
    COLUMN(evidence, NUMBER, size),
    COLUMN(evidence, TEXT, sha256),
    COLUMN(evidence, BYTES, sealed_key),
    COLUMN(evidence, NUMBER, created_at),
};
static const struct shape evidences = SHAPE(evidence, evidence_columns);
static const struct column kept_columns[] = {
    COLUMN(kept_evidence, TEXT, id),
    COLUMN(kept_evidence, TEXT, registration),
    COLUMN(kept_evidence, TEXT, kind),
    COLUMN(kept_evidence, TEXT, sha256),
    COLUMN(kept_evidence, TEXT, state),
    COLUMN(kept_evidence, NUMBER, ended),
};
static const struct shape kept_shape = SHAPE(kept_evidence, kept_columns);

RESULT
evidence_save(struct store *s, const struct evidence *e)
{
	return sql_save(s, SQL_evidence_save, &evidences, e);
}

RESULT
evidence_load(struct store *s, struct arena *a, const char *id,
    struct evidence *out)
{
	return sql_one(s, a, SQL_evidence_load, VALUES(TEXT(id)), &evidences,
	    out);
}

RESULT
evidence_list(struct store *s, struct arena *a, const char *registration,
    struct evidence **out, size_t *count)
{
	return sql_all(s, a, SQL_evidence_list, VALUES(TEXT(registration)),
	    &evidences, out, count);
}

RESULT
evidence_find(struct store *s, struct arena *a, const char *registration,
    int64_t attempt, const char *kind, struct evidence *out)
{
	return sql_one(s, a, SQL_evidence_find,
	    VALUES(TEXT(registration), NUMBER(attempt), TEXT(kind)),
	    &evidences, out);
}

RESULT
evidence_noted(struct store *s, const char *sha256, int64_t *out)
{
	return sql_number(s, SQL_evidence_noted, VALUES(TEXT(sha256)), out);
}

RESULT
evidence_carry(struct store *s, const char *registration, const char *kind,
    int64_t attempt, int64_t to)
{
	return sql_run(s, SQL_evidence_carry,
	    VALUES(TEXT(registration), NUMBER(attempt), NUMBER(to),
	    TEXT(kind)));
}

RESULT
evidence_gather(struct store *s, const char *id, int64_t size,
    const char *sha256, struct span sealed_key)
{
	return sql_run(s, SQL_evidence_gather,
	    VALUES(TEXT(id), NUMBER(size), TEXT(sha256), BYTES(sealed_key)));
}

RESULT
evidence_kept(struct store *s, struct arena *a, const char *after,
    size_t limit, struct kept_evidence **out, size_t *count)
{
	return sql_all(s, a, SQL_evidence_kept,
	    VALUES(TEXT(after), NUMBER((int64_t)limit)), &kept_shape, out,
	    count);
}

RESULT
evidence_forget(struct store *s, const char *id)
{
	TRY(sql_run(s, SQL_finding_clear, VALUES(TEXT(id))));
	TRY(finding_seal_remove(s, id));
	return sql_run(s, SQL_evidence_forget, VALUES(TEXT(id)));
}
