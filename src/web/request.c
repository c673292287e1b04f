/*
 * Requests' small services.
 */
#include "web/request.h"

#include "web/pool.h"

const char *
request_header(const struct request *q, const char *name)
{
	for (size_t i = 0; i < q->header_count; i++)
		if (strcasecmp(q->headers[i].name, name) == 0)
			return q->headers[i].value;
	return "";
}

const char *
request_cookie(struct request *q, const char *name)
{
	const char *at = request_header(q, "Cookie");
	size_t size = strlen(name);

	while (*at) {
		at += strspn(at, "; ");
		size_t length = strcspn(at, ";");
		if (length > size && memcmp(at, name, size) == 0 &&
		    at[size] == '=')
			return arena_text_of(&q->arena,
			    SPAN(at + size + 1, length - size - 1));
		at += length;
	}
	return "";
}

RESULT
request_flow(struct request *q, struct flow **out)
{
	if (!q->flow.store) {
		TRY(pool_take(q->web->pool, &q->flow.store));
		q->flow.conf = q->web->conf;
		q->flow.keys = q->web->keys;
	}
	*out = &q->flow;
	return OK;
}

void
request_release(struct request *q)
{
	if (q->flow.store)
		pool_give(q->web->pool, q->flow.store);
	q->flow.store = NULL;
}

struct actor
request_actor(const struct request *q)
{
	struct actor who = {.id = q->caller.id, .name = q->caller.name};

	switch (q->caller.kind) {
	case CALLER_PARTICIPANT:
		who.kind = ACTOR_participant;
		break;
	case CALLER_MEMBER:
		who.kind = strcmp(q->caller.role, "operator") == 0
		    ? ACTOR_operator
		    : ACTOR_workspace;
		break;
	case CALLER_KEY:
	case CALLER_NOBODY:
		who.kind = ACTOR_workspace;
		break;
	}
	return who;
}
