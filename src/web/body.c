/*
 * Bodies. The three encodings end in take(), the one place where a name
 * meets the table.
 */
#include "web/body.h"

#include "base/clock.h"
#include "base/codec.h"
#include "web/form.h"
#include "web/json.h"
#include "web/multipart.h"

#include <jansson.h>
#include <malloc.h>
#include <openssl/crypto.h>
#include <pthread.h>

#define MAP_ENTRIES_MAX 50
#define MAP_KEY_MAX 64
#define MAP_VALUE_MAX 500
#define KNOWN_SIZE 200    /* of names, in an error */
#define WORDS_MAX ((size_t)4096)

enum need { OPTIONAL, REQUIRED };

static const enum body_kind bodies[BODY_COUNT] = {
#define BODY(name, kind) BODY_##kind,
#include "web/bodies.def"
};

static const struct field_row rows[FIELD_COUNT] = {
#define FIELD(body, name, type, need, max, choices, aliases)                   \
	{#name, FIELD_TYPE_##type, (need) == REQUIRED, max, choices, aliases},
#include "web/bodies.def"
};

static const enum body owners[FIELD_COUNT] = {
#define FIELD(body, name, type, need, max, choices, aliases) BODY_##body,
#include "web/bodies.def"
};

enum body_kind
body_kind(enum body body)
{
	return bodies[body];
}

const struct field_row *
body_rows(enum body body, size_t *count)
{
	size_t first = 0, end;

	while (first < FIELD_COUNT && owners[first] != body)
		first++;
	for (end = first; end < FIELD_COUNT && owners[end] == body; end++)
		continue;
	*count = end - first;
	return rows + first;
}

/* Where the parts of one request come together. */
struct reader {
	struct arena *arena;
	enum body body;
	struct fields *out;
};

static size_t
find_field(enum body body, const char *name, size_t size)
{
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if (owners[i] != body)
			continue;
		if (strlen(rows[i].name) == size &&
		    memcmp(rows[i].name, name, size) == 0)
			return i;
		if (word_in(rows[i].aliases, name, size))
			return i;
	}
	return FIELD_COUNT;
}

/* "applicant, level": what stands in the table; of pictures, their part. */
static const char *
known_fields(enum body body, char *out, size_t size)
{
	size_t count, used = 0;
	const struct field_row *known = body_rows(body, &count);

	if (bodies[body] == BODY_PICTURE)
		return "file";
	snprintf(out, size, "none");
	for (size_t i = 0; i < count && used < size; i++)
		used += (size_t)snprintf(out + used, size - used, "%s%s",
		    i == 0 ? "" : ", ", known[i].name);
	return out;
}

