/*
 * The journal's rows: added and read, never changed.
 */
#include "store/query.h"

static const struct column columns[] = {
    COLUMN(audit_entry, NUMBER, seq),
    COLUMN(audit_entry, NUMBER, at),
    COLUMN(audit_entry, TEXT, actor_kind),
    COLUMN(audit_entry, TEXT, actor),
    COLUMN(audit_entry, TEXT, act),
    COLUMN(audit_entry, TEXT, subject),
    COLUMN(audit_entry, TEXT, detail),
    COLUMN(audit_entry, TEXT, evidence_digest),
    COLUMN(audit_entry, TEXT, previous),
    COLUMN(audit_entry, TEXT, hash),
};
static const struct shape entries = SHAPE(audit_entry, columns);

RESULT
audit_add(struct store *s, const struct audit_entry *e)
{
	return sql_save(s, SQL_audit_add, &entries, e);
}

RESULT
audit_last(struct store *s, struct arena *a, struct audit_entry *out)
{
	static const struct audit_entry none = {.actor_kind = "",
	    .actor = "",
	    .act = "",
	    .subject = "",
	    .detail = "",
	    .evidence_digest = "",
	    .previous = "",
	    .hash = ""};
	enum err result = sql_one(s, a, SQL_audit_last, NULL, 0, &entries, out);

	if (result != ERR_NOT_FOUND)
		return result;
	err_clear();
	*out = none;
	return OK;
}

RESULT
audit_list(struct store *s, struct arena *a, int64_t from, size_t limit,
    struct audit_entry **out, size_t *count)
{
	return sql_all(s, a, SQL_audit_list,
	    VALUES(NUMBER(from), NUMBER((int64_t)limit)), &entries, out, count);
}

RESULT
audit_of(struct store *s, struct arena *a, const char *subject,
    struct audit_entry **out, size_t *count)
{
	return sql_all(s, a, SQL_audit_of, VALUES(TEXT(subject)), &entries,
	    out, count);
}

RESULT
audit_count(struct store *s, const char *subject, const char *act,
    const char *like, int64_t *out)
{
	return sql_number(s, SQL_audit_count,
	    VALUES(TEXT(subject), TEXT(act), TEXT(like)), out);
}

RESULT
audit_has(struct store *s, struct arena *a, const char *subject,
    const char *actor, const char *act, bool *out)
{
	struct audit_entry row;
	enum err found = sql_one(s, a, SQL_audit_has,
	    VALUES(TEXT(subject), TEXT(actor), TEXT(act)), &entries, &row);

	*out = found == OK;
	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	return OK;
}
