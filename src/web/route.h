/*
 * Which handler an address has (routes.def).
 */
#pragma once

#include "web/request.h"

enum who {
	WHO_PUBLIC,
	WHO_LOCAL,
	WHO_SIGNED_IN,
	WHO_MEMBER,
	WHO_CREATOR,
	WHO_REVOKER,
	WHO_OPERATOR,
	WHO_PARTICIPANT
};

struct route {
	enum method method;
	const char *pattern, *name;
	RESULT (*handle)(struct request *q);
	enum who who;
	enum body body;
	const char *doc;
};

#define ROUTE(method, path, handler, who, body, doc)                           \
	RESULT handle_##handler(struct request *q);
#include "web/routes.def"
#undef ROUTE

extern const struct route routes[];
extern const size_t route_count;

/*
 * Finds q->route by method and path and fills q->params. ERR_NOT_FOUND;
 * ERR_METHOD when the address has another one.
 */
RESULT route_find(struct request *q);
