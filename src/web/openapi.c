/*
 * The API describing itself (OpenAPI 3.1), from routes.def and bodies.def:
 * it cannot drift from what is served.
 */
#include "web/route.h"

static const char security[] =
    "{\"key\":{\"type\":\"http\",\"scheme\":\"basic\",\"description\":"
    "\"An API key as user name, with an empty password\"},"
    "\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"},"
    "\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\","
    "\"name\":\"paraph_session\"},"
    "\"participant\":{\"type\":\"apiKey\",\"in\":\"cookie\","
    "\"name\":\"paraph_participant\"}}";

static const char error_schema[] =
    "{\"type\":\"object\",\"required\":[\"error\"],\"properties\":{"
    "\"error\":{\"type\":\"object\",\"required\":[\"code\",\"message\","
    "\"request_id\"],\"properties\":{\"code\":{\"type\":\"string\",\"enum\":["
#define ERROR(symbol, http, api, text) "\"" api "\","
#include "base/errors.def"
#undef ERROR
    "\"ok\"]},\"message\":{\"type\":\"string\"},"
    "\"field\":{\"type\":[\"string\",\"null\"]},"
    "\"registration\":{\"type\":\"string\"},"
    "\"request_id\":{\"type\":\"string\"}}}}}";

static const char *
json_type(enum field_type type)
{
	if (type == FIELD_TYPE_FLAG)
		return "boolean";
	if (type == FIELD_TYPE_NUMBER)
		return "integer";
	return type == FIELD_TYPE_MAP ? "object" : "string";
}

static void
write_schema(struct json *j, const struct field_row *row)
{
	json_open(j, "schema");
	if (row->type == FIELD_TYPE_WORDS) {
		json_text(j, "type", "array");
		json_raw(j, "items", "{\"type\":\"string\"}");
	} else {
		json_text(j, "type", json_type(row->type));
		json_text(j, "description", field_type_doc(row->type));
	}
	if (*row->choices)
		json_words(j, "enum", row->choices);
	json_close(j);
}

/* A property is its schema, without the key that parameters have. */
static void
write_property(struct json *j, const struct field_row *row)
{
	json_open(j, row->name);
	json_raw(j, "type", row->type == FIELD_TYPE_WORDS
	        ? "\"array\",\"items\":{\"type\":\"string\"}"
	        : row->type == FIELD_TYPE_FLAG   ? "\"boolean\""
	        : row->type == FIELD_TYPE_NUMBER ? "\"integer\""
	        : row->type == FIELD_TYPE_MAP    ? "\"object\""
	                                         : "\"string\"");
	json_text(j, "description", field_type_doc(row->type));
	if (json_type(row->type)[0] == 's')
		json_number(j, "maxLength", (int64_t)row->max);
	if (*row->choices)
		json_words(j, "enum", row->choices);
	json_close(j);
}

static void
write_object(struct json *j, enum body body)
{
	size_t count;
	const struct field_row *rows = body_rows(body, &count);

	json_open(j, "schema");
	json_text(j, "type", "object");
	json_bool(j, "additionalProperties", false);
	json_open(j, "properties");
	for (size_t i = 0; i < count; i++)
		write_property(j, &rows[i]);
	json_close(j);
	json_list(j, "required");
	for (size_t i = 0; i < count; i++)
		if (rows[i].required)
			json_text(j, NULL, rows[i].name);
	json_end(j);
	json_close(j);
}

static void
write_fields_body(struct json *j, enum body body)
{
	static const char *const types[] = {"application/json",
		"application/x-www-form-urlencoded", "multipart/form-data"};

	for (size_t i = 0; i < 3; i++) {
		json_open(j, types[i]);
		write_object(j, body);
		json_close(j);
	}
}

static void
write_body(struct json *j, const struct route *r)
{
	enum body_kind kind = body_kind(r->body);

	if (r->method == METHOD_GET || kind == BODY_NOTHING)
		return;
	json_open(j, "requestBody");
	json_open(j, "content");
	if (kind == BODY_FIELDS)
		write_fields_body(j, r->body);
	else if (kind == BODY_PICTURE)
		json_raw(j, "image/jpeg", "{},\"image/png\":{},"
		    "\"application/pdf\":{},"
		    "\"multipart/form-data\":{\"schema\":{\"type\":\"object\","
		    "\"properties\":{\"file\":{\"type\":\"string\","
		    "\"contentMediaType\":\"image/jpeg\"}}}}");
	else if (r->body == BODY_own_key)
		json_raw(j, "application/pkcs10",
		    "{},\"application/x-pem-file\":{}");
	else
		json_raw(j, kind == BODY_CHUNK ? "application/octet-stream"
					       : "application/ocsp-request",
		    "{}");
	json_close(j);
	json_close(j);
}

