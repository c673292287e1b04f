/*
 * What the clerk asks the inspector, and what web asks the clerk about
 * pictures. The document itself is in the message's memory file.
 */
#pragma once

#include "base/id.h"
#include "proc/wire.h"

/* INSPECT: descriptors are the sealed document and the reply socket. The
 * answer there is FINDINGS (findings_put, with the re-encoded still as a
 * memory file) or UNREADABLE (refusal_put: a code and an explanation). */
struct inspection_request {
	bool back;       /* the back of a card, else front or photo page */
	uint32_t wall_ms; /* when to give up */
};

/* STILL: the newest re-encoded picture of a side. */
struct still_request {
	char registration[ID_SIZE];
	bool back;
};

RESULT inspection_request_put(struct buf *b,
    const struct inspection_request *q);
RESULT inspection_request_get(struct span message,
    struct inspection_request *out);
RESULT still_request_put(struct buf *b, const struct still_request *q);
RESULT still_request_get(struct span message, struct still_request *out);
