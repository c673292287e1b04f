/*
 * What the clerk asks the inspector, and what web asks the clerk about
 * pictures. The document itself is in the message's memory file.
 */
#pragma once

#include "base/id.h"
#include "proc/wire.h"

enum inspection_kind {
#define INSPECTION(name, wall, work, memory) INSPECTION_##name,
#include "proc/inspections.def"
#undef INSPECTION
	INSPECTION_COUNT
};

/* Limits of the process that looks; inspections.def. */
struct inspection_limits {
	uint32_t wall_ms, work_ms;
	size_t memory; /* bytes */
};

#define INSPECTION_WALL_MOST_MS 300000
#define INSPECTION_DETAIL_MAX 1024

/* INSPECT: descriptors are the sealed file and the reply socket. The answer
 * there is FINDINGS (findings_put, with the re-encoded still or film as a
 * memory file) or UNREADABLE (refusal_put: a code and an explanation). */
struct inspection_request {
	enum inspection_kind kind;
	uint32_t wall_ms; /* when to give up */
	uint8_t detail[INSPECTION_DETAIL_MAX]; /* challenge_put; or nothing */
	size_t detail_size;
};

/* STILL: the newest piece of re-encoded evidence of a kind: still_front,
 * film_face, ... */
#define STILL_KIND_MAX 24

struct still_request {
	char registration[ID_SIZE];
	char beside[ID_SIZE]; /* the case it is looked at with; "": itself */
	char kind[STILL_KIND_MAX];
};

const struct inspection_limits *inspection_limits(enum inspection_kind kind);
const char *inspection_kind_text(enum inspection_kind kind);

RESULT inspection_request_put(struct buf *b,
    const struct inspection_request *q);
RESULT inspection_request_get(struct span message,
    struct inspection_request *out);
RESULT still_request_put(struct buf *b, const struct still_request *q);
RESULT still_request_get(struct span message, struct still_request *out);
