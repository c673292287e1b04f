/*
 * An answer: status, a few headers, bytes. Handlers fill it; errors become
 * the error object of the API in one place.
 */
#pragma once

#include "proc/memfile.h"
#include "web/json.h"

struct header;
struct request;

#define REPLY_HEADERS_MAX 8
#define REPLY_MAX ((size_t)32 * 1024 * 1024)

struct reply {
	int status; /* 0: not answered yet */
	const char *type;
	struct header *headers;
	size_t header_count;
	bool ready;        /* the same may be given again for a moment */
	bool bare;         /* for programs: nothing that tells a browser */
	bool unlogged;     /* one of very many: counted, without a line */
	bool public;       /* may be kept by caches; the handler says how */
	int64_t wait;      /* Retry-After in seconds, 0 for none */
	const char *beside; /* a number beside an error's code: its name */
	int64_t beside_number;
	struct buf body;
	struct span fixed; /* instead of body: bytes that outlive us */
	struct memfile mapped; /* what fixed lies in, until reply_clear */
};

void reply_init(struct request *q);
void reply_clear(struct request *q);

/* Begins a JSON answer; json_done and return. */
struct json reply_json(struct request *q, int status);

/* Bytes that are copied, with their media type. */
RESULT reply_bytes(struct request *q, const char *type, struct span bytes);

/* A sealed memory file of at most max bytes, sent without a copy; fd stays
 * the caller's. */
RESULT reply_mapped(struct request *q, const char *type, int fd, size_t max);

/* Offers the bytes under a name instead of showing them. */
void reply_file(struct request *q, const char *name);

/* name is a literal; value is copied into the arena. */
void reply_header(struct request *q, const char *name, const char *value);

/* Cookies: HttpOnly, SameSite=Strict, Secure under https. value "" ends it. */
void reply_cookie(struct request *q, const char *name, const char *value,
    const char *path, int64_t seconds);

/* The error object (product 16); keeps nothing of what was written. */
void reply_error(struct request *q, enum err code);
