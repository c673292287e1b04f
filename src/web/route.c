/*
 * The route table, searched from its top: fifty rows need no tree.
 */
#include "web/route.h"

#define PARAM_MAX 1400 /* a credential id of 1023 bytes */
#define PARAM_LETTERS                                                          \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"

const struct route routes[] = {
#define ROUTE(method, path, handler, who, body, doc)                           \
	{METHOD_##method, path, #handler, handle_##handler, WHO_##who,         \
	    BODY_##body, doc},
#include "web/routes.def"
#undef ROUTE
};

const size_t route_count = sizeof(routes) / sizeof(routes[0]);

/* One {param}; moves *path behind it. */
static bool
match_param(const char **path, struct span *out)
{
	size_t size = strspn(*path, PARAM_LETTERS);

	if (size == 0 || size > PARAM_MAX)
		return false;
	*out = SPAN(*path, size);
	*path += size;
	return true;
}

/* A trailing star takes the rest of the path, whatever it is. */
static bool
match(const char *pattern, const char *path, struct span params[PARAMS_MAX])
{
	size_t found = 0;

	while (*pattern) {
		if (*pattern == '*') {
			params[found] = span_of_text(path);
			return true;
		}
		if (*pattern == '{') {
			if (!match_param(&path, &params[found++]))
				return false;
			pattern = strchr(pattern, '}') + 1;
		} else if (*pattern++ != *path++) {
			return false;
		}
	}
	return *path == '\0';
}

RESULT
route_find(struct request *q)
{
	const char *allowed = NULL;

	for (size_t i = 0; i < route_count; i++) {
		struct span params[PARAMS_MAX] = {0};
		if (!match(routes[i].pattern, q->path, params))
			continue;
		if (routes[i].method != q->method) {
			allowed = routes[i].method == METHOD_GET ? "GET"
			                                         : "POST";
			continue;
		}
		q->route = &routes[i];
		for (size_t p = 0; p < PARAMS_MAX; p++)
			q->params[p] = arena_text_of(&q->arena, params[p]);
		return OK;
	}
	if (!allowed)
		return FAIL(ERR_NOT_FOUND, "no such address");
	reply_header(q, "Allow", allowed);
	return FAIL(ERR_METHOD, "another method");
}
