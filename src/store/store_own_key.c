/*
 * Keys that participants brought.
 */
#include "store/shapes.h"

static const struct column columns[] = {
    COLUMN(own_key, TEXT, registration),
    COLUMN(own_key, BYTES, request),
    COLUMN(own_key, TEXT, sha256),
    COLUMN(own_key, TEXT, algorithm),
    COLUMN(own_key, NUMBER, created_at),
};
static const struct shape shape = SHAPE(own_key, columns);

RESULT
own_key_save(struct store *s, const struct own_key *k)
{
	return sql_save(s, SQL_own_key_save, &shape, k);
}

RESULT
own_key_load(struct store *s, struct arena *a, const char *registration,
    struct own_key *out)
{
	return sql_one(s, a, SQL_own_key_load, VALUES(TEXT(registration)),
	    &shape, out);
}

RESULT
own_key_remove(struct store *s, const char *registration)
{
	return sql_run(s, SQL_own_key_remove, VALUES(TEXT(registration)));
}
