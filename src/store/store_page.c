/*
 * One page of registrations, sorted in one of ten ways.
 *
 * A cursor is the id of the last row and, where that is a number or a state,
 * the value it was sorted by. A name or an e-mail is looked up again instead:
 * cursors stand in addresses, which end up in logs.
 */
#include "store/pattern.h"
#include "store/shapes.h"

#define PAGE_MAX 200
#define LAST_TEXT "\xf4\x8f\xbf\xbf" /* after every other text */

struct sorting {
	const char *name;
	enum member_type type;
	bool personal;
	enum sql own[2], every[2]; /* descending, ascending */
};

#define SORTING(key, type, personal)                                           \
	{#key, type, personal,                                                 \
	    {SQL_registration_by_##key##_desc,                                 \
		SQL_registration_by_##key##_asc},                              \
	    {SQL_registration_every_by_##key##_desc,                           \
		SQL_registration_every_by_##key##_asc}}

static const struct sorting sortings[] = {
    SORTING(created_at, MEMBER_NUMBER, false),
    SORTING(email, MEMBER_TEXT, true),
    SORTING(expires_at, MEMBER_NUMBER, false),
    SORTING(name, MEMBER_TEXT, true),
    SORTING(state, MEMBER_TEXT, false),
};

#define SORTING_COUNT (sizeof(sortings) / sizeof(*sortings))

static RESULT
find_sorting(const char *name, const struct sorting **out)
{
	if (!*name)
		name = "created_at";
	for (size_t i = 0; i < SORTING_COUNT; i++) {
		if (strcmp(sortings[i].name, name) != 0)
			continue;
		*out = &sortings[i];
		return OK;
	}
	return err_set_field(ERR_INVALID, "sort", "is no order");
}

static struct value
sort_value(const struct sorting *by, const struct registration *r)
{
	if (strcmp(by->name, "created_at") == 0)
		return NUMBER(r->created_at);
	if (strcmp(by->name, "expires_at") == 0)
		return NUMBER(r->expires_at);
	if (strcmp(by->name, "email") == 0)
		return TEXT(r->email_folded);
	return TEXT(strcmp(by->name, "name") == 0 ? r->name_folded : r->state);
}

static const char *
make_cursor(struct arena *a, const struct sorting *by,
    const struct registration *last)
{
	struct value v = sort_value(by, last);

	if (by->personal)
		return arena_format(a, "%s.", last->id);
	if (by->type == MEMBER_NUMBER)
		return arena_format(a, "%s.%lld", last->id,
		    (long long)v.number);
	return arena_format(a, "%s.%s", last->id, v.text);
}

static void
first_cursor(const struct sorting *by, bool ascending, struct value out[2])
{
	if (by->type == MEMBER_NUMBER)
		out[0] = NUMBER(ascending ? -1 : INT64_MAX);
	else
		out[0] = TEXT(ascending ? "" : LAST_TEXT);
	out[1] = TEXT(ascending ? "" : LAST_TEXT);
}

static RESULT
personal_value(struct store *s, struct arena *a, const struct sorting *by,
    const struct registration_filter *f, const char *id, struct value *out)
{
	struct registration r;

	if (registration_load(s, a, id, &r) != OK ||
	    (*f->workspace && strcmp(f->workspace, r.workspace) != 0))
		return err_set_field(ERR_INVALID, "cursor",
		    "is no place in this list");
	*out = sort_value(by, &r);
	return OK;
}

static RESULT
read_cursor(struct store *s, struct arena *a, const struct sorting *by,
    const struct registration_filter *f, struct value out[2])
{
	const char *dot = strchr(f->cursor, '.');
	char *end;

	if (!*f->cursor) {
		first_cursor(by, f->ascending, out);
		return OK;
	}
	if (!dot || strlen(f->cursor) > 64)
		return err_set_field(ERR_INVALID, "cursor",
		    "is no place in this list");
	const char *id = arena_text_of(a,
	    SPAN(f->cursor, (size_t)(dot - f->cursor)));
	out[1] = TEXT(id);
	if (by->personal)
		return personal_value(s, a, by, f, id, &out[0]);
	out[0] = TEXT(dot + 1);
	if (by->type == MEMBER_TEXT)
		return OK;
	out[0] = NUMBER(strtoll(dot + 1, &end, 10));
	if (*end || !dot[1])
		return err_set_field(ERR_INVALID, "cursor",
		    "is no place in this list");
	return OK;
}

RESULT
registration_list(struct store *s, struct arena *a,
    const struct registration_filter *f, struct registration **out,
    size_t *count, const char **next)
{
	const struct sorting *by;
	struct value from[2];
	struct registration *rows;
	size_t found;

	if (f->limit < 1 || f->limit > PAGE_MAX)
		return err_set_field(ERR_INVALID, "limit", "is not 1 to 200");
	TRY(find_sorting(f->sort, &by));
	TRY(read_cursor(s, a, by, f, from));
	enum sql id = (*f->workspace ? by->own : by->every)[f->ascending];
	int64_t before = f->created_before ? f->created_before : INT64_MAX;
	TRY(sql_all(s, a, id,
	    VALUES(TEXT(f->workspace), TEXT(f->state), TEXT(f->level),
		TEXT(pattern_part(a, f->query)),
		TEXT(pattern_phone(a, f->query_phone)),
		NUMBER(f->created_after), NUMBER(before), from[0], from[1],
		NUMBER((int64_t)f->limit + 1),
		TEXT(pattern_email(a, f->query_email, f->query))),
	    &registration_shape, &rows, &found));
	*count = found > f->limit ? f->limit : found;
	*next = found > f->limit ? make_cursor(a, by, &rows[*count - 1]) : "";
	*out = rows;
	return OK;
}
