/*
 * What relying parties fetch: CA certificates, CRLs, OCSP answers. Without
 * login, over plain HTTP if need be, and with the caching of RFC 9919
 * section 5 (reference B.3): an answer may be kept until shortly before it
 * ends, an error never.
 */
#include "base/clock.h"
#include "base/codec.h"
#include "base/log.h"
#include "status/answers.h"
#include "status/issuer.h"
#include "web/route.h"

#define OCSP_TYPE "application/ocsp-response"
#define KEEP_MAX (1 * HOUR)
#define SPARE (5 * MINUTE) /* before an answer ends it is not kept */
#define NAME_MAX_ 32

/* "Mon, 23 Nov 2026 09:30:00 GMT" (RFC 9110 5.6.7) */
static const char *
http_date(struct request *q, int64_t ms)
{
	time_t seconds = (time_t)(ms / SECOND);
	char out[40] = "";
	struct tm tm;

	if (gmtime_r(&seconds, &tm))
		strftime(out, sizeof(out), "%a, %d %b %Y %H:%M:%S GMT", &tm);
	return arena_text(&q->arena, out);
}

static void
set_caching(struct request *q, int64_t next_update)
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
	reply_header(q, "Expires", http_date(q, next_update));
	reply_header(q, "ETag", arena_format(&q->arena, "\"%s\"", hex));
	if (strstr(request_header(q, "If-None-Match"), hex)) {
		q->reply.status = 304;
		buf_clear(&q->reply.body);
	}
}

/* "issuing-l.cer" gives "issuing-l". */
static RESULT
name_of(struct request *q, const char *ending, const char **out)
{
	size_t size = strlen(param(q)), tail = strlen(ending);

	if (size <= tail || size - tail > NAME_MAX_ ||
	    strcmp(param(q) + size - tail, ending) != 0)
		return FAIL(ERR_NOT_FOUND, "no such file");
	*out = arena_text_of(&q->arena, SPAN(param(q), size - tail));
	return OK;
}

/* DER for programs, PEM for people who paste it into a configuration. */
RESULT
handle_pki_ca(struct request *q)
{
	struct flow *f;
	const char *name;
	struct span der;
	bool pem = name_of(q, ".pem", &name) == OK;

	if (!pem)
		TRY(name_of(q, ".cer", &name));
	err_clear();
	TRY(request_flow(q, &f));
	TRY(ca_certificate_load(f->store, &q->arena, name, &der));
	TRY(reply_bytes(q, pem ? "application/x-pem-file"
			       : "application/pkix-cert",
	    pem ? SPAN("", 0) : der));
	if (pem)
		TRY(pem_encode("CERTIFICATE", der, &q->reply.body));
	set_caching(q, clock_now() + DAY);
	return OK;
}

RESULT
handle_pki_crl(struct request *q)
{
	int64_t this_update, next_update;
	uint64_t number;
	struct flow *f;
	const char *name;
	struct span der;

	TRY(name_of(q, ".crl", &name));
	TRY(request_flow(q, &f));
	TRY(crl_load(f->store, &q->arena, name, &der, &number, &this_update,
	    &next_update));
	TRY(reply_bytes(q, "application/pkix-crl", der));
	reply_header(q, "Last-Modified", http_date(q, this_update));
	set_caching(q, next_update);
	return OK;
}

/* OCSP */

static RESULT
load_issuers(struct request *q, struct flow *f, struct issuers *out)
{
	*out = (struct issuers){0};
	for (size_t i = 0; i < AUTHORITY_COUNT; i++) {
		const char *name = authority_name((enum authority)i);
		struct span der;
		enum err code = ca_certificate_load(f->store, &q->arena, name,
		    &der);
		if (code == ERR_NOT_FOUND)
			continue;
		TRY(code);
		TRY(issuer_init(name, der, &out->of[i]));
	}
	return OK;
}

/* A serial as the store keeps it: hex of the magnitude. */
static RESULT
serial_text(struct request *q, struct span serial, const char **out)
{
	AUTO(buf_clear) struct buf hex;

	buf_init(&hex, 2 * OCSP_SERIAL_MAX + 4);
	if (serial.size > 1 && serial.data[0] == 0)
		serial = SPAN(serial.data + 1, serial.size - 1);
	TRY(hex_encode(serial, &hex));
	*out = arena_text(&q->arena, buf_text(&hex));
	return OK;
}

/* An answer that is there and still holds; ERR_NOT_FOUND: never issued;
 * ERR_UNAVAILABLE: issued, and its answer is being made. */
static RESULT
find_answer(struct request *q, const struct ocsp_query *asked,
    struct span *out, int64_t *next_update)
{
	struct issuers *all = arena_get(&q->arena, sizeof(*all));
	struct certificate c;
	const char *serial;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(load_issuers(q, f, all));
	const struct issuer *issuer = issuers_match(all, asked);
	if (!issuer)
		return FAIL(ERR_NOT_FOUND, "not our issuer");
	TRY(serial_text(q, asked->serial, &serial));
	enum err code = ocsp_load(f->store, &q->arena, issuer->name, serial,
	    out, next_update);
	if (code == OK && *next_update > clock_now())
		return OK;
	if (code != OK && code != ERR_NOT_FOUND)
		return code;
	code = certificate_find_serial(f->store, &q->arena, issuer->name,
	    serial, &c);
	if (code == ERR_NOT_FOUND) /* B-33: scanners, or a stolen CA key */
		log_warn("ocsp.never_issued issuer=%s", issuer->name);
	return code == OK ? FAIL(ERR_UNAVAILABLE, "no answer yet") : code;
}

static RESULT
answer_error(struct request *q, enum ocsp_error error)
{
	return reply_bytes(q, OCSP_TYPE, ocsp_error_answer(error));
}

static RESULT
answer_ocsp(struct request *q, struct span der)
{
	struct ocsp_request asked;
	struct span found;
	int64_t next_update;

	if (ocsp_request_parse(der, &asked) != OK)
		return answer_error(q, OCSP_MALFORMED);
	if (asked.count != 1)
		return answer_error(q, OCSP_UNAUTHORISED);
	enum err code = find_answer(q, &asked.queries[0], &found,
	    &next_update);
	if (code == ERR_NOT_FOUND)
		return answer_error(q, OCSP_UNAUTHORISED);
	if (code != OK)
		return answer_error(q, OCSP_TRY_LATER);
	TRY(reply_bytes(q, OCSP_TYPE, found));
	if (asked.nonce.size == 0)
		set_caching(q, next_update);
	return OK;
}

RESULT
handle_pki_ocsp_post(struct request *q)
{
	if (strcasecmp(request_header(q, "Content-Type"),
		"application/ocsp-request") != 0)
		return FAIL(ERR_MEDIA_TYPE, "not an OCSP request");
	if (q->fields.file.size > OCSP_REQUEST_MAX)
		return answer_error(q, OCSP_MALFORMED);
	return answer_ocsp(q, q->fields.file);
}

RESULT
handle_pki_ocsp_get(struct request *q)
{
	AUTO(buf_clear) struct buf der;

	buf_init(&der, OCSP_REQUEST_MAX);
	if (ocsp_request_from_path(param(q), &der) != OK)
		return answer_error(q, OCSP_MALFORMED);
	return answer_ocsp(q, span_of_buf(&der));
}
