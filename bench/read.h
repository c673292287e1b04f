/*
 * A file of one's own, whole: what measurements outside the cage begin with.
 */
#pragma once

#include "base/buf.h"

#include <stdio.h>

static inline RESULT
read_file(const char *path, size_t most, struct buf *out)
{
	AUTO(fclose) FILE *file = fopen(path, "rbe");
	uint8_t part[65536];
	size_t size;

	buf_init(out, most);
	if (!file)
		return FAIL(ERR_NOT_FOUND, "no file '%s'", path);
	while ((size = fread(part, 1, sizeof(part), file)) > 0)
		TRY(buf_add(out, part, size));
	return OK;
}
