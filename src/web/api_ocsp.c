/*
 * OCSP (RFC 6960, RFC 9919) with answers that were signed in advance: this
 * program holds no key. What is not there is asked of the clerk.
 */
#include "base/clock.h"
#include "base/codec.h"
#include "base/log.h"
#include "status/answers.h"
#include "status/issuer.h"
#include "web/caching.h"
#include "web/route.h"
#include "web/wake.h"

#include <stdatomic.h>
#include <time.h>

#define OCSP_TYPE "application/ocsp-response"
#define WAIT_MS 2000
#define LOOK_MS 20
#define WAITING_MAX 4 /* of the threads that answer everything else too */

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

/* ERR_NOT_FOUND when there is none that still holds. */
static RESULT
load_fresh(struct request *q, struct flow *f, const char *issuer,
    const char *serial, struct span *out, int64_t *next_update)
{
	TRY(ocsp_load(f->store, &q->arena, issuer, serial, out, next_update));
	return *next_update > clock_now()
	    ? OK
	    : FAIL(ERR_NOT_FOUND, "the answer has ended");
}

/* The clerk has it signed while we wait, which only a few may do at once:
 * the others come again. No connection is held between two looks. */
static RESULT
wait_for_answer(struct request *q, const struct certificate *c,
    struct span *out, int64_t *next_update)
{
	const struct timespec pause = {.tv_nsec = LOOK_MS * 1000000L};
	int64_t until = clock_ticks() + WAIT_MS;
	enum err code = ERR_NOT_FOUND;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(job_add(f->store, "status", c->id, clock_now()));
	wake_clerk(q->web);
	while (code == ERR_NOT_FOUND && clock_ticks() < until) {
		request_release(q);
		nanosleep(&pause, NULL);
		TRY(request_flow(q, &f));
		code = load_fresh(q, f, c->issuer, c->serial, out,
		    next_update);
	}
	return code == ERR_NOT_FOUND
	    ? FAIL(ERR_UNAVAILABLE, "no answer yet")
	    : code;
}

static RESULT
ask_for_answer(struct request *q, const struct certificate *c,
    struct span *out, int64_t *next_update)
{
	static atomic_int waiting;

	bool room = atomic_fetch_add(&waiting, 1) < WAITING_MAX;
	enum err code = room ? wait_for_answer(q, c, out, next_update)
			     : FAIL(ERR_UNAVAILABLE, "too many wait");
	atomic_fetch_sub(&waiting, 1);
	return code;
}

/* ERR_NOT_FOUND: never issued, or not by us; ERR_UNAVAILABLE: issued, and its
 * answer is being made. */
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
	enum err code = load_fresh(q, f, issuer->name, serial, out,
	    next_update);
	if (code != ERR_NOT_FOUND)
		return code;
	code = certificate_find_serial(f->store, &q->arena, issuer->name,
	    serial, &c);
	if (code == ERR_NOT_FOUND) /* B-33: scanners, or a stolen CA key */
		log_warn("ocsp.never_issued issuer=%s", issuer->name);
	TRY(code);
	return ask_for_answer(q, &c, out, next_update);
}

static RESULT
answer_error(struct request *q, enum ocsp_error error)
{
	return reply_bytes(q, OCSP_TYPE, ocsp_error_answer(error));
}

/* Who sent a nonce hopes for an answer of its own and gets one without
 * (RFC 9654 2.1, B-36): caches on the way have no part in it. */
static RESULT
answer_found(struct request *q, struct span found, int64_t next_update,
    bool nonce)
{
	int64_t produced_at;

	TRY(reply_bytes(q, OCSP_TYPE, found));
	if (nonce)
		return OK;
	if (ocsp_answer_time(found, &produced_at) == OK)
		reply_header(q, "Last-Modified",
		    http_date(&q->arena, produced_at));
	reply_keep(q, next_update);
	return OK;
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
	return answer_found(q, found, next_update, asked.nonce.size > 0);
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