/* Names come from outside: shown only when they are plain words. */
static enum err
refuse_unknown(enum body body, const char *name)
{
	char known[KNOWN_SIZE];
	size_t size = strspn(name,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789_-.[]");

	if (name[size] || size == 0 || size > 60)
		return FAIL(ERR_INVALID, "has a field that is not known");
	return err_set_field(ERR_INVALID, name,
	    "is not a known field; known here: %s",
	    known_fields(body, known, sizeof(known)));
}

static RESULT
find_taken(struct reader *r, const char *name, size_t size, size_t *out)
{
	size_t field = find_field(r->body, name, size);

	if (field == FIELD_COUNT)
		return refuse_unknown(r->body, name);
	if (r->out->text[field] && rows[field].type != FIELD_TYPE_MAP)
		return err_set_field(ERR_INVALID, rows[field].name,
		    "is given twice");
	*out = field;
	return OK;
}

/* Adds one entry to a map that is kept as the text of a JSON object. */
static RESULT
take_entry(struct reader *r, size_t field, struct span key, struct span value)
{
	const char *before = r->out->text[field];
	AUTO(buf_clear) struct buf text;
	struct json j = json_into(&text);

	buf_init(&text, rows[field].max + 1);
	if (key.size == 0 || key.size > MAP_KEY_MAX ||
	    value.size > MAP_VALUE_MAX || !utf8_is_clean(key) ||
	    !utf8_is_clean(value))
		return err_set_field(ERR_INVALID, rows[field].name,
		    "has an entry that is too long or not clean text");
	if (before)
		IGNORE(buf_add(&text, before, strlen(before) - 1));
	else
		IGNORE(buf_add_byte(&text, '{'));
	j.comma = before != NULL;
	json_exactly(&j, arena_text_of(r->arena, key),
	    arena_text_of(r->arena, value));
	json_close(&j);
	if (json_done(&j) != OK)
		return err_set_field(ERR_INVALID, rows[field].name,
		    "is longer than %zu bytes", rows[field].max);
	r->out->text[field] = arena_text(r->arena, buf_text(&text));
	return OK;
}

/* metadata[key]=value */
static RESULT
take_in_brackets(struct reader *r, const char *name, size_t bracket,
    struct span value)
{
	size_t field, size = strlen(name);

	TRY(find_taken(r, name, bracket, &field));
	if (rows[field].type != FIELD_TYPE_MAP || name[size - 1] != ']')
		return refuse_unknown(r->body, name);
	return take_entry(r, field,
	    SPAN(name + bracket + 1, size - bracket - 2), value);
}

static RESULT
take(struct reader *r, const char *name, struct span value)
{
	size_t field, bracket = strcspn(name, "[");
	const char *text;

	if (name[bracket])
		return take_in_brackets(r, name, bracket, value);
	TRY(find_taken(r, name, bracket, &field));
	if (rows[field].type == FIELD_TYPE_MAP ||
	    (rows[field].type == FIELD_TYPE_OBJECT && value.size > 0))
		return err_set_field(ERR_INVALID, rows[field].name,
		    "is not %s", field_type_doc(rows[field].type));
	TRY(field_check(r->arena, &rows[field], value, &text));
	if (*text)
		r->out->text[field] = text;
	return OK;
}

/* JSON */

/* Kept as its text, for another body's rows to be read from. */
static RESULT
take_nested(struct reader *r, size_t field, json_t *value)
{
	size_t room = rows[field].max + 1;
	char *text = arena_get(r->arena, room);
	size_t size = json_dumpb(value, text, room - 1, JSON_COMPACT);

	if (size == 0 || size >= room)
		return err_set_field(ERR_INVALID, rows[field].name,
		    "is longer than %zu bytes", rows[field].max);
	r->out->text[field] = text;
	return OK;
}

static RESULT
take_object(struct reader *r, const char *name, json_t *value)
{
	const char *key;
	json_t *member;
	size_t field;

	TRY(find_taken(r, name, strlen(name), &field));
	if (rows[field].type == FIELD_TYPE_OBJECT)
		return take_nested(r, field, value);
	if (rows[field].type != FIELD_TYPE_MAP ||
	    json_object_size(value) > MAP_ENTRIES_MAX)
		return err_set_field(ERR_INVALID, rows[field].name,
		    "is not %s", field_type_doc(rows[field].type));
	json_object_foreach (value, key, member) {
		if (!json_is_string(member))
			return err_set_field(ERR_INVALID, rows[field].name,
			    "has an entry that is not a text");
		TRY(take_entry(r, field, span_of_text(key),
		    SPAN(json_string_value(member),
			json_string_length(member))));
	}
	return OK;
}

static RESULT
take_list(struct reader *r, const char *name, json_t *value)
{
	AUTO(buf_clear) struct buf words;
	json_t *member;
	size_t at, field;

	buf_init(&words, WORDS_MAX);
	TRY(find_taken(r, name, strlen(name), &field));
	if (rows[field].type != FIELD_TYPE_WORDS)
		return err_set_field(ERR_INVALID, rows[field].name,
		    "is not %s", field_type_doc(rows[field].type));
	json_array_foreach (value, at, member) {
		if (!json_is_string(member))
			return err_set_field(ERR_INVALID, rows[field].name,
			    "has an entry that is not a text");
		if (at > 0)
			TRY(buf_add_byte(&words, ' '));
		TRY(buf_add(&words, json_string_value(member),
		    json_string_length(member)));
	}
	return take(r, name, span_of_buf(&words));
}

static RESULT
take_json(struct reader *r, const char *name, json_t *value)
{
	char number[24];

	if (strchr(name, '['))
		return refuse_unknown(r->body, name);
	switch (json_typeof(value)) {
	case JSON_STRING:
		return take(r, name, SPAN(json_string_value(value),
		    json_string_length(value)));
	case JSON_TRUE:
		return take(r, name, span_of_text("true"));
	case JSON_FALSE:
		return take(r, name, span_of_text("false"));
	case JSON_INTEGER:
		snprintf(number, sizeof(number), "%lld",
		    (long long)json_integer_value(value));
		return take(r, name, span_of_text(number));
	case JSON_NULL:
		return take(r, name, span_of_text(""));
	case JSON_OBJECT:
		return take_object(r, name, value);
	case JSON_ARRAY:
		return take_list(r, name, value);
	case JSON_REAL:
		break;
	}
	return err_set_field(ERR_INVALID, "", "has a value of a wrong type");
}

/* A PIN or password in a body leaves nothing behind. */
static void
wipe_and_free(void *p)
{
	if (p)
		OPENSSL_cleanse(p, malloc_usable_size(p));
	free(p);
}

static void
wipe_json(void)
{
	json_set_alloc_funcs(malloc, wipe_and_free);
}

static RESULT
parse_json(struct reader *r, struct span bytes)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	json_error_t error;

	pthread_once(&once, wipe_json);
	json_auto_t *whole = json_loadb((const char *)bytes.data, bytes.size,
	    JSON_REJECT_DUPLICATES, &error);
	const char *name;
	json_t *value;

	if (!whole)
		return FAIL(ERR_INVALID,
		    "the body is not JSON in UTF-8 (line %d, column %d)",
		    error.line, error.column);
	if (!json_is_object(whole))
		return FAIL(ERR_INVALID, "the body is not a JSON object");
	json_object_foreach (whole, name, value)
		TRY(take_json(r, name, value));
	return OK;
}

