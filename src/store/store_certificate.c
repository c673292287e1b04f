/*
 * Certificates. Their status as published is in store_status.c, what
 * recognises their holders again in store_seen.c.
 */
#include "store/pattern.h"
#include "store/shapes.h"

#define PAGE_MAX 200
#define LAST_TEXT "\xf4\x8f\xbf\xbf"

static const struct column columns[] = {
    COLUMN(certificate, TEXT, id),
    COLUMN(certificate, TEXT, registration),
    COLUMN(certificate, TEXT, workspace),
    COLUMN(certificate, TEXT, level),
    COLUMN(certificate, NUMBER, rank),
    COLUMN(certificate, TEXT, issuer),
    COLUMN(certificate, TEXT, serial),
    COLUMN(certificate, TEXT, fullname),
    COLUMN(certificate, TEXT, name_folded),
    COLUMN(certificate, TEXT, email),
    COLUMN(certificate, TEXT, email_folded),
    COLUMN(certificate, TEXT, phone),
    COLUMN(certificate, TEXT, person_serial),
    COLUMN(certificate, NUMBER, not_before),
    COLUMN(certificate, NUMBER, not_after),
    COLUMN(certificate, BYTES, der),
    COLUMN(certificate, TEXT, fingerprint),
    COLUMN(certificate, BYTES, key_blob),
    COLUMN(certificate, NUMBER, revoked_at),
    COLUMN(certificate, NUMBER, reason),
    COLUMN(certificate, NUMBER, created_at),
};
const struct shape certificate_shape = SHAPE(certificate, columns);

RESULT
certificate_save(struct store *s, const struct certificate *c)
{
	return sql_save(s, SQL_certificate_save, &certificate_shape, c);
}

RESULT
certificate_load(struct store *s, struct arena *a, const char *id,
    struct certificate *out)
{
	return sql_one(s, a, SQL_certificate_load, VALUES(TEXT(id)),
	    &certificate_shape, out);
}

RESULT
certificate_of(struct store *s, struct arena *a, const char *registration,
    struct certificate *out)
{
	return sql_one(s, a, SQL_certificate_of, VALUES(TEXT(registration)),
	    &certificate_shape, out);
}

RESULT
certificate_find_serial(struct store *s, struct arena *a, const char *issuer,
    const char *serial, struct certificate *out)
{
	return sql_one(s, a, SQL_certificate_find_serial,
	    VALUES(TEXT(issuer), TEXT(serial)), &certificate_shape, out);
}

RESULT
certificate_matches(struct store *s, struct arena *a, const char *workspace,
    const char *email_folded, int64_t rank, int64_t not_after_min,
    struct certificate **out, size_t *count)
{
	return sql_all(s, a, SQL_certificate_matches,
	    VALUES(TEXT(workspace), TEXT(email_folded), NUMBER(rank),
		NUMBER(not_after_min)),
	    &certificate_shape, out, count);
}

RESULT
certificate_of_phone(struct store *s, struct arena *a, const char *phone,
    int64_t not_after_min, struct certificate **out, size_t *count)
{
	return sql_all(s, a, SQL_certificate_of_phone,
	    VALUES(TEXT(phone), NUMBER(not_after_min)), &certificate_shape, out,
	    count);
}

RESULT
certificate_after(struct store *s, struct arena *a, const char *id,
    struct certificate **out, size_t *count)
{
	return sql_all(s, a, SQL_certificate_after, VALUES(TEXT(id)),
	    &certificate_shape, out, count);
}

RESULT
certificate_of_issuer(struct store *s, struct arena *a, const char *issuer,
    const char *serial, struct certificate **out, size_t *count)
{
	return sql_all(s, a, SQL_certificate_of_issuer,
	    VALUES(TEXT(issuer), TEXT(serial)), &certificate_shape, out, count);
}

/* "id.created_at", as in store_page.c. */
static RESULT
read_cursor(struct arena *a, const char *cursor, struct value out[2])
{
	const char *dot = strchr(cursor, '.');
	char *end;

	out[0] = NUMBER(INT64_MAX);
	out[1] = TEXT(LAST_TEXT);
	if (!*cursor)
		return OK;
	if (!dot || !dot[1] || strlen(cursor) > 64)
		return err_set_field(ERR_INVALID, "cursor",
		    "is no place in this list");
	out[0] = NUMBER(strtoll(dot + 1, &end, 10));
	if (*end)
		return err_set_field(ERR_INVALID, "cursor",
		    "is no place in this list");
	out[1] = TEXT(arena_text_of(a, SPAN(cursor, (size_t)(dot - cursor))));
	return OK;
}

RESULT
certificate_list(struct store *s, struct arena *a,
    const struct certificate_filter *f, struct certificate **out,
    size_t *count, const char **next)
{
	struct certificate *rows, *last;
	struct value from[2];
	size_t found;

	if (f->limit < 1 || f->limit > PAGE_MAX)
		return err_set_field(ERR_INVALID, "limit", "is not 1 to 200");
	TRY(read_cursor(a, f->cursor, from));
	TRY(sql_all(s, a, SQL_certificate_list,
	    VALUES(TEXT(f->workspace), TEXT(f->level),
		TEXT(pattern_part(a, f->query)),
		TEXT(pattern_phone(a, f->query_phone)), TEXT(f->serial),
		TEXT(f->status), NUMBER(f->now), from[0], from[1],
		NUMBER((int64_t)f->limit + 1),
		TEXT(pattern_email(a, f->query_email, f->query))),
	    &certificate_shape, &rows, &found));
	*out = rows;
	*count = found > f->limit ? f->limit : found;
	*next = "";
	if (found <= f->limit)
		return OK;
	last = &rows[*count - 1];
	*next = arena_format(a, "%s.%lld", last->id,
	    (long long)last->created_at);
	return OK;
}
