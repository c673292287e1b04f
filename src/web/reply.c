/*
 * Answers. What an error says to the outside is decided here and nowhere
 * else: explanations of broken requests are shown, those of our own failures
 * are not.
 */
#include "web/request.h"

#define RETRY_SECONDS 30

void
reply_init(struct request *q)
{
	struct reply *r = &q->reply;

	*r = (struct reply){.type = "application/json"};
	buf_init(&r->body, REPLY_MAX);
	r->headers = arena_get(&q->arena,
	    REPLY_HEADERS_MAX * sizeof(*r->headers));
}

void
reply_clear(struct request *q)
{
	buf_clear(&q->reply.body);
	memfile_clear(&q->reply.mapped);
}

struct json
reply_json(struct request *q, int status)
{
	buf_clear(&q->reply.body);
	q->reply.status = status;
	q->reply.type = "application/json";
	return json_into(&q->reply.body);
}

RESULT
reply_bytes(struct request *q, const char *type, struct span bytes)
{
	q->reply.status = 200;
	q->reply.type = type;
	return buf_add_span(&q->reply.body, bytes);
}

RESULT
reply_mapped(struct request *q, const char *type, int fd, size_t max)
{
	struct reply *r = &q->reply;

	TRY(memfile_map(fd, max, &r->mapped));
	r->status = 200;
	r->type = type;
	r->fixed = r->mapped.bytes;
	return OK;
}

void
reply_header(struct request *q, const char *name, const char *value)
{
	struct reply *r = &q->reply;

	if (r->header_count == REPLY_HEADERS_MAX)
		abort(); /* ours to get right */
	r->headers[r->header_count].name = name;
	r->headers[r->header_count].value = arena_text(&q->arena, value);
	r->header_count++;
}

void
reply_file(struct request *q, const char *name)
{
	reply_header(q, "Content-Disposition",
	    arena_format(&q->arena, "attachment; filename=\"%s\"", name));
}

void
reply_cookie(struct request *q, const char *name, const char *value,
    const char *path, int64_t seconds)
{
	reply_header(q, "Set-Cookie",
	    arena_format(&q->arena,
		"%s=%s; Path=%s; Max-Age=%lld; HttpOnly; SameSite=Strict%s",
		name, value, path, (long long)seconds,
		q->web->https ? "; Secure" : ""));
}

static bool
explains_itself(enum err code)
{
	return code == ERR_INVALID || code == ERR_MEDIA_TYPE ||
	    code == ERR_UNREADABLE;
}

void
reply_error(struct request *q, enum err code)
{
	const char *field = arena_text(&q->arena, err_field());
	const char *said = arena_text(&q->arena, err_explanation());
	bool pending = code == ERR_REGISTRATION_PENDING;
	struct json j = reply_json(q, err_http_status(code));

	json_open(&j, NULL);
	json_open(&j, "error");
	json_text(&j, "code", err_api_name(code));
	json_text(&j, "message",
	    explains_itself(code) && *said
		? arena_format(&q->arena, "%s%s%s", field, *field ? " " : "",
		      said)
		: err_text(code));
	json_text(&j, "field", pending ? NULL : field);
	if (pending)
		json_text(&j, "registration", field);
	if (q->reply.beside)
		json_number(&j, q->reply.beside, q->reply.beside_number);
	json_text(&j, "request_id", q->id);
	json_close(&j);
	json_close(&j);
	IGNORE(json_done(&j));
	if (!q->reply.wait &&
	    (code == ERR_TOO_MANY || code == ERR_UNAVAILABLE))
		q->reply.wait = RETRY_SECONDS;
}
