/*
 * One request on its way: what came in, who sent it, and the answer as it
 * grows. Everything made for it lives in its arena.
 */
#pragma once

#include "base/id.h"
#include "web/body.h"
#include "web/reply.h"
#include "web/web.h"

#define REQUEST_HEADERS_MAX 64
#define REQUEST_PATH_MAX 4096
#define PARAMS_MAX 3
#define REQUEST_ARENA_MAX ((size_t)64 * 1024 * 1024)

enum method { METHOD_GET, METHOD_POST, METHOD_OTHER };

struct header {
	const char *name, *value;
};

enum caller_kind {
	CALLER_NOBODY,
	CALLER_MEMBER,
	CALLER_KEY,
	CALLER_PARTICIPANT
};

/* Who asks, as proven. Texts are "" where there is nothing. */
struct caller {
	enum caller_kind kind;
	const char *id, *name, *email, *role;
	const char *workspace; /* "" for platform roles */
	const char *scopes;    /* of an API key */
	int64_t passkey_at;    /* the session was proven by one; 0: not */
};

struct request {
	struct web *web;
	struct arena arena;
	char id[ID_SIZE]; /* in answers, headers and the log */
	int64_t started;  /* clock_ticks */
	uint64_t age;	  /* of what it may read: ready.h */

	enum method method;
	const char *path, *query; /* as sent, not decoded */
	struct header headers[REQUEST_HEADERS_MAX];
	size_t header_count;
	bool headers_left_out;
	const char *address; /* of the client, numeric */
	bool loopback;       /* comes from this machine, through no proxy */

	const struct route *route; /* NULL: an asset, or nothing */
	const char *params[PARAMS_MAX]; /* of {..} in the path, "" for none */
	struct caller caller;

	struct buf body;
	size_t body_max, body_seen;
	enum err early; /* refused before the body was read */
	bool uploads;   /* holds a place in web/upload.h */
	struct fields fields;

	struct flow flow; /* store NULL: none held */
	struct reply reply;
};

/* "" when it was not sent. Names without regard to case. */
const char *request_header(const struct request *q, const char *name);

/* A cookie's value in the arena, "" when there is none. */
const char *request_cookie(struct request *q, const char *name);

/* The rules with a connection to the store, held until request_release or
 * the request's end. ERR_UNAVAILABLE when all are busy for too long. */
RESULT request_flow(struct request *q, struct flow **out);
void request_release(struct request *q);

/* Whom the journal names. */
struct actor request_actor(const struct request *q);

/* Shortcuts for handlers. */
static inline const char *
param(const struct request *q)
{
	return q->params[0];
}

static inline const char *
text(const struct request *q, enum field field)
{
	return field_text(&q->fields, field);
}
