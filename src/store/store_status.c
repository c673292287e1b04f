/*
 * What is published of certificates: OCSP answers, CRLs, CA certificates.
 */
#include "store/shapes.h"

/* Bytes with what stands beside them, whatever the table. */
struct published {
	struct span bytes;
	int64_t number, this_update, next_update;
};

static const struct column ocsp_columns[] = {
    COLUMN(published, BYTES, bytes),
    COLUMN(published, NUMBER, next_update),
};
static const struct column crl_columns[] = {
    COLUMN(published, BYTES, bytes),
    COLUMN(published, NUMBER, number),
    COLUMN(published, NUMBER, this_update),
    COLUMN(published, NUMBER, next_update),
};
static const struct column ca_columns[] = {
    COLUMN(published, BYTES, bytes),
};
static const struct shape ocsp_shape = SHAPE(published, ocsp_columns);
static const struct shape crl_shape = SHAPE(published, crl_columns);
static const struct shape newest_shape = {crl_columns + 1,
    sizeof(crl_columns) / sizeof(*crl_columns) - 1, sizeof(struct published)};
static const struct shape ca_shape = SHAPE(published, ca_columns);

RESULT
ocsp_save(struct store *s, const char *issuer, const char *serial,
    struct span response, int64_t next_update)
{
	return sql_run(s, SQL_ocsp_save,
	    VALUES(TEXT(issuer), TEXT(serial), BYTES(response),
		NUMBER(next_update)));
}

RESULT
ocsp_load(struct store *s, struct arena *a, const char *issuer,
    const char *serial, struct span *out, int64_t *next_update)
{
	struct published p;

	TRY(sql_one(s, a, SQL_ocsp_load, VALUES(TEXT(issuer), TEXT(serial)),
	    &ocsp_shape, &p));
	*out = p.bytes;
	*next_update = p.next_update;
	return OK;
}

RESULT
ocsp_remove(struct store *s, const char *issuer, const char *serial)
{
	return sql_run(s, SQL_ocsp_remove, VALUES(TEXT(issuer), TEXT(serial)));
}

RESULT
revocations_are_open(struct store *s, bool *out)
{
	int64_t count;

	TRY(sql_number(s, SQL_revocations_open, NULL, 0, &count));
	*out = count > 0;
	return OK;
}

RESULT
revocation_is_open(
    struct store *s, const char *issuer, const char *serial, bool *out)
{
	int64_t count;

	TRY(sql_number(s, SQL_revocation_open,
	    VALUES(TEXT(issuer), TEXT(serial)), &count));
	*out = count > 0;
	return OK;
}

RESULT
ocsp_due(struct store *s, struct arena *a, int64_t before, size_t limit,
    struct certificate **out, size_t *count)
{
	return sql_all(s, a, SQL_ocsp_due,
	    VALUES(NUMBER(before), NUMBER((int64_t)limit)), &certificate_shape,
	    out, count);
}

RESULT
crl_save(struct store *s, const char *issuer, uint64_t number, struct span der,
    int64_t this_update, int64_t next_update)
{
	TRY(sql_run(s, SQL_crl_save,
	    VALUES(TEXT(issuer), NUMBER((int64_t)number), BYTES(der),
		NUMBER(this_update), NUMBER(next_update))));
	return sql_run(s, SQL_crl_remove_older, VALUES(TEXT(issuer)));
}

RESULT
crl_newest(struct store *s, const char *issuer, uint64_t *number,
    int64_t *this_update, int64_t *next_update)
{
	AUTO(arena_clear) struct arena a;
	struct published p;

	arena_init(&a, 4096);
	TRY(sql_one(s, &a, SQL_crl_newest, VALUES(TEXT(issuer)), &newest_shape,
	    &p));
	*number = (uint64_t)p.number;
	*this_update = p.this_update;
	*next_update = p.next_update;
	return OK;
}

RESULT
crl_load(struct store *s, struct arena *a, const char *issuer,
    struct span *out, uint64_t *number, int64_t *this_update,
    int64_t *next_update)
{
	struct published p;

	TRY(sql_one(s, a, SQL_crl_load, VALUES(TEXT(issuer)), &crl_shape, &p));
	*out = p.bytes;
	*number = (uint64_t)p.number;
	*this_update = p.this_update;
	*next_update = p.next_update;
	return OK;
}

RESULT
ca_certificate_save(struct store *s, const char *name, struct span der)
{
	return sql_run(s, SQL_ca_certificate_save,
	    VALUES(TEXT(name), BYTES(der)));
}

RESULT
ca_certificate_load(struct store *s, struct arena *a, const char *name,
    struct span *out)
{
	struct published p;

	TRY(sql_one(s, a, SQL_ca_certificate_load, VALUES(TEXT(name)),
	    &ca_shape, &p));
	*out = p.bytes;
	return OK;
}

RESULT
ca_certificate_list(struct store *s, struct arena *a, const char ***names,
    size_t *count)
{
	return sql_texts(s, a, SQL_ca_certificate_list, NULL, 0, names, count);
}
