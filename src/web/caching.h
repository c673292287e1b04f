/*
 * What others may keep: an answer that ends, until shortly before it does.
 */
#pragma once

#include "web/request.h"

/* "Mon, 23 Nov 2026 09:30:00 GMT" (RFC 9110 5.6.7), in the arena. */
const char *http_date(struct arena *a, int64_t ms);

/* Headers for the body as it is; 304 for who has it. One that is about to end
 * is not kept at all. */
void reply_keep(struct request *q, int64_t next_update);
