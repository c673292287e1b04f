/*
 * What the web program has, shared by all its threads. Filled before the
 * first request; each part guards itself.
 */
#pragma once

#include "flow/flow.h"
#include "proc/program.h"

struct assets;
struct health;
struct limits;
struct metrics;
struct pool;

struct web {
	struct program *program;
	const struct conf *conf;
	const struct keys *keys;
	struct pool *pool;
	struct limits *limits;
	struct assets *assets;
	struct health *health;
	struct metrics *metrics;
	int64_t started_at;
	bool https; /* web.base_url: cookies are Secure, HSTS is sent */
};