static void
write_path_parameters(struct json *j, const char *pattern)
{
	for (const char *at = strpbrk(pattern, "{*"); at;
	     at = strpbrk(at + 1, "{*")) {
		char name[32] = "request";
		if (*at == '{')
			snprintf(name, sizeof(name), "%.*s",
			    (int)strcspn(at + 1, "}"), at + 1);
		json_open(j, NULL);
		json_text(j, "name", name);
		json_text(j, "in", "path");
		json_bool(j, "required", true);
		json_raw(j, "schema", "{\"type\":\"string\"}");
		json_close(j);
	}
}

static void
write_query_parameters(struct json *j, enum body body)
{
	size_t count;
	const struct field_row *rows = body_rows(body, &count);

	for (size_t i = 0; i < count; i++) {
		json_open(j, NULL);
		json_text(j, "name", rows[i].name);
		json_text(j, "in", "query");
		json_bool(j, "required", rows[i].required);
		write_schema(j, &rows[i]);
		json_close(j);
	}
}

static void
write_security(struct json *j, enum who who)
{
	switch (who) {
	case WHO_PUBLIC:
	case WHO_LOCAL:
		json_raw(j, "security", "[]");
		break;
	case WHO_PARTICIPANT:
		json_raw(j, "security", "[{\"participant\":[]}]");
		break;
	case WHO_SIGNED_IN:
	case WHO_OPERATOR:
		json_raw(j, "security", "[{\"session\":[]}]");
		break;
	case WHO_MEMBER:
	case WHO_CREATOR:
	case WHO_REVOKER:
		json_raw(j, "security",
		    "[{\"key\":[]},{\"bearer\":[]},{\"session\":[]}]");
		break;
	}
}

static void
write_operation(struct json *j, const struct route *r)
{
	json_open(j, r->method == METHOD_GET ? "get" : "post");
	json_text(j, "operationId", r->name);
	json_text(j, "summary", r->doc);
	json_list(j, "parameters");
	write_path_parameters(j, r->pattern);
	if (r->method == METHOD_GET || body_kind(r->body) == BODY_CHUNK)
		write_query_parameters(j, r->body);
	json_end(j);
	write_body(j, r);
	write_security(j, r->who);
	json_raw(j, "responses",
	    "{\"2XX\":{\"description\":\"done\"},"
	    "\"default\":{\"description\":\"an error\",\"content\":{"
	    "\"application/json\":{\"schema\":{"
	    "\"$ref\":\"#/components/schemas/error\"}}}}}");
	json_close(j);
}

static bool
is_first(size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(routes[i].pattern, routes[index].pattern) == 0)
			return false;
	return true;
}

static void
write_path(struct request *q, struct json *j, size_t index)
{
	const char *pattern = routes[index].pattern;
	size_t size = strlen(pattern);

	if (pattern[size - 1] == '*')
		json_open(j, arena_format(&q->arena, "%.*s{request}",
		    (int)(size - 1), pattern));
	else
		json_open(j, pattern);
	for (size_t i = index; i < route_count; i++)
		if (strcmp(routes[i].pattern, pattern) == 0)
			write_operation(j, &routes[i]);
	json_close(j);
}

RESULT
handle_openapi(struct request *q)
{
	struct json j = reply_json(q, 200);

	json_open(&j, NULL);
	json_text(&j, "openapi", "3.1.0");
	json_raw(&j, "info", "{\"title\":\"Paraph\",\"version\":\"1\"}");
	json_list(&j, "servers");
	json_open(&j, NULL);
	json_text(&j, "url", conf_text(q->web->conf, CONF_web_base_url));
	json_close(&j);
	json_end(&j);
	json_open(&j, "paths");
	for (size_t i = 0; i < route_count; i++)
		if (is_first(i))
			write_path(q, &j, i);
	json_close(&j);
	json_open(&j, "components");
	json_raw(&j, "securitySchemes", security);
	json_open(&j, "schemas");
	json_raw(&j, "error", error_schema);
	json_close(&j);
	json_close(&j);
	json_close(&j);
	q->reply.public = true;
	reply_header(q, "Cache-Control", "public, max-age=300");
	return json_done(&j);
}
