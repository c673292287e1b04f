/*
 * Single files of a backup: copied, and their SHA-256 taken on the way.
 */
#pragma once

#include "base/digest.h"

#include <limits.h>

/* dir/name; the result of too long ones is ERR_INVALID. */
RESULT backup_path(const char *dir, const char *name, char out[PATH_MAX]);

/* All folders above a file, mode 0700; those that are there are no error. */
RESULT file_make_folders(const char *path);

/* ERR_NOT_FOUND: no such file. ERR_INVALID: it is something else than a file,
 * a link as well. */
RESULT file_digest(const char *path, struct digest *out);

/* Instead of what is there; durable, mode 0600. Errors as above, of from. */
RESULT file_copy(const char *from, const char *to, struct digest *out);

/* The same of a file that another program may be writing: as it was while it
 * was left alone. ERR_UNAVAILABLE: it was written again and again. */
RESULT file_copy_at_rest(const char *from, const char *to, struct digest *out);
