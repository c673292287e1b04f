/*
 * Approvals of retention rules, and what waits for one.
 */
#include "store/query.h"

static const struct column approval_columns[] = {
    COLUMN(retention_approval, TEXT, digest),
    COLUMN(retention_approval, TEXT, member),
    COLUMN(retention_approval, TEXT, rule),
    COLUMN(retention_approval, NUMBER, approved_at),
    COLUMN(retention_approval, NUMBER, entry),
    COLUMN(retention_approval, TEXT, seal),
};
static const struct shape approvals =
    SHAPE(retention_approval, approval_columns);

static const struct column waiting_columns[] = {
    COLUMN(retention_waiting, TEXT, rule),
    COLUMN(retention_waiting, NUMBER, pieces),
    COLUMN(retention_waiting, NUMBER, since),
    COLUMN(retention_waiting, NUMBER, looked_at),
};
static const struct shape waiting = SHAPE(retention_waiting, waiting_columns);

RESULT
retention_approval_save(struct store *s, const struct retention_approval *r)
{
	return sql_save(s, SQL_retention_approval_save, &approvals, r);
}

RESULT
retention_approval_list(struct store *s, struct arena *a, const char *digest,
    struct retention_approval **out, size_t *count)
{
	return sql_all(s, a, SQL_retention_approval_list,
	    VALUES(TEXT(digest)), &approvals, out, count);
}

RESULT
retention_waiting_save(struct store *s, const struct retention_waiting *w)
{
	return sql_save(s, SQL_retention_waiting_save, &waiting, w);
}

RESULT
retention_waiting_list(struct store *s, struct arena *a,
    struct retention_waiting **out, size_t *count)
{
	return sql_all(s, a, SQL_retention_waiting_list, NULL, 0, &waiting,
	    out, count);
}
