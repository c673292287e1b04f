/*
 * Dispatch. One line a request in the log, with the route's pattern instead
 * of its address: addresses carry ids, and search words of people. Relying
 * parties' questions about status, which are answered by the thousand, are
 * counted and have no line.
 */
#include "web/dispatch.h"

#include "base/clock.h"
#include "base/log.h"
#include "flow/take.h"
#include "web/assets.h"
#include "web/limit.h"
#include "web/metrics.h"
#include "web/pool.h"
#include "web/upload.h"
#include "web/who.h"

#define BODY_MAX ((size_t)64 * 1024)
#define PICTURE_MAX ((size_t)10 * 1024 * 1024)
#define MULTIPART_OVERHEAD ((size_t)4096)
/* What is too large is still read this far, so that the answer arrives. */
#define DROP_MAX ((size_t)64 * 1024 * 1024)
#define BODY_DEADLINE (2 * MINUTE)

static size_t
max_of(const struct request *q)
{
	switch (body_kind(q->route->body)) {
	case BODY_PICTURE:
		return PICTURE_MAX + MULTIPART_OVERHEAD;
	case BODY_CHUNK:
		return CHUNK_MAX;
	case BODY_NOTHING:
	case BODY_FIELDS:
	case BODY_BYTES:
		return BODY_MAX;
	}
	return 0;
}

/* 0 for none, or for a chunked body, which is counted as it comes. */
static size_t
declared_size(const struct request *q)
{
	const char *header = request_header(q, "Content-Length");

	return *header ? (size_t)strtoull(header, NULL, 10) : 0;
}

static RESULT
enter_upload(struct request *q)
{
	enum body_kind kind = body_kind(q->route->body);

	if (kind != BODY_PICTURE && kind != BODY_CHUNK)
		return OK;
	TRY(limit_count(q->web->limits,
	    kind == BODY_CHUNK ? LIMIT_chunks : LIMIT_pictures, param(q),
	    clock_now(), &q->reply.wait));
	q->reply.wait = 1;
	TRY(upload_enter(param(q)));
	q->reply.wait = 0;
	q->uploads = true;
	return OK;
}

static RESULT
begin(struct request *q)
{
	enum err code = route_find(q);

	if (code == ERR_NOT_FOUND && q->method == METHOD_GET)
		return OK; /* an asset, or nothing */
	TRY(code);
	q->body_max = max_of(q);
	if (q->method == METHOD_POST)
		TRY(who_same_origin(q));
	TRY(who_check(q));
	if (declared_size(q) > q->body_max)
		return FAIL(ERR_TOO_LARGE, "a body of a declared size");
	return enter_upload(q);
}

/* At once: to grow by halves copies and wipes a picture three times. What is
 * not sent takes no memory. */
static RESULT
make_room(struct request *q)
{
	q->body.ceiling = q->body_max;
	return q->uploads ? buf_reserve(&q->body, declared_size(q)) : OK;
}

void
dispatch_begin(struct request *q)
{
	q->early = begin(q);
	if (q->early == OK)
		q->early = make_room(q);
	if (q->early != OK)
		reply_error(q, q->early);
	request_release(q);
}

bool
dispatch_data(struct request *q, const void *data, size_t size)
{
	if (clock_ticks() - q->started > BODY_DEADLINE)
		return false;
	q->body_seen += size;
	if (q->body_seen > DROP_MAX)
		return false;
	if (q->early != OK)
		return true;
	if (q->body_seen > q->body_max) {
		q->early = FAIL(ERR_TOO_LARGE, "a body without a size");
		buf_clear(&q->body);
		reply_error(q, q->early);
		return true;
	}
	return buf_add(&q->body, data, size) == OK;
}

static RESULT
read_input(struct request *q)
{
	if (q->method == METHOD_GET)
		return body_parse_query(&q->arena, q->route->body, q->query,
		    &q->fields);
	if (body_kind(q->route->body) == BODY_CHUNK) {
		TRY(body_parse_query(&q->arena, q->route->body, q->query,
		    &q->fields));
		q->fields.file = span_of_buf(&q->body);
		return OK;
	}
	return body_parse(&q->arena, q->route->body,
	    request_header(q, "Content-Type"), span_of_buf(&q->body),
	    &q->fields);
}

static RESULT
finish(struct request *q)
{
	if (!q->route)
		return assets_answer(q);
	TRY(read_input(q));
	if (q->fields.file.size > PICTURE_MAX)
		return err_set_field(ERR_TOO_LARGE, "file",
		    "is larger than 10 MB");
	return q->route->handle(q);
}

void
dispatch_finish(struct request *q)
{
	if (q->early != OK)
		return;
	enum err code = finish(q);
	request_release(q);
	if (code == OK)
		return;
	if (code == ERR_INTERNAL || code == ERR_UNAVAILABLE)
		log_error("failed route=%s request=%s why=\"%s\"",
		    q->route ? q->route->name : "other", q->id,
		    err_explanation());
	reply_error(q, code);
}

static const char *
method_name(const struct request *q)
{
	switch (q->method) {
	case METHOD_GET:
		return "GET";
	case METHOD_POST:
		return "POST";
	case METHOD_OTHER:
		break;
	}
	return "other";
}

void
dispatch_end(struct request *q)
{
	int64_t ms = clock_ticks() - q->started;

	request_release(q);
	if (q->uploads)
		upload_leave(param(q));
	metrics_end(q->web->metrics, q, ms);
	if (!q->reply.unlogged)
		log_info("request method=%s route=%s status=%d ms=%lld "
			 "request=%s",
		    method_name(q), q->route ? q->route->pattern : "other",
		    q->reply.status, (long long)ms, q->id);
	reply_clear(q);
	buf_wipe(&q->body);
	arena_clear(&q->arena);
}
