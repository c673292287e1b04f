/*
 * The end of certificates, their renewal, and to whom a name was given.
 */
#include "store/shapes.h"

static const struct column columns[] = {
    COLUMN(renewal, TEXT, registration),
    COLUMN(renewal, TEXT, certificate),
    COLUMN(renewal, TEXT, own_serial),
    COLUMN(renewal, NUMBER, created_at),
    COLUMN(renewal, FLAG, replaces),
};
static const struct shape shape = SHAPE(renewal, columns);

RESULT
certificate_ending(struct store *s, struct arena *a, int64_t now,
    int64_t until, int64_t notice, int days, struct certificate **out,
    size_t *count)
{
	return sql_all(s, a, SQL_certificate_ending,
	    VALUES(NUMBER(now), NUMBER(until), NUMBER(notice), NUMBER(days)),
	    &certificate_shape, out, count);
}

RESULT
certificate_ended(struct store *s, struct arena *a, int64_t now, int64_t after,
    struct certificate **out, size_t *count)
{
	return sql_all(s, a, SQL_certificate_ended,
	    VALUES(NUMBER(now), NUMBER(after)), &certificate_shape, out,
	    count);
}

RESULT
expiry_notice_save(struct store *s, const char *certificate, int days,
    int64_t now)
{
	return sql_run(s, SQL_expiry_notice_save,
	    VALUES(TEXT(certificate), NUMBER(days), NUMBER(now)));
}

RESULT
renewal_save(struct store *s, const struct renewal *r)
{
	return sql_save(s, SQL_renewal_save, &shape, r);
}

RESULT
renewal_load(struct store *s, struct arena *a, const char *registration,
    struct renewal *out)
{
	return sql_one(s, a, SQL_renewal_load, VALUES(TEXT(registration)),
	    &shape, out);
}

RESULT
renewal_open(struct store *s, struct arena *a, const char *certificate,
    struct registration *out)
{
	return sql_one(s, a, SQL_renewal_open, VALUES(TEXT(certificate)),
	    &registration_shape, out);
}

RESULT
holder_save(struct store *s, const char *registration, const char *person)
{
	return sql_run(s, SQL_holder_save,
	    VALUES(TEXT(registration), TEXT(person)));
}

RESULT
holder_load(struct store *s, struct arena *a, const char *registration,
    const char **person)
{
	const char **texts;
	size_t count;

	TRY(sql_texts(s, a, SQL_holder_load, VALUES(TEXT(registration)),
	    &texts, &count));
	if (count == 0)
		return FAIL(ERR_NOT_FOUND, "nobody was approved");
	*person = texts[0];
	return OK;
}
