/*
 * multipart/form-data (RFC 7578), whole in memory, strictly: no preamble, no
 * nesting, no transfer encodings, named maximums. The bytes come from
 * strangers; parts are borrowed from them.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

#define MULTIPART_PARTS_MAX 64
#define MULTIPART_HEADERS_MAX 1024
#define MULTIPART_NAME_MAX 100
#define MULTIPART_BOUNDARY_SIZE 71 /* 70 letters (RFC 2046) and NUL */

struct part {
	char name[MULTIPART_NAME_MAX + 1];
	char media_type[MULTIPART_NAME_MAX + 1]; /* "" when none is given */
	bool is_file;
	struct span content;
};

/* The boundary of a Content-Type. */
RESULT multipart_boundary(const char *content_type,
    char out[MULTIPART_BOUNDARY_SIZE]);

/* At most MULTIPART_PARTS_MAX parts, in the arena. */
RESULT multipart_parse(struct arena *a, struct span body, const char *boundary,
    struct part **out, size_t *count);
