/*
 * Caching as RFC 9919 section 5 writes it (reference B.3).
 */
#include "web/caching.h"

#include "base/clock.h"
#include "base/digest.h"

#include <time.h>

#define KEEP_MAX (1 * HOUR)
#define SPARE (5 * MINUTE) /* before an answer ends it is not kept */

/* "Mon, 23 Nov 2026 09:30:00 GMT" (RFC 9110 5.6.7) */
const char *
http_date(struct arena *a, int64_t ms)
{
	time_t seconds = (time_t)(ms / SECOND);
	char out[40] = "";
	struct tm tm;

	if (gmtime_r(&seconds, &tm))
		strftime(out, sizeof(out), "%a, %d %b %Y %H:%M:%S GMT", &tm);
	return arena_text(a, out);
}

void
reply_keep(struct request *q, int64_t next_update)
{
	int64_t keep = next_update - clock_now() - SPARE;
	struct digest d = digest_sha256(span_of_buf(&q->reply.body));
	char hex[DIGEST_TEXT_SIZE];

	if (keep <= 0)
		return;
	keep = keep > KEEP_MAX ? KEEP_MAX : keep;
	digest_format(&d, hex);
	q->reply.public = true;
	reply_header(q, "Cache-Control",
	    arena_format(&q->arena,
		"max-age=%lld, public, no-transform, must-revalidate",
		(long long)(keep / SECOND)));
	reply_header(q, "Expires", http_date(&q->arena, next_update));
	reply_header(q, "ETag", arena_format(&q->arena, "\"%s\"", hex));
	if (strstr(request_header(q, "If-None-Match"), hex)) {
		q->reply.status = 304;
		buf_clear(&q->reply.body);
	}
}
