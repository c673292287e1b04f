/*
 * The file of landmarks, before the library sees it: is it the one that the
 * administrator pinned? Whoever can exchange it moves every landmark.
 */
#include "vision/film/faces.h"

#include "base/digest.h"

#include <strings.h>

#define MODEL_MAX ((size_t)256 << 20)

static RESULT
check_digest(const char *path, const char *sha256)
{
	char text[DIGEST_TEXT_SIZE];
	AUTO(buf_clear) struct buf bytes;
	buf_init(&bytes, MODEL_MAX);
	if (access(path, F_OK) != 0)
		return OK; /* not there: no points */
	TRY(buf_add_file(&bytes, path));
	struct digest d = digest_sha256(span_of_buf(&bytes));
	digest_format(&d, text);
	return strcasecmp(text, sha256) == 0 ? OK : FAIL(ERR_UNAVAILABLE,
	    "'%s' is not the file of vision.landmarks_sha256", path);
}

RESULT
faces_load(const char *path, const char *sha256, struct faces **out)
{
	if (sha256[0] && path[0])
		TRY(check_digest(path, sha256));
	return faces_make(path, out);
}
