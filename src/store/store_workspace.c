/*
 * Workspaces, features, members, their sessions and API keys.
 */
#include "store/query.h"

static const struct column workspace_columns[] = {
    COLUMN(workspace, TEXT, id),
    COLUMN(workspace, TEXT, name),
    COLUMN(workspace, FLAG, test),
    COLUMN(workspace, TEXT, lcp_review),
    COLUMN(workspace, TEXT, language),
    COLUMN(workspace, TEXT, contact),
    COLUMN(workspace, TEXT, redirect_origins),
    COLUMN(workspace, NUMBER, created_at),
};
static const struct shape workspaces = SHAPE(workspace, workspace_columns);

static const struct column member_columns[] = {
    COLUMN(member, TEXT, id),
    COLUMN(member, TEXT, workspace),
    COLUMN(member, TEXT, email),
    COLUMN(member, TEXT, email_folded),
    COLUMN(member, TEXT, name),
    COLUMN(member, TEXT, role),
    COLUMN(member, TEXT, password_hash),
    COLUMN(member, NUMBER, failures),
    COLUMN(member, NUMBER, locked_until),
    COLUMN(member, NUMBER, training_until),
    COLUMN(member, NUMBER, created_at),
};
static const struct shape members = SHAPE(member, member_columns);

static const struct column api_key_columns[] = {
    COLUMN(api_key, TEXT, id),
    COLUMN(api_key, TEXT, workspace),
    COLUMN(api_key, TEXT, name),
    COLUMN(api_key, TEXT, scopes),
    COLUMN(api_key, TEXT, created_by),
    COLUMN(api_key, NUMBER, created_at),
    COLUMN(api_key, NUMBER, revoked_at),
};
static const struct shape api_keys = SHAPE(api_key, api_key_columns);

RESULT
workspace_save(struct store *s, const struct workspace *w)
{
	return sql_save(s, SQL_workspace_save, &workspaces, w);
}

RESULT
workspace_load(struct store *s, struct arena *a, const char *id,
    struct workspace *out)
{
	return sql_one(s, a, SQL_workspace_load, VALUES(TEXT(id)), &workspaces,
	    out);
}

RESULT
workspace_list(struct store *s, struct arena *a, struct workspace **out,
    size_t *count)
{
	return sql_all(s, a, SQL_workspace_list, NULL, 0, &workspaces, out,
	    count);
}

RESULT
feature_set(struct store *s, const char *workspace, const char *name, bool on,
    int64_t now)
{
	if (!on)
		return sql_run(s, SQL_feature_off,
		    VALUES(TEXT(workspace), TEXT(name)));
	return sql_run(s, SQL_feature_on,
	    VALUES(TEXT(workspace), TEXT(name), NUMBER(now)));
}

RESULT
feature_on(struct store *s, const char *workspace, const char *name, bool *out)
{
	int64_t count;

	TRY(sql_number(s, SQL_feature_read,
	    VALUES(TEXT(workspace), TEXT(name)), &count));
	*out = count > 0;
	return OK;
}

RESULT
member_save(struct store *s, const struct member *m)
{
	return sql_save(s, SQL_member_save, &members, m);
}

RESULT
member_load(struct store *s, struct arena *a, const char *id,
    struct member *out)
{
	return sql_one(s, a, SQL_member_load, VALUES(TEXT(id)), &members, out);
}

RESULT
member_find(struct store *s, struct arena *a, const char *email_folded,
    struct member *out)
{
	return sql_one(s, a, SQL_member_find, VALUES(TEXT(email_folded)),
	    &members, out);
}

RESULT
member_list(struct store *s, struct arena *a, const char *workspace,
    struct member **out, size_t *count)
{
	return sql_all(s, a, SQL_member_list, VALUES(TEXT(workspace)),
	    &members, out, count);
}

RESULT
operator_join(struct store *s, const char *member, const char *workspace)
{
	return sql_run(s, SQL_operator_join,
	    VALUES(TEXT(member), TEXT(workspace)));
}

RESULT
operator_leave(struct store *s, const char *member, const char *workspace)
{
	return sql_run(s, SQL_operator_leave,
	    VALUES(TEXT(member), TEXT(workspace)));
}

RESULT
operator_belongs(struct store *s, const char *member, const char *workspace,
    bool *out)
{
	int64_t count;

	TRY(sql_number(s, SQL_operator_belongs,
	    VALUES(TEXT(member), TEXT(workspace)), &count));
	*out = count > 0;
	return OK;
}

RESULT
operator_workspaces(struct store *s, struct arena *a, const char *member,
    struct workspace **out, size_t *count)
{
	return sql_all(s, a, SQL_operator_workspaces, VALUES(TEXT(member)),
	    &workspaces, out, count);
}

RESULT
session_save(struct store *s, const char *token_digest, const char *member,
    int64_t now, int64_t expires_at)
{
	return sql_run(s, SQL_session_save,
	    VALUES(TEXT(token_digest), TEXT(member), NUMBER(now),
		NUMBER(expires_at)));
}

RESULT
session_member(struct store *s, struct arena *a, const char *token_digest,
    int64_t now, struct member *out)
{
	return sql_one(s, a, SQL_session_member,
	    VALUES(TEXT(token_digest), NUMBER(now)), &members, out);
}

RESULT
session_end(struct store *s, const char *token_digest)
{
	return sql_run(s, SQL_session_end, VALUES(TEXT(token_digest)));
}

RESULT
api_key_save(struct store *s, const struct api_key *k, const char *key_digest)
{
	struct value values[COLUMNS_MAX];
	size_t count = shape_values(&api_keys, k, values);

	values[count++] = TEXT(key_digest);
	return sql_run(s, SQL_api_key_save, values, count);
}

RESULT
api_key_find(struct store *s, struct arena *a, const char *key_digest,
    struct api_key *out)
{
	return sql_one(s, a, SQL_api_key_find, VALUES(TEXT(key_digest)),
	    &api_keys, out);
}

RESULT
requester_email(struct store *s, struct arena *a, const char *id,
    const char **out)
{
	const char **emails;
	size_t count;

	TRY(sql_texts(s, a, SQL_requester_email, VALUES(TEXT(id)), &emails,
	    &count));
	if (count == 0)
		return FAIL(ERR_NOT_FOUND, "no such requester");
	*out = emails[0];
	return OK;
}
