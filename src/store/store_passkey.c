/*
 * Passkeys of members, the challenges they answer, and which sessions were
 * proven by one.
 */
#include "store/query.h"

static const struct column passkey_columns[] = {
    COLUMN(member_passkey, TEXT, id),
    COLUMN(member_passkey, TEXT, member),
    COLUMN(member_passkey, TEXT, name),
    COLUMN(member_passkey, BYTES, public_key),
    COLUMN(member_passkey, NUMBER, counter),
    COLUMN(member_passkey, NUMBER, created_at),
    COLUMN(member_passkey, NUMBER, used_at),
};
static const struct shape passkeys = SHAPE(member_passkey, passkey_columns);

RESULT
passkey_save(struct store *s, const struct member_passkey *p)
{
	return sql_save(s, SQL_passkey_save, &passkeys, p);
}

RESULT
passkey_load(struct store *s, struct arena *a, const char *id,
    struct member_passkey *out)
{
	return sql_one(s, a, SQL_passkey_load, VALUES(TEXT(id)), &passkeys,
	    out);
}

RESULT
passkey_list(struct store *s, struct arena *a, const char *member,
    struct member_passkey **out, size_t *count)
{
	return sql_all(s, a, SQL_passkey_list, VALUES(TEXT(member)), &passkeys,
	    out, count);
}

RESULT
passkey_used(struct store *s, const char *id, int64_t counter, int64_t now)
{
	return sql_run(s, SQL_passkey_used,
	    VALUES(TEXT(id), NUMBER(counter), NUMBER(now)));
}

RESULT
passkey_remove(struct store *s, const char *id, const char *member)
{
	TRY(sql_run(s, SQL_passkey_remove, VALUES(TEXT(id), TEXT(member))));
	return engine_changed(s) == 1 ? OK
				      : FAIL(ERR_NOT_FOUND, "no such passkey");
}

RESULT
passkey_challenge_save(struct store *s, const char *challenge,
    const char *member, const char *purpose, int64_t now, int64_t expires_at)
{
	TRY(sql_run(s, SQL_passkey_challenge_clear,
	    VALUES(TEXT(member), TEXT(purpose), NUMBER(now))));
	return sql_run(s, SQL_passkey_challenge_save,
	    VALUES(TEXT(challenge), TEXT(member), TEXT(purpose),
		NUMBER(expires_at)));
}

RESULT
passkey_challenge_take(struct store *s, const char *challenge,
    const char *member, const char *purpose, int64_t now)
{
	TRY(sql_run(s, SQL_passkey_challenge_take,
	    VALUES(TEXT(challenge), TEXT(member), TEXT(purpose),
		NUMBER(now))));
	return engine_changed(s) == 1 ? OK
				      : FAIL(ERR_NOT_FOUND, "no such challenge");
}

RESULT
enrolment_code_save(struct store *s, const char *member, const char *digest,
    int64_t expires_at)
{
	return sql_run(s, SQL_enrolment_code_save,
	    VALUES(TEXT(member), TEXT(digest), NUMBER(expires_at)));
}

RESULT
enrolment_code_find(struct store *s, const char *member, const char *digest,
    int64_t now)
{
	int64_t expires_at;

	return sql_number(s, SQL_enrolment_code_find,
	    VALUES(TEXT(member), TEXT(digest), NUMBER(now)), &expires_at);
}

RESULT
enrolment_code_remove(struct store *s, const char *member)
{
	return sql_run(s, SQL_enrolment_code_remove, VALUES(TEXT(member)));
}

RESULT
session_prove(struct store *s, const char *token_digest, int64_t now)
{
	return sql_run(s, SQL_session_prove,
	    VALUES(TEXT(token_digest), NUMBER(now)));
}

RESULT
session_proven(struct store *s, const char *token_digest, int64_t now,
    int64_t *passkey_at)
{
	return sql_number(s, SQL_session_proven,
	    VALUES(TEXT(token_digest), NUMBER(now)), passkey_at);
}

RESULT
session_passkey_end(struct store *s, const char *member)
{
	return sql_run(s, SQL_session_passkey_end, VALUES(TEXT(member)));
}