/* forms and multipart */

static RESULT
parse_form(struct reader *r, struct span bytes)
{
	struct pair *pairs;
	size_t count;

	TRY(form_parse(r->arena, bytes, &pairs, &count));
	for (size_t i = 0; i < count; i++)
		TRY(take(r, pairs[i].name, pairs[i].value));
	return OK;
}

static RESULT
take_part(struct reader *r, const struct part *p)
{
	if (bodies[r->body] != BODY_PICTURE)
		return take(r, p->name, p->content);
	if (strcmp(p->name, "file") != 0)
		return refuse_unknown(r->body, p->name);
	if (r->out->file.data)
		return err_set_field(ERR_INVALID, "file", "is given twice");
	r->out->file = p->content;
	return OK;
}

static RESULT
parse_multipart(struct reader *r, const char *content_type, struct span bytes)
{
	char boundary[MULTIPART_BOUNDARY_SIZE];
	struct part *parts;
	size_t count;

	TRY(multipart_boundary(content_type, boundary));
	TRY(multipart_parse(r->arena, bytes, boundary, &parts, &count));
	for (size_t i = 0; i < count; i++)
		TRY(take_part(r, &parts[i]));
	return OK;
}

static bool
is_type(const char *content_type, const char *type)
{
	size_t size = strcspn(content_type, "; \t");

	return size == strlen(type) &&
	    strncasecmp(content_type, type, size) == 0;
}

static RESULT
parse_fields(struct reader *r, const char *content_type, struct span bytes)
{
	if (bytes.size == 0)
		return OK;
	if (is_type(content_type, "application/json"))
		return parse_json(r, bytes);
	if (is_type(content_type, "application/x-www-form-urlencoded"))
		return parse_form(r, bytes);
	if (is_type(content_type, "multipart/form-data"))
		return parse_multipart(r, content_type, bytes);
	return FAIL(ERR_MEDIA_TYPE,
	    "the body is neither JSON nor a form");
}

static RESULT
require_fields(const struct reader *r)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (owners[i] == r->body && rows[i].required &&
		    !r->out->text[i])
			return err_set_field(ERR_INVALID, rows[i].name,
			    "is required");
	return OK;
}

/* Web counts and sniffs pictures; only the inspector parses them. */
static RESULT
parse_picture(struct reader *r, const char *content_type, struct span bytes)
{
	if (is_type(content_type, "multipart/form-data"))
		TRY(parse_multipart(r, content_type, bytes));
	else if (is_type(content_type, "image/jpeg") ||
	    is_type(content_type, "image/png") ||
	    is_type(content_type, "application/pdf"))
		r->out->file = bytes;
	else
		return err_set_field(ERR_MEDIA_TYPE, "file",
		    "is neither JPEG nor PNG nor PDF");
	if (r->out->file.size == 0)
		return err_set_field(ERR_INVALID, "file", "is empty");
	return OK;
}

RESULT
body_parse(struct arena *a, enum body body, const char *content_type,
    struct span bytes, struct fields *out)
{
	struct reader r = {.arena = a, .body = body, .out = out};

	*out = (struct fields){0};
	switch (bodies[body]) {
	case BODY_CHUNK:
	case BODY_BYTES:
		out->file = bytes;
		return OK;
	case BODY_PICTURE:
		return parse_picture(&r, content_type, bytes);
	case BODY_NOTHING:
	case BODY_FIELDS:
		TRY(parse_fields(&r, content_type, bytes));
		return require_fields(&r);
	}
	return FAIL(ERR_INTERNAL, "unknown kind of body");
}

RESULT
body_parse_query(struct arena *a, enum body body, const char *query,
    struct fields *out)
{
	struct reader r = {.arena = a, .body = body, .out = out};

	*out = (struct fields){0};
	if (bodies[body] != BODY_FIELDS && bodies[body] != BODY_CHUNK)
		return OK;
	TRY(parse_form(&r, span_of_text(query)));
	return require_fields(&r);
}

const char *
field_text(const struct fields *f, enum field field)
{
	return f->text[field] ? f->text[field] : "";
}

bool
field_given(const struct fields *f, enum field field)
{
	return f->text[field] != NULL;
}

bool
field_flag(const struct fields *f, enum field field, bool otherwise)
{
	const char *text = f->text[field];

	return text ? word_in("true 1 yes", text, strlen(text)) : otherwise;
}

int64_t
field_number(const struct fields *f, enum field field, int64_t otherwise)
{
	const char *text = f->text[field];

	return text ? strtoll(text, NULL, 10) : otherwise;
}

int64_t
field_time(const struct fields *f, enum field field)
{
	int64_t ms = 0;

	if (f->text[field])
		IGNORE(clock_parse(f->text[field], &ms));
	return ms;
}
