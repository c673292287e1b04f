/*
 * What recognises a document, a person or a picture again: keyed digests and
 * imprints.
 */
#include "store/query.h"

static const struct column earlier_columns[] = {
    COLUMN(earlier, TEXT, registration),
    COLUMN(earlier, TEXT, kind),
    COLUMN(earlier, TEXT, state),
    COLUMN(earlier, NUMBER, created_at),
};
static const struct shape earlier_shape = SHAPE(earlier, earlier_columns);

static const struct column imprint_columns[] = {
    COLUMN(imprint, TEXT, registration),
    COLUMN(imprint, TEXT, kind),
    COLUMN(imprint, TEXT, state),
    COLUMN(imprint, NUMBER, created_at),
    COLUMN(imprint, TEXT, imprint),
};
static const struct shape imprint_shape = SHAPE(imprint, imprint_columns);

RESULT
person_digest_save(struct store *s, const char *registration, const char *kind,
    const char *digest)
{
	return sql_run(s, SQL_person_digest_save,
	    VALUES(TEXT(registration), TEXT(kind), TEXT(digest)));
}

RESULT
person_digest_seen(struct store *s, struct arena *a, const char *registration,
    struct earlier **out, size_t *count)
{
	return sql_all(s, a, SQL_person_digest_seen,
	    VALUES(TEXT(registration)), &earlier_shape, out, count);
}

RESULT
imprint_save(struct store *s, const char *registration, const char *kind,
    const char *imprint, int64_t now)
{
	return sql_run(s, SQL_imprint_save,
	    VALUES(TEXT(registration), TEXT(kind), TEXT(imprint),
		NUMBER(now)));
}

RESULT
imprint_list(struct store *s, struct arena *a, const char *registration,
    struct imprint **out, size_t *count)
{
	return sql_all(s, a, SQL_imprint_list, VALUES(TEXT(registration)),
	    &imprint_shape, out, count);
}

RESULT
imprint_others(struct store *s, struct arena *a, const char *registration,
    struct imprint **out, size_t *count)
{
	return sql_all(s, a, SQL_imprint_others, VALUES(TEXT(registration)),
	    &imprint_shape, out, count);
}

RESULT
imprint_forget(struct store *s, const char *registration)
{
	return sql_run(s, SQL_imprint_forget, VALUES(TEXT(registration)));
}
